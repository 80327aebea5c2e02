"""What the Tally screen looks at: a period, how its rows are grouped, and a tariff that is only tried."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from vcops.domain.periods import Period, Span

if TYPE_CHECKING:
    from vcops.domain.closings import Seal
    from vcops.domain.comparing import Comparison
    from vcops.domain.tally import Grouping, Tally
    from vcops.operations.workplace import Workplace

__all__ = ["GROUPINGS", "View", "compare", "read"]

GROUPINGS: tuple[Grouping, ...] = ("unit", "room", "month", "kind", "mode", "platform", "operator")
"""In the order in which the key goes round."""
_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at. `what_if` is the id of a tariff to try; empty: those in force."""

    period: Period
    by: Grouping = "unit"
    what_if: str = ""

    def spanning(self, span: str, today: date) -> View:
        """Return the view of the month, quarter, semester or year; of today's where the period holds today."""
        now = Period.of(today)
        inside = self.period.first <= now.first <= self.period.last
        month = now.first if inside else self.period.last
        return replace(self, period=_around(month, span))

    def moved(self, step: int) -> View:
        """Return the view of the period `step` later."""
        return replace(self, period=self.period.neighbour(step))

    def current(self, today: date) -> View:
        """Return the view of the period of this length that holds today."""
        span = self.period.span.value if self.period.span is not Span.OTHER else "month"
        return replace(self, period=_around(Period.of(today).first, span))

    def grouped(self, step: int) -> View:
        """Return the view grouped by the next thing."""
        return replace(self, by=GROUPINGS[(GROUPINGS.index(self.by) + step) % len(GROUPINGS)])

    def trying(self, tariff_id: str) -> View:
        """Return the view under another tariff, for reading only; empty: under those in force again."""
        return replace(self, what_if=tariff_id)


def read(workplace: Workplace, view: View) -> tuple[Tally, Seal]:
    """Return the tally of a view, and which of its months are closed.

    It runs in the store's thread, where its heavy imports belong.
    """
    from vcops.operations.closing import seal
    from vcops.operations.tallies import tally

    found = tally(workplace, view.period, by=view.by, tariff_id=view.what_if or None)
    return found, seal(workplace, view.period)


def compare(workplace: Workplace, view: View) -> Comparison:
    """Return what the view's period is compared with. It runs in the store's thread too."""
    from vcops.operations.savings import comparison

    return comparison(workplace, view.period, view.what_if or None)


def _around(month: str, span: str) -> Period:
    """Return the month, quarter, semester or year that holds a month."""
    length = _MONTHS[span]
    first = (int(month[5:]) - 1) // length * length + 1
    return Period.between(f"{month[:4]}-{first:02}", f"{month[:4]}-{first + length - 1:02}")
