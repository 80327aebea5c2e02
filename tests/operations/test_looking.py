"""Pictures beside a check and without one: never in the result, and nothing of the probe is left."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from tests.lab.camera import CameraScript, running_camera
from tests.lab.video import write_video
from tests.tui.walks import children
from vcops.domain.checks import CheckDone, CheckFailed, CheckProgress, CheckRequest
from vcops.domain.pictures import CheckPicture, Preview
from vcops.errors import InvalidInput
from vcops.operations.checks import check
from vcops.operations.looking import look
from vcops.operations.workplace import Workplace


def request(source: str, preview: Preview | None) -> CheckRequest:
    return CheckRequest(instrument="camera", source=source, seconds=2, preview=preview)


async def test_a_check_tells_pictures_only_where_they_are_wished(workplace: Workplace) -> None:
    with running_camera(CameraScript(width=640, height=360, fps=15)) as camera:
        wished = [one async for one in check(workplace, request(camera.url, Preview(40, 40, 15.0)))]
        bare = [one async for one in check(workplace, request(camera.url, None))]
    pictures = [one for one in wished if isinstance(one, CheckPicture)]
    assert len(pictures) > 3
    assert {(one.width, one.height) for one in pictures} == {(40, 22)}
    assert not [one for one in bare if isinstance(one, CheckPicture)]
    for events in (wished, bare):
        done = events[-1]
        assert isinstance(done, CheckDone)
        assert done.result.error is None
    assert children() == []


async def test_another_wish_holds_from_the_next_picture_on(workplace: Workplace) -> None:
    preview, widths = Preview(40, 40, 15.0), []
    with running_camera(CameraScript(width=640, height=360, fps=15)) as camera:
        async with aclosing(look(workplace, request(camera.url, preview))) as events:
            async for event in events:
                if isinstance(event, CheckPicture):
                    widths.append((event.width, event.card))
                    preview.width, preview.card = 20, True
                if len(widths) == 6:
                    break
    assert children() == []
    assert widths[0] == (40, None)
    assert widths[2:] == [(20, (0.4, 0.35, 0.6, 0.65))] * 4


async def test_whoever_takes_no_pictures_gets_no_more_and_the_look_goes_on(
    workplace: Workplace, tmp_path: Path
) -> None:
    video = write_video(tmp_path / "room.avi", width=160, height=120, frames=10)
    seen: list[object] = []
    async with aclosing(look(workplace, request(str(video), Preview(40, 40, 15.0)))) as events:
        async for event in events:
            seen.append(event)
            if isinstance(event, CheckPicture):
                await asyncio.sleep(1.2)
            if len(seen) > 12:
                break
    numbers = [at for at, one in enumerate(seen) if isinstance(one, CheckPicture)]
    between = [one for one in seen[numbers[0] + 1 : numbers[1]] if isinstance(one, CheckProgress)]
    assert len(between) >= 2
    assert children() == []


async def test_a_look_that_cannot_begin_says_why(workplace: Workplace) -> None:
    told = [one async for one in look(workplace, request("/nowhere.avi", Preview(40, 40, 15.0)))]
    assert isinstance(told[-1], CheckFailed)
    assert told[-1].code == "camera.no_file"
    with pytest.raises(InvalidInput, match=r"camera\.bad_url"):
        [one async for one in look(workplace, request("http://", Preview(40, 40, 15.0)))]
