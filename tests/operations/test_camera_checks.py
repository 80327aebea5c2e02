"""A room with two cameras: each is measured, and the room is as bad as the worse of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest

from tests.lab.camera import CameraScript, running_camera
from tests.lab.video import write_video
from vcops.domain.checks import CheckDone, CheckEvent, CheckFailed, CheckProgress, CheckRequest, CheckResult
from vcops.domain.findings import findings
from vcops.domain.room_cameras import read_cameras
from vcops.domain.runs import Standing
from vcops.domain.verdicts import Verdict
from vcops.locale import use
from vcops.operations import directory, runs
from vcops.operations.camera_checks import check_each
from vcops.operations.checks import check, request_for_step, with_cameras
from vcops.operations.workplace import Workplace
from vcops.tui.prepare.checking import RunningCheck
from vcops.wording.errors import explain


async def whole(
    workplace: Workplace, cameras: str, stop: asyncio.Event | None = None
) -> tuple[list[CheckEvent], CheckResult]:
    """Measure these cameras; return what was told, and what it came to."""
    request = with_cameras(CheckRequest(instrument="camera", seconds=2), read_cameras(cameras))
    told = []
    async with aclosing(check(workplace, request, stop=stop)) as events:
        async for event in events:
            told.append(event)
            if stop is not None and isinstance(event, CheckProgress) and event.code == "camera.measuring":
                stop.set()
    assert isinstance(told[-1], CheckDone)
    return told, told[-1].result


@pytest.fixture
def videos(tmp_path: Path) -> dict[str, str]:
    """A good picture, a dark one, and none."""
    fine = write_video(tmp_path / "fine.avi", width=1280, height=720, fps=30.0, frames=60)
    dark = write_video(tmp_path / "dark.avi", width=1280, height=720, fps=30.0, frames=60, luma=30)
    return {"fine": str(fine), "dark": str(dark), "gone": str(tmp_path / "gone.avi")}


async def test_each_is_measured_and_the_worst_counts(workplace: Workplace, videos: dict[str, str]) -> None:
    told, result = await whole(workplace, f"Depan = {videos['fine']}; Pembicara = {videos['dark']}")
    luma = {one.reading.subject: one.verdict for one in result.readings if one.reading.metric == "luma_mean"}
    assert luma == {"Depan": Verdict.PASS, "Pembicara": Verdict.FAIL}
    assert result.verdict is Verdict.FAIL
    assert result.source == f"Depan: {videos['fine']}; Pembicara: {videos['dark']}"
    found = {one.params["camera"]: one.code for one in findings("camera", result.readings, result.standard)}
    assert found["Pembicara"] == "finding.camera_dark"
    fractions = [one.fraction for one in told if isinstance(one, CheckProgress) and one.fraction is not None]
    assert fractions == sorted(fractions)
    assert [one.params for one in told if isinstance(one, CheckProgress) and one.code == "check.next_camera"] == [
        {"name": "Depan"},
        {"name": "Pembicara"},
    ]


async def test_one_that_is_not_there_is_named_and_the_other_is_measured(
    workplace: Workplace, videos: dict[str, str]
) -> None:
    told, result = await whole(workplace, f"Depan = {videos['gone']}; Pembicara = {videos['fine']}")
    assert result.verdict is Verdict.UNMEASURED
    assert result.error == CheckFailed("camera.no_file", {"file": videos["gone"], "camera": "Depan"})
    assert [one for one in told if isinstance(one, CheckFailed)] == [result.error]
    seen = {one.reading.subject for one in result.readings if one.reading.value is not None}
    assert seen == {"Pembicara"}
    use("en")
    assert explain(result.error.code, result.error.params).message.startswith("Depan: There is no file")


async def test_a_person_ends_all_of_them(workplace: Workplace, videos: dict[str, str]) -> None:
    with running_camera(CameraScript(width=320, height=240)) as camera:
        _told, result = await whole(workplace, f"A = {camera.url}; B = {videos['dark']}", asyncio.Event())
    assert result.error is not None
    assert result.error.code == "probe.cancelled"
    assert {one.reading.subject for one in result.readings} == {"A"}


async def test_that_a_person_ended_it_is_told_before_what_a_camera_failed_with(
    workplace: Workplace, videos: dict[str, str]
) -> None:
    with running_camera(CameraScript(width=320, height=240)) as camera:
        _told, result = await whole(workplace, f"A = {videos['gone']}; B = {camera.url}", asyncio.Event())
    assert result.stopped


async def test_what_the_first_camera_read_stays_when_a_person_ends_it_at_the_next(
    workplace: Workplace, videos: dict[str, str]
) -> None:
    stop = asyncio.Event()
    request = with_cameras(
        CheckRequest(instrument="camera", seconds=2), read_cameras(f"A = {videos['fine']}; B = {videos['dark']}")
    )
    running = RunningCheck("run", "camera", stop=stop)
    async with aclosing(check(workplace, request, stop=stop)) as events:
        async for event in events:
            running.take(event)
            if isinstance(event, CheckProgress) and event.params == {"name": "B"}:
                assert running.found == {}  # another camera begins anew on the screen
                stop.set()
    assert running.result is not None
    assert running.worth_keeping
    assert running.cut_short  # and so it does not count
    assert running.result.error is not None
    assert running.result.error.code == "probe.cancelled"
    assert "A" in {one.reading.subject for one in running.result.readings if one.reading.value is not None}


async def test_one_that_is_ended_between_two_cameras_says_so(workplace: Workplace, videos: dict[str, str]) -> None:
    stop = asyncio.Event()
    first, second = read_cameras(f"A = {videos['fine']}; B = {videos['dark']}")
    whole_request = CheckRequest(instrument="camera", seconds=2, cameras=(first, second))

    async def measure(one: CheckRequest) -> AsyncGenerator[CheckEvent, None]:
        async with aclosing(check(workplace, one)) as events:
            async for event in events:
                yield event
        stop.set()  # a key that comes when the first camera is through

    async with aclosing(check_each(whole_request, measure, stop)) as events:
        results = [event.result async for event in events if isinstance(event, CheckDone)]
    assert results[-1].error is not None
    assert (results[-1].error.code, results[-1].verdict) == ("probe.cancelled", Verdict.UNMEASURED)
    assert {one.reading.subject for one in results[-1].readings} == {"A"}


async def test_the_step_of_a_room_keeps_all_of_it(workplace: Workplace, videos: dict[str, str]) -> None:
    room = directory.add_room(
        workplace, {"name": "Aula", "camera": f"Depan = {videos['fine']}; Pembicara = {videos['dark']}"}
    )
    run = runs.start(workplace, "video-conference", room_id=room.id)
    step = runs.step_of(run, "camera")
    request = request_for_step(workplace, run, step, room)
    async with aclosing(check(workplace, request, standard=run.standards["room-camera"])) as events:
        results = [event.result async for event in events if isinstance(event, CheckDone)]
    runs.keep_check(workplace, run.id, "camera", results[0])
    kept = runs.load(workplace, run.id)
    attempt = kept.counting("camera")
    assert attempt is not None
    assert kept.standing("camera") is Standing.FAIL
    assert {one.subject for one in attempt.readings} == {"Depan", "Pembicara"}
