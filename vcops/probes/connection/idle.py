"""The first phase: round trips while nothing else happens, by UDP and over HTTP side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from time import monotonic

from vcops.probes.connection.echoes import Echo, count_lost, round_trips
from vcops.probes.connection.idle_readings import tell_http, tell_no_loss, tell_udp
from vcops.probes.connection.latency import HttpPings
from vcops.probes.connection.session import Session
from vcops.probes.connection.stamp import Stamp
from vcops.probes.connection.stun import Stun
from vcops.probes.connection.udp import Pinger
from vcops.probes.wire import Failure

__all__ = ["Idle", "UdpPings"]

_TELL_S = 0.2
_READ_EVERY = 3
_BETTER_S = 0.2
"""How long the reflector may still come first, once a STUN server has answered."""
_LATEST_S = 1.0
"""How much later than planned the phase may end where it took long to find a server that answers."""


class UdpPings:
    """The pinger as the other phases see it."""

    def __init__(self, pinger: Pinger) -> None:
        self._pinger = pinger

    @property
    def instrument(self) -> str:
        """What measures."""
        return self._pinger.instrument

    @property
    def subject(self) -> str:
        """Who answers."""
        return self._pinger.server

    def trips(self, start: float, end: float) -> list[float]:
        """Return the milliseconds of those sent between two times of `time.monotonic`."""
        return round_trips(self._pinger.window(start, end))


@dataclass
class Idle:
    """The idle round trips of one check. `run` may be called again: the figures are of all its stretches together.

    `http` is None for an instrument whose server speaks no HTTP.
    """

    session: Session
    http: HttpPings | None
    pinger: Pinger | None = None
    _windows: list[tuple[float, float]] = field(default_factory=list)
    """When UDP was measured: from the first packet on, which may be later than the phase began."""
    _spans: list[tuple[float, float]] = field(default_factory=list)
    _no_udp: str = "no_udp_server"

    async def run(self, seconds: float) -> None:
        """Measure for so long and tell the readings. Raises Failure where the HTTP server cannot be asked.

        Without UDP the latency is that of HTTP, and loss is not known: TCP hides it.
        """
        begun = monotonic()
        self._spans.append((begun, begun + seconds + _LATEST_S))
        searching = asyncio.create_task(self._find_pinger())
        working = [searching]
        if self.http is not None:
            working.append(asyncio.create_task(self.http.run(begun + seconds)))
        try:
            await self._follow(begun, seconds, searching, working)
        finally:
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)

    @property
    def round_trip_ms(self) -> float | None:
        """The median idle round trip to the measuring server, or to whoever answered."""
        trips = self._http_trips() or [trip for echoes in self._echoes() for trip in round_trips(echoes)]
        return median(trips) if trips else None

    async def close(self) -> None:
        """Stop sending."""
        if self.pinger is not None:
            await self.pinger.close()
        if self.http is not None:
            self.http.close()

    def tell(self, *, partial: bool = False) -> None:
        """Tell the readings of what came in so far. While an extension runs, what was whole stands."""
        if partial and self.session.extending is not None:
            return
        trips, echoes = self._http_trips(), self._echoes()
        tell = self.session.teller(partial=partial)
        if self.http is not None:
            tell_http(tell, self.http, trips, also_latency=self.pinger is None)
        if self.pinger is not None:
            tell_udp(tell, self.pinger, echoes)
        elif not partial:
            tell_no_loss(tell, self._no_udp, self.session.asked.stun, latency=self.http is not None)

    async def _find_pinger(self) -> None:
        """Take the office's reflector where it answers, which tells the directions apart; else a STUN server.

        Who keeps silent is not waited for once another has answered: packets are sent from then on only.
        """
        asked = self.session.asked
        if self.pinger is not None:
            return
        binding, pingers = self.session.routes.binding, list[Pinger]()
        if asked.reflector:
            pingers.append(Pinger([asked.reflector], binding, Stamp))
        if asked.stun:
            pingers.append(Pinger(asked.stun, binding, Stun))
        starting = [asyncio.create_task(_started(pinger)) for pinger in pingers]
        if starting:
            self._no_udp = "udp_blocked"
        try:
            self.pinger = await _first_to_answer(starting)
        finally:
            for task in starting:
                task.cancel()
            for task in starting:
                spare = task.result() if task.done() and not task.cancelled() else None
                if spare is not None and spare is not self.pinger:
                    await spare.close()

    async def _follow(
        self, begun: float, seconds: float, searching: asyncio.Task[None], working: Sequence[asyncio.Task[None]]
    ) -> None:
        """Tell what comes in until the time is over; whatever fails raises at once."""
        started, ends, turn = 0.0, begun + seconds, 0
        while monotonic() < ends or not all(task.done() for task in working):
            for task in working:
                if task.done():
                    task.result()
            if not started and searching.done() and self.pinger is not None:
                # As many packets as planned are sent from here on, unless that would take too long.
                started = monotonic()
                ends = min(started + seconds, begun + seconds + _LATEST_S)
                self._windows.append((started, ends))
            turn += 1
            self._tell_live((monotonic() - begun) / (ends - begun))
            if turn % _READ_EVERY == 0 and searching.done():
                self.tell(partial=True)
            await asyncio.sleep(min(_TELL_S, max(ends - monotonic(), 0.02)))
        for task in working:
            task.result()
        if self.pinger is not None:
            await self.pinger.settled(ends)
        self.tell()

    def _echoes(self) -> list[list[Echo]]:
        """What UDP brought, each stretch for itself."""
        return [] if self.pinger is None else [self.pinger.window(*window) for window in self._windows]

    def _http_trips(self) -> list[float]:
        return [] if self.http is None else [trip for span in self._spans for trip in self.http.trips(*span)]

    def _tell_live(self, part: float) -> None:
        echoes = [echo for stretch in self._echoes() for echo in stretch]
        trips = round_trips(echoes) or self._http_trips()
        self.session.wire.progress(
            self.session.code("idle"),
            self.session.fraction("idle", part),
            latency_ms=round(median(trips), 1) if trips else None,
            loss_pct=round(100 * count_lost(echoes) / len(echoes), 1) if echoes else None,
            sent=len(echoes) or len(trips),
        )


async def _first_to_answer(starting: Sequence[asyncio.Task[Pinger | None]]) -> Pinger | None:
    """Return the first in the list of those that answered; the list's own first gets a moment longer."""
    pending = set(starting)
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        if any(task.result() is not None for task in done):
            break
    if starting[:1] and starting[0] in pending:
        await asyncio.wait(starting[:1], timeout=_BETTER_S)
    answered = [found for task in starting if task.done() and (found := task.result()) is not None]
    return answered[0] if answered else None


async def _started(pinger: Pinger) -> Pinger | None:
    """Start it; None where nobody answers. A name or a way that is missing is told by the HTTP side."""
    try:
        return await pinger.start()
    except Failure:
        await pinger.close()
        return None
