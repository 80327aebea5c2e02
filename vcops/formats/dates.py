"""Days, months, clock times and lengths of time: written in the language in use, read day first."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vcops.formats.words import in_words
from vcops.locale import language

__all__ = [
    "clock",
    "clock_zone",
    "long_day",
    "month_name",
    "paper_day",
    "read_day",
    "read_day_near",
    "read_time",
    "short_day",
    "span",
    "stopwatch",
    "written_day",
]

_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
           "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_ALSO = {
    "pebruari": 2, "peb": 2, "agu": 8, "agt": 8, "ags": 8, "agust": 8, "sept": 9, "nop": 11, "nopember": 11,
}  # fmt: skip
"""Older spellings and abbreviations that are not the first three letters."""
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_FROM_TODAY = {"hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1, "lusa": 2, "kemarin": -1, "yesterday": -1}
_DAYS_TOO = {"jum'at": 4, "jumaat": 4, "ahad": 6}


def long_day(day: date | datetime, zone: str | None = None) -> str:
    """Return `Sabtu, 21 November 2026`. With a zone (IANA name), an aware time's day there."""
    day = _day_of(day, zone)
    tongue = language()
    return f"{_DAYS[tongue][day.weekday()]}, {day.day} {_MONTHS[tongue][day.month - 1]} {day.year}"


def paper_day(day: date | datetime, zone: str | None = None) -> str:
    """Return `21 November 2026`, as papers are dated. With a zone (IANA name), an aware time's day there."""
    return long_day(day, zone).partition(", ")[2]


def written_day(day: date) -> dict[str, str]:
    """Return a day in words for a record: `weekday`, `day` (dua puluh tiga), `month` and `year` (dua ribu ...)."""
    tongue = language()
    number_of_day = _ordinal(day.day) if tongue == "en" else in_words(day.day, tongue)
    return {
        "weekday": _DAYS[tongue][day.weekday()],
        "day": number_of_day,
        "month": _MONTHS[tongue][day.month - 1],
        "year": in_words(day.year, tongue),
    }


def short_day(day: date | datetime, zone: str | None = None) -> str:
    """Return `21/11/2026`, day first. With a zone (IANA name), an aware time's day there."""
    day = _day_of(day, zone)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def month_name(month: str | date) -> str:
    """Return `Oktober 2026` for `2026-10` or any day of that month."""
    if isinstance(month, str):
        month = date.fromisoformat(f"{month}-01")
    return f"{_MONTHS[language()][month.month - 1]} {month.year}"


def clock(moment: datetime, zone: str) -> str:
    """Return the clock time in a zone (IANA name): `08.00`, in English `08:00`."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.hour:02}{':' if language() == 'en' else '.'}{local.minute:02}"


def clock_zone(moment: datetime, zone: str) -> str:
    """Return the clock time with the zone's short name: `08.00 WIB`."""
    return f"{clock(moment, zone)} {moment.astimezone(ZoneInfo(zone)).tzname()}"


def span(length: timedelta) -> str:
    """Return a length of time in words, whole minutes: `1 jam 05 menit`, `42 menit`; below a minute in seconds."""
    hour, minute, second = ("h", "min", "s") if language() == "en" else ("jam", "menit", "detik")
    sign = "-" if length < timedelta(0) else ""
    seconds = int(abs(length).total_seconds())
    if seconds < 60:
        return f"{sign}{seconds} {second}"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{sign}{hours} {hour} {minutes:02} {minute}" if hours else f"{sign}{minutes} {minute}"


