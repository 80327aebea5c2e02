"""Echoes: what came of single packets, and the figures that a list of them gives. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

__all__ = ["Directions", "Echo", "Reflection", "count_lost", "directions", "jitter_ms", "median_ms", "round_trips"]


@dataclass(frozen=True, slots=True)
class Reflection:
    """What a STAMP reflector told of one packet.

    `sequence` is the reflector's own count of this session's packets, from 0. `up_ms` and `down_ms` are how long the
    packet took by the two clocks, which are not set alike: only their differences mean anything.
    """

    sequence: int
    up_ms: float
    down_ms: float


@dataclass(frozen=True, slots=True)
class Echo:
    """One packet: its number, when it left (`time.monotonic()`), and its round trip; None where no answer came."""

    sequence: int
    sent_at: float
    rtt_ms: float | None
    reflection: Reflection | None = None


def round_trips(echoes: Sequence[Echo]) -> list[float]:
    """Return the round trips of those that were answered, in the order of sending."""
    return [one.rtt_ms for one in echoes if one.rtt_ms is not None]


def count_lost(echoes: Sequence[Echo]) -> int:
    """Return how many were not answered; `vcops.domain.intervals.loss_interval` says how sure that is."""
    return sum(one.rtt_ms is None for one in echoes)


def median_ms(echoes: Sequence[Echo]) -> float | None:
    """Return the median round trip; None where nothing was answered."""
    trips = round_trips(echoes)
    return median(trips) if trips else None


def jitter_ms(echoes: Sequence[Echo]) -> float | None:
    """Return the mean absolute difference of round trips that follow each other; None below two of them.

    RFC 3550's interarrival jitter without its smoothing, of the round trip: it reads about 1.4 times what one
    direction alone would. A pair with a lost packet between is left out.
    """
    return _mean_change([one.rtt_ms for one in echoes])


@dataclass(frozen=True, slots=True)
class Directions:
    """Loss and jitter each way, as a STAMP reflector's own count tells them.

    Of `sent` packets `reached` came to the reflector and `returned` came back. `reached` is None where the reflector
    keeps no count of its own (RFC 8762 calls that stateless): then the direction of a loss is not known. Packets
    after the last answer are left out, for nobody knows how far they came.
    """

    sent: int
    reached: int | None
    returned: int
    jitter_up_ms: float | None
    jitter_down_ms: float | None

    @property
    def lost_up(self) -> int | None:
        """Packets lost on the way to the reflector, of `sent`."""
        return None if self.reached is None else self.sent - self.reached

    @property
    def lost_down(self) -> int | None:
        """Packets lost on the way back, of `reached`."""
        return None if self.reached is None else self.reached - self.returned


def directions(echoes: Sequence[Echo], *, stateful: bool) -> Directions | None:
    """Tell the two directions apart. None where fewer than two packets came back with a reflection.

    Counted from the first answer to the last: between them, `last.sequence - first.sequence` packets reached the
    reflector. Packets that overtook each other make that wrong by as many as they were; it is kept within what is
    possible.
    """
    come_back = [place for place, one in enumerate(echoes) if one.reflection is not None]
    if len(come_back) < 2:
        return None
    span = echoes[come_back[0] : come_back[-1] + 1]
    first, last = span[0].reflection, span[-1].reflection
    reached = None
    if stateful and first is not None and last is not None:
        reached = min(max(last.sequence - first.sequence + 1, len(come_back)), len(span))
    return Directions(
        sent=len(span),
        reached=reached,
        returned=len(come_back),
        jitter_up_ms=_mean_change([one.reflection.up_ms if one.reflection else None for one in span]),
        jitter_down_ms=_mean_change([one.reflection.down_ms if one.reflection else None for one in span]),
    )


def _mean_change(values: Sequence[float | None]) -> float | None:
    changes = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    return fmean(changes) if changes else None
