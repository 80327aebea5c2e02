"""The same figures through iperf3, where it is installed: a second opinion by an instrument that is not ours.

iperf3 has no time-out of its own for a path that loses what it says, so the process is watched here. Its server
serves one test at a time. What arrived is what its far end reports, so an upload is as sure as a download.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from vcops.probes.connection.latency import HttpPings
from vcops.probes.connection.meter import WRITTEN, Meter
from vcops.probes.connection.session import Direction, Session
from vcops.probes.connection.steady import Steady, still_rising
from vcops.probes.reach import reach_failure
from vcops.probes.sockets import look_up
from vcops.probes.wire import Failure

__all__ = ["Iperf3"]

_PORT = 5201
_STREAMS = 4
_OMIT_S = 1
_INTERVAL_S = 0.5
_START_S = 5.0
_CONNECT_MS = 4000
_LAST_WORDS_S = 1.0
_TICK_S = 0.1
_LIMITED_START_S, _START_TRIPS = 1.0, 8
"""What starting takes where a number of bytes is asked for: the program's own start, and what the two ends agree on."""
_CLEARS_UP_S, _ASKS_AGAIN_S = 4.0, 0.5
"""How long a server that has just served one direction may turn the next away: it clears up, and listens anew."""
_CLEARING_UP = ("busy", "refused", "reset", "closed")
_LEAST_S = 1
_FAULTS: tuple[tuple[str, str], ...] = (
    ("busy", "connection.iperf3_busy"),
    ("refused", "network.refused"),
    ("unreachable", "network.unreachable"),
    ("no route", "network.unreachable"),
    ("timed out", "network.timeout"),
    ("name or service", "network.dns"),
    ("name resolution", "network.dns"),
    ("not known", "network.dns"),
    ("reset", "network.broke_off"),
    ("closed", "network.broke_off"),
)
"""What iperf3 says, in lower case, and the failure that it is."""


