"""Follows one direction while its bytes pass: keeps the counts, tells them live, and tells the readings at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from time import monotonic

from vcops.probes.connection.session import Direction, Session
from vcops.probes.connection.steady import Steady, Tick, joined, rate, steady

__all__ = ["EXACT", "WRITTEN", "Meter"]

_WARM_UP_S = 1.5
_SLOW_START_TRIPS = 8
"""Connecting, asking, and doubling from ten packets a connection to what 20 Mbps keep under way on a satellite."""
_TOLD_S, _READ_S = 0.2, 0.5
_FEWEST_TRIPS = 3
EXACT = (1.0, 1.0)
"""What an instrument reads of the truth, at the least and at the most: bytes that arrived are what arrived."""
WRITTEN = (0.7, 1.3)
"""Bytes handed to the system were seen to differ from those that arrived by up to so much, either way."""
_LOADED = {"download": "latency_loaded_down_ms", "upload": "latency_loaded_up_ms"}


@dataclass(slots=True)
class Meter:
    """One direction under way.

    `reads` is what share of the truth the instrument was seen to read, at the least and at the most. `blind` says that
    the counts are known at the end only: no rate is told until then.
    """

    session: Session
    direction: Direction
    seconds: float
    instrument: str
    subject: str
    how: str = ""
    reads: tuple[float, float] = EXACT
    blind: bool = False
    cost: int = 0
    ticks: list[Tick] = field(default_factory=list)
    _told: float = 0.0
    _read: float = 0.0

    @property
    def warm_up(self) -> float:
        """Seconds left out at the start: more to one far off; short measurements leave out less."""
        slow_start = _SLOW_START_TRIPS * (self.session.round_trip_ms or 0.0) / 1000
        if slow_start > _WARM_UP_S:
            return min(slow_start, self.seconds * 0.45)
        return min(_WARM_UP_S, self.seconds * 0.375)

    @property
    def metric(self) -> str:
        """The metric it reads."""
        return f"{self.direction}_mbps"

    @property
    def elapsed(self) -> float:
        """Seconds between the first count and the last."""
        return self.ticks[-1][0] - self.ticks[0][0] if self.ticks else 0.0

    @property
    def passed(self) -> int:
        """Bytes at the last count."""
        return self.ticks[-1][1] if self.ticks else 0

    def count(self, passed: int) -> None:
        """Keep a count, and tell it a few times a second."""
        now = monotonic()
        if not self.ticks:
            self._told = self._read = now
        self.ticks.append((now, passed))
        if now - self._told >= _TOLD_S * 0.95:
            self._told = now
            self._tell_live(now)
        if now - self._read >= _READ_S * 0.95:
            self._read = now
            found = self.steady()
            if found is not None and round(found.mbps, 2) > 0:
                self._tell(joined([*self._earlier, found]), partial=True)
                self._tell_latency([*self._windows, self._window()], partial=True)

    def steady(self) -> Steady | None:
        """Return the rate after the warm-up; None before that."""
        return steady(self.ticks, self.warm_up)

    def finish(self, found: Steady, *, partial: bool = False, note: str | None = None) -> None:
        """Tell the direction's readings. Those of an extension are joined with what was found before."""
        kept = self.session.found[self.direction]
        whole = joined([*kept.stretches, found])
        if not partial:
            kept.stretches.append(found)
        kept.windows.append(self._window())
        self._tell(whole, partial=partial, note=note)
        self._tell_latency(kept.windows, partial=partial)

    def finish_early(self, note: str) -> None:
        """Tell the plain rate of a direction that ended before its warm-up: it is partial."""
        mbps = rate(self.ticks) or 0.0
        self._tell(Steady(mbps, self.elapsed, ()), partial=True, note=note)

    @property
    def _earlier(self) -> list[Steady]:
        return self.session.found[self.direction].stretches

    @property
    def _windows(self) -> list[tuple[float, float]]:
        return self.session.found[self.direction].windows

    def _window(self) -> tuple[float, float]:
        return self.ticks[0][0] + self.warm_up, self.ticks[-1][0]

    def _tell_live(self, now: float) -> None:
        live = None if self.blind else rate(self.ticks[-11:])
        trips = self.session.pings.trips(now - 1.0, now) if self.session.pings is not None else []
        self.session.wire.progress(
            self.session.code(self.direction),
            self.session.fraction(self.direction, self.elapsed / self.seconds),
            mbps=None if live is None else round(live, 1),
            latency_ms=round(median(trips), 1) if trips else None,
        )

    def _stands(self, partial: bool) -> bool:
        """Whether what was told before stands: an extension that does not come to its end does not replace it."""
        return partial and self.session.extending is not None

    def _tell(self, found: Steady, *, partial: bool, note: str | None = None) -> None:
        if self._stands(partial):
            return
        value = round(found.mbps, 2)
        low, high = found.interval
        least, most = self.reads
        low, high = min(low, value / most), max(high, value / least)
        known = bool(value) and (len(found.blocks) > 1 or self.reads != EXACT)
        if self.session.through_proxy:
            note = note or "through_proxy"
        if found.rising and not partial:
            note = note or "still_rising"
        self.session.wire.reading(
            self.metric,
            value or None,  # where nothing passed, nothing was measured: no figure is told
            instrument=self.instrument,
            subject=self.subject,
            how=self.how,
            low=round(low, 2) if known else None,
            high=round(high, 2) if known else None,
            samples=len(found.blocks) or len(self.ticks) - 1,
            partial=partial,
            note=note if value else note or "stalled",
            bytes_mb=round((self.session.found[self.direction].cost + self.cost) / 1e6, 2),
        )

    def _tell_latency(self, windows: list[tuple[float, float]], *, partial: bool) -> None:
        pings = self.session.pings
        trips = [trip for window in windows for trip in pings.trips(*window)] if pings is not None else []
        if pings is None or len(trips) < _FEWEST_TRIPS or self._stands(partial):
            return
        self.session.wire.reading(
            _LOADED[self.direction],
            round(median(trips), 2),
            instrument=pings.instrument,
            subject=pings.subject,
            how="median-during-steady-part",
            samples=len(trips),
            partial=partial,
        )
