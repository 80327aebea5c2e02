"""Every place as it looks, in both languages, on the smallest window and on a larger one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.harness import drawn, opened, press
from vcops.operations.workplace import Workplace

FOLDER = Path(__file__).parent / "snapshots"
SIZES = ((80, 24), (120, 40))

# name -> the keys that lead there from Today
SCREENS: dict[str, tuple[str, ...]] = {
    "today": (),
    "today-help": ("question_mark",),
    "prepare": ("2",),
    "prepare-walk": ("2", "down", "enter"),
    "prepare-measured": ("2", "enter", "home", *"jjjjjj"),
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
