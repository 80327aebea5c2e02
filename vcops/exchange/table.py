"""A table out of a file: CSV in the encodings that offices produce, or a spreadsheet's first filled sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vcops.errors import InvalidInput
from vcops.exchange.columns import known_headings

__all__ = ["Line", "Table", "read_table"]

MOST_BYTES = 50_000_000
"""Ten thousand meetings are 2 MB; a larger file is another one."""
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEPARATORS = ",;\t"
_LINES_BEFORE_HEADER = 20
"""Letterheads and titles that may stand above the table."""

Cell = Any
"""Text out of CSV; text, number, date, time or truth value out of a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row and the number of the line or row it stands in, from 1."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and what stands below it. `encoding` is empty for a spreadsheet."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str = ""


def read_table(path: Path) -> Table:
    """Read a file, whatever its suffix. Raises InvalidInput naming what is wrong with it."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InvalidInput("import.too_large", file=str(path), most=MOST_BYTES // 1_000_000)
        raw = path.read_bytes()
    except OSError as error:
        raise InvalidInput("import.unreadable", file=str(path), said=error.strerror or str(error)) from error
    if raw.startswith(_SPREADSHEETS):
        return _below_header(path, _spreadsheet(path, raw), "")
    text, encoding = _decoded(path, raw)
    return _below_header(path, _csv_lines(path, text), encoding)


def _decoded(path: Path, raw: bytes) -> tuple[str, str]:
    """Return the text and its encoding: UTF-8, UTF-16 where a mark says so, else the one of old Windows programs."""
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16"), "UTF-16"
        if b"\x00" in raw:
            raise InvalidInput("import.not_text", file=str(path))
        try:
            return raw.decode("utf-8-sig"), "UTF-8"
        except UnicodeDecodeError:
            return raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as error:
        raise InvalidInput("import.not_text", file=str(path)) from error


def _csv_lines(path: Path, text: str) -> Iterator[Line]:
    skipped = 0
    if text[:4].lower() == "sep=":  # what Excel itself puts first to say its separator
        said, _newline, text = text.partition("\n")
        separator, skipped = said.strip()[4:5] or ",", 1
    else:
        separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        number = skipped
        for cells in reader:
            # A row may span lines; it is named by the one it begins on.
            yield Line(number + 1, cells)
            number = skipped + reader.line_num
    except csv.Error as error:
        raise InvalidInput("import.bad_csv", file=str(path), line=number + 1, said=str(error)) from error


def _separator(text: str) -> str:
    """Return what separates the cells of the line that looks most like a header."""
    best = (0, 0, ",")
    for line in text.splitlines()[:_LINES_BEFORE_HEADER]:
        for separator in _SEPARATORS:
            cells = [cell.strip().strip('"') for cell in line.split(separator)]
            found = (known_headings(cells), len(cells), separator)
            if found[:2] > best[:2]:
                best = found
    return best[2]


def _spreadsheet(path: Path, raw: bytes) -> Iterator[Line]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(raw))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                yield from (Line(number, row) for number, row in enumerate(rows, 1))
                return
    except (python_calamine.CalamineError, ValueError) as error:
        raise InvalidInput("import.bad_sheet", file=str(path), said=str(error)[:120]) from error


def _below_header(path: Path, lines: Iterable[Line], encoding: str) -> Table:
    """Cut the table at its header: the row of the first ones that has the most headings we know, at least two."""
    every = [line for line in lines if any(str(cell).strip() for cell in line.cells)]
    if not every:
        raise InvalidInput("import.empty", file=str(path))
    first = every[:_LINES_BEFORE_HEADER]
    known = [known_headings([str(cell) for cell in line.cells]) for line in first]
    place = known.index(max(known)) if max(known) > 1 else 0
    header = tuple(str(cell).strip() for cell in first[place].cells)
    return Table(header, tuple(every[place + 1 :]), encoding)
