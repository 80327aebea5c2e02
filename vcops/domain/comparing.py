"""A period beside the one before it and beside the same one a year earlier."""

from __future__ import annotations

from dataclasses import dataclass

from vcops.domain.periods import Period
from vcops.domain.tally import Tally, TallyRow

__all__ = ["Comparison", "MonthPair", "change_percent", "chart_period", "month_pairs", "year_before"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The period before and the same period of the year before, added up without rows.

    Where both are one (a year), `year_before` is None: it would say the same twice.
    """

    before: Tally
    year_before: Tally | None


@dataclass(frozen=True, slots=True)
class MonthPair:
    """One month of the chart, and the same month a year earlier; None where nothing was held in it."""

    month: str
    now: TallyRow | None
    before: TallyRow | None


def year_before(period: Period) -> Period:
    """Return the same months a year earlier."""
    return Period(_earlier(period.first), _earlier(period.last))


def chart_period(period: Period) -> Period:
    """Return the months that a chart shows: those of a year or longer period, else the twelve that end with it."""
    if len(period.months) >= 12:
        return period
    last = int(period.last[:4]) * 12 + int(period.last[5:]) - 1
    first = max(last - 11, 1945 * 12)
    return Period(f"{first // 12:04}-{first % 12 + 1:02}", period.last)


def month_pairs(now: Tally, before: Tally) -> tuple[MonthPair, ...]:
    """Return the months of one tally by month beside those of another that covers the same months a year earlier."""
    ours = {row.key: row for row in now.rows}
    theirs = {row.key: row for row in before.rows}
    return tuple(MonthPair(month, ours.get(month), theirs.get(_earlier(month))) for month in now.period.months)


def change_percent(now: int, before: int) -> int | None:
    """Return the change in whole percent, half away from zero; None where there was nothing to compare with."""
    if before <= 0:
        return None
    change = (now - before) * 100
    return (abs(change) * 2 + before) // (before * 2) * (1 if change >= 0 else -1)


def _earlier(month: str) -> str:
    return f"{max(int(month[:4]) - 1, 1945):04}{month[4:]}"
