"""Plain text that fits the paper: wrapped paragraphs, centred lines, tables with right-aligned numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

__all__ = ["WIDTH", "Column", "centred", "pairs", "table", "wrapped"]

WIDTH = 80
_GAP = "  "
_NARROWEST = 8
_LONGEST_WORD = 20
"""Letters of a word that a flexible column makes room for, so that it is not broken."""


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. A flexible one takes what the others leave and wraps; there should be one at least."""

    title: str
    right: bool = False
    flexible: bool = False


def wrapped(text: str, *, indent: str = "", width: int = WIDTH) -> list[str]:
    """Return a text's lines, each paragraph wrapped; `indent` stands before all but the first."""
    found: list[str] = []
    for paragraph in text.splitlines() or [""]:
        found += textwrap.wrap(paragraph, width, subsequent_indent=indent) or [""]
    return found


def centred(text: str) -> list[str]:
    """Return a text's lines in the middle of the paper."""
    return [line.center(WIDTH).rstrip() for line in wrapped(text)]


def pairs(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return `label : value` lines with the colons below each other."""
    listed = list(rows)
    widest = max((len(label) for label, _value in listed), default=0)
    found: list[str] = []
    for label, value in listed:
        found += wrapped(f"{label:<{widest}} : {value}", indent=" " * (widest + 3))
    return found


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a header, a rule, and the rows; flexible columns wrap so that nothing is wider than the paper."""
    widths = _widths(columns, rows)
    titles = _row(columns, widths, [column.title for column in columns])
    found = [*titles, _GAP.join("-" * width for width in widths)]
    for row in rows:
        found += _row(columns, widths, row)
    return found


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
    natural = [
        max(len(column.title), *(len(row[place]) for row in rows), 1) if rows else max(len(column.title), 1)
        for place, column in enumerate(columns)
    ]
    free = WIDTH - len(_GAP) * (len(columns) - 1)
    free -= sum(width for column, width in zip(columns, natural, strict=True) if not column.flexible)
    places = [place for place, column in enumerate(columns) if column.flexible]
    least = {place: min(natural[place], max(_NARROWEST, _longest_word(place, rows))) for place in places}
    if sum(least.values()) > free:
        least = {place: min(natural[place], _NARROWEST) for place in places}
    # The narrow ones take what they need; the wide ones share the rest.
    kept = sum(least.values())
    for done, place in enumerate(sorted(places, key=lambda one: natural[one])):
        kept -= least[place]
        share = min(free // (len(places) - done), free - kept)
        natural[place] = max(min(natural[place], share), least[place])
        free -= natural[place]
    return natural


def _longest_word(place: int, rows: Sequence[Sequence[str]]) -> int:
    return min(_LONGEST_WORD, max((len(word) for row in rows for word in row[place].split()), default=0))


def _row(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str]) -> list[str]:
    parts = [wrapped(cell, width=width) for cell, width in zip(cells, widths, strict=True)]
    return [
        _GAP.join(
            cell.rjust(width) if column.right else cell.ljust(width)
            for cell, width, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        for line in zip_longest(*parts, fillvalue="")
    ]
