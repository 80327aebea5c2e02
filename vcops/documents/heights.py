"""How high a section will be at most, reckoned from its letters.

The typesetter knows it exactly, but only by setting the section twice, which takes longer than all that Python does for
the paper. So it is asked where this bound leaves the answer open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["surely_below"]

_MARGINS = 45.0
_HEADING = 14.0
_LETTER, _SMALL_LETTER = 2.5, 2.1
"""Millimetres of a capital, in running text (10.5 pt) and in a table (9 pt); nearly every letter is narrower."""
_LINE, _SMALL_LINE = 4.9, 3.8
_GAP, _ROW, _CELL = 4.0, 3.2, 3.6
"""Around a block, above and below a row's lines, left and right of a cell's."""


def surely_below(section: Mapping[str, Any], high: float, page_width: float) -> bool:
    """Whether a section takes less than so many millimetres, whatever its letters; `shares` must stand in its tables.

    False says nothing: it may be higher, or hold what no letters tell of.
    """
    width, left = page_width - _MARGINS, high - _HEADING
    for block in section["blocks"]:
        most = _block(block, width)
        if most is None:
            return False
        left -= most + _GAP
    return left > 0


def _block(block: Mapping[str, Any], width: float) -> float | None:
    if block["kind"] == "paragraph":
        return _LINE * _lines(block["text"], width / _LETTER)
    if block["kind"] == "pairs":
        label = max((len(name) for name, _value in block["rows"]), default=0) * _LETTER
        return sum(_ROW + _LINE * _lines(value, (width - label) / _LETTER) for _name, value in block["rows"])
    return _table(block, width) if block["kind"] == "table" else None


def _table(block: Mapping[str, Any], width: float) -> float:
    heads = [column["title"] for column in block["columns"]]
    rows = [row["cells"] for row in block["rows"]]
    columns = _widths(block["shares"], [heads, *rows], width)
    return sum(
        _ROW + _SMALL_LINE * max(_lines(text, room) for text, room in zip(cells, columns, strict=False))
        for cells in (heads, *rows)
    )


def _widths(shares: Sequence[int], rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Return how many letters each column takes in a line: what does not share is as wide as its longest line."""
    needs = [_longest(cells[at] for cells in rows) for at in range(len(shares))]
    left = width - sum(_CELL + need * _SMALL_LETTER for need, share in zip(needs, shares, strict=True) if not share)
    flexible = max(1, sum(shares))
    return [
        max(1.0, (left * share / flexible - _CELL) / _SMALL_LETTER) if share else float(max(1, need))
        for need, share in zip(needs, shares, strict=True)
    ]


def _longest(texts: Iterable[str]) -> int:
    return max((len(line) for text in texts for line in text.split("\n")), default=0)


def _lines(text: str, room: float) -> int:
    """Return the lines that a text takes at most: one that is broken may leave half of each empty."""
    return sum(1 if len(line) <= room else int(2 * len(line) / max(1.0, room)) + 1 for line in text.split("\n"))
