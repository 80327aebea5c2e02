"""A window that becomes too small for a while."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from tests.tui.harness import opened, press, settled, text_on
from tests.tui.walks import furnished, walking
from vcops.operations.workplace import Workplace
from vcops.tui.dialogs.reason import ReasonDialog
from vcops.tui.places import PLACES
from vcops.tui.prepare.walk import WalkView


async def test_the_focus_outlives_a_window_that_was_too_small(example: Workplace) -> None:
    async with opened(example, (80, 24)) as (app, pilot):
        focused, footer = app.focused, text_on(app).splitlines()[-1]
        assert focused is not None
        for size in ((79, 24), (80, 19), (5, 3)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert app.screen is not app.shell
            await press(pilot, "5", "n")
            await pilot.resize_terminal(80, 24)
            await settled(pilot)
            assert app.screen is app.shell
            assert app.focused is focused
            assert text_on(app).splitlines()[-1] == footer
            assert app.shell.navigation.current == "today"


async def test_a_dialog_and_the_walk_under_it_outlive_a_small_window(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace, (80, 24)) as (app, pilot):
        await walking(app, pilot, meeting_id)
        walk = app.shell.query_one(WalkView)
        before = walk.key
        await press(pilot, "s", "tab", "x")
        await pilot.resize_terminal(40, 10)
        await settled(pilot)
        await press(pilot, "y", "escape", "enter")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert isinstance(app.screen, ReasonDialog)
        assert app.screen.query_one(Input).value == "x"
        await press(pilot, "escape")
        assert walk.key == before
        assert app.focused is walk.steps


async def test_a_program_that_opens_in_a_small_window_goes_on_when_it_grows(example: Workplace) -> None:
    async with opened(example, (20, 5)) as (app, pilot):
        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        assert "On now" in text_on(app)
        assert app.focused is not None


@pytest.mark.parametrize("rows", [20, 23])
async def test_a_terminal_with_a_status_line_or_less_still_works(example: Workplace, rows: int) -> None:
    async with opened(example, (80, rows)) as (app, pilot):
        for place in PLACES:
            await press(pilot, place.digit)
            shown = text_on(app).splitlines()
            assert "make it larger" not in "".join(shown), place.id
            assert "? Help" in shown[-1], place.id
            assert any(line.strip() for line in shown[3:-1]), place.id
        await press(pilot, "2", "enter", "?")
        assert "Esc" in text_on(app)


async def test_what_is_around_the_step_stays_in_sight_whatever_the_windows_height(example: Workplace) -> None:
    async with opened(example, (80, 40)) as (app, pilot):
        await press(pilot, "2", "enter", "g")
        steps = app.shell.query_one(WalkView).steps
        for height in (40, 20, 30, 24):
            await pilot.resize_terminal(80, height)
            await settled(pilot)
            line = steps.cursor - steps.scroll_offset.y
            assert 2 <= line < steps.size.height - 3