@dataclass(frozen=True, slots=True)
class _Server:
    host: str
    port: int

    @property
    def place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def _server(text: str) -> _Server:
    """Read `HOST`, `HOST:PORT` or a URL. Raises Failure where it is none of them."""
    bare = text.strip().partition("://")[2] or text.strip()
    try:
        parts = urlsplit(f"//{bare}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or host.startswith("-"):
        raise Failure("connection.bad_address", server=bare.rpartition("@")[2])
    return _Server(host, port or _PORT)


class Iperf3:
    """iperf3 against one server."""

    pings: HttpPings | None = None
    takes_upload = True

    def __init__(self, session: Session) -> None:
        self._session = session
        self._server = _server(session.asked.server)
        program = shutil.which("iperf3")
        if program is None:
            raise Failure("connection.no_iperf3")
        self._program = program
        self._version = "iperf3"
        self._family: int = socket.AF_INET
        self._served = False  # one direction already

    async def begin(self) -> None:
        """Look the name up, and ask for the version, which belongs to the readings. Raises Failure.

        The server itself is not tried: a connection to it would be a test.
        """
        try:
            self._family = (await look_up(self._server.host, self._server.port))[0][0]
        except OSError as error:
            raise reach_failure(error, self._server.host, self._server.port) from error
        process = await asyncio.create_subprocess_exec(
            self._program, "--version", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        self._session.wire.before_leaving(lambda: _kill(process))
        try:
            async with asyncio.timeout(_START_S):
                said, _none = await process.communicate()
        except TimeoutError as error:  # whatever bears that name here, iperf3 it is not
            raise Failure("connection.no_iperf3") from error
        finally:
            _kill(process)
            await process.wait()
        version = re.search(rb"iperf (\d[\d.]*)", said)
        self._version = f"iperf3 {version[1].decode()}" if version else "iperf3"

    async def flow(self, direction: Direction, seconds: float, most_bytes: float) -> None:
        """Let it fill the link in one direction and tell the readings. Raises Failure."""
        meter = Meter(self._session, direction, seconds, self._version, self._server.place, blind=True)
        meter.how = "iperf3-received-bytes"
        said, late = await self._run(meter, self._command(meter, most_bytes))
        patience = monotonic() + _CLEARS_UP_S
        while self._served and _turned_away(said) and monotonic() < patience:
            await asyncio.sleep(_ASKS_AGAIN_S)
            said, late = await self._run(meter, self._command(meter, most_bytes))
        self._served = True
        answer = _json(said)
        limited = most_bytes != float("inf")
        figures = _figures(answer, 0.0 if _omitted(meter) and not limited else meter.warm_up)
        self._session.found[direction].cost += figures.passed
        trouble = str(answer.get("error") or "")
        interrupted = late and limited  # it was ended here because the bytes allowed were more than the time allowed
        if figures.found is None and limited and figures.passed and not trouble and not late:
            # All of it lay in the buffers of a fast link before the far end had read a byte: there is no rate to tell.
            meter.finish_early("capped_early")
            return
        if figures.found is None:
            raise self._failure(trouble, late=late)
        if not figures.reported and direction == "upload":
            meter.how, meter.reads = "iperf3-sent-bytes", WRITTEN
        broken = bool(trouble) and not interrupted
        early = not late and len(figures.found.blocks) < 2
        short = ("capped_early" if early else "capped") if limited else "too_brief" if early else None
        note = "broke_off" if broken else None if late else short
        meter.finish(figures.found, partial=broken or early, note=note)
        if broken:
            raise self._failure(trouble, late=late)

    def _command(self, meter: Meter, most_bytes: float) -> list[str]:
        command = [self._program, "-c", self._server.host, "-p", str(self._server.port), "-J", "-P", str(_STREAMS)]
        command += ["-i", str(_INTERVAL_S), "--connect-timeout", str(_CONNECT_MS)]
        if meter.direction == "download":
            command.append("-R")
        if most_bytes == float("inf"):
            omitted = _omitted(meter)
            command += ["-O", str(omitted), "-t", str(max(round(meter.seconds) - omitted, _LEAST_S))]
        else:
            command += ["-n", str(int(most_bytes))]
        binding = self._session.routes.binding
        source = binding.local_addr(self._family) if binding else None
        if source is not None:
            device = f"%{binding.found.name}" if sys.platform == "linux" else ""
            command += ["-B", source[0] + device]
        return command

    async def _run(self, meter: Meter, command: list[str]) -> tuple[bytes, bool]:
        """Run it and follow the time: it tells its figures at the end. Returns those, and whether it was ended."""
        # A number of bytes may take any time: the phase's own is the end of it. A number of seconds ends by itself.
        trips = (self._session.round_trip_ms or 0.0) / 1000 * _START_TRIPS
        start = _LIMITED_START_S + trips if "-n" in command else _START_S
        started, longest = monotonic(), meter.seconds + start
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        reading = asyncio.create_task(process.communicate())
        self._session.wire.before_leaving(lambda: _kill(process))
        late = False
        try:
            while not reading.done():
                meter.count(0)
                if not late and monotonic() - started > longest:
                    late = True
                    _interrupt(process)
                elif monotonic() - started > longest + _LAST_WORDS_S:
                    break
                await asyncio.wait([reading], timeout=_TICK_S)
            return (reading.result()[0] if reading.done() else b""), late
        finally:
            _kill(process)
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    def _failure(self, said: str, *, late: bool) -> Failure:
        low = said.lower()
        code = next((code for word, code in _FAULTS if word in low), "")
        place: dict[str, Any] = {"host": self._server.host, "port": self._server.port}
        if code.startswith("network."):
            return Failure(code, **place)
        if code:
            return Failure(code, host=self._server.place)
        if late or not said:
            return Failure("network.timeout", **place)
        return Failure("connection.iperf3_said", host=self._server.place, said=said[:120])


def _omitted(meter: Meter) -> int:
    """Return the seconds that iperf3 leaves out at the start: none where there would be nothing else left.

    It knows whole seconds only, so a direction takes one at the least.
    """
    wanted = max(int(meter.warm_up), _OMIT_S)
    return wanted if round(meter.seconds) >= wanted + _LEAST_S else 0


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()


def _interrupt(process: asyncio.subprocess.Process) -> None:
    """Let it end by itself: it then tells what it has measured so far."""
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)


def _turned_away(said: bytes) -> bool:
    """Whether nothing was measured because the server was not ready."""
    trouble = str(_json(said).get("error") or "").lower()
    return any(word in trouble for word in _CLEARING_UP)


def _json(said: bytes) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class _Figures:
    """A rate with its blocks, the bytes that passed, and whether the far end has reported what it received."""

    found: Steady | None
    passed: int
    reported: bool


def _figures(answer: dict[str, Any], warm_up: float) -> _Figures:
    """Read what it measured. `warm_up` seconds are left out here where iperf3 was not asked to omit them."""
    received = (answer.get("end") or {}).get("sum_received") or {}
    rows = [row.get("sum") or {} for row in answer.get("intervals") or []]
    passed = sum(int(row.get("bytes") or 0) for row in rows)
    blocks = [
        float(row["bits_per_second"]) / 1e6
        for row in rows
        if not row.get("omitted")
        and float(row.get("seconds") or 0) >= _INTERVAL_S * 0.9
        and float(row.get("start") or 0) >= warm_up * 0.95
    ]
    mbps, seconds = float(received.get("bits_per_second") or 0.0) / 1e6, float(received.get("seconds") or 0.0)
    reported = mbps > 0
    if blocks and (warm_up or not reported):  # its own mean holds the slow start, or the far end could not report
        mbps, seconds = sum(blocks) / len(blocks), len(blocks) * _INTERVAL_S
    if mbps <= 0 or seconds <= 0:
        return _Figures(None, passed, reported)
    # The blocks are what this end saw; their spread is right, their mean need not be.
    shift = mbps - sum(blocks) / len(blocks) if blocks else 0.0
    shifted = tuple(block + shift for block in blocks)
    return _Figures(Steady(mbps, seconds, shifted, still_rising(mbps, shifted)), passed, reported)
