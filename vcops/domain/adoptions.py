"""Adoptions: which tariff the office has made its own, from which day to which. Days are YYYYMMDD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vcops.domain.meetings import day_number
from vcops.domain.periods import Period, as_date
from vcops.domain.tariffs import Tariff
from vcops.errors import Conflict

__all__ = ["Adoption", "day_after", "day_before", "default_start", "ending", "on_day", "with_closed"]


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


def with_closed(adoptions: Sequence[Adoption], closed: Mapping[Period, Sequence[Adoption]]) -> list[Adoption]:
    """Return what is in force, in the order of time; a closed month keeps what was in force when it was closed.

    Days that follow each other under one tariff are one entry, so that a year of closed months is read at once.
    """
    pieces = [part for one in adoptions for part in _outside(one, sorted(closed, key=lambda month: month.first))]
    for month, kept in closed.items():
        pieces += [
            replace(one, valid_from=max(one.valid_from, month.first_day), valid_to=_earlier(one, month.last_day))
            for one in kept
            if one.valid_from <= month.last_day and (one.valid_to is None or one.valid_to >= month.first_day)
        ]
    joined: list[Adoption] = []
    for one in sorted(pieces, key=lambda piece: piece.valid_from):
        last = joined[-1] if joined else None
        if last and last.valid_to and day_after(last.valid_to) == one.valid_from and last.tariff == one.tariff:
            joined[-1] = replace(last, valid_to=one.valid_to)
        else:
            joined.append(one)
    return joined


def _outside(adoption: Adoption, months: Sequence[Period]) -> Iterator[Adoption]:
    """Yield an adoption without the days of the months."""
    start = adoption.valid_from
    for month in months:
        if month.last_day < start or (adoption.valid_to is not None and adoption.valid_to < month.first_day):
            continue
        if start < month.first_day:
            yield replace(adoption, valid_from=start, valid_to=day_before(month.first_day))
        start = day_after(month.last_day)
    if adoption.valid_to is None or start <= adoption.valid_to:
        yield replace(adoption, valid_from=start)


def _earlier(adoption: Adoption, day: int) -> int:
    return day if adoption.valid_to is None else min(adoption.valid_to, day)


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


def day_after(day: int) -> int:
    """Return the next day, YYYYMMDD."""
    return day_number(as_date(day) + timedelta(days=1))


def day_before(day: int) -> int:
    """Return the day before, YYYYMMDD."""
    return day_number(as_date(day) - timedelta(days=1))
