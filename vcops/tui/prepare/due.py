"""By when something is to be done, in words: the time alone on its own day, and whether the date may still move."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from vcops.domain.deadlines import Due
from vcops.formats.dates import clock, short_day
from vcops.locale import _

__all__ = ["due_words"]


def due_words(due: Due, now: datetime, zone: str) -> str:
    """Return `07.45`, on another day `13/11/2026, 08.00`; an estimated date says that it is one."""
    here = ZoneInfo(zone)
    time = clock(due.at, zone)
    if due.at.astimezone(here).date() != now.astimezone(here).date():
        time = f"{short_day(due.at, zone)}, {time}"
    return time if due.certain else _("{time} (an estimate: a holiday on the way is not settled yet)").format(time=time)
