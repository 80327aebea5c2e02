"""Deadlines relative to the planned start."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.deadlines import Deadline, due, is_weekday, parse_deadline

START = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "day", "hour", "minute"),
    [
        ("-60min", 23, 7, 0),
        ("+15min", 23, 8, 15),
        ("-3h", 23, 5, 0),
        ("+1d", 24, 8, 0),
        ("-1wd", 20, 8, 0),
        ("-5wd", 16, 8, 0),
        ("-6wd", 13, 8, 0),
        ("+5wd", 30, 8, 0),
        ("+0min", 23, 8, 0),
    ],
)
def test_when_it_falls_due(text: str, day: int, hour: int, minute: int) -> None:
    found = due(parse_deadline(text), START)
    assert (found.day, found.hour, found.minute, found.tzinfo) == (day, hour, minute, START.tzinfo)


def test_holidays_are_no_working_days() -> None:
    holiday = START.date() - timedelta(days=3)
    found = due(Deadline(-1, "wd"), START, lambda day: is_weekday(day) and day != holiday)
    assert found.day == 19


@pytest.mark.parametrize(
    "text", ["60min", "-60", "-60 minutes", "- 60min", "-1.5h", "-1month", "", "-999999min", "H-1"]
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="not a deadline"):
        parse_deadline(text)


@given(st.integers(-99_999, 99_999), st.sampled_from(["min", "h", "d", "wd"]))
def test_what_is_written_is_read_back(count: int, unit: str) -> None:
    assert parse_deadline(f"{count:+d}{unit}") == Deadline(count, unit)


@given(st.integers(1, 400), st.sampled_from([-1, 1]))
def test_a_working_day_never_falls_on_a_weekend(count: int, sign: int) -> None:
    found = due(Deadline(sign * count, "wd"), START)
    assert found.weekday() < 5
    assert abs((found - START).days) >= count
