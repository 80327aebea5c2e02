"""Prepare: checks that begin by themselves, all of a phase at once, and what keeps away from a running meeting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab.camera import CameraScript, running_camera
from tests.lab.server import ServerScript, running_server
from tests.tui.harness import opened, press, text_on
from tests.tui.walks import furnished, the_run, until, walking
from vcops.domain.runs import Standing
from vcops.operations import directory, meetings
from vcops.operations.workplace import Workplace

PROCEDURE = """
procedure:
  id: video-conference
  version: "test"
  title: {id: Prosedur pendek, en: Short procedure}
  executors: [{id: operator, title: {id: Operator, en: Operator}}]
  reasons: {skipped: [{id: Sudah diuji kemarin, en: Tested yesterday}]}
  phases:
    - id: preflight
      title: {id: Sebelum rapat, en: Before}
      steps:
        - {id: link, title: {id: Ukur sambungan, en: Measure the link}, executors: [operator],
           check: {instrument: connection, standard: room-connection}}
        - {id: power, title: {id: Periksa daya, en: Check power}, executors: [operator], minutes: 5}
        - {id: camera, title: {id: Ukur kamera, en: Measure the camera}, executors: [operator],
           check: {instrument: camera, standard: room-camera}}
        - {id: platform, title: {id: Periksa platform, en: Reach the platform}, executors: [operator],
           check: {instrument: platform, standard: platform-reachable}}
        - {id: tidy, title: {id: Rapikan, en: Tidy up}, executors: [operator]}
      gate: {id: go-no-go, title: {id: Siap atau belum, en: Go or no-go}, deadline: -15min}
