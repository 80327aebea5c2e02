"""Deadlines relative to a meeting: `-14wd`, `-60min`, `-3h`, `+1d`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from vcops.domain.texts import fault
from vcops.domain.workdays import Holiday, Workdays, is_weekday

__all__ = [
    "Deadline",
    "DeadlineText",
    "Due",
    "Unit",
    "due",
    "is_weekday",
    "nearest_deadline",
    "parse_deadline",
    "reckon",
]

Unit = Literal["min", "h", "d", "wd"]
_PATTERN = re.compile(r"^([+-])(\d{1,5})(min|h|d|wd)$")
_MEANT = re.compile(r"(h?)\s*([+-]?)\s*(\d{1,5})\s*([a-z ]*)")
_UNIT_WORDS: dict[Unit, tuple[str, ...]] = {
    "min": ("m", "min", "mins", "minute", "minutes", "mnt", "menit"),
    "h": ("h", "hr", "hrs", "hour", "hours", "j", "jam"),
    "d": ("d", "day", "days", "hari"),
    "wd": ("wd", "bd", "hk", "hari kerja", "working days", "working day", "workdays"),
}
"""What people write for a unit, in both languages; only to propose the right word."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many minutes, hours, days or working days before (negative) or after the meeting's planned start."""

    count: int
    unit: Unit


def parse_deadline(text: str) -> Deadline:
    """Read `-60min`. Raises ValueError for anything else."""
    match = _PATTERN.match(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is not a deadline; write -60min, -3h, -14wd (working days) or +1d")
    sign, count, unit = match.groups()
    return Deadline(int(sign + count), unit)  # type: ignore[arg-type]


def nearest_deadline(text: str) -> str:
    """Return the deadline that somebody probably meant by `H-14`, `60 menit` or `-2 hari kerja`; empty where unclear.

    `H` is the day of the meeting and counts days; what stands without a sign is taken for before.
    """
    found = _MEANT.fullmatch(text.strip().lower())
    if found is None:
        return ""
    of_day, sign, count, word = found.groups()
    unit = next((unit for unit, words in _UNIT_WORDS.items() if word.strip() in words), "d" if of_day else "")
    return f"{sign or '-'}{int(count)}{unit}" if unit else ""


def _checked(text: str) -> str:
    try:
        parse_deadline(text)
    except ValueError as error:
        raise fault("handbook.not_a_deadline", "'{value}' is not a deadline", value=text) from error
    return text


DeadlineText = Annotated[
    str,
    AfterValidator(_checked),
    Field(
        json_schema_extra={"pattern": _PATTERN.pattern},
        description="Relative to the planned start: -14wd, -60min, +1d",
    ),
]


@dataclass(frozen=True, slots=True)
class Due:
    """The moment a deadline falls on, and what may still move it.

    `estimated` are holidays that hang on the moon, `unsettled` years whose joint leave is not decreed yet; both only
    where working days were counted over them.
    """

    at: datetime
    estimated: tuple[Holiday, ...] = ()
    unsettled: tuple[int, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether nothing can move it but the meeting itself."""
        return not self.estimated and not self.unsettled


def due(deadline: Deadline, start: datetime, is_working_day: Callable[[date], bool] = is_weekday) -> datetime:
    """Return the moment a deadline falls on. `start` is an aware local time, so that days are the room's days."""
    if deadline.unit == "min":
        return start + timedelta(minutes=deadline.count)
    if deadline.unit == "h":
        return start + timedelta(hours=deadline.count)
    if deadline.unit == "d":
        return start + timedelta(days=deadline.count)
    day, left, step = start, abs(deadline.count), 1 if deadline.count > 0 else -1
    while left:
        day += timedelta(days=step)
        left -= is_working_day(day.date())
    return day


def reckon(deadline: Deadline, start: datetime, calendar: Workdays) -> Due:
    """Return the moment a deadline falls on by a calendar, and whether it may still move."""
    at = due(deadline, start, calendar.is_working_day)
    if deadline.unit != "wd":
        return Due(at)
    first, last = sorted((start.date(), at.date()))
    return Due(at, calendar.estimated(first, last), calendar.unsettled(first, last))
