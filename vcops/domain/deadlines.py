"""Deadlines relative to a meeting: `-14wd`, `-60min`, `-3h`, `+1d`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from vcops.domain.texts import fault

__all__ = ["Deadline", "DeadlineText", "due", "is_weekday", "parse_deadline"]

Unit = Literal["min", "h", "d", "wd"]
_PATTERN = re.compile(r"^([+-])(\d{1,5})(min|h|d|wd)$")


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


def is_weekday(day: date) -> bool:
    """Monday to Friday. The office's calendar of holidays refines this."""
    return day.weekday() < 5


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
