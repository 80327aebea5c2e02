"""A spreadsheet's typed cell as the text that people would have typed into that column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

__all__ = ["cell_text"]

_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day nought has no zone
_LAST_SERIAL = 110_000
"""Day number of a date in 2201; a larger number in a date column is no date."""
_DATES = frozenset({"date", "end_date"})
_TIMES = frozenset({"start", "end"})
_GUARDED = re.compile(r"'+[=+\-@\uff1d\uff0b\uff0d\uff20]")


def cell_text(column: str, cell: Any) -> str:
    """Return the text of a cell. Day numbers and fractions of a day are read in the columns that hold such."""
    if isinstance(cell, str):
        # One apostrophe guards a cell that a spreadsheet would otherwise take for a formula.
        return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell
    for kind, reading in _READERS.items():
        if isinstance(cell, kind):
            return reading(column, cell)
    return "" if cell is None else str(cell)


def _number_text(column: str, value: float) -> str:
    if column in _DATES and 1 <= value < _LAST_SERIAL and value == int(value):
        return (_FIRST_DAY + timedelta(days=int(value))).date().isoformat()
    if column in _TIMES and 0 <= value < 1:
        return _time_text((_FIRST_DAY + timedelta(seconds=round(value * 86_400))).time())
    return str(int(value)) if value == int(value) else str(value)


def _moment_text(column: str, moment: datetime) -> str:
    if column in _DATES:
        return moment.date().isoformat()
    if column in _TIMES:
        return _time_text(moment.time())
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")


def _time_text(value: time) -> str:
    # Spreadsheets keep fractions of a day: 08:59:59.999 is nine o'clock.
    rounded = (datetime.combine(_FIRST_DAY, value) + timedelta(milliseconds=500)).time()
    return rounded.strftime("%H:%M:%S") if rounded.second else rounded.strftime("%H:%M")


_READERS: dict[type, Callable[[str, Any], str]] = {  # a truth value is an int, a moment is a date: those come first
    bool: lambda _column, cell: "yes" if cell else "no",
    int: _number_text,
    float: _number_text,
    datetime: _moment_text,
    date: lambda _column, cell: cell.isoformat(),
    time: lambda _column, cell: _time_text(cell),
    timedelta: lambda _column, cell: _time_text((_FIRST_DAY + cell).time()),
}
