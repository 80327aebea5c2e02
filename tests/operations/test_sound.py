"""The sound of this machine: its devices are remembered by name, and what is played is told as it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing

import pytest

from tests.lab.pulse import MICROPHONE, SPEAKER, Pulse, missing, sounding_room
from tests.lab.voices import speech
from vcops.domain.checks import CheckDone, CheckRequest
from vcops.errors import Unreachable
from vcops.operations.asking import attempts
from vcops.operations.checks import check
from vcops.operations.sound import SoundDevices, choose_devices, devices_of, hear, list_sound_devices
from vcops.operations.workplace import Workplace

with_sound = pytest.mark.skipif(bool(missing()), reason=missing() or "installed")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    with sounding_room(monkeypatch) as pulse:
        yield pulse


def asked(workplace: Workplace, **request: str) -> tuple[str, str]:
    """Return the devices that a check asks its probe for."""
    ((_named, line),) = attempts(workplace, CheckRequest(instrument="sound", **request))
    return line["microphone"], line["speaker"]


def test_what_was_chosen_goes_before_the_configuration_and_what_is_asked_for_before_both(
    open_place: Callable[..., Workplace],
) -> None:
    first = open_place()
    first.places.config.mkdir(parents=True, exist_ok=True)
    first.places.config_file.write_text('microphone = "Table"\nspeaker = "Ceiling"\n', encoding="utf-8")
    workplace = open_place()
    assert asked(workplace) == ("Table", "Ceiling")
    choose_devices(workplace, SoundDevices("Jabra", ""))
    assert devices_of(open_place()) == SoundDevices("Jabra", "")
    assert asked(workplace) == ("Jabra", ""), "an empty choice is the system's default, not the configuration's"
    assert asked(workplace, speaker="HDMI") == ("Jabra", "HDMI")


@with_sound
async def test_the_devices_are_named_and_a_monitor_is_marked(room: Pulse) -> None:
    found = await list_sound_devices()
    assert [one.name for one in found if one.kind == "microphone" and not one.monitor] == [MICROPHONE]
    assert [one.name for one in found if one.kind == "speaker" and one.default] == [SPEAKER]
    assert any(one.monitor for one in found)


@with_sound
async def test_a_check_and_the_test_tone_use_the_chosen_devices(workplace: Workplace, room: Pulse) -> None:
    room.play(speech(12))
    choose_devices(workplace, SoundDevices(MICROPHONE, "Air"))
    async with aclosing(check(workplace, CheckRequest(instrument="sound", seconds=1))) as events:
        (result,) = [one.result async for one in events if isinstance(one, CheckDone)]
    assert result.source == f"{MICROPHONE} / Air"
    assert next(one for one in result.readings if one.reading.metric == "echo_heard_ratio").reading.value > 20
    async with aclosing(hear(workplace, "sounding")) as told:
        last = [one async for one in told][-1]
    assert (last.code, last.fraction, last.params["device"]) == ("sound.sounding", 1.0, "Air")


@with_sound
async def test_stopping_ends_it_quietly(workplace: Workplace, room: Pulse) -> None:
    stop = asyncio.Event()
    async with aclosing(hear(workplace, "sounding", stop=stop)) as told:
        async for one in told:
            if one.code == "sound.sounding":
                stop.set()
    assert stop.is_set()


@with_sound
async def test_why_it_could_not_be_played_is_raised(workplace: Workplace, room: Pulse) -> None:
    async def listened() -> None:
        async with aclosing(hear(workplace, "playback", SoundDevices(speaker="Telephone"))) as told:
            async for _one in told:
                pass

    with pytest.raises(Unreachable) as caught:
        await listened()
    assert caught.value.code == "sound.none_called"
