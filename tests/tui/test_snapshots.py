"""Every place as it looks, in both languages, on the smallest window and on a larger one."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.lab.clocks import SetClock
from tests.tui.harness import drawn, opened, press, settled
from tests.tui.links import a_running_check, measured_link
from tests.tui.previews import a_good_terminal, seeing
from tests.tui.sounds import FAULTY, SOUNDS, a_listening_check, measured_sound
from tests.tui.walks import furnished, walking
from vcops.operations import runs
from vcops.operations.workplace import Workplace

FOLDER = Path(__file__).parent / "snapshots"
SIZES = ((80, 24), (120, 40))


@pytest.fixture(autouse=True)
def steady_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field's cursor is always drawn: on a busy machine it would blink in one picture and not in another."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _self: None)


# name -> the keys that lead there from Today
SCREENS: dict[str, tuple[str, ...]] = {
    "today": (),
    "today-help": ("question_mark",),
    "prepare": ("2",),
    "prepare-kept": ("2", "c"),
    "prepare-walk": ("2", "down", "enter"),
    "prepare-measured": ("2", "enter", "g", *"kkkkkkkkkkkk"),
    "prepare-readings": ("2", "enter", "g", *"kkkkkkkkkkkk", "enter"),
    "prepare-failed": ("2", "down", "enter", "f", "1", "k"),
    "prepare-skip": ("2", "down", "enter", "s"),
    "prepare-record": ("2", "down", "enter", *"jjjjj", "enter"),
    "prepare-decision": ("2", "down", "enter", "f", "1", "s", "3", "g"),
    "prepare-decided": ("2", "enter", "g"),
    "prepare-help": ("2", "question_mark"),
    "settings": ("7",),
    "settings-office": ("7", "o"),
    "live": ("3",),
    "live-count": ("3", "c"),
    "live-incident": ("3", "i"),
    "live-start": ("3", "s"),
    "live-several": ("3", "s", "end", "enter", "escape", "i", "escape"),
    "meetings": ("4",),
    "meetings-details": ("4", "enter"),
    "meetings-plan": ("4", "n"),
    "meetings-cancel": ("4", "k", "x"),
    "tally": ("5",),
    "tally-year-by-room": ("5", "y", "b"),
    "tally-tariff": ("5", "t"),
    "tally-row": ("5", "y", "j", "j"),
    "tally-opened": ("5", "left_square_bracket", "enter"),
    "tally-lines": ("5", "left_square_bracket", "enter", "enter"),
    "tally-incomplete": ("5", "i"),
    "tally-chart": ("5", "c"),
    "tally-close": ("5", "left_square_bracket", "x"),
    "rooms": ("6",),
    "rooms-details": ("6", "enter"),
    "rooms-staff": ("6", "p"),
}


# The same on a fresh installation, where every list is empty.
EMPTY: dict[str, tuple[str, ...]] = {
    "first-run": (),
    "empty-today": ("escape",),
    "empty-prepare": ("escape", "2"),
    "empty-live": ("escape", "3"),
    "empty-meetings": ("escape", "4"),
    "empty-tally": ("escape", "5"),
    "empty-rooms": ("escape", "6"),
}

languages = pytest.mark.parametrize("language", ["id", "en"])
sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@languages
@sizes
@pytest.mark.parametrize("name", SCREENS)
async def test_screen_looks_as_it_did(
    example: Workplace, request: pytest.FixtureRequest, name: str, size: tuple[int, int], language: str
) -> None:
    async with opened(example, size, language) as (app, pilot):
        await press(pilot, *SCREENS[name])
        now = drawn(app)
    compare(now, f"{name}-{size[0]}x{size[1]}-{language}", request)


@languages
@sizes
@pytest.mark.parametrize("name", EMPTY)
async def test_empty_screen_looks_as_it_did(
    workplace: Workplace, request: pytest.FixtureRequest, name: str, size: tuple[int, int], language: str
) -> None:
    async with opened(workplace, size, language) as (app, pilot):
        await press(pilot, *EMPTY[name])
        now = drawn(app)
    compare(now, f"{name}-{size[0]}x{size[1]}-{language}", request)


# A link that was measured: name -> the keys pressed at its step.
LINKS: dict[str, tuple[str, ...]] = {
    "prepare-link-short": (),
    "prepare-link-readings": ("enter",),
    "prepare-link-history": ("h",),
}


@languages
@sizes
@pytest.mark.parametrize("name", LINKS)
async def test_a_prepare_link_looks_as_it_did(
    workplace: Workplace,
    clock: SetClock,
    request: pytest.FixtureRequest,
    name: str,
    size: tuple[int, int],
    language: str,
) -> None:
    meeting_id = measured_link(workplace, clock)
    async with opened(workplace, size, language) as (app, pilot):
        await walking(app, pilot, meeting_id, "link")
        await press(pilot, *LINKS[name])
        now = drawn(app)
    compare(now, f"{name}-{size[0]}x{size[1]}-{language}", request)


@languages
@sizes
async def test_a_prepare_check_under_way_looks_as_it_did(
    workplace: Workplace, clock: SetClock, request: pytest.FixtureRequest, size: tuple[int, int], language: str
) -> None:
    meeting_id = measured_link(workplace, clock)
    async with opened(workplace, size, language) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "link")
        assert place.walked is not None
        run = place.walked.run
        place.checks.append(a_running_check(run.id, workplace, run.standards["room-connection"]))
        place.show_walk(place.walked)
        await settled(pilot)
        now = drawn(app)
        place.checks.clear()
    compare(now, f"prepare-link-running-{size[0]}x{size[1]}-{language}", request)


# What a camera sees, as it would come from its probe: name -> whether it is measured, and whether a sheet is held.
PREVIEWS: dict[str, tuple[bool, bool]] = {
    "prepare-preview-measured": (True, False),
    "prepare-preview-look": (False, False),
    "prepare-preview-sheet": (False, True),
}


@languages
@sizes
@pytest.mark.parametrize("name", PREVIEWS)
async def test_a_prepare_preview_looks_as_it_did(
    workplace: Workplace,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    name: str,
    size: tuple[int, int],
    language: str,
) -> None:
    a_good_terminal(monkeypatch)
    measured, sheet = PREVIEWS[name]
    meeting_id = furnished(workplace, camera="0")
    async with opened(workplace, size, language) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await seeing(place, pilot, measured=measured, sheet=sheet)
        now = drawn(app)
        place.look = None
        place.checks.clear()
    compare(now, f"{name}-{size[0]}x{size[1]}-{language}", request)


@languages
@sizes
async def test_a_prepare_step_without_a_server_looks_as_it_did(
    workplace: Workplace, request: pytest.FixtureRequest, size: tuple[int, int], language: str
) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace, size, language) as (app, pilot):
        await walking(app, pilot, meeting_id, "link")
        now = drawn(app)
    compare(now, f"prepare-no-server-{size[0]}x{size[1]}-{language}", request)


# A microphone that is being measured, or was: name -> the level and the highest, or what was read.
LISTENING: dict[str, tuple[float, float, float]] = {
    "prepare-sound-good": (-27.0, -22.5, -9.0),
    "prepare-sound-soft": (-47.0, -44.0, -30.0),
}


@languages
@sizes
@pytest.mark.parametrize("name", LISTENING)
async def test_a_prepare_microphone_being_measured_looks_as_it_did(
    workplace: Workplace, request: pytest.FixtureRequest, name: str, size: tuple[int, int], language: str
) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    async with opened(workplace, size, language) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "microphone")
        assert place.walked is not None
        place.checks.append(a_listening_check(place.walked.run.id, *LISTENING[name]))
        place.show_walk(place.walked)
        await settled(pilot)
        now = drawn(app)
        place.checks.clear()
    compare(now, f"{name}-{size[0]}x{size[1]}-{language}", request)


@languages
@sizes
async def test_a_prepare_microphone_that_was_measured_looks_as_it_did(
    workplace: Workplace, request: pytest.FixtureRequest, size: tuple[int, int], language: str
) -> None:
    meeting_id = furnished(workplace, procedure=SOUNDS)
    measured_sound(workplace, runs.start(workplace, "video-conference", meeting_id=meeting_id).id, **FAULTY)
    async with opened(workplace, size, language) as (app, pilot):
        await walking(app, pilot, meeting_id, "microphone")
        now = drawn(app)
    compare(now, f"prepare-sound-findings-{size[0]}x{size[1]}-{language}", request)


def compare(now: str, name: str, request: pytest.FixtureRequest) -> None:
    """Hold a picture against the one that was looked at and kept."""
    picture = FOLDER / f"{name}.svg"
    if request.config.getoption("--snapshot-update", default=False):
        FOLDER.mkdir(exist_ok=True)
        picture.write_text(now, encoding="utf-8")
    wanted = picture.read_text(encoding="utf-8") if picture.exists() else ""
    if now != wanted:
        beside = picture.with_suffix(".new.svg")
        beside.write_text(now, encoding="utf-8")
        pytest.fail(f"{name} looks different: compare {picture} and {beside}, then `make snapshots`")
