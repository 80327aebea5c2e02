"""How sure a figure is: an interval that leaves its very size open is told in words, its ends would say nothing."""

from __future__ import annotations

from collections.abc import Iterable

from vcops.domain.readings import Reading
from vcops.domain.standards import Standard

__all__ = ["limits", "says_nothing"]

TENFOLD = 10.0
"""Of a link that needs 7, "from 0 to 22,310" tells nothing; "from 5 to 9" tells how near it is (proposed)."""


def limits(standard: Standard | None, metric: str) -> tuple[float | None, float | None]:
    """Return the numbers of `pass` and `warn`; None where a bound is no number."""
    asked = standard.requirement(metric) if standard else None
    both = (asked.pass_, asked.warn) if asked else (None, None)
    passing, warn = (float(one) if isinstance(one, int | float) else None for one in both)
    return passing, warn


def says_nothing(reading: Reading, asked: Iterable[float | None]) -> bool:
    """Whether a reading's interval ends at more than ten times its own beginning and whatever is asked of it."""
    numbers = [one for one in asked if one is not None]
    if reading.low is None or reading.high is None or not numbers:
        return False
    least = max(reading.low, *numbers)
    return least > 0 and reading.high > TENFOLD * least
