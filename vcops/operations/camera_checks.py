"""Several cameras of one room, measured one after the other: as bad as the worst of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

from vcops.domain.checks import CheckDone, CheckEvent, CheckFailed, CheckProgress, CheckRequest, CheckResult
from vcops.domain.room_cameras import RoomCamera
from vcops.domain.verdicts import Verdict

__all__ = ["check_each"]

One = Callable[[CheckRequest], AsyncGenerator[CheckEvent, None]]
"""Measures one camera."""


async def check_each(
    request: CheckRequest, measure: One, stop: asyncio.Event | None
) -> AsyncGenerator[CheckEvent, None]:
    """Measure each of the request's cameras and tell what happens; the last event is the `CheckDone` of all of them.

    A camera that cannot be measured does not keep the next from being measured; a person's stop does, and what those
    before it read stays.
    """
    found: list[CheckResult] = []
    for place, camera in enumerate(request.cameras):
        yield CheckProgress(place / len(request.cameras), "check.next_camera", {"name": camera.name})
        asked = replace(request, source=camera.source, camera=camera.name, cameras=())
        if request.snapshot and place:
            asked = replace(asked, snapshot=_beside(request.snapshot, place + 1))
        async with aclosing(measure(asked)) as events:
            async for event in events:
                if isinstance(event, CheckDone):
                    found.append(_named(event.result, camera))
                else:
                    yield _among(event, place, len(request.cameras), camera)
        if stop is not None and stop.is_set():
            break
    together = _together(found)
    if len(found) < len(request.cameras) and together.error is None:  # ended just between two of them
        together = replace(together, error=CheckFailed("probe.cancelled"), verdict=_no_better(together.verdict))
    yield CheckDone(together)


def _beside(file: str, number: int) -> str:
    """Return a name for the picture of another camera: `room-2.jpg`."""
    path = Path(file)
    return str(path.with_name(f"{path.stem}-{number}{path.suffix}"))


def _together(found: list[CheckResult]) -> CheckResult:
    """Return one result of all of them. That a person stopped is told before what a camera failed with."""
    return replace(
        found[0],
        source="; ".join(one.source for one in found),
        verdict=max((one.verdict for one in found), key=lambda one: one.rank),
        readings=tuple(reading for one in found for reading in one.readings),
        pictures=tuple(picture for one in found for picture in one.pictures),
        error=next((one.error for one in sorted(found, key=lambda one: not one.stopped) if one.error), None),
        seconds=sum(one.seconds for one in found),
    )


def _no_better(verdict: Verdict) -> Verdict:
    return Verdict.UNMEASURED if verdict.good else verdict


def _named(result: CheckResult, camera: RoomCamera) -> CheckResult:
    error = result.error and _of(result.error, camera)
    return replace(result, error=error)


def _of(failed: CheckFailed, camera: RoomCamera) -> CheckFailed:
    return replace(failed, params={**failed.params, "camera": camera.name})


def _among(event: CheckEvent, place: int, count: int, camera: RoomCamera) -> CheckEvent:
    """Return an event as one of all the cameras: how far the whole is, and which camera failed."""
    if isinstance(event, CheckProgress) and event.fraction is not None:
        return replace(event, fraction=(place + event.fraction) / count)
    return _of(event, camera) if isinstance(event, CheckFailed) else event
