"""What a room's link measured over time: points, the same hour a week before, and whether it is getting worse."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from statistics import median
from typing import Any, Literal

from vcops.domain.checks import JudgedReading
from vcops.domain.metrics import METRICS, Judged
from vcops.domain.readings import Reading
from vcops.domain.verdicts import Verdict

__all__ = ["LINKS", "Link", "LinkHistory", "LinkPoint", "MetricHistory", "Series", "Trend", "trend"]

Link = Literal["main", "backup"]
LINKS: tuple[Link, ...] = ("main", "backup")

Series = Sequence[tuple[datetime, float]]
"""Moments and values, oldest first."""

_WEEK = timedelta(days=7)
_SAME_HOUR = timedelta(hours=1)
"""How far from the same moment a week ago a measurement may lie to be of the same hour."""
_LOOKED_BACK = timedelta(weeks=8)
_FEWEST, _MOST = 5, 60
"""Fewer values cannot show a trend with 95 % confidence; more make it no surer and cost their square."""
_CONFIDENT = 1.96


@dataclass(frozen=True, slots=True)
class Trend:
    """Whether values rise or fall. `per_week` is the slope in the metric's unit a week, `points` how many stand behind.

    `clear` says whether the direction is more than chance would make of it, with 95 % confidence.
    """

    per_week: float
    clear: bool
    points: int

    def better(self, metric: str) -> bool | None:
        """Whether a clear trend goes to the good side; None where there is none, or no good side."""
        judged = METRICS[metric].judged
        if not self.clear or self.per_week == 0 or judged not in (Judged.UP, Judged.DOWN):
            return None
        return (self.per_week > 0) is (judged is Judged.UP)


@dataclass(frozen=True, slots=True)
class LinkPoint:
    """One finished connection check: when, what it came to, and what it read. `source` is fit to be shown."""

    at: datetime
    verdict: Verdict | None
    readings: tuple[Reading, ...]
    source: str = ""
    step: str = ""
    run_id: str = ""
    by: str = ""

    def number(self, metric: str) -> float | None:
        """Return what was read of a metric; None where nothing was, or only a part of it."""
        found = next((one for one in self.readings if one.metric == metric and not one.partial), None)
        if found is None or found.value is None or isinstance(found.value, bool):
            return None
        return float(found.value)

    def as_json(self) -> dict[str, Any]:
        """Return the point as the command line's public shape has it."""
        return {
            "at": self.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "verdict": self.verdict.value if self.verdict else None,
            "source": self.source,
            "step": self.step,
            "run": self.run_id,
            "readings": [_measured(one) for one in self.readings],
        }


@dataclass(frozen=True, slots=True)
class MetricHistory:
    """One metric over time: its newest value, the same hour a week before, the middle of all, and where it goes.

    `latest` is of the newest check: None where that did not read the metric, however recent the value before it is.
    """

    metric: str
    series: tuple[tuple[datetime, float], ...]
    latest: float | None
    week_before: float | None
    trend: Trend | None

    @property
    def middle(self) -> float:
        """The median of all values."""
        return median(value for _at, value in self.series)

    def as_json(self) -> dict[str, Any]:
        """Return the metric as the command line's public shape has it."""
        trend = self.trend
        return {
            "metric": self.metric,
            "unit": METRICS[self.metric].unit,
            "latest": self.latest,
            "week_before": self.week_before,
            "median": round(self.middle, 3),
            "points": len(self.series),
            "trend": trend and {"per_week": round(trend.per_week, 3), "clear": trend.clear, "points": trend.points},
        }


@dataclass(frozen=True, slots=True)
class LinkHistory:
    """What one link of one room measured, oldest first.

    `altered` counts the walks that could not be read because what they froze was changed behind the program's back.
    """

    link: Link
    points: tuple[LinkPoint, ...]
    altered: int = 0

    def week_before(self) -> LinkPoint | None:
        """Return the measurement of the same hour a week before the newest one, the nearest where there are several."""
        if not self.points:
            return None
        wanted = self.points[-1].at - _WEEK
        nearest = min(self.points, key=lambda one: abs(one.at - wanted))
        return nearest if abs(nearest.at - wanted) <= _SAME_HOUR else None

    def series(self, metric: str) -> tuple[tuple[datetime, float], ...]:
        """Return a metric's values, oldest first; without those that were not measured to the end."""
        return tuple((one.at, value) for one in self.points if (value := one.number(metric)) is not None)

    def metrics(self) -> list[MetricHistory]:
        """Return every metric of a connection that was read as a number, in the registry's order."""
        then, found = self.week_before(), []
        for name, metric in METRICS.items():
            if metric.instrument in ("connection", "platform") and (series := self.series(name)):
                before = then.number(name) if then else None
                found.append(MetricHistory(name, series, self.points[-1].number(name), before, trend(series)))
        return found


def trend(series: Series) -> Trend | None:
    """Return where the last eight weeks go; None for fewer than five values, or values of one moment.

    The slope is the median of the slopes between all pairs (Sen 1968, JASA 63), which single bad days do not bend;
    whether it is more than chance is the test of Mann (1945, Econometrica 13) and Kendall, corrected for ties.
    """
    if not series:
        return None
    since = series[-1][0] - _LOOKED_BACK
    kept = [one for one in series if one[0] >= since][-_MOST:]
    slopes = [
        (later - earlier) / ((then - before) / _WEEK)
        for (before, earlier), (then, later) in combinations(kept, 2)
        if then > before
    ]
    if len(kept) < _FEWEST or not slopes:
        return None
    return Trend(median(slopes), _clear([value for _at, value in kept]), len(kept))


def _measured(reading: Reading) -> dict[str, Any]:
    """Return a reading in its public shape without what judges it: the standard of that day is not today's."""
    shown = JudgedReading(reading).as_json()
    return {name: value for name, value in shown.items() if name not in ("verdict", "required", "pass", "warn")}


def _clear(values: Sequence[float]) -> bool:
    """Whether the order of the values speaks for a direction (Mann-Kendall, two-sided, 95 %)."""
    score = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    number = len(values)
    ties = sum(one * (one - 1) * (2 * one + 5) for one in Counter(values).values())
    variance = (number * (number - 1) * (2 * number + 5) - ties) / 18
    return variance > 0 and (abs(score) - 1) / math.sqrt(variance) > _CONFIDENT
