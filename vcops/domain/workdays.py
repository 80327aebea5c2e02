"""Working days: Monday to Friday, without the holidays that somebody else hands in, and with the office's own days."""

from __future__ import annotations

import datetime as time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from vcops.domain.texts import Closed, Identifier, Text, fault, raise_faults, repeated

__all__ = ["Holiday", "HolidayKind", "OfficeDay", "OfficeDays", "Workdays", "is_weekday"]


def is_weekday(day: date) -> bool:
    """Monday to Friday, the five-day week of most offices."""
    return day.weekday() < 5


class HolidayKind(StrEnum):
    """Who made it a day off."""

    PUBLIC = "public"
    """Hari libur nasional."""
    JOINT_LEAVE = "joint-leave"
    """Cuti bersama: announced each year by joint decree."""
    OFFICE = "office"
    """The office's own: a region's anniversary, an election."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which nobody works, and why. `estimated`: it hangs on the moon and may still move by a day."""

    day: date
    name: Text
    kind: HolidayKind
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Workdays:
    """A calendar: the days off by date, the days worked all the same, and the years whose joint leave is decreed.

    Without anything it knows weekends only. `settled` None means that every year is.
    """

    days: Mapping[date, tuple[Holiday, ...]] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()
    settled: frozenset[int] | None = None

    @classmethod
    def of(
        cls, holidays: Iterable[Holiday], worked: Iterable[date] = (), settled: Collection[int] | None = None
    ) -> Self:
        """Return the calendar of these holidays."""
        days: dict[date, tuple[Holiday, ...]] = {}
        for one in holidays:
            days[one.day] = (*days.get(one.day, ()), one)
        return cls(days, frozenset(worked), None if settled is None else frozenset(settled))

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day in self.worked or (is_weekday(day) and day not in self.days)

    def holidays(self, day: date) -> tuple[Holiday, ...]:
        """Return why nobody works on that day; nothing for a plain weekend."""
        return () if day in self.worked else self.days.get(day, ())

    def estimated(self, first: date, last: date) -> tuple[Holiday, ...]:
        """Return the estimated holidays on weekdays from `first` to `last`: what is counted over them may move."""
        found = (one for day in _days(first, last) if is_weekday(day) for one in self.holidays(day))
        return tuple(one for one in found if one.estimated)

    def unsettled(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years from `first` to `last` whose joint leave nobody has decreed yet."""
        if self.settled is None:
            return ()
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.settled)


class OfficeDay(Closed):
    """One day of an office's own calendar."""

    day: time.date = Field(alias="date", description="The day: 2026-10-28")
    name: Text = Field(description="Why: Hari jadi daerah")
    works: bool = Field(
        default=False, description="true: the office works on that day although it is a holiday or a weekend"
    )
    estimated: bool = Field(default=False, description="true: the date is not certain yet")


class OfficeDays(Closed):
    """Days on which this office alone is closed, or works although others do not."""

    id: Identifier = Field(default="office-days", description="Unique name; each file has its own: days-2027")
    days: tuple[OfficeDay, ...] = Field(min_length=1, description="The days, in any order")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        raise_faults(self._faults())
        return self

    def _faults(self) -> Iterator[PydanticCustomError]:
        for place in repeated([one.day.isoformat() for one in self.days]):
            value = self.days[place].day.isoformat()
            yield fault("handbook.day_twice", "{value} is there twice", at=("days", place, "date"), value=value)

    def holidays(self) -> Iterator[Holiday]:
        """Yield the days off."""
        for one in self.days:
            if not one.works:
                yield Holiday(one.day, one.name, HolidayKind.OFFICE, one.estimated)

    def worked(self) -> Iterator[date]:
        """Yield the days on which the office works all the same."""
        return (one.day for one in self.days if one.works)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
