"""Any paper as rows of a sheet, and as a workbook of one sheet: what stands in words on paper, numbers as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, TYPE_CHECKING

from vcops.documents.book import Styles, open_book, paper, put_amount, put_text
from vcops.documents.paper import Block, Pairs, Paper, Paragraph, Section, Table
from vcops.formats import read_number, read_rupiah

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from vcops.domain.people import PaperSize

__all__ = ["paper_book", "paper_rows", "put_sections", "section_rows"]

_WIDTHS = (28, 30, 18, 22, 18, 18)
_AMOUNT = re.compile(r"Rp\d{1,3}(?:\.\d{3})*")
_COUNT = re.compile(r"(?:0|[1-9]\d{0,2})(?:[.,]\d{3})*")
_MINUS = "-\N{MINUS SIGN}"
_SIGNS = ("+", *_MINUS)


class Amount(int):
    """Rupiah; a plain int is a number of something else."""


Cell = str | int


def paper_rows(told: Paper) -> list[list[str]]:
    """Return title, sections and code; a row of each pair and of each line of a table, amounts as plain numbers."""
    return [[str(cell) for cell in cells] for _kind, cells in _rows(told)]


def section_rows(sections: Iterable[Section]) -> list[list[str]]:
    """Return the rows of some sections, each below an empty row and its title."""
    return [[str(cell) for cell in cells] for _kind, cells in _sections(sections)]


def put_sections(sheet: Worksheet, styles: Styles, row: int, sections: Iterable[Section]) -> int:
    """Write some sections from a row on; return the row below them."""
    for kind, cells in _sections(sections):
        for column, cell in enumerate(cells):
            _cell(sheet, styles, (row, column), kind, cell)
        row += 1
    return row


def paper_book(told: Paper, stream: IO[bytes], made: datetime, size: PaperSize) -> None:
    """Write a paper as a workbook. Raises OSError."""
    with open_book(stream, title=told.title, author=told.office, made=made) as book:
        styles, sheet = Styles(book), book.add_worksheet()
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        rows = list(_rows(told))
        heads = next((at for at, (kind, _cells) in enumerate(rows) if kind == "section"), 1)
        paper(sheet, size, on_its_side=True, repeat=heads, says=told.marks)
        sheet.freeze_panes(heads, 0)
        for row, (kind, cells) in enumerate(rows):
            for column, cell in enumerate(cells):
                _cell(sheet, styles, (row, column), kind, cell)


def _cell(sheet: Worksheet, styles: Styles, place: tuple[int, int], kind: str, cell: Cell) -> None:
    if isinstance(cell, Amount):
        put_amount(sheet, place, cell, styles.money, styles.unknown)
    elif isinstance(cell, int):
        sheet.write_number(*place, cell, styles.count)
    else:
        style = {
            "mark": styles.note, "office": styles.name, "title": styles.heading, "section": styles.heading,
            "head": styles.head, "row": styles.wide, "sum": styles.total, "code": styles.small,
        }.get(kind, styles.plain)  # fmt: skip
        put_text(sheet, *place, cell, style)


def _read(cell: str, *, counts: bool) -> Cell:
    """Return an amount, or where `counts` stand a number, without its signs; else the text, whatever it looks like."""
    sign, bare = (-1 if cell[0] in _MINUS else 1, cell[1:]) if cell[:1] in _SIGNS else (1, cell)
    if _AMOUNT.fullmatch(bare):
        return Amount(sign * read_rupiah(bare))
    return sign * read_number(bare) if counts and _COUNT.fullmatch(bare) else cell


def _rows(told: Paper) -> Iterator[tuple[str, list[Cell]]]:
    """Yield what stands on the paper, from the top down, each row with what it is."""
    for mark in told.marks:
        yield "mark", [mark]
    if told.office:
        yield "office", [told.office]
    yield "title", [told.title]
    if told.subtitle:
        yield "subtitle", [told.subtitle]
    for block in told.lead:
        yield from _block(block)
    yield from _sections((*told.sections, *told.annex))
    yield "", []
    yield "code", [told.code]


def _sections(sections: Iterable[Section]) -> Iterator[tuple[str, list[Cell]]]:
    for section in sections:
        yield "", []
        yield "section", [section.title]
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[tuple[str, list[Cell]]]:
    if isinstance(block, Paragraph):
        yield "text", [block.text]
    elif isinstance(block, Pairs):  # a letter's number or a title of digits is a text that people typed
        yield from (("row", [label.strip(), _read(value, counts=False)]) for label, value in block.rows)
    elif isinstance(block, Table):
        yield "head", [one.title for one in block.columns]
        for row in block.rows:
            cells = zip(row.cells, block.columns, strict=True)
            read = [_read(cell, counts=True) if column.right else cell for cell, column in cells]
            yield "sum" if row.style == "sum" else "row", read
