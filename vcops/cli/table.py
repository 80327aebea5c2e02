"""Lists for people: aligned columns, as plain text that survives a pipe."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

__all__ = ["cell_width", "table"]


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Return aligned lines under their headings; the columns in `right` hold numbers and end at the same place."""
    lines = [list(headings), *([_one_line(cell) for cell in row] for row in rows)]
    widths = [max(cell_width(line[place]) for line in lines) for place in range(len(headings))]
    return "\n".join(
        "  ".join(_padded(cell, widths[place], place in right) for place, cell in enumerate(line)).rstrip()
        for line in lines
    )


def _padded(cell: str, width: int, right: bool) -> str:
    space = " " * (width - cell_width(cell))
    return space + cell if right else cell + space


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def cell_width(text: str) -> int:
    """Return the cells a text takes in a terminal: East Asian wide letters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )
