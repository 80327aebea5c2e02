"""The office's calendar: national holidays and joint leave, and the office's own days."""

from __future__ import annotations

from vcops.domain.workdays import HolidayKind, Workdays
from vcops.operations.national_days import national_days
from vcops.operations.workplace import Workplace

__all__ = ["calendar"]


def calendar(workplace: Workplace, year: int) -> Workdays:
    """Return the working days of a year and the ones beside it; settled are those whose joint leave is known."""
    national = national_days(workplace.places, year)
    settled = {one.day.year for one in national if one.kind is HolidayKind.JOINT_LEAVE}
    own = workplace.handbook.holidays.values()
    office = [one for days in own for one in days.holidays()]
    return Workdays.of((*national, *office), (one for days in own for one in days.worked()), settled)
