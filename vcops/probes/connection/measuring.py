"""The order of a connection check: idle round trips, download, upload, and once more what is not certain yet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Protocol

from vcops.probes.connection.asked import EXTENSION_S, Asked, Plan, plan
from vcops.probes.connection.binding import Binding
from vcops.probes.connection.dates import offset_by_dates
from vcops.probes.connection.idle import Idle, UdpPings
from vcops.probes.connection.latency import HttpPings
from vcops.probes.connection.refusals import by_portal
from vcops.probes.connection.route import Routes
from vcops.probes.connection.session import Direction, Session
from vcops.probes.connection.udp import LOST_AFTER_S
from vcops.probes.wire import Failure, Wire

__all__ = ["Instrument", "run_phases"]

_SETTLING_S = 0.75
"""What the connections of an extension take beside its phases: all of it ends in six seconds."""
_GRACE_S = 1.0
"""What the side work still gets when the phases are over or have failed."""
_SLACK_S = 12.0
_SINGLE = {"loss_pct", "loss_up_pct", "loss_down_pct", "jitter_ms", "jitter_up_ms", "jitter_down_ms"}
_PHASES: tuple[tuple[str, set[str]], ...] = (
    ("idle", _SINGLE | {"latency_ms", "http_latency_ms", "r_factor", "mos"}),
    ("download", {"download_mbps", "latency_loaded_down_ms"}),
    ("upload", {"upload_mbps", "latency_loaded_up_ms"}),
)


class Instrument(Protocol):
    """What fills the link: this program's own connections, speedtest-cli or iperf3."""

    @property
    def pings(self) -> HttpPings | None:
        """Small requests to the same server; None where it speaks no HTTP."""

    @property
    def takes_upload(self) -> bool:
        """Whether there is somewhere to upload to."""

    async def begin(self) -> None:
        """Make sure, before anything is measured, that the server is there and is one. Raises Failure."""

    async def flow(self, direction: Direction, seconds: float, most_bytes: float) -> None:
        """Fill the link in one direction and tell the readings. Raises Failure."""


Beginning = Callable[[Session], Instrument]
Side = Callable[[Session], Coroutine[Any, Any, None]]


def run_phases(asked: Asked, wire: Wire, begin: Beginning, side: Side) -> None:
    """Run a whole check with one instrument, `side` work beside the idle phase. Raises Failure; readings told stand."""
    asyncio.run(_run(asked, wire, begin, side))


async def _run(asked: Asked, wire: Wire, begin: Beginning, side: Side) -> None:
    session = Session(asked, wire, Routes(Binding(asked.interface)))
    wire.progress("connection.surroundings", 0.0)
    instrument = begin(session)
    idle = Idle(session, instrument.pings)
    beside = asyncio.create_task(side(session))
    longest = sum(_seconds(plan(asked.seconds, float("inf")))) + EXTENSION_S + _SLACK_S
    try:
        async with asyncio.timeout(longest):
            await _phases(session, instrument, idle)
    except TimeoutError as error:
        raise Failure("probe.late", seconds=round(longest)) from error
    except Failure as failure:
        await _rest_of(beside)
        if "captive_portal" not in wire.told and by_portal(failure, asked.server):
            wire.reading("captive_portal", True, instrument="vcops http", subject=str(failure.params.get("place", "")))
        raise
    finally:
        await _rest_of(beside)
        await idle.close()


async def _rest_of(beside: asyncio.Task[None]) -> None:
    """Let the side work come to its end, for a moment only."""
    await asyncio.wait([beside], timeout=_GRACE_S)
    beside.cancel()
    await asyncio.gather(beside, return_exceptions=True)


def _seconds(shares: Plan) -> tuple[float, float, float]:
    return shares.idle, shares.download, shares.upload


async def _phases(session: Session, instrument: Instrument, idle: Idle) -> None:
    asked = session.asked
    await instrument.begin()
    await idle.run(plan(asked.seconds).idle)
    session.round_trip_ms = idle.round_trip_ms
    shares = plan(asked.seconds, session.round_trip_ms)
    down_most = asked.most_bytes / 2 if instrument.takes_upload else asked.most_bytes
    async with _Loaded(session, idle):
        await instrument.flow("download", shares.download, down_most)
        if instrument.takes_upload:
            await instrument.flow("upload", shares.upload, max(session.left, 1.0))
        else:
            session.wire.reading("upload_mbps", None, note="no_upload_url")
        _tell_clock(session, instrument)
        if asked.extension:
            await _extend(session, instrument, idle)


def _tell_clock(session: Session, instrument: Instrument) -> None:
    """Tell this machine's clock by the web server's, where no time server told it."""
    pings = instrument.pings
    found = offset_by_dates(pings.dated) if pings is not None and not session.clock_told else None
    if pings is not None and found is not None:
        low, high = found
        tell = session.teller(partial=False)
        who = {"instrument": pings.instrument, "subject": pings.subject, "samples": len(pings.dated)}
        tell("clock_offset_s", (low + high) / 2, how="http-date", low=low, high=high, **who)


async def _extend(session: Session, instrument: Instrument, idle: Idle) -> None:
    """Ask once whether anything is still uncertain, and measure that on for six seconds at most.

    What was read before stands where this fails: a server that has had enough, a link that breaks.
    """
    answer = await asyncio.to_thread(session.wire.ask, "connection.extend", seconds=EXTENSION_S)
    wanted = (answer or {}).get("extend")
    asked_for = {str(one) for one in wanted} if isinstance(wanted, list) else set()
    phases = [phase for phase, metrics in _PHASES if metrics & asked_for]
    if idle.pinger is None and "idle" in phases:  # small requests say no more than they did, and are under way already
        phases.remove("idle")
    answers_s = LOST_AFTER_S if "idle" in phases else 0.0
    with suppress(Failure):
        for number, phase in enumerate(phases):
            session.extending = (number, len(phases))
            seconds = (EXTENSION_S - _SETTLING_S - answers_s) / len(phases)
            if phase == "idle":
                await idle.run(seconds)
            elif session.left > 0 and (phase == "download" or instrument.takes_upload):
                await instrument.flow("download" if phase == "download" else "upload", seconds, session.left)


class _Loaded:
    """Round trips while the link is full: by UDP, which runs on anyway, else small requests on their own connection."""

    def __init__(self, session: Session, idle: Idle) -> None:
        self._session, self._idle = session, idle
        self._asking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        if self._idle.pinger is not None:
            self._session.pings = UdpPings(self._idle.pinger)
        elif self._idle.http is not None:
            self._session.pings = self._idle.http
            self._asking = asyncio.create_task(self._idle.http.run(float("inf")))

    async def __aexit__(self, *_error: object) -> None:
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
