"""Days, clock times and lengths of time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops import locale
from vcops.formats import (
    clock,
    clock_zone,
    long_day,
    month_name,
    read_day,
    read_day_near,
    read_time,
    short_day,
    span,
    stopwatch,
)

LATE = datetime(2026, 11, 21, 23, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def indonesian():
    before = locale.language()
    locale.use("id")
    yield
    locale.use(before)


def test_days_and_months_in_both_languages():
    assert long_day(date(2026, 11, 21)) == "Sabtu, 21 November 2026"
    assert month_name("2026-10") == month_name(date(2026, 10, 31)) == "Oktober 2026"
    assert short_day(date(2026, 10, 5)) == "05/10/2026"
    locale.use("en")
    assert long_day(date(2026, 11, 21)) == "Saturday, 21 November 2026"
    assert month_name("2026-10") == "October 2026"


def test_a_time_is_shown_in_the_rooms_zone():
    assert clock_zone(LATE, "Asia/Jakarta") == "06.05 WIB"
    assert clock_zone(LATE, "Asia/Makassar") == "07.05 WITA"
    assert clock_zone(LATE, "Asia/Jayapura") == "08.05 WIT"
    assert long_day(LATE, "Asia/Pontianak") == "Minggu, 22 November 2026"
    assert short_day(LATE) == "21/11/2026"
    locale.use("en")
    assert clock(LATE, "Asia/Jakarta") == "06:05"


@pytest.mark.parametrize(
    ("length", "words", "watch"),
    [
        (timedelta(minutes=42), "42 menit", "0:42:00"),
        (timedelta(hours=1, minutes=5, seconds=59), "1 jam 05 menit", "1:05:59"),
        (timedelta(hours=1, minutes=2, seconds=3), "1 jam 02 menit", "1:02:03"),
        (timedelta(seconds=30), "30 detik", "0:00:30"),
        (timedelta(days=1, hours=2), "26 jam 00 menit", "26:00:00"),
        (timedelta(minutes=-3), "-3 menit", "-0:03:00"),
    ],
)
def test_lengths_of_time(length, words, watch):
    assert span(length) == words
    assert stopwatch(length) == watch


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2199, 12, 31)))
def test_a_day_is_read_back_however_it_was_written(day):
    for name in locale.LANGUAGES:
        locale.use(name)
        month = month_name(day).split()[0]
        for text in (
            long_day(day),
            short_day(day),
            day.isoformat(),
            f"{day.day}/{day.month}/{day.year}",
            f"{day.day:02}.{day.month:02}.{day.year}",
            f"{day.day}-{month[:3]}-{day.year}",
            f"{month} {day.day}, {day.year}",
        ):
            assert read_day(text) == day


def test_dates_are_day_first_and_old_spellings_are_known():
    assert read_day("5/10/2026") == date(2026, 10, 5)
    for text in ("21 Nop 2026", "21 nopember 2026", "21-Nov-2026", " sabtu , 21  November 2026", "Sab, 21/11/2026"):
        assert read_day(text) == date(2026, 11, 21)
    assert read_day("1 Agt 2026") == read_day("1 Agustus 2026") == date(2026, 8, 1)
    assert read_day("14 Pebruari 2026") == date(2026, 2, 14)


@pytest.mark.parametrize(
    "text",
    ["", "kemarin", "10/7", "5/10/26", "13/13/2026", "31/2/2026", "2026-13-01", "Jumat, 21 November 2026",
     "21 Novembrr 2026", "2026-10/05", "5/10/2026 09:00", "٥/10/2026"],
)  # fmt: skip
def test_what_is_not_surely_a_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's own refusals are ValueErrors too
        read_day(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("09.00", time(9)), ("09:00", time(9)), ("9", time(9)), ("9.30", time(9, 30)), ("0930", time(9, 30)),
     ("pukul 14.05", time(14, 5)), ("23:59:58", time(23, 59, 58))],
)  # fmt: skip
def test_clock_times_with_dot_or_colon(text, wanted):
    assert read_time(text) == wanted


@pytest.mark.parametrize("text", ["", "24.00", "9.60", "9.5", "930", "pagi", "9,30", "09.00 s.d. selesai", "٩"])
def test_what_is_not_surely_a_time_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        read_time(text)


@given(st.times().map(lambda value: value.replace(microsecond=0)))
def test_a_time_is_read_back(value):
    assert read_time(value.isoformat()) == value
    assert read_time(value.strftime("%H.%M")) == value.replace(second=0)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("hari ini", date(2026, 11, 28)), ("Besok", date(2026, 11, 29)), ("lusa", date(2026, 11, 30)),
        ("yesterday", date(2026, 11, 27)), ("28/11", date(2026, 11, 28)), ("3/1", date(2027, 1, 3)),
        ("5 Juli", date(2026, 7, 5)), ("29/2", date(2028, 2, 29)), ("30/9/2020", date(2020, 9, 30)),
    ],
)  # fmt: skip
def test_a_day_is_said_from_today(typed: str, day: date) -> None:
    today = date(2027, 11, 1) if typed == "29/2" else date(2026, 11, 28)
    assert read_day_near(typed, today) == day


@pytest.mark.parametrize("typed", ["31/11", "29/2", "28", "hari", "11/28", ""])
def test_what_is_no_day_near_today_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="day"):
        read_day_near(typed, date(2026, 11, 28))


@given(today=st.dates(date(1990, 1, 1), date(2150, 1, 1)), ahead=st.integers(-180, 180))
def test_a_day_without_a_year_is_the_nearest(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert read_day_near(f"{day.day}/{day.month}", today) == day
