"""Measuring: choosing what to measure against, running the probe, judging what it reads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcops.domain.addresses import CAMERA_PORTS, WEB_PORTS, host_and_port, redacted
from vcops.domain.checks import (
    CheckDone,
    CheckEvent,
    CheckFailed,
    CheckProgress,
    CheckReading,
    CheckRequest,
    Ending,
    conclude,
    judged,
)
from vcops.domain.platforms import platform_url
from vcops.domain.readings import Reading
from vcops.errors import InvalidInput, Unreachable
from vcops.operations.demands import platform_of_meeting
from vcops.operations.probing import Limits, Line, probe_lines
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.domain.people import Office, Room
    from vcops.domain.procedures import Step
    from vcops.domain.runs import Run
    from vcops.domain.standards import Standard

__all__ = ["INSTRUMENTS", "PROFILES", "STANDARDS", "CameraFound", "check", "list_cameras", "request_for_step"]

INSTRUMENTS = ("http", "speedtest")
"""By what a connection can be measured."""
PROFILES = ("librespeed", "cloudflare", "plain")
"""How a server that is measured over HTTP is asked."""
STANDARDS = {"camera": "room-camera", "connection": "room-connection", "platform": "platform-reachable"}
"""The standard a check is held against where nobody names another."""
_SECONDS = {"camera": 10.0, "connection": 11.0, "platform": 10.0}
_LONGEST = 600.0
_MARGIN = 45.0
"""Seconds beyond the measuring itself: starting, opening, settling, a server's slow end."""
_TRY_NEXT = ("network.", "connection.http_status", "connection.redirected", "connection.not_http", "speedtest.")


@dataclass(frozen=True, slots=True)
class CameraFound:
    """A camera of this machine: what `--source` takes, and its driver's name for it."""

    source: str
    name: str


@dataclass(slots=True)
class _Collected:
    """What one probe said. `error` is what it failed with."""

    readings: dict[str, Reading]
    error: CheckFailed | None = None


async def check(
    workplace: Workplace,
    request: CheckRequest,
    *,
    standard: Standard | None = None,
    stop: asyncio.Event | None = None,
    limits: Limits | None = None,
) -> AsyncGenerator[CheckEvent, None]:
    """Measure and judge, telling what happens; the last event is always a `CheckDone`.

    The standard is the one given (a run's frozen one), else the request's, else the instrument's own. Setting `stop`
    ends the measuring: what was read so far is judged as partial. Closing the iterator or cancelling its task kills
    the probe with everything it started; use `contextlib.aclosing` around it. Raises InvalidInput for a request that
    makes no sense, Unreachable where there is nothing to measure against.
    """
    started = time.monotonic()
    if standard is None:
        standard = await asyncio.to_thread(_standard, workplace, request)
    attempts = await asyncio.to_thread(_attempts, workplace, request)
    seconds = request.seconds or _SECONDS[request.instrument]
    limits = limits or Limits(seconds * 2 + _MARGIN)
    collected, shown = _Collected({}), ""
    for number, (shown, asked) in enumerate(attempts, 1):
        collected = _Collected({})
        async with aclosing(probe_lines(request.instrument, asked | {"seconds": seconds}, limits, stop)) as lines:
            async for line in lines:
                if event := _event(line, collected, standard):
                    yield event
        if collected.error is None or not _worth_another(collected.error) or number == len(attempts):
            break
        yield CheckProgress(None, "check.next_server", {"server": shown, "next": attempts[number][0]})
    if collected.error is not None:
        yield collected.error
    ending = Ending(source=shown, at=workplace.clock(), seconds=time.monotonic() - started, error=collected.error)
    yield CheckDone(conclude(request, standard, collected.readings.values(), ending))


async def list_cameras() -> tuple[CameraFound, ...]:
    """Return the cameras of this machine. Raises Unreachable where they cannot be asked for."""
    async with aclosing(probe_lines("camera", {"list": True}, Limits(30))) as lines:
        async for line in lines:
            if line["type"] == "failure":
                raise Unreachable(line["code"], **line["params"])
            if line["type"] == "done":
                return tuple(CameraFound(one["source"], one["name"]) for one in line.get("devices", ()))
    return ()


def request_for_step(workplace: Workplace, run: Run, step: Step, room: Room | None) -> CheckRequest:
    """Return what a run's step asks for: its own standard, the room's camera and server, the meeting's platform.

    Raises InvalidInput for a step that is not measured.
    """
    if step.check is None:
        raise InvalidInput("check.not_measured", step=step.id)
    request = CheckRequest(instrument=step.check.instrument, standard_id=step.check.standard)
    if request.instrument == "platform" and run.meeting_id:
        from vcops.operations import meetings

        meeting = meetings.details(workplace, run.meeting_id).meeting
        request = replace(request, platform=platform_of_meeting(workplace, meeting))
    # The machine's and the office's own choices are looked up when the check starts.
    return request if room is None else replace(request, source=room.camera, room_server=room.measure_server)


