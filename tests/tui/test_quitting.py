"""Quitting: at once, but asked once while something is measured; what was read so far is kept then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from tests.lab.camera import CameraScript, running_camera
from tests.tui.harness import opened, press, settled, text_on
from tests.tui.walks import children, furnished, until, walking
from vcops import locale
from vcops.domain.runs import Outcome, Standing
from vcops.operations import meetings, runs
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp
from vcops.tui.prepare.place import PreparePlace

LIVE = CameraScript(width=1280, height=720, fps=15)


@asynccontextmanager
async def measured(
    workplace: Workplace, language: str = "en"
) -> AsyncIterator[tuple[VcopsApp, Pilot[object], PreparePlace]]:
    """Open a walk whose camera is being measured and has told something."""
    with running_camera(LIVE) as camera:
        meeting_id = furnished(workplace, camera=camera.url)
        async with opened(workplace, (80, 24), language) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "camera")
            await press(pilot, "enter")
            await until(pilot, lambda: place.check and place.check.found and place.check.fraction)
            yield app, pilot, place


@pytest.mark.parametrize("key", ["ctrl+q", "enter", "y"])
async def test_one_key_confirms_and_what_was_read_is_kept(workplace: Workplace, key: str) -> None:
    async with measured(workplace) as (app, pilot, _place):
        await press(pilot, "ctrl+q")
        assert "Quit while something is being measured?" in text_on(app)
        await press(pilot, key)
        await until(pilot, lambda: app._exit)
        assert children() == []
    (line,) = runs.listing(workplace)
    run = runs.load(workplace, line.id)
    (attempt,) = run.tried("camera")
    assert attempt.outcome is Outcome.MEASURED
    assert attempt.undone_at is not None
    assert any(one.partial and one.value is not None for one in attempt.readings)
    assert run.standing("camera") is Standing.PENDING


@pytest.mark.parametrize("key", ["escape", "n"])
async def test_the_measurement_goes_on_where_one_stays(workplace: Workplace, key: str) -> None:
    async with measured(workplace) as (app, pilot, place):
        await press(pilot, "ctrl+q", key)
        assert app.is_running
        assert len(app.screen_stack) == 1
        assert place.check is not None
        assert not place.check.stopped
        await press(pilot, "1", "ctrl+q")
        assert len(app.screen_stack) == 2, "from another place too"
        await press(pilot, "escape", "2", "x")
        await until(pilot, lambda: place.check is None)


@pytest.mark.parametrize("language", locale.LANGUAGES)
async def test_the_question_fits_its_panel(workplace: Workplace, language: str) -> None:
    async with measured(workplace, language) as (app, pilot, _place):
        await press(pilot, "ctrl+q")
        assert all(one.virtual_size.height <= one.size.height for one in app.screen.query("Static"))
        await press(pilot, "y")
        await until(pilot, lambda: app._exit)


async def test_a_window_too_small_for_the_question_quits_and_keeps_what_was_read(workplace: Workplace) -> None:
    async with measured(workplace) as (app, pilot, _place):
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: app._exit)
    (line,) = runs.listing(workplace)
    assert len(runs.load(workplace, line.id).tried("camera")) == 1


async def test_a_meeting_that_runs_or_a_walk_that_is_open_asks_nothing(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    meetings.start(workplace, meeting_id)
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id)
        await press(pilot, "ctrl+q")
        assert app._exit
