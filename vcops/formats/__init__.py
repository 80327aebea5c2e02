"""How numbers, rupiah and dates are written and read, the Indonesian way first. Knows no database and no screen."""

from vcops.formats.dates import (
    clock,
    clock_zone,
    long_day,
    month_name,
    paper_day,
    read_day,
    read_day_near,
    read_time,
    short_day,
    span,
    stopwatch,
    written_day,
)
from vcops.formats.numbers import number, read_decimal, read_number
from vcops.formats.rupiah import read_rupiah, rupiah
from vcops.formats.words import in_words, rupiah_in_words

__all__ = [
    "clock",
    "clock_zone",
    "in_words",
    "long_day",
    "month_name",
    "number",
    "paper_day",
    "read_day",
    "read_day_near",
    "read_decimal",
    "read_number",
    "read_rupiah",
    "read_time",
    "rupiah",
    "rupiah_in_words",
    "short_day",
    "span",
    "stopwatch",
    "written_day",
]