def stopwatch(length: timedelta) -> str:
    """Return a running length of time: `1:02:03`."""
    sign = "-" if length < timedelta(0) else ""
    minutes, seconds = divmod(int(abs(length).total_seconds()), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def read_day(text: str) -> date:
    """Return a day as people write it. Raises ValueError, also where the weekday does not fit or the year is short.

    Read: `2026-10-05`, `5/10/2026` (day first), `05-10-2026`, `5.10.2026`, `21 November 2026`, `21 Nop 2026`,
    `Sabtu, 21 November 2026`, `October 5, 2026`.
    """
    cleaned = re.sub(r"\s+", " ", text).strip().lower()
    named = re.fullmatch(r"([a-z']+)\s*,\s*(\d.*)", cleaned)
    weekday = _weekday(named[1]) if named else None
    if named and weekday is not None:
        cleaned = named[2]
    day = _numbers_day(cleaned) or _named_day(cleaned)
    if day is None or (weekday is not None and day.weekday() != weekday):
        raise ValueError(f"not a day: {text[:40]!r}")
    return day


def read_day_near(text: str, today: date) -> date:
    """Return a day as people say it on that day, or as `read_day` reads it. Raises ValueError.

    Read too: `hari ini`, `besok`, `lusa`, `kemarin`, `today`, `tomorrow`, `yesterday`, and, without a year, the nearest
    such day: `28/11`, `28 November`.
    """
    said = " ".join(text.lower().split())
    if said in _FROM_TODAY:
        return today + timedelta(days=_FROM_TODAY[said])
    if re.fullmatch(r"\d{1,2}/\d{1,2}|\d{1,2} [a-z]+", said):
        mark = "/" if "/" in said else " "
        near = []
        for year in (today.year - 1, today.year, today.year + 1):
            with suppress(ValueError):  # the 29th of February, in a year without one
                near.append(read_day(f"{said}{mark}{year}"))
        if near:
            return min(near, key=lambda day: abs(day - today))
    return read_day(text)


def read_time(text: str) -> time:
    """Return a clock time: `09.00`, `09:00`, `0900`, `9.30`, `9`, `pukul 09.00`. Raises ValueError."""
    cleaned = re.sub(r"^(pukul|pkl\.?|jam)\s+", "", text.strip().lower())
    found = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2})(?:[.:](\d{2}))?)?", cleaned) or re.fullmatch(
        r"(\d{2})(\d{2})()", cleaned
    )
    if found is None or not cleaned.isascii():
        raise ValueError(f"not a time: {text[:40]!r}")
    return time(int(found[1]), int(found[2] or 0), int(found[3] or 0))


def _ordinal(value: int) -> str:
    """Return an English ordinal in words, from 1 to 31."""
    tens, dash, ones = in_words(value, "en").rpartition("-")
    if ones in _ORDINALS:
        return f"{tens}{dash}{_ORDINALS[ones]}"
    return f"{tens}{dash}{ones.removesuffix('y')}{'ie' if ones.endswith('y') else ''}th"


def _day_of(day: date | datetime, zone: str | None) -> date:
    if isinstance(day, datetime):
        return day.astimezone(ZoneInfo(zone)).date() if zone else day.date()
    return day


def _numbers_day(text: str) -> date | None:
    if not text.isascii():
        return None
    if found := re.fullmatch(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", text):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", text):
        return date(int(found[4]), int(found[3]), int(found[1]))
    return None


def _named_day(text: str) -> date | None:
    found = re.fullmatch(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})", text)
    if found:
        day, name, year = found[1], found[2], found[3]
    elif found := re.fullmatch(r"([a-z]+)\.? (\d{1,2}), ?(\d{4})", text):
        day, name, year = found[2], found[1], found[3]
    else:
        return None
    month = _month(name)
    return date(int(year), month, int(day)) if month else None


def _month(name: str) -> int | None:
    if name in _ALSO:
        return _ALSO[name]
    for months in _MONTHS.values():
        for place, month in enumerate(months, 1):
            if name in {month.lower(), month[:3].lower()}:
                return place
    return None


def _weekday(name: str) -> int | None:
    if name in _DAYS_TOO:
        return _DAYS_TOO[name]
    for days in _DAYS.values():
        for place, day in enumerate(days):
            if name in {day.lower(), day[:3].lower()}:
                return place
    return None
