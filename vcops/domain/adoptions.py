"""Adoptions: which tariff the office has made its own, from which day to which. Days are YYYYMMDD."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vcops.domain.meetings import day_number
from vcops.domain.tariffs import Tariff
from vcops.errors import Conflict

__all__ = ["Adoption", "as_date", "day_after", "day_before", "default_start", "ending", "on_day"]


@dataclass(frozen=True, slots=True)
class Adoption:
    """A tariff as it was on the day it was adopted, in force from a day on; editing the YAML changes nothing here."""

    id: str
    tariff: Tariff
    valid_from: int
    valid_to: int | None = None

    def holds_on(self, day: int) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def on_day(adoptions: Iterable[Adoption], day: int) -> Adoption | None:
    """Return the adoption that is in force on a day; None: there is no tariff yet."""
    return next((one for one in adoptions if one.holds_on(day)), None)


def default_start(adoptions: Sequence[Adoption], today: date) -> date:
    """Return the day an adoption starts where nobody says: 1 January, or today where this year has one already."""
    new_year = date(today.year, 1, 1)
    newest = max((one.valid_from for one in adoptions), default=0)
    return today if newest >= day_number(new_year) else new_year


def ending(adoptions: Sequence[Adoption], start: int) -> Adoption | None:
    """Return the adoption that one starting on `start` ends the day before; None where none is in force then.

    Raises Conflict where one starts on that day or later: what was reported under it would change.
    """
    newest = max(adoptions, key=lambda one: one.valid_from, default=None)
    if newest is None:
        return None
    if newest.valid_from >= start:
        raise Conflict(
            "tariff.overlap",
            id=newest.tariff.id,
            since=as_date(newest.valid_from).isoformat(),
            earliest=as_date(day_after(newest.valid_from)).isoformat(),
        )
    return newest if newest.holds_on(start) else None


def as_date(day: int) -> date:
    """Return YYYYMMDD as a date."""
    return date(day // 10_000, day // 100 % 100, day % 100)


def day_after(day: int) -> int:
    """Return the next day, YYYYMMDD."""
    return day_number(as_date(day) + timedelta(days=1))


def day_before(day: int) -> int:
    """Return the day before, YYYYMMDD."""
    return day_number(as_date(day) - timedelta(days=1))
