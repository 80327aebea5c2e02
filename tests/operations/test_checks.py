"""Checks as the faces start them: judged, on time, cancelled at will, and no process left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.lab.camera import CameraScript, running_camera
from tests.lab.server import ServerScript, running_server
from tests.lab.silent import silent_source
from tests.lab.video import write_video
from vcops.domain.checks import (
    CheckDone,
    CheckFailed,
    CheckLeft,
    CheckProgress,
    CheckReading,
    CheckRequest,
    CheckResult,
)
from vcops.domain.verdicts import Verdict
from vcops.errors import InvalidInput, Unreachable
from vcops.operations import checks, directory, runs
from vcops.operations.checks import check, list_cameras, request_for_step
from vcops.operations.probing import Limits, Line, probe_lines
from vcops.operations.room_checks import check_room
from vcops.operations.workplace import Workplace


def probes() -> list[psutil.Process]:
    """The probes of this test process that are still there."""
    found = []
    for one in psutil.Process().children(recursive=True):
        try:
            if "vcops.probes" in one.cmdline() and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
        except psutil.NoSuchProcess:
            continue
    return found


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    yield
    assert probes() == []


@pytest.fixture
def silent(tmp_path: Path) -> str:
    """A source whose opening never comes back."""
    if os.name != "posix":
        pytest.skip("named pipes")
    return silent_source(tmp_path)


async def whole(workplace: Workplace, request: CheckRequest, **more: Any) -> tuple[list[Any], CheckResult]:
    async with aclosing(check(workplace, request, **more)) as events:
        seen = [event async for event in events]
    assert isinstance(seen[-1], CheckDone)
    return seen, seen[-1].result


async def test_a_good_camera_meets_the_standard(workplace: Workplace, tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=1280, height=720, fps=30, frames=40)
    seen, result = await whole(workplace, CheckRequest(instrument="camera", source=str(video)))
    assert (result.verdict, result.error, result.standard_id) == (Verdict.PASS, None, "room-camera")
    height = next(one for one in seen if isinstance(one, CheckReading) and one.reading.metric == "frame_height_px")
    assert (height.verdict, height.judged.pass_text) == (Verdict.PASS, ">= 720")


async def test_a_bad_camera_does_not(workplace: Workplace, tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=320, height=240, fps=8, frames=40, repeat=4, luma=10)
    _seen, result = await whole(workplace, CheckRequest(instrument="camera", source=str(video)))
    verdicts = {one.reading.metric: one.verdict for one in result.readings}
    assert result.verdict is Verdict.FAIL
    for metric in ("frame_height_px", "fps", "identical_frames_pct", "black_frames_pct", "luma_mean"):
        assert verdicts[metric] is Verdict.FAIL, metric


async def test_progress_is_told_while_it_measures(workplace: Workplace) -> None:
    with running_camera(CameraScript(width=320, height=240)) as camera:
        seen, _result = await whole(workplace, CheckRequest(instrument="camera", source=camera.url, seconds=2))
    fractions = [one.fraction for one in seen if isinstance(one, CheckProgress) and one.code == "camera.measuring"]
    assert fractions == sorted(fractions)
    assert len(fractions) >= 2


async def test_a_probe_that_hangs_is_killed_on_time(workplace: Workplace, silent: str) -> None:
    request = CheckRequest(instrument="camera", source=silent)
    seen, result = await whole(workplace, request, limits=Limits(whole=30, silence=2))
    assert isinstance(seen[-2], CheckFailed)
    assert (seen[-2].code, result.verdict) == ("probe.late", Verdict.UNMEASURED)


async def test_a_probe_that_never_gets_done_is_killed_on_time(workplace: Workplace) -> None:
    with running_camera(CameraScript(width=160, height=120)) as camera:
        request = CheckRequest(instrument="camera", source=camera.url, seconds=60)
        _seen, result = await whole(workplace, request, limits=Limits(whole=5))
    assert result.error is not None
    assert result.error.code == "probe.late"
    assert all(one.reading.partial for one in result.readings if one.reading.metric == "fps")


async def test_a_server_that_never_answers(workplace: Workplace) -> None:
    with running_server(ServerScript(never_answer=True)) as server:
        request = CheckRequest(instrument="connection", server=server.url)
        _seen, result = await whole(workplace, request, limits=Limits(whole=3))
    assert result.error is not None
    assert result.error.code == "probe.late"


async def test_stopping_keeps_what_was_measured_as_partial(workplace: Workplace) -> None:
    stop = asyncio.Event()
    with running_camera(CameraScript(width=1280, height=720, fps=30)) as camera:
        request = CheckRequest(instrument="camera", source=camera.url, seconds=60)
        async with aclosing(check(workplace, request, stop=stop)) as events:
            seen = []
            async for event in events:
                seen.append(event)
                if isinstance(event, CheckReading) and event.reading.metric == "luma_mean":
                    stop.set()
    result = seen[-1].result
    assert result.error == CheckFailed("probe.cancelled", {})
    held = {one.reading.metric: one for one in result.readings}
    assert held["frame_height_px"].reading.value == 720
    assert held["frame_height_px"].reading.partial
    assert held["frame_height_px"].verdict is Verdict.UNMEASURED


async def test_closing_the_iterator_kills_the_probe(workplace: Workplace, silent: str) -> None:
    events = check(workplace, CheckRequest(instrument="camera", source=silent))
    assert isinstance(await anext(events), CheckProgress)
    assert len(probes()) == 1
    await events.aclose()
    assert probes() == []


async def test_cancelling_the_task_kills_the_probe(workplace: Workplace, silent: str) -> None:
    begun = asyncio.Event()

    async def watch() -> None:
        async for _event in check(workplace, CheckRequest(instrument="camera", source=silent)):
            begun.set()

    task = asyncio.create_task(watch())
    await begun.wait()
    assert len(probes()) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert probes() == []


async def test_a_probe_that_is_killed_from_outside(silent: str) -> None:
    lines = probe_lines("camera", {"source": silent}, Limits(30))
    await anext(lines)
    probes()[0].kill()
    last = [line async for line in lines]
    assert [(line["type"], line["code"]) for line in last] == [("failure", "probe.died")]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_probe_does_not_outlive_a_program_that_was_killed(silent: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vcops", "--home", str(tmp_path), "check", "camera", "--source", silent]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        found: list[psutil.Process] = []
        patience = time.monotonic() + 30
        while not found and time.monotonic() < patience:
            found = psutil.Process(program.pid).children()
            time.sleep(0.05)
        assert len(found) == 1
        time.sleep(1)  # until it is inside the library
        program.send_signal(signal.SIGKILL)
    _gone, alive = psutil.wait_procs(found, timeout=20)
    assert alive == []


async def test_no_password_in_what_others_can_see(workplace: Workplace) -> None:
    with running_camera(CameraScript(width=160, height=120, login="sari:rahasia")) as camera:
        source = camera.url.replace("http://", "http://sari:rahasia@")
        request = CheckRequest(instrument="camera", source=source, seconds=1)
        told, words = [], []
        async with aclosing(check(workplace, request)) as events:
            async for event in events:
                told.append(repr(event))
                words += [word for one in probes() for word in one.cmdline()]
    assert words
    assert not any("rahasia" in text for text in (*told, *words))
    assert "sari:***@" in told[-1]


async def test_servers_are_tried_in_order(workplace: Workplace) -> None:
    with running_server(ServerScript(mbps=20)) as server:
        directory.set_office(workplace, {"measure_servers": f"http://127.0.0.1:1, {server.url}"})
        request = CheckRequest(instrument="connection", room_server="http://no-such.invalid", seconds=2)
        seen, result = await whole(workplace, request)
    tried = [one.params["server"] for one in seen if isinstance(one, CheckProgress) and one.code == "check.next_server"]
    assert tried == ["http://no-such.invalid", "http://127.0.0.1:1"]
    assert (result.source, result.error) == (server.url, None)
    assert not [one for one in seen if isinstance(one, CheckFailed)]
    assert [(one.source, one.why.code) for one in result.passed_over] == [
        ("http://no-such.invalid", "network.dns"),
        ("http://127.0.0.1:1", "network.refused"),
    ]
    assert [one.passed_over for one in seen if isinstance(one, CheckLeft)] == list(result.passed_over)


async def test_a_server_that_was_asked_for_is_the_only_one(workplace: Workplace) -> None:
    with running_server() as server:
        directory.set_office(workplace, {"measure_servers": server.url})
        request = CheckRequest(instrument="connection", server="http://127.0.0.1:1")
        _seen, result = await whole(workplace, request)
        assert result.error is not None
        assert (result.error.code, server.requests) == ("network.refused", [])


async def test_what_the_first_server_gave_is_kept(workplace: Workplace) -> None:
    with running_server(ServerScript(mbps=30, refuse_posts=True)) as first, running_server() as second:
        directory.set_office(workplace, {"measure_servers": second.url})
        request = CheckRequest(instrument="connection", room_server=first.url, seconds=3)
        _seen, result = await whole(workplace, request)
        assert second.requests == []
    held = {one.reading.metric: one.reading for one in result.readings}
    assert result.error is not None
    assert (result.source, held["download_mbps"].partial) == (first.url, False)
    assert held["download_mbps"].value is not None


async def test_the_better_of_two_attempts_is_kept(workplace: Workplace) -> None:
    with running_server(ServerScript(large_page=True)) as first:
        directory.set_office(workplace, {"measure_servers": "http://127.0.0.1:1"})
        request = CheckRequest(instrument="connection", room_server=first.url, seconds=3)
        seen, result = await whole(workplace, request)
    assert [one.code for one in seen if isinstance(one, CheckProgress)].count("check.next_server") == 1
    latency = next(one.reading for one in result.readings if one.reading.metric == "latency_ms")
    assert latency.value is not None
    assert result.source == first.url
    assert result.error is not None
    assert result.error.code != "network.refused"
    assert [(one.source, one.why.code) for one in result.passed_over] == [("http://127.0.0.1:1", "network.refused")]


async def test_what_one_server_used_up_the_next_does_not_get(workplace: Workplace) -> None:
    dying, good = ServerScript(mbps=10, die_after=2_000_000), ServerScript(mbps=20)
    with running_server(dying) as first, running_server(good) as second:
        directory.set_office(workplace, {"measure_servers": second.url})
        request = CheckRequest(instrument="connection", room_server=first.url, max_mb=6, seconds=14)
        _seen, result = await whole(workplace, request)
        moved = second.pace.passed
    assert (result.source, result.error) == (second.url, None)
    assert 0 < moved <= 5_200_000


async def test_the_usual_limit_is_one_for_all_the_servers_of_a_check(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = checks.probe_lines

    def watched(name: str, whole: Line, *rest: Any, **more: Any) -> Any:
        asked.append((whole["max_mb"], whole["spent_mb"]))
        return real(name, whole, *rest, **more)

    monkeypatch.setattr(checks, "probe_lines", watched)
    dying, good = ServerScript(mbps=10, die_after=2_000_000), ServerScript(mbps=20)
    with running_server(dying) as first, running_server(good) as second:
        directory.set_office(workplace, {"measure_servers": second.url})
        await whole(workplace, CheckRequest(instrument="connection", room_server=first.url, seconds=14))
    (first_most, before), (second_most, spent) = asked
    assert (first_most, before, second_most) == (None, 0.0, None)
    assert 1 < spent < 3


@pytest.mark.parametrize(
    ("request_", "error", "code"),
    [
        (CheckRequest(instrument="connection"), Unreachable, "check.no_server"),
        (CheckRequest(instrument="connection", via="carrier-pigeon", server="x"), InvalidInput, "check.unknown_via"),
        (CheckRequest(instrument="connection", profile="x", server="x"), InvalidInput, "check.unknown_profile"),
        (CheckRequest(instrument="platform"), InvalidInput, "check.no_platform"),
        (CheckRequest(instrument="platform", platform="zomo"), InvalidInput, "check.unknown_platform"),
        (CheckRequest(instrument="camera", seconds=0), InvalidInput, "check.seconds"),
        (CheckRequest(instrument="connection", server="x", max_mb=-1), InvalidInput, "check.max_mb"),
        (CheckRequest(instrument="camera", standard_id="room-connection"), InvalidInput, "check.other_instrument"),
        (CheckRequest(instrument="camera", standard_id="room-camra"), InvalidInput, "handbook.unknown_id_near"),
        (CheckRequest(instrument="connection", server="ftp://a.example"), InvalidInput, "connection.bad_url"),
        (CheckRequest(instrument="connection", server="a.example", upload_url="b"), InvalidInput, "connection.bad_url"),
        (CheckRequest(instrument="platform", platform="https://a:99999/"), InvalidInput, "platform.bad_url"),
        (CheckRequest(instrument="camera", source="rtsp://:554/x"), InvalidInput, "camera.bad_url"),
        (CheckRequest(instrument="smell"), InvalidInput, "check.unknown_instrument"),  # type: ignore[arg-type]
        (CheckRequest(instrument="connection", server="fast+https://a"), InvalidInput, "check.unknown_server_kind"),
    ],
)
async def test_what_makes_no_sense(
    workplace: Workplace, request_: CheckRequest, error: type[Exception], code: str
) -> None:
    with pytest.raises(error) as caught:
        await whole(workplace, request_)
    assert caught.value.code == code  # type: ignore[attr-defined]


def test_the_cameras_are_those_of_the_system() -> None:
    system = [
        path.name.removeprefix("video")
        for path in Path("/dev").glob("video[0-9]*")
        if (Path("/sys/class/video4linux") / path.name / "index").read_text().strip() == "0"
    ]
    assert [one.source for one in asyncio.run(list_cameras())] == sorted(system, key=int)


async def test_a_room_is_checked_and_recorded(workplace: Workplace, tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=1280, height=720, fps=30, frames=40)
    with running_server(ServerScript(mbps=40)) as server:
        room = directory.add_room(workplace, {"name": "Aula", "camera": str(video), "measure_server": server.url})
        results = {}
        async with aclosing(check_room(workplace, room)) as events:
            async for told in events:
                if isinstance(told.event, CheckDone):
                    results[told.step.id] = told.event.result
    run = runs.find(workplace, runs.listing(workplace)[0].id)
    assert {step: run.standing(step).value for step in results} == {
        step: result.verdict.value for step, result in results.items()
    }
    assert results["camera"].verdict is Verdict.PASS
    assert results["main-link"].verdict is Verdict.PASS
    assert results["platform"].error == CheckFailed("check.no_platform", results["platform"].error.params)


async def test_a_step_asks_for_its_room(workplace: Workplace) -> None:
    room = directory.add_room(workplace, {"name": "Aula", "camera": "2", "measure_server": "https://lan.example"})
    run = runs.start(workplace, "video-conference", room_id=room.id)
    steps = {step.check.instrument: step for step in run.steps() if step.check}
    camera = request_for_step(workplace, run, steps["camera"], room)
    assert (camera.source, camera.standard_id) == ("2", "room-camera")
    assert request_for_step(workplace, run, steps["connection"], room).room_server == "https://lan.example"
    by_hand = next(step for step in run.steps() if not step.check)
    with pytest.raises(InvalidInput):
        request_for_step(workplace, run, by_hand, room)