"""


@contextmanager
def equipped(workplace: Workplace, *, seconds: float = 8.0) -> Iterator[str]:
    """Give the workplace the procedure, a meeting, and a room whose camera and link can be measured."""
    with running_camera(CameraScript(1280, 720, 30)) as camera, running_server(ServerScript(mbps=40)) as server:
        meeting_id = furnished(workplace, procedure=PROCEDURE, camera=camera.url)
        (room,) = directory.rooms(workplace)
        directory.edit_room(workplace, room.id, {"measure_server": server.url})
        directory.set_office(workplace, {"platform": server.url})
        yield meeting_id


async def test_one_key_measures_the_whole_phase_and_the_link_last_and_alone(workplace: Workplace) -> None:
    with equipped(workplace) as meeting_id:
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "power")
            await press(pilot, "a")
            await until(pilot, lambda: len(place.checks) >= 2)  # the platform may have answered already
            waiting = {one.step_id: one.waiting for one in place.checks}
            assert waiting | {"platform": False} == {"camera": False, "platform": False, "link": True}
            shown = text_on(app)
            assert "▸ Measure the camera" in shown
            assert "▸ Measure the link" in shown
            place.view.turn_to("link")
            await pilot.pause()
            assert "Waiting until nothing runs that it would disturb" in text_on(app)
            await press(pilot, "a")
            running = [one.step_id for one in place.checks]
            assert len(running) == len(set(running)), "none twice"
            await until(pilot, lambda: any(one.step_id == "link" and not one.waiting for one in place.checks))
            assert [one.step_id for one in place.checks if not one.waiting] == ["link"]
            await until(pilot, lambda: not place.checks)
            run = await the_run(app)
            place.view.turn_to("power")
            await press(pilot, "a")
            assert not place.checks or {one.step_id for one in place.checks} < {"camera", "platform", "link"}
            again = text_on(app)
    assert {one.step for one in run.attempts} == {"camera", "platform", "link"}
    assert all(one.begun_at is not None for one in run.attempts)
    if all(run.standing(one.id).opens for one in run.steps() if one.check):
        assert "Every automatic check here is met already." in again


async def test_a_check_that_nobody_notices_begins_when_one_is_led_to_it_and_once(workplace: Workplace) -> None:
    with equipped(workplace) as meeting_id:
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id)
            assert place.view.key == "link"
            assert not place.checks, "what fills the link asks first"
            await press(pilot, "j", "j", "j", "k", "k")
            assert place.view.key == "power"
            assert not place.checks, "browsing starts nothing"
            await press(pilot, "enter")
            assert place.view.key == "camera"
            await until(pilot, lambda: [one.step_id for one in place.checks] == ["camera"])
            await press(pilot, "escape")
            await until(pilot, lambda: not place.checks)
            assert place.walked is not None
            assert place.walked.run.standing("camera") is Standing.PENDING
            await press(pilot, "k", "r")
            assert place.view.key == "camera", "led there once more"
            assert not place.checks
            await press(pilot, "j", "j", "enter")
            assert place.view.key == "link"
            assert not place.checks


async def test_enter_goes_on_while_a_check_runs_and_the_walk_comes_back_to_it(workplace: Workplace) -> None:
    with equipped(workplace) as meeting_id:
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "power")
            await press(pilot, "enter")
            await until(pilot, lambda: [one.step_id for one in place.checks] == ["camera"])
            await press(pilot, "enter")
            assert place.view.key == "platform"
            await until(
                pilot, lambda: len(place.checks) == 2 or "platform" in {one.step for one in place.walked.run.attempts}
            )  # type: ignore[union-attr]
            await press(pilot, "x")
            place.view.turn_to("tidy")
            await press(pilot, "x")
            await until(pilot, lambda: not place.checks)


async def test_while_a_meeting_is_on_in_the_room_it_says_so_and_measures_nothing_loud(workplace: Workplace) -> None:
    with equipped(workplace) as meeting_id:
        meetings.start(workplace, texts={"title": "Rapat pagi", "room": "Ruang Utama"})
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id)
            await press(pilot, "enter")
            assert not place.checks
            assert "“Rapat pagi” is on in this room" in text_on(app)
            await press(pilot, "j", "enter")
            assert place.view.key == "camera"
            assert not place.checks
            await press(pilot, "a")
            assert {one.step_id for one in place.checks} <= {"platform"}
            await until(pilot, lambda: not place.checks)
            run = await the_run(app)
    assert {one.step for one in run.attempts} == {"power", "platform"}


async def test_a_meeting_on_what_may_be_the_same_link_is_asked_about(workplace: Workplace) -> None:
    with equipped(workplace) as meeting_id:
        directory.add_room(workplace, {"name": "Ruang Rapat 2"})
        meetings.start(workplace, texts={"title": "Rapat lain", "room": "Ruang Rapat 2"})
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id)
            await press(pilot, "enter")
            assert "Measure the link all the same?" in text_on(app)
            await press(pilot, "n")
            assert not place.checks
            await press(pilot, "enter", "enter")
            await until(pilot, lambda: [one.step_id for one in place.checks] == ["link"])
            await press(pilot, "x")
            await until(pilot, lambda: not place.checks)


async def test_a_link_that_waited_is_not_measured_when_a_meeting_has_begun_meanwhile(workplace: Workplace) -> None:
    with equipped(workplace) as meeting_id:
        directory.add_room(workplace, {"name": "Ruang Rapat 2"})
        async with opened(workplace) as (app, pilot):
            place = await walking(app, pilot, meeting_id)
            with place.turns.held("camera"):
                await press(pilot, "enter")
                assert [(one.step_id, one.waiting) for one in place.checks] == [("link", True)]
                await app.in_store(meetings.start, None, {"title": "Rapat lain", "room": "Ruang Rapat 2"})
            await until(pilot, lambda: not place.checks)
            assert "Measure the link: “Rapat lain”" in " ".join(text_on(app).split())
            run = await the_run(app)
    assert run.attempts == ()


async def test_the_office_s_reasons_are_one_key_away(workplace: Workplace) -> None:
    with equipped(workplace) as meeting_id:
        async with opened(workplace) as (app, pilot):
            await walking(app, pilot, meeting_id, "power")
            await press(pilot, "s")
            assert "Tested yesterday" in text_on(app)
            assert "Not needed for this meeting" not in text_on(app)
            await press(pilot, "1")
            run = await the_run(app)
    (attempt,) = run.tried("power")
    assert attempt.reason == "Tested yesterday"
