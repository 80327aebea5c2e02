"""`vcops check sound` on a real PulseAudio whose loudspeaker is heard at its microphone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lab.command import CommandLine
from tests.lab.pulse import MICROPHONE, SPEAKER, Pulse, missing, sounding_room
from tests.lab.voices import speech

pytestmark = pytest.mark.skipif(bool(missing(delay=True)), reason=missing(delay=True) or "installed")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    with sounding_room(monkeypatch, echo_ms=40) as pulse:
        yield pulse


def test_the_devices_are_named(vcops: CommandLine, room: Pulse) -> None:
    ran = vcops("check", "sound", "--list", "--json")
    assert ran.status == 0
    assert {(one["id"], one["kind"], one["default"]) for one in ran.json} >= {
        (MICROPHONE, "microphone", True),
        (SPEAKER, "speaker", True),
    }
    said = vcops("check", "sound", "--list", lang="id")
    assert f"mikrofon  {MICROPHONE}  (bawaan)" in said.out


def test_someone_who_speaks_is_heard_and_so_is_the_loudspeaker(vcops: CommandLine, room: Pulse) -> None:
    room.play(speech(20.0))
    ran = vcops("check", "sound", "--json")
    found = {one["metric"]: one for one in ran.json["readings"]}
    assert ran.json["standard"] == "room-sound"
    assert found["mic_silent"]["value"] is False
    assert found["mic_active_dbfs"]["verdict"] == "pass"
    assert found["echo_heard_ratio"]["verdict"] == "pass"
    assert ran.status == 0


def test_a_silent_microphone_is_named_with_what_to_do(vcops: CommandLine, room: Pulse) -> None:
    ran = vcops("check", "sound", "--seconds", "1", lang="id")
    assert ran.status == 1
    assert "TIDAK MEMENUHI" in ran.out
    assert "Mikrofon diam. Nyalakan sakelarnya" in ran.out


def test_a_name_that_no_device_has_lists_those_there_are(vcops: CommandLine, room: Pulse) -> None:
    ran = vcops("check", "sound", "--microphone", "Jabra")
    assert ran.status == 3
    assert MICROPHONE in ran.err


def test_what_was_said_is_played_back(vcops: CommandLine, room: Pulse) -> None:
    room.play(speech(20.0))
    ran = vcops("check", "sound", "--playback", "--json")
    assert (ran.status, ran.json) == (0, {"check": "sound", "playback": True, "heard": None})
    assert vcops("check", "sound", "--playback").status == 0


def test_what_cannot_be_played_back_says_why(vcops: CommandLine, room: Pulse) -> None:
    ran = vcops("check", "sound", "--playback", lang="id")
    assert ran.status == 3
    assert "hanya merekam hening" in ran.err
    assert "buka bisunya" in ran.err
