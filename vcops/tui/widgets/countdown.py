"""How soon a meeting begins: the one place for this figure, so that two screens never differ by a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from vcops.formats.dates import span
from vcops.locale import _
from vcops.tui.chrome.header import whole_minute
from vcops.tui.plain import Cell

__all__ = ["countdown", "is_near", "left_until"]

_COUNTED_DOWN = timedelta(hours=12)
"""Further off the day says more than a countdown."""


def left_until(start: datetime, now: datetime) -> timedelta:
    """Return the time left by the clock in the header, which shows whole minutes; below zero once it is past."""
    return start - whole_minute(now)


def is_near(start: datetime, now: datetime) -> bool:
    """Whether a countdown says more than the day."""
    return left_until(start, now) < _COUNTED_DOWN


def countdown(start: datetime, now: datetime) -> Cell:
    """Return `in 42 min`, or `5 min late`; empty where it is further off."""
    left = left_until(start, now)
    if left < timedelta(0):
        return Cell(_("{time} late").format(time=span(-left)), "warn")
    return Cell(_("in {time}").format(time=span(left)) if is_near(start, now) else "")
