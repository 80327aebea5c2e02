"""Measuring: choosing what to measure against, running the probe, judging what it reads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcops.domain.checks import (
    CheckDone,
    CheckEvent,
    CheckFailed,
    CheckLeft,
    CheckProgress,
    CheckReading,
    CheckRemark,
    CheckRequest,
    CheckResult,
    Ending,
    PassedOver,
    conclude,
    judged,
)
from vcops.domain.findings import NEVER_SURER
from vcops.domain.pictures import CheckPicture
from vcops.domain.readings import Reading
from vcops.domain.room_cameras import RoomCamera
from vcops.domain.standards import judge
from vcops.domain.turns import fills_the_link
from vcops.domain.verdicts import Verdict
from vcops.errors import InvalidInput
from vcops.operations.asking import INSTRUMENTS, PROFILES, attempts, remarks, used_platform
from vcops.operations.camera_checks import check_each
from vcops.operations.demands import demanded, platform_of_meeting
from vcops.operations.evidence import picture_file, picture_of
from vcops.operations.link_lock import link_lock, taken_when_free
from vcops.operations.probing import Limits, Line, listed, probe_lines
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.domain.people import Room
    from vcops.domain.procedures import Step
    from vcops.domain.runs import Run
    from vcops.domain.standards import Standard

__all__ = [
    "INSTRUMENTS",
    "PROFILES",
    "STANDARDS",
    "CameraFound",
    "check",
    "list_cameras",
    "remarks",
    "request_for_step",
    "with_cameras",
]

STANDARDS = {
    "camera": "room-camera",
    "connection": "room-connection",
    "platform": "platform-reachable",
    "sound": "room-sound",
}
"""The standard a check is held against where nobody names another."""
_SECONDS = {"camera": 8.0, "connection": 20.0, "platform": 10.0, "sound": 4.0}
_MARGIN = 45.0
"""Seconds beyond the measuring itself: starting, opening, settling, a server's slow end."""
_LEAST_S = 1.0
"""A server that would get less of the time that a person set is not tried."""
_OF_THE_SERVER = ("download_mbps", "upload_mbps")
"""What only the server itself can tell; the rest is read without it, or asked of it in one small request."""
_TRY_NEXT = (
    "network.", "connection.http_status", "connection.redirected", "connection.not_", "connection.too_",
    "connection.iperf3_", "speedtest.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CameraFound:
    """A camera of this machine: what `--source` takes, its driver's name for it, and what stays when indices move."""

    source: str
    name: str
    identity: str = ""


@dataclass(slots=True)
class _Collected:
    """What one probe said of `source`. `error` is what it failed with, `fraction` how far it told that it was."""

    source: str = ""
    readings: dict[str, Reading] = field(default_factory=dict)
    error: CheckFailed | None = None
    fraction: float = 0.0

    def whole(self) -> set[str]:
        """Return the metrics that were read to the end."""
        return {one.metric for one in self.readings.values() if not one.partial and one.value is not None}

    def spent_mb(self) -> float:
        """Return how many megabytes the transfers moved."""
        return sum(one.bytes_mb or 0.0 for name in _OF_THE_SERVER if (one := self.readings.get(name)))

    def settles(self) -> bool:
        """Whether no other server is worth trying: this one did, was measured in part, or is not what failed."""
        if self.error is None or not self.error.code.startswith(_TRY_NEXT):
            return True
        return not self.whole().isdisjoint(_OF_THE_SERVER)

    def better_than(self, other: _Collected) -> bool:
        """Whether it is this one that a check comes to."""
        return self.error is None or len(self.whole()) >= len(other.whole())


async def check(
    workplace: Workplace,
    request: CheckRequest,
    *,
    standard: Standard | None = None,
    stop: asyncio.Event | None = None,
    limits: Limits | None = None,
) -> AsyncGenerator[CheckEvent, None]:
    """Measure and judge, telling what happens; the last event is always a `CheckDone`. Several cameras come in turn.

    The standard is the one given (a run's frozen one), else the request's, else the instrument's own. Setting `stop`
    ends the measuring: what was read so far is judged as partial. Closing the iterator or cancelling its task kills
    the probe with everything it started; use `contextlib.aclosing` around it. What fills the link waits until no other
    program of this machine does, and tells so (`link_lock.TAKEN`, and once `is_free_now`). Raises InvalidInput for a
    request that makes no sense, Unreachable where there is nothing to measure against.
    """
    if standard is None:
        standard = await asyncio.to_thread(_standard, workplace, request)
    measure = partial(_check_one, workplace, standard=standard, stop=stop, limits=limits)
    several = len(request.cameras) > 1 and not request.source
    with link_lock(workplace.places.data, workplace.who) as lock:
        if fills_the_link(request.instrument):
            await asyncio.to_thread(attempts, workplace, request)  # what makes no sense is refused before it waits
            async with aclosing(taken_when_free(lock, stop)) as waiting:
                async for event in waiting:
                    yield event
            if stop is not None and stop.is_set():
                cancelled = CheckFailed("probe.cancelled")
                yield cancelled
                yield CheckDone(CheckResult.unmeasured(request, standard, cancelled, workplace.clock()))
                return
        async with aclosing(check_each(request, measure, stop) if several else measure(request)) as events:
            async for event in events:
                yield event


async def _check_one(
    workplace: Workplace,
    request: CheckRequest,
    *,
    standard: Standard | None,
    stop: asyncio.Event | None,
    limits: Limits | None,
) -> AsyncGenerator[CheckEvent, None]:
    started = time.monotonic()
    tries = await asyncio.to_thread(attempts, workplace, request)
    seconds = request.seconds or _SECONDS[request.instrument]
    limits = limits or Limits(seconds * 2 + _MARGIN)
    for code in await asyncio.to_thread(remarks, workplace, request):
        yield CheckRemark(code)
    left, best, every, spent_mb = request, _Collected(), list[_Collected](), 0.0
    for number, (source, asked) in enumerate(tries, 1):
        tried = _Collected(source)
        whole = asked | _bounds(left, seconds, standard, spent_mb) | _wished(request)
        told = probe_lines(request.instrument, whole, limits, stop, partial(_answer, tried, standard, request))
        async with aclosing(told) as lines:
            async for line in lines:
                if event := _event(line, tried, standard, request.camera):
                    yield event
        every.append(tried)
        best = _better(tried, best)
        left = _left(left, tried)
        spent_mb += tried.spent_mb()
        if number == len(tries) or tried.settles() or _used_up(left):
            break
        following = tries[number][0]
        if tried.error is not None:
            yield CheckLeft(PassedOver(source, tried.error), following)
        yield CheckProgress(None, "check.next_server", {"server": source, "next": following})
    if best.error is not None:
        yield best.error
    ending = Ending(
        source=best.source,
        at=workplace.clock(),
        seconds=time.monotonic() - started,
        error=best.error,
        passed_over=tuple(
            PassedOver(one.source, one.error) for one in every if one.error and one.source != best.source
        ),
    )
    result = conclude(request, standard, best.readings.values(), ending)
    if request.snapshot:
        picture = await asyncio.to_thread(picture_of, workplace, Path(request.snapshot), request.camera)
        result = replace(result, pictures=(picture,) if picture else ())
    yield CheckDone(result)


async def list_cameras() -> tuple[CameraFound, ...]:
    """Return the cameras of this machine. Raises Unreachable where they cannot be asked for."""
    found = await listed("camera")
    return tuple(CameraFound(one["source"], one["name"], one["identity"]) for one in found.get("devices", ()))


def request_for_step(workplace: Workplace, run: Run, step: Step, room: Room | None) -> CheckRequest:
    """Return what a run's step asks for: its own standard, the room's camera and server, the meeting's platform.

    Raises InvalidInput for a step that is not measured.
    """
    if step.check is None:
        raise InvalidInput("check.not_measured", step=step.id)
    request = CheckRequest(instrument=step.check.instrument, standard_id=step.check.standard, link=step.check.link)
    if request.instrument in ("platform", "connection") and run.meeting_id:
        from vcops.operations import meetings

        meeting = meetings.details(workplace, run.meeting_id).meeting
        request = replace(request, platform=platform_of_meeting(workplace, meeting))
    # The machine's and the office's own choices are looked up when the check starts.
    if request.instrument == "camera":
        request = _with_evidence(workplace, request)
    if room is None:
        return request
    return replace(with_cameras(request, room.cameras), room_server=room.measure_server)


def _with_evidence(workplace: Workplace, request: CheckRequest) -> CheckRequest:
    """Return a request that leaves a picture, where the office wants one and there is a place for it."""
    from vcops.operations import directory

    wanted = directory.office(workplace).snapshots
    if wanted == "off":
        return request
    with suppress(OSError):  # evidence is extra: without a place for it the camera is measured all the same
        return replace(request, snapshot=str(picture_file(workplace)), snapshot_if=wanted)
    return request


def with_cameras(request: CheckRequest, cameras: tuple[RoomCamera, ...]) -> CheckRequest:
    """Return a request for these cameras: the only one, or all of them in turn; none leaves the choice to the check."""
    if len(cameras) > 1:
        return replace(request, source="", camera="", cameras=cameras)
    only = cameras[0] if cameras else RoomCamera("")
    return replace(request, source=only.source, camera=only.name, cameras=())


def _standard(workplace: Workplace, request: CheckRequest) -> Standard | None:
    """Return the standard asked for, else the instrument's own, in numbers; None where the office has removed that."""
    from vcops.operations import handbooks

    if request.standard_id is None:
        found = workplace.handbook.standards.get(STANDARDS.get(request.instrument, ""))
        return found and _in_numbers(workplace, request, found)
    found = handbooks.standard(workplace, request.standard_id)
    if found.instrument != request.instrument:
        raise InvalidInput(
            "check.other_instrument", standard=found.id, instrument=found.instrument, check=request.instrument
        )
    return _in_numbers(workplace, request, found)


def _in_numbers(workplace: Workplace, request: CheckRequest, standard: Standard) -> Standard:
    if request.instrument != "connection":
        return standard
    platform = used_platform(workplace, request)
    return standard.resolved(demanded(workplace, platform, request.quality, request.participants))


def _bounds(request: CheckRequest, seconds: float, standard: Standard | None, spent_mb: float) -> Line:
    """Return how long to measure, and how much. A connection check shares its time out itself, and may go on once.

    A time that a person sets is the whole time: nothing is added to it. `spent_mb` is what earlier servers took; the
    probe takes it off its own limit where nobody set one.
    """
    if request.instrument != "connection":
        return {"seconds": seconds}
    extension = standard is not None and request.seconds is None
    return {"seconds": request.seconds, "extension": extension, "max_mb": request.max_mb, "spent_mb": spent_mb}


def _better(tried: _Collected, best: _Collected) -> _Collected:
    """Return what was read better. That a person stopped, or a probe broke, is told in any case."""
    if tried.better_than(best):
        return tried
    return replace(best, error=tried.error) if tried.settles() else best


def _left(request: CheckRequest, tried: _Collected) -> CheckRequest:
    """Return the request with what is left of its time and its bytes after one server was tried."""
    seconds, most = request.seconds, request.max_mb
    if seconds is not None:
        seconds -= seconds * tried.fraction
    if most is not None:
        most -= tried.spent_mb()
    return replace(request, seconds=seconds, max_mb=most)


def _used_up(request: CheckRequest) -> bool:
    return (request.seconds is not None and request.seconds < _LEAST_S) or (
        request.max_mb is not None and request.max_mb <= 0
    )


def _wished(request: CheckRequest) -> Line:
    return {"preview": request.preview.wished()} if request.preview else {}


def _answer(collected: _Collected, standard: Standard | None, request: CheckRequest, question: Line) -> Line:
    """Answer what the probe asks: which readings are worth going on for, how the next picture is wanted."""
    if question["type"] == "picture":
        return request.preview.wished() if request.preview else {}
    if question.get("code") != "connection.extend" or standard is None:
        return {}
    return {"extend": [one.metric for one in collected.readings.values() if _worth_more(one, standard)]}


def _worth_more(reading: Reading, standard: Standard) -> bool:
    """Whether a required reading is not certain, and more observations could make it so."""
    asked = standard.requirement(reading.metric)
    if asked is None or not asked.counts(reading) or asked.reckoned or reading.how in NEVER_SURER:
        return False
    straddles = reading.low is not None and reading.high is not None
    return straddles and judge(asked, reading) is Verdict.UNMEASURED


def _event(line: Line, collected: _Collected, standard: Standard | None, camera: str) -> CheckEvent | None:
    """Turn a line into an event. Readings are kept; a failure is told once it is known to be the last word.

    The readings of a named `camera` keep its name.
    """
    if line["type"] == "progress":
        collected.fraction = max(collected.fraction, line.get("fraction") or 0.0)
        return CheckProgress(line.get("fraction"), str(line.get("code", "")), _params(line))
    if line["type"] == "reading":
        try:
            reading = Reading.from_json({name: value for name, value in line.items() if name != "type"})
        except (KeyError, TypeError, ValueError):
            collected.error = CheckFailed("probe.garbled")
            return None
        reading = replace(reading, subject=camera) if camera else reading
        collected.readings[reading.metric] = reading
        return CheckReading(judged(reading, standard))
    if line["type"] == "picture":
        with suppress(ValueError):  # the next one may be better; a measurement does not end for a picture
            return CheckPicture.from_json(line)
    if line["type"] == "failure":
        collected.error = CheckFailed(str(line.get("code", "probe.garbled")), _params(line))
    return None


def _params(line: Line) -> dict[str, Any]:
    given = line.get("params")
    return dict(given) if isinstance(given, dict) else {}