def _standard(workplace: Workplace, request: CheckRequest) -> Standard | None:
    """Return the standard asked for, else the instrument's own; None where the office has removed that."""
    from vcops.operations import handbooks

    if request.standard_id is None:
        return workplace.handbook.standards.get(STANDARDS.get(request.instrument, ""))
    found = handbooks.standard(workplace, request.standard_id)
    if found.instrument != request.instrument:
        raise InvalidInput(
            "check.other_instrument", standard=found.id, instrument=found.instrument, check=request.instrument
        )
    return found


def _attempts(workplace: Workplace, request: CheckRequest) -> list[tuple[str, Line]]:
    """Return what to ask the probe, in the order to try it, each with its source fit to be shown."""
    if request.seconds is not None and not 1 <= request.seconds <= _LONGEST:
        raise InvalidInput("check.seconds", value=request.seconds, most=int(_LONGEST))
    if request.max_mb is not None and request.max_mb <= 0:
        raise InvalidInput("check.max_mb", value=request.max_mb)
    if request.instrument == "camera":
        source = request.source or workplace.settings.camera or "0"
        if source.partition("://")[0].lower() in CAMERA_PORTS and host_and_port(source, CAMERA_PORTS) is None:
            raise InvalidInput("camera.bad_url", source=redacted(source))
        snapshot = str(Path(request.snapshot).expanduser().absolute()) if request.snapshot else ""
        return [(redacted(source), {"source": source, "snapshot": snapshot})]
    if request.instrument == "connection":
        servers = _servers(workplace, request)
        for one in [*servers, *filter(None, [request.upload_url])]:
            if host_and_port(one, WEB_PORTS) is None:
                raise InvalidInput("connection.bad_url")
        return [(redacted(one), _connection(request, one)) for one in servers]
    if request.instrument == "platform":
        url = _platform(workplace, request)
        return [(redacted(url), {"url": url})]
    raise InvalidInput("check.unknown_instrument", instrument=request.instrument)


def _connection(request: CheckRequest, server: str) -> Line:
    return {
        "server": server,
        "via": request.via,
        "profile": request.profile,
        "upload_url": request.upload_url,
        "max_mb": request.max_mb,
    }


def _servers(workplace: Workplace, request: CheckRequest) -> list[str]:
    if request.via not in INSTRUMENTS:
        raise InvalidInput("check.unknown_via", value=request.via, expected=", ".join(INSTRUMENTS))
    if request.profile not in PROFILES:
        raise InvalidInput("check.unknown_profile", value=request.profile, expected=", ".join(PROFILES))
    if request.server:
        return [_with_scheme(request.server)]
    wanted = [request.room_server, *workplace.settings.servers, *_office(workplace).measure_servers]
    found = list(dict.fromkeys(_with_scheme(one) for one in wanted if one.strip()))
    if not found:
        raise Unreachable("check.no_server")
    return found


def _with_scheme(server: str) -> str:
    return server.strip() if "://" in server else f"https://{server.strip()}"


def _platform(workplace: Workplace, request: CheckRequest) -> str:
    name = request.platform or _office(workplace).platform or ""
    known = ", ".join(workplace.handbook.platforms)
    if not name:
        raise InvalidInput("check.no_platform", known=known)
    url = platform_url(name, workplace.handbook.platforms)
    if url is None:
        raise InvalidInput("check.unknown_platform", value=name, known=known)
    if host_and_port(url, WEB_PORTS) is None:
        raise InvalidInput("platform.bad_url")
    return url


def _office(workplace: Workplace) -> Office:
    from vcops.operations import directory

    return directory.office(workplace)


def _worth_another(error: CheckFailed) -> bool:
    """Whether another server may do better; what the person stopped, or a broken probe, stays as it is."""
    return error.code.startswith(_TRY_NEXT)


def _event(line: Line, collected: _Collected, standard: Standard | None) -> CheckEvent | None:
    """Turn a line into an event. Readings are kept; a failure is told once it is known to be the last word."""
    if line["type"] == "progress":
        return CheckProgress(line.get("fraction"), str(line.get("code", "")), _params(line))
    if line["type"] == "reading":
        try:
            reading = Reading.from_json({name: value for name, value in line.items() if name != "type"})
        except (KeyError, TypeError, ValueError):
            collected.error = CheckFailed("probe.garbled")
            return None
        collected.readings[reading.metric] = reading
        return CheckReading(judged(reading, standard))
    if line["type"] == "failure":
        collected.error = CheckFailed(str(line.get("code", "probe.garbled")), _params(line))
    return None


def _params(line: Line) -> dict[str, Any]:
    given = line.get("params")
    return dict(given) if isinstance(given, dict) else {}
