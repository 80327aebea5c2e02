"""Periods of whole months: month, quarter (triwulan), semester, year, or from one month to another."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vcops.errors import InvalidInput

__all__ = ["Period", "Span", "as_date", "day_text", "month_text"]


def month_text(month: int) -> str:
    """Return YYYYMM as `2026-10`."""
    return f"{month // 100:04}-{month % 100:02}"


def day_text(day: int) -> str:
    """Return YYYYMMDD as `2026-10-05`."""
    return f"{month_text(day // 100)}-{day % 100:02}"


def as_date(day: int) -> date:
    """Return YYYYMMDD as a date. Raises ValueError where there is no such day."""
    return date(day // 10_000, day // 100 % 100, day % 100)


class Span(StrEnum):
    """What a period is called."""

    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"
    OTHER = "other"


_LENGTHS = {1: Span.MONTH, 3: Span.QUARTER, 6: Span.SEMESTER, 12: Span.YEAR}


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, both ends included, each written `YYYY-MM`. The fiscal year is the calendar year."""

    first: str
    last: str

    @classmethod
    def month(cls, text: str) -> Period:
        """Read `2026-10`. Raises InvalidInput."""
        return cls.between(text, text)

    @classmethod
    def quarter(cls, text: str) -> Period:
        """Read `2026-3`: the third quarter. Raises InvalidInput."""
        return cls._part(text, 3, "period.quarter")

    @classmethod
    def semester(cls, text: str) -> Period:
        """Read `2026-2`: July to December. Raises InvalidInput."""
        return cls._part(text, 6, "period.semester")

    @classmethod
    def year(cls, text: str) -> Period:
        """Read `2026`. Raises InvalidInput."""
        if not re.fullmatch(r"\d{4}", text.strip(), re.ASCII):
            raise InvalidInput("period.year", value=text)
        return cls.between(f"{text.strip()}-01", f"{text.strip()}-12")

    @classmethod
    def between(cls, first: str, last: str) -> Period:
        """Read two months, both included. Raises InvalidInput."""
        first, last = _month(first), _month(last)
        if last < first:
            raise InvalidInput("period.backwards", first=first, last=last)
        return cls(first, last)

    @classmethod
    def of(cls, day: date) -> Period:
        """Return the month of a day."""
        return cls.month(f"{day.year:04}-{day.month:02}")

    @classmethod
    def _part(cls, text: str, months: int, code: str) -> Period:
        found = re.fullmatch(r"(\d{4})-([1-4])", text.strip(), re.ASCII)
        if found is None or int(found[2]) * months > 12:
            raise InvalidInput(code, value=text)
        last = int(found[2]) * months
        return cls.between(f"{found[1]}-{last - months + 1:02}", f"{found[1]}-{last:02}")

    @property
    def first_month(self) -> int:
        """YYYYMM of the first month: what a closing, and an entry that belongs to a month, are kept by."""
        return int(self.first.replace("-", ""))

    @property
    def last_month(self) -> int:
        """YYYYMM of the last month."""
        return int(self.last.replace("-", ""))

    @property
    def first_day(self) -> int:
        """YYYYMMDD of the first day."""
        return self.first_month * 100 + 1

    @property
    def last_day(self) -> int:
        """YYYYMMDD of the last day."""
        return self.last_month * 100 + monthrange(int(self.last[:4]), int(self.last[5:]))[1]

    @property
    def months(self) -> Sequence[str]:
        """Every month, `YYYY-MM`."""
        return [f"{index // 12:04}-{index % 12 + 1:02}" for index in range(_index(self.first), _index(self.last) + 1)]

    @property
    def span(self) -> Span:
        """What such a period is called: a quarter begins in January, April, July or October, and so on."""
        length = _index(self.last) - _index(self.first) + 1
        if length in _LENGTHS and _index(self.first) % length == 0:
            return _LENGTHS[length]
        return Span.OTHER

    def neighbour(self, step: int) -> Period:
        """Return the period of equal length `step` periods later (earlier where negative)."""
        length = _index(self.last) - _index(self.first) + 1
        first, last = _index(self.first) + step * length, _index(self.last) + step * length
        if first < 1945 * 12 or last > 9999 * 12 + 11:
            return self
        return Period(f"{first // 12:04}-{first % 12 + 1:02}", f"{last // 12:04}-{last % 12 + 1:02}")


def _month(text: str) -> str:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})", text.strip(), re.ASCII)
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1945:
        raise InvalidInput("period.month", value=text)
    return f"{found[1]}-{int(found[2]):02}"


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
