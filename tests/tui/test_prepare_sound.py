"""Prepare: the microphone is measured with a level to watch, and a person says whether the loudspeaker was heard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.lab.pulse import MICROPHONE, SPEAKER, Pulse, missing, sounding_room
from tests.lab.voices import speech
from tests.tui.harness import opened, press, settled, text_on
from tests.tui.sounds import FAULTY, SOUNDS, a_listening_check, measured_sound
from tests.tui.walks import children, furnished, nothing_stored, the_run, until, walking
from vcops.domain.checks import CheckProgress
from vcops.domain.runs import Standing
from vcops.handbook import open_handbook
from vcops.operations import meetings
from vcops.operations.sound import SoundDevices, choose_devices, devices_of
from vcops.operations.workplace import Workplace
from vcops.tui.prepare.checking import RunningCheck
from vcops.tui.prepare.commands import key_of
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.sound_meter import Bounds, bounds_of, put_listening, put_meter

with_sound = pytest.mark.skipif(bool(missing(delay=True)), reason=missing(delay=True) or "pulseaudio is here")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """A room whose loudspeaker is heard at its microphone."""
    with sounding_room(monkeypatch, echo_ms=30) as pulse:
        yield pulse


# -- on paper -----------------------------------------------------------------------------------------------------


def lines(check: RunningCheck, width: int = 43, *, tall: bool = False) -> list[str]:
    paper = Paper(width)
    put_listening(paper, check, None, tall=tall)
    return ["".join(piece.text for piece in line) for line in paper.lines]


def test_the_level_stands_beside_what_it_should_be() -> None:
    does, progress, _blank, bar, words, judged, follows = lines(a_listening_check("run"))
    assert does.split() == ["●", "Speak", "now", "…", "2", "s"]
    assert "60 %" in progress
    assert words.count("│") == 3
    assert words.index("too soft") < words.index("good") < words.index("too loud")
    assert words.index("good") - 6 < bar.index("┃") < words.rindex("│")
    assert bar.index("·") == bar.count("█")
    assert judged == "✓ Good"
    assert "be silent" in follows


@pytest.mark.parametrize(
    ("level", "peak", "said"),
    [
        (-101.1, -101.1, "✗ No sound at all"),
        (-50.0, -40.0, "! Too soft"),
        (-38.0, -25.0, "! A little soft"),
        (-35.0, -20.0, "✓ Good"),
        (-12.0, -2.0, "✓ Good"),
        (-11.0, -1.0, "! Too loud"),
        (-14.0, 0.0, "✗ Distorted"),
    ],
)
def test_a_word_says_what_to_change(level: float, peak: float, said: str) -> None:
    assert lines(a_listening_check("run", level, level, peak))[5].startswith(said)


def test_the_height_stays_the_same_from_beginning_to_end() -> None:
    check, seen = RunningCheck("run", "microphone"), set()
    for event in (
        CheckProgress(None, "sound.opening"),
        CheckProgress(None, "sound.waiting"),
        CheckProgress(0.1, "sound.listening", {"left_s": 3.6, "level_dbfs": -101.1, "hold_dbfs": -101.1}),
        CheckProgress(0.9, "sound.listening", {"left_s": 0.4, "level_dbfs": -20.0, "hold_dbfs": -9.0}),
        CheckProgress(1.0, "sound.chirp", {"device": "Jabra"}),
    ):
        check.take(event)
        seen.add(len(lines(check)))
    assert seen == {7}
    assert len(lines(check, tall=True)) == 8


def test_it_is_said_when_the_tone_sounds_and_where() -> None:
    check = RunningCheck("run", "microphone")
    check.take(CheckProgress(1.0, "sound.chirp", {"device": "Jabra"}))
    assert "♪ Be silent" in lines(check)[0]
    assert lines(check)[5] == "Jabra"


def test_the_bounds_are_the_standards_own() -> None:
    from pathlib import Path

    shipped = open_handbook(Path("/nowhere")).standards["room-sound"]
    assert bounds_of(shipped) == bounds_of(None) == Bounds(-40, -35, -12)
    asked = shipped.requirements[1].model_copy(update={"pass_": (-30.0, -20.0), "warn": None})
    own = shipped.model_copy(update={"requirements": (asked,)})
    assert bounds_of(own) == Bounds(-30, -30, -20)


@given(
    st.floats(-101.1, 0) | st.none(),
    st.floats(0, 60),
    st.integers(8, 160),
    st.lists(st.integers(-59, -1), min_size=3, max_size=3).map(sorted),
)
def test_a_meter_fits_any_paper_and_rises_with_the_level(
    level: float | None, above: float, width: int, bounds: list[int]
) -> None:
    held = None if level is None else min(level + above, 0.0)
    paper = Paper(width)
    put_meter(paper, level, held, Bounds(*(float(one) for one in bounds)))
    bar, words = ("".join(piece.text for piece in line) for line in paper.lines)
    assert cell_len(bar) == width
    assert cell_len(words) <= width
    louder = Paper(width)
    put_meter(louder, None if level is None else min(level + 6, 0.0), held, Bounds(*(float(one) for one in bounds)))
    assert "".join(piece.text for piece in louder.lines[0]).count("█") >= bar.count("█")


async def test_without_colours_the_words_are_there(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    meeting_id = furnished(workplace, procedure=SOUNDS)
    async with opened(workplace, (80, 24)) as (app, pilot):
        assert app.no_color
        place = await walking(app, pilot, meeting_id, "microphone")
        assert place.walked is not None
        place.checks.append(a_listening_check(place.walked.run.id, -50.0, -45.0, -30.0))
        place.show_walk(place.walked)
        await settled(pilot)
        shown = text_on(app)
        place.checks.clear()
    assert "! Too soft: come closer to the microphone" in shown
    assert "too soft" in shown
    assert "┃" in shown


# -- on a real sound system -----------------------------------------------------------------------------------------


@with_sound
async def test_the_voice_moves_the_meter_and_what_passes_is_folded(workplace: Workplace, room: Pulse) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    room.play(speech(25))
    async with opened(workplace, (80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "microphone")
        before = text_on(app)
        assert "Sound devices: this machine's default ones" in before
        assert "p hear yourself · c other devices" in before
        assert "dBFS" not in before
        await press(pilot, "enter")
        await until(pilot, lambda: "● Speak now" in text_on(app) and "█" in text_on(app))
        assert "dBFS" not in text_on(app)
        await press(pilot, "j")
        assert place.view.key == "speaker", "keys work while it listens"
        await press(pilot, "k")
        await until(pilot, lambda: "♪ Be silent" in text_on(app))
        await until(pilot, lambda: place.check is None and place.walked and place.walked.run.attempts)
        shown = text_on(app)
        await press(pilot, "enter")
        sheet = text_on(app)
    assert "are met" in shown
    assert "dBFS" not in shown
    assert "dBFS" in sheet
    assert MICROPHONE in " ".join(sheet.split())


@with_sound
async def test_a_silent_microphone_is_told_first_and_can_be_changed(workplace: Workplace, room: Pulse) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "microphone")
        await press(pilot, "enter")
        await until(pilot, lambda: place.check is None and place.walked and place.walked.run.attempts)
        shown = " ".join(text_on(app).split())
        assert "✗ The microphone is silent. Switch it on" in shown
        assert shown.count("✗ The") == 1, "what follows from it is not told"
        await press(pilot, key_of("source"))
        await until(pilot, lambda: "The choice is remembered on this machine." in text_on(app))
        dialog = text_on(app)
        assert f"the system's default ({MICROPHONE})" in dialog
        assert "Monitor of" not in dialog
        await press(pilot, "down", "enter")
        assert text_on(app).count("●") == 2
        await press(pilot, "down", "down", "enter")
        await until(pilot, lambda: f"{MICROPHONE}, {SPEAKER}" not in text_on(app))
    assert devices_of(workplace) == SoundDevices(MICROPHONE, SPEAKER)


@with_sound
async def test_a_device_that_is_not_there_any_more_is_named_and_offered(workplace: Workplace, room: Pulse) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    choose_devices(workplace, SoundDevices("Telephone"))
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "microphone")
        assert "Sound devices: Telephone, default loudspeaker" in text_on(app)
        await press(pilot, "enter")
        await until(pilot, lambda: place.check is None and place.walked and place.walked.run.attempts)
        shown = " ".join(text_on(app).split())
        await press(pilot, key_of("source"))
        await until(pilot, lambda: "Telephone (not connected)" in text_on(app))
    assert "No single device is called Telephone" in shown
    assert "Monitor" not in shown
    assert "c other devices" in shown


@with_sound
async def test_what_one_said_is_played_back(workplace: Workplace, room: Pulse) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    room.play(speech(25))
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "microphone")
        await press(pilot, key_of("playback"))
        await until(pilot, lambda: "● Speak now" in text_on(app))
        await until(pilot, lambda: "♪ Listen: this is what you said" in text_on(app))
        await until(pilot, lambda: place.check is None)
        assert await nothing_stored(app), "nothing of it is kept"
        await press(pilot, key_of("playback"))
        await until(pilot, lambda: place.check and place.check.code == "sound.recording")
        await press(pilot, "x")
        await until(pilot, lambda: place.check is None)
        assert [one for one in children() if "vcops.probes" in one.cmdline()] == []


@with_sound
async def test_not_heard_fails_the_step_with_what_to_do(workplace: Workplace, room: Pulse) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "speaker")
        await press(pilot, "enter")
        await until(pilot, lambda: "♪ Listen: the test tone sounds" in text_on(app))
        await until(pilot, lambda: "Was it heard" in text_on(app))
        await press(pilot, "2")
        run = await the_run(app)
        failed = text_on(app)
        assert place.view.key == "speaker", "there is something to do here"
        assert run.standing("speaker") is Standing.FAIL
        assert "Not heard" in failed
        assert "Turn it up." in failed
        await press(pilot, "g")
        assert "Turn it up." in text_on(app)
        place.view.turn_to("speaker")
        place.view.focus_list()
        await press(pilot, "r")
        await until(pilot, lambda: "Was it heard" in text_on(app))
        await press(pilot, "1")
        run = await the_run(app)
        assert run.standing("speaker") is Standing.PASS
        assert place.view.key == "seats"


@with_sound
async def test_without_a_loudspeaker_it_is_said_and_can_still_be_answered(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    with sounding_room(monkeypatch, devices=False):
        async with opened(workplace) as (app, pilot):
            await walking(app, pilot, meeting_id, "speaker")
            await press(pilot, "enter")
            await until(pilot, lambda: "Was it heard" in text_on(app))
            assert "No loudspeaker was found on this machine" in " ".join(text_on(app).split())
            await press(pilot, "enter")
            assert await nothing_stored(app), "Enter alone is no evidence of a sound"
            await press(pilot, "2")
            assert (await the_run(app)).counting("speaker") is not None


async def test_all_of_a_phase_leaves_out_what_needs_a_voice_and_says_so(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "seats")
        await press(pilot, key_of("measure-all"))
        assert place.checks == [], "nobody was told to speak"
        (said,) = [one.message for one in app._notifications]
        assert said == "Measure the microphone: needs someone who speaks: begin it at its step with Enter"


async def test_from_the_decision_one_is_led_to_where_one_speaks(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "seats")
        await press(pilot, "g")
        assert place.view.gate.current == "microphone"
        await press(pilot, key_of("again"))
        await until(pilot, lambda: place.view.key == "microphone")
        await until(pilot, lambda: not place.checks)
        assert (await the_run(app)).tried("microphone")


async def test_no_tone_sounds_into_a_meeting_and_the_question_is_asked_all_the_same(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    meetings.start(workplace, texts={"title": "Rapat pagi", "room": "Ruang Utama"})
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "microphone")
        await press(pilot, key_of("playback"))
        assert place.checks == []
        assert "“Rapat pagi” is on in this room" in text_on(app)
        place.view.turn_to("speaker")
        await press(pilot, "enter")
        assert place.checks == []
        shown = " ".join(text_on(app).split())
        assert "Was it heard" in shown
        await press(pilot, "1")
        assert (await the_run(app)).standing("speaker") is Standing.PASS


async def test_who_has_gone_elsewhere_is_not_asked(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "speaker")
        assert place.walked is not None
        step = place.view.step
        assert step is not None
        place.view.turn_to("seats")
        await settled(pilot)
        app.run_worker(place.after_hearing(place.walked, step, ""))
        await settled(pilot)
        assert "Was it heard" not in text_on(app)


async def test_the_causes_stand_in_their_order(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "microphone")
        assert place.walked is not None
        walked = await place.begun(place.walked)
        measured_sound(workplace, walked.run.id, **FAULTY)
        place.fill()
        await settled(pilot)
        shown = text_on(app)
    assert shown.index("Too soft.") < shown.index("hum of 50 Hz") < shown.index("Echo: the other side")
    assert "dB" not in shown
