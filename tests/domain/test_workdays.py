"""Working days: weekends, holidays from outside, the office's own days, and what may still move."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vcops.domain.deadlines import Deadline, due, nearest_deadline, parse_deadline, reckon
from vcops.domain.texts import Text
from vcops.domain.workdays import Holiday, HolidayKind, OfficeDays, Workdays

MONDAY = date(2026, 11, 23)
START = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
DAYS = st.dates(date(2026, 9, 1), date(2027, 2, 28))


def holiday(day: date, *, estimated: bool = False) -> Holiday:
    return Holiday(day, Text(id="Libur"), HolidayKind.PUBLIC, estimated)


def test_a_holiday_is_no_working_day_unless_the_office_works() -> None:
    calendar = Workdays.of([holiday(MONDAY), holiday(MONDAY + timedelta(days=1))], worked=[MONDAY])
    assert calendar.is_working_day(MONDAY)
    assert calendar.holidays(MONDAY) == ()
    assert not calendar.is_working_day(MONDAY + timedelta(days=1))
    assert not calendar.is_working_day(MONDAY - timedelta(days=1))  # a Sunday


def test_a_saturday_that_is_worked_counts() -> None:
    saturday = MONDAY - timedelta(days=2)
    assert due(Deadline(-1, "wd"), START, Workdays.of([], [saturday]).is_working_day).date() == saturday


@given(st.sets(DAYS, max_size=40), st.integers(1, 30), st.sampled_from([-1, 1]))
def test_just_so_many_working_days_are_counted(days: set[date], count: int, sign: int) -> None:
    calendar = Workdays.of(holiday(day) for day in days)
    found = due(Deadline(sign * count, "wd"), START, calendar.is_working_day).date()
    assert calendar.is_working_day(found)
    first, last = sorted((found, MONDAY))
    between = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert sum(calendar.is_working_day(day) for day in between if day != MONDAY) == count


def test_what_is_counted_over_an_estimated_holiday_may_move() -> None:
    wednesday = MONDAY - timedelta(days=5)
    calendar = Workdays.of([holiday(wednesday, estimated=True)])
    near, far = reckon(Deadline(-2, "wd"), START, calendar), reckon(Deadline(-4, "wd"), START, calendar)
    assert near.certain
    assert (far.certain, far.estimated, far.at.day) == (False, (holiday(wednesday, estimated=True),), 16)
    assert reckon(Deadline(-7, "d"), START, calendar).certain  # calendar days do not ask for holidays


def test_an_estimated_holiday_on_a_sunday_moves_nothing() -> None:
    calendar = Workdays.of([holiday(MONDAY - timedelta(days=1), estimated=True)])
    assert reckon(Deadline(-1, "wd"), START, calendar).certain


def test_a_year_without_decreed_joint_leave_is_told() -> None:
    calendar = Workdays.of([], settled=[2026])
    assert reckon(Deadline(5, "wd"), START, calendar).unsettled == ()
    assert reckon(Deadline(40, "wd"), START, calendar).unsettled == (2027,)
    assert reckon(Deadline(40, "wd"), START, Workdays()).certain


def test_an_offices_days() -> None:
    days = OfficeDays.model_validate(
        {"days": [{"date": "2026-10-28", "name": "Hari jadi"}, {"date": "2026-12-24", "name": "Piket", "works": True}]}
    )
    assert [(one.day, one.kind) for one in days.holidays()] == [(date(2026, 10, 28), HolidayKind.OFFICE)]
    assert list(days.worked()) == [date(2026, 12, 24)]


def test_a_day_twice_is_a_fault() -> None:
    with pytest.raises(ValidationError, match="twice"):
        OfficeDays.model_validate({"days": [{"date": "2026-10-28", "name": "A"}, {"date": "2026-10-28", "name": "B"}]})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("60 menit", "-60min"), ("-60m", "-60min"), ("H-14", "-14d"), ("h-14 hari kerja", "-14wd"), ("+1 hari", "+1d"),
        ("2 jam", "-2h"), ("- 3 hk", "-3wd"), ("H+1", "+1d"), ("60", ""), ("besok", ""), ("-1.5h", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_was_probably_meant(typed: str, meant: str) -> None:
    assert nearest_deadline(typed) == meant
    if meant:
        assert parse_deadline(meant)
