"""Prepare: checks measured with real streams and servers, while the keys go on working."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import psutil
import pytest

from tests.lab.camera import CameraScript, running_camera
from tests.lab.server import ServerScript, running_server
from tests.lab.video import write_video
from tests.tui.harness import opened, press, text_on
from tests.tui.walks import children, furnished, the_run, until, walking
from vcops.domain.checks import JudgedReading
from vcops.domain.runs import Outcome, Standing
from vcops.domain.verdicts import Verdict
from vcops.operations import checks, directory, runs
from vcops.operations.workplace import Workplace
from vcops.tui.prepare.place import PreparePlace

LIVE = CameraScript(width=1280, height=720, fps=15)


async def test_a_check_tells_what_falls_short_and_shows_every_reading_on_enter(
    workplace: Workplace, tmp_path: Path
) -> None:
    video = write_video(tmp_path / "room.avi", width=640, height=480, fps=10.0, frames=30)
    meeting_id = furnished(workplace, camera=str(video))
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        before = text_on(app)
        assert str(video)[:20] in before
        assert "≥ 1,280" in before
        for tries, key in ((1, "enter"), (2, "r")):
            await press(pilot, key)
            await until(pilot, lambda: place.check is None)
            run = await the_run(app)
            assert len(run.tried("camera")) == tries
            assert place.view.key == "camera"
        shown = text_on(app)
        await press(pilot, "enter")
        sheet = text_on(app)
        await press(pilot, "escape")
        assert text_on(app) == shown
        await press(pilot, "g")
        gate = text_on(app)
    assert run.standing("camera") is Standing.FAIL
    assert "✗ The camera sends only 640x480 at 10.0 pictures" in shown
    met = sum(one.verdict is Verdict.PASS for one in place_readings(place, "camera"))
    assert f"✓ {met} are met" in shown
    assert "Enter: every reading" in shown
    assert "Enter Readings" in shown
    assert "Longest gap" not in shown
    assert shown.count("✗ NOT MET  Sari") == 2
    assert "✗ Frames a second" in sheet
    assert "Longest gap" in sheet
    assert "by the file's own timestamps" in sheet
    assert "r measure again" in sheet
    assert "The camera sends only 640x480 at 10.0 pictures" in gate


async def test_enter_goes_on_from_the_sheet_of_a_step_that_passed(workplace: Workplace, tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=1280, height=720, fps=30.0, frames=60)
    meeting_id = furnished(workplace, camera=str(video))
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        assert "r Again" not in text_on(app)
        await press(pilot, "enter")
        await until(pilot, lambda: place.check is None)
        assert (await the_run(app)).standing("camera") is Standing.PASS
        assert "r Again" in text_on(app)
        assert "n Next" in text_on(app)
        await press(pilot, "n")
        assert place.view.key == "seats"
        await press(pilot, "k", "enter")
        assert "Enter next step" in text_on(app)
        await press(pilot, "enter")
        assert place.view.key == "seats"
        await press(pilot, "k", "enter", "r")
        await until(pilot, lambda: place.check is None and len(place.walked.run.tried("camera")) == 2)  # type: ignore[union-attr]
        assert place.view.key == "camera"


def place_readings(place: PreparePlace, step_id: str) -> list[JudgedReading]:
    """Return what the counting attempt at a step read, judged."""
    assert place.walked is not None
    step = place.walked.run.procedure.step(step_id)
    assert step is not None
    attempt = place.walked.measured(step)
    assert attempt is not None
    return place.walked.readings(step, attempt)


async def test_keys_work_while_it_measures_and_cancelling_keeps_what_was_read(workplace: Workplace) -> None:
    with running_camera(LIVE) as camera:
        meeting_id = furnished(workplace, camera=camera.url)
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "camera")
            await press(pilot, "enter")
            await until(pilot, lambda: place.check and place.check.found and place.check.fraction)
            await until(pilot, lambda: "measuring: 1280x720" in text_on(app))
            assert " %" in text_on(app)
            await press(pilot, "j")
            assert place.view.key == "seats"
            assert "Count the seats" in text_on(app)
            await press(pilot, "k", "x")
            await until(pilot, lambda: place.check is None)
            assert children() == []
            run = await the_run(app)
            shown = text_on(app)
    (attempt,) = run.tried("camera")
    assert attempt.outcome is Outcome.MEASURED
    assert attempt.verdict in (Verdict.UNMEASURED, Verdict.FAIL)
    assert attempt.undone_at is not None
    assert any(one.partial for one in attempt.readings)
    assert run.standing("camera") is Standing.PENDING
    assert "(stopped)" in shown


async def test_escape_cancels_a_check_before_it_leaves_the_walk(workplace: Workplace) -> None:
    with running_camera(LIVE) as camera:
        meeting_id = furnished(workplace, camera=camera.url)
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "camera")
            await press(pilot, "enter")
            await until(pilot, lambda: place.check and place.check.found)
            await press(pilot, "escape")
            await until(pilot, lambda: place.check is None)
            assert place.walked is not None
            await press(pilot, "escape")
            assert place.walked is None


async def test_a_check_goes_on_while_one_is_elsewhere(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(checks._SECONDS, "camera", 3.0)
    with running_camera(LIVE) as camera:
        meeting_id = furnished(workplace, camera=camera.url)
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "camera")
            await press(pilot, "enter")
            await until(pilot, lambda: place.check and place.check.found)
            await press(pilot, "1")
            assert place.check is not None
            await press(pilot, "2")
            await until(pilot, lambda: "measuring: 1280x720" in text_on(app))
            await press(pilot, "left", "1")
            await until(pilot, lambda: place.check is None)
            run = await the_run(app)
            assert "Measure the camera:" in text_on(app)
    assert run.counting("camera") is not None


async def test_a_check_that_fills_the_link_waits_until_the_camera_is_measured(workplace: Workplace) -> None:
    with running_camera(LIVE) as camera:
        meeting_id = furnished(workplace, camera=camera.url)
        directory.set_office(workplace, {"measure_servers": "http://127.0.0.1:9"})
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "camera")
            await press(pilot, "enter")
            await until(pilot, lambda: place.check and place.check.found)
            place.view.turn_to("link")
            await press(pilot, "enter")
            await until(pilot, lambda: len(place.checks) == 2)
            assert [(one.step_id, one.waiting) for one in place.checks] == [("camera", False), ("link", True)]
            assert "Waiting until nothing runs that it would disturb" in text_on(app)
            await press(pilot, "x")
            await until(pilot, lambda: len(place.checks) == 1)
            assert (await the_run(app)).tried("link") == []


async def test_leaving_the_app_leaves_no_process(workplace: Workplace) -> None:
    with running_camera(LIVE) as camera:
        meeting_id = furnished(workplace, camera=camera.url)
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "camera")
            await press(pilot, "enter")
            await until(pilot, lambda: place.check and place.check.found)
            assert children()
        for _round in range(100):
            if not children():
                break
            await asyncio.sleep(0.05)
        assert children() == []


async def test_a_room_without_a_camera_says_so_and_remembers_what_is_typed(
    workplace: Workplace, tmp_path: Path
) -> None:
    video = write_video(tmp_path / "r.avi", width=1280, height=720, fps=30.0, frames=60)
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        assert "This room has no camera named yet" in text_on(app)
        await press(pilot, "enter")
        assert "It is remembered for Ruang Utama." in text_on(app)
        field = app.screen.query_one("#field-value")
        field.value = "http://me:sec/ret@camera/"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert place.check is None
        assert directory.rooms(workplace)[0].camera == ""
        field.value = str(video)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await until(pilot, lambda: place.check is None and place.walked and place.walked.run.attempts)
        run = await the_run(app)
    assert directory.rooms(workplace)[0].camera == str(video)
    assert len(run.tried("camera")) == 1


async def test_leaving_the_question_measures_nothing(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "link")
        assert "No server to measure against is named yet" in text_on(app)
        assert "README" in text_on(app)
        assert "! No STUN server is named" in text_on(app)
        place.view.turn_to("power")
        await pilot.pause()
        assert "No server is named to measure the link against." in text_on(app)
        place.view.turn_to("link")
        await press(pilot, "enter", "escape")
        assert place.check is None
        assert await app.in_store(runs.listing) == [], "whoever only looked has started nothing"


async def test_a_link_is_plotted_while_it_is_measured_and_remembered(workplace: Workplace) -> None:
    with running_server(ServerScript(mbps=40)) as server:
        meeting_id = furnished(workplace)
        (room,) = directory.rooms(workplace)
        directory.edit_room(workplace, room.id, {"measure_server": server.url})
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "link")
            assert "h History" in text_on(app)
            await press(pilot, "enter")
            await until(pilot, lambda: place.check and any(one.mbps for one in place.check.samples))
            await until(pilot, lambda: "█" in text_on(app))
            running = text_on(app)
            assert "download" in running
            assert "· Download" in running
            assert "≥" in running
            before = place.view.page.size.height
            await until(pilot, lambda: place.check and place.check.code.endswith("upload"))
            assert place.view.page.size.height == before
            await press(pilot, "k", "j")
            assert place.view.key == "link"
            await until(pilot, lambda: place.check is None)
            run = await the_run(app)
            await press(pilot, "enter")
            sheet = text_on(app)
            await press(pilot, "escape", "h")
            history = text_on(app)
    attempt = run.counting("link")
    assert attempt is not None
    assert {one.metric for one in attempt.readings} >= {"download_mbps", "latency_ms"}
    assert "Download" in sheet
    assert "bytes received over four connections" in " ".join(sheet.split())
    assert "Ruang Utama, main link" in history
    assert "too few to tell" in history
    assert "23/11/2026 08:00" in history


def page_of(place: PreparePlace) -> str:
    """Return what the page beside the list says, however it is broken into lines."""
    build = place.view.page.build
    assert build is not None
    return " ".join(" ".join("".join(piece.text for piece in line) for line in build(60).lines).split())


async def test_the_step_names_the_server_that_gave_the_figures_and_the_one_that_was_left(workplace: Workplace) -> None:
    gone = "http://127.0.0.1:1"
    with running_server(ServerScript(mbps=40)) as server:
        meeting_id = furnished(workplace)
        (room,) = directory.rooms(workplace)
        directory.edit_room(workplace, room.id, {"measure_server": gone})
        directory.set_office(workplace, {"measure_servers": server.url})
        async with opened(workplace, (120, 40)) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "link")
            assert f"Measured against: {gone}" in page_of(place)
            await press(pilot, "enter")
            await until(pilot, lambda: place.check and place.check.passed_over)
            await until(pilot, lambda: f"{gone} was tried and left: " in page_of(place))
            await until(pilot, lambda: place.check is None)
            place.view.turn_to("link")
            await pilot.pause()
            after = page_of(place)
            run = await the_run(app)
        directory.edit_room(workplace, room.id, {"measure_server": "http://192.0.2.9/"})
        async with opened(workplace, (120, 40)) as (app, pilot):
            later = page_of(await walking(app, pilot, meeting_id, "link"))
    attempt = run.counting("link")
    assert attempt is not None
    assert attempt.value == server.url
    for shown in (after, later):
        assert f"Measured against: {server.url}" in shown
        assert "refuses connections at port 1." in shown
        assert f"The figures are those of {server.url}." in shown
        assert "this machine is measured, not the link" in shown
    assert "Named now" not in after
    assert "Named now: http://192.0.2.9/" in later


async def test_a_camera_that_cannot_be_reached_is_kept_with_the_reason(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, camera="/nowhere/film.avi")
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "enter")
        await until(pilot, lambda: place.check is None)
        run = await the_run(app)
        shown = text_on(app)
    attempt = run.counting("camera")
    assert attempt is not None
    assert attempt.verdict is Verdict.UNMEASURED
    assert "? NOT MEASURED" in shown
    assert "/nowhere/film.avi" in shown


async def test_enter_does_not_lead_past_a_measurement_that_came_to_nothing_and_n_does(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, camera="/nowhere/film.avi")
    async with opened(workplace, (80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "enter")
        await until(pilot, lambda: place.check is None and place.walked and place.walked.run.attempts)
        assert "n Next" in text_on(app).splitlines()[-1]
        await press(pilot, "enter")
        sheet = text_on(app)
        assert "/nowhere/film.avi" in sheet
        assert "n next step all the same" in sheet
        await press(pilot, "enter", "enter", "escape")
        assert place.view.key == "camera", "a tired Enter stays"
        await press(pilot, "n")
        assert place.view.key == "seats"
        assert place.checks == []
        place.view.turn_to("camera")
        await press(pilot, "enter", "n")
        assert place.view.key == "seats"
        assert len((await the_run(app)).tried("camera")) == 1
        place.view.turn_to("camera")
        await press(pilot, "r")
        await until(pilot, lambda: place.check is None)
        assert len((await the_run(app)).tried("camera")) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize("end", ["quit", "kill"])
def test_the_end_of_the_program_is_the_end_of_its_check(workplace: Workplace, end: str) -> None:
    from tests.tui.test_start import opened as started

    with running_camera(LIVE) as camera:
        furnished(workplace, camera=camera.url)
        home = workplace.places.data
        workplace.close()
        with started(home) as terminal:
            terminal.see("Today")
            for key, seen in (
                ("2", "A room without"),
                ("G", ""),
                ("\r", "Check power"),
                ("j", "frames"),
                ("\r", "measuring"),
            ):
                terminal.send(key)
                terminal.see(seen)
            probes = psutil.Process(terminal.process.pid).children(recursive=True)
            assert probes
            if end == "quit":
                terminal.send("\x11")
                terminal.see("Quit while something is being measured?")
                terminal.send("\x11")
                terminal.end()
            else:
                terminal.kill()
            _gone, alive = psutil.wait_procs(probes, timeout=20)
            assert alive == []
