"""What the phases of one check share: the request, the wire, the ways, the pings, and what was found so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from vcops.probes.connection.asked import Asked
from vcops.probes.connection.route import Routes
from vcops.probes.connection.steady import Steady
from vcops.probes.wire import Wire

__all__ = ["Direction", "Found", "Pings", "Session"]

Direction = Literal["download", "upload"]
_SPANS = {"idle": (0.0, 0.4), "download": (0.4, 0.7), "upload": (0.7, 1.0)}
"""Which part of the bar a phase fills: roughly its part of the time."""
_KEPT_BACK = 0.1
"""The part of the bar that is left for an extension, where one may be asked for."""


class Pings(Protocol):
    """Round trips that go on while something else happens."""

    @property
    def instrument(self) -> str:
        """What measures them."""

    @property
    def subject(self) -> str:
        """Who answers them, as host:port."""

    def trips(self, start: float, end: float) -> list[float]:
        """Return the milliseconds of those sent between two times of `time.monotonic`."""


@dataclass(slots=True)
class Found:
    """What a direction came to so far: its stretches of steady time, when they were, and the bytes they cost."""

    stretches: list[Steady] = field(default_factory=list)
    windows: list[tuple[float, float]] = field(default_factory=list)
    cost: int = 0


@dataclass(slots=True)
class Session:
    """One check against one server."""

    asked: Asked
    wire: Wire
    routes: Routes
    pings: Pings | None = None
    found: dict[Direction, Found] = field(default_factory=lambda: {"download": Found(), "upload": Found()})
    extending: tuple[int, int] | None = None
    """Which of how many phases is being measured once more, counted from 0; None before the extension."""
    round_trip_ms: float | None = None
    """To the server and back, once the idle phase has told it."""
    through_proxy: bool = False
    clock_told: bool = False

    @property
    def spent(self) -> int:
        """The bytes that the throughput cost so far."""
        return sum(one.cost for one in self.found.values())

    @property
    def left(self) -> float:
        """The bytes that may still be spent."""
        return max(self.asked.most_bytes - self.spent, 0.0)

    def fraction(self, phase: str, part: float) -> float:
        """Return how far the whole check is when `part` (0 to 1) of a phase is done."""
        part = min(max(part, 0.0), 1.0)
        kept_back = _KEPT_BACK if self.asked.extension else 0.0
        if self.extending:
            number, phases = self.extending
            return 1 - kept_back + kept_back * (number + part) / phases
        start, end = _SPANS[phase]
        return (start + (end - start) * part) * (1 - kept_back)

    def code(self, phase: str) -> str:
        """Return what the progress lines of a phase say."""
        return "connection.extending" if self.extending else f"connection.{phase}"

    def teller(self, *, partial: bool) -> Callable[..., None]:
        """Return what tells one reading: `tell(metric, value, **details)`, numbers rounded to what they are worth."""

        def tell(metric: str, value: float | None, **details: Any) -> None:
            for name in ("low", "high"):
                if details.get(name) is not None:
                    details[name] = round(details[name], 2)
            rounded = round(value, 2) if isinstance(value, float) else value
            self.wire.reading(metric, rounded, partial=partial, **details)

        return tell
