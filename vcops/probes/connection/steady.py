"""What a row of byte counts says: the steady rate without the slow start, and how sure it is. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from vcops.domain.intervals import mean_interval

__all__ = ["BLOCK_S", "Steady", "Tick", "joined", "quiet_seconds", "rate", "steady", "still_rising"]

BLOCK_S = 0.5
"""Half a second is longer than the bursts of a lossy link, and short enough to have several in a measurement."""
_FEWEST_BLOCKS, _SHORTEST_S = 5, 0.2
"""A short measurement is cut finer: from two blocks alone, Student's t makes an interval that says nothing."""

_LEAST_WIDTH = 0.01
"""Half the width that an interval has at least, as a share: on links of known speed single runs were off by as much."""
_RISING = 1.25
"""So much faster in its second half, a transfer was still finding its rate: on a satellite's 600 ms it takes 6 s."""

Tick = tuple[float, int]
"""When (seconds of a steady clock), and how many bytes had passed by then."""


@dataclass(frozen=True, slots=True)
class Steady:
    """A rate in megabits a second over `seconds`, and the rates of its half-second blocks.

    `rising`: it was still getting faster when it ended.
    """

    mbps: float
    seconds: float
    blocks: tuple[float, ...]
    rising: bool = False

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the rate, from its blocks; it always holds the rate itself and is 1 % wide each way.

        Fewer than two blocks say nothing about that: both ends are then the rate, which is no interval. Of a rate that
        was still rising only the lower end is known: the upper one is twice what it had come to.
        """
        if len(self.blocks) < 2:
            return self.mbps, self.mbps
        low, high = mean_interval(self.blocks)
        least, most = self.mbps * (1 - _LEAST_WIDTH), self.mbps * (1 + _LEAST_WIDTH)
        if self.rising:
            most = 2 * max(self.blocks)
        return max(min(low, least), 0.0), max(high, most)


def still_rising(mbps: float, blocks: Sequence[float]) -> bool:
    """Whether one stretch of that rate was still getting faster when it ended."""
    half = len(blocks) // 2
    if half < 2:
        return False
    return fmean(blocks[-half:]) > _RISING * fmean(blocks[:half]) and blocks[-1] >= mbps


def rate(ticks: Sequence[Tick]) -> float | None:
    """Return megabits a second between the first tick and the last; None where that is no stretch of time."""
    if len(ticks) < 2 or ticks[-1][0] <= ticks[0][0]:
        return None
    return (ticks[-1][1] - ticks[0][1]) * 8e-6 / (ticks[-1][0] - ticks[0][0])


def steady(ticks: Sequence[Tick], warm_up: float) -> Steady | None:
    """Return the rate after the first `warm_up` seconds; None where there is not enough left.

    The rate is the slope of the line that lies best on the counts (least squares). The difference of the two ends
    would let a burst at either end decide: where a packet was lost, everything behind it arrives at once.
    """
    kept = [tick for tick in ticks if tick[0] >= ticks[0][0] + warm_up] if ticks else []
    plain = rate(kept)
    if plain is None:
        return None
    slope = _slope(kept) * 8e-6 if len(kept) > 4 else plain
    mbps, blocks = max(slope, 0.0), tuple(_blocks(kept))
    return Steady(mbps, kept[-1][0] - kept[0][0], blocks, still_rising(mbps, blocks))


def joined(parts: Sequence[Steady]) -> Steady:
    """Return several stretches as one: the rates weighted by their length, the blocks side by side.

    One that was still rising is known from below only: it is left out where another one was not. Whether a rate
    rises is a matter of one stretch, for two may differ without any of them having changed.
    """
    parts = [one for one in parts if not one.rising] or parts
    seconds = sum(one.seconds for one in parts)
    mbps = sum(one.mbps * one.seconds for one in parts) / seconds
    return Steady(mbps, seconds, tuple(block for one in parts for block in one.blocks), parts[0].rising)


def quiet_seconds(ticks: Sequence[Tick]) -> tuple[float, float]:
    """Return the longest time in which nothing passed, and the time since anything passed at the end."""
    longest, (since, last) = 0.0, ticks[0]
    for at, passed in ticks:
        if passed != last:
            since, last = at, passed
        longest = max(longest, at - since)
    return longest, ticks[-1][0] - since


def _slope(ticks: Sequence[Tick]) -> float:
    middle = fmean(at for at, _passed in ticks)
    mean = fmean(passed for _at, passed in ticks)
    spread = sum((at - middle) ** 2 for at, _passed in ticks)
    return sum((at - middle) * (passed - mean) for at, passed in ticks) / spread


def _blocks(ticks: Sequence[Tick]) -> list[float]:
    """Cut the ticks into blocks of half a second, shorter ones where there is little time, as nearly as they come."""
    length = min(BLOCK_S, max((ticks[-1][0] - ticks[0][0]) / _FEWEST_BLOCKS, _SHORTEST_S))
    found, first = [], ticks[0]
    for tick in ticks[1:]:
        if tick[0] - first[0] >= length * 0.98:
            found.append((tick[1] - first[1]) * 8e-6 / (tick[0] - first[0]))
            first = tick
    return found
