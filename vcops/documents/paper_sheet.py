"""Any paper as rows of a sheet, and as a workbook of one sheet: what stands in words on paper, numbers as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO, TYPE_CHECKING

from vcops.documents.book import Styles, open_book, paper, put_amount, put_text
from vcops.documents.paper import Block, Pairs, Paper, Paragraph, Table
from vcops.formats import read_number, read_rupiah

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from vcops.domain.people import PaperSize

__all__ = ["paper_book", "paper_rows"]

_WIDTHS = (28, 30, 18, 22, 18, 18)
_AMOUNT = re.compile(r"Rp\d{1,3}(?:\.\d{3})*")
_COUNT = re.compile(r"\d{1,3}(?:\.\d{3})*")


def paper_rows(told: Paper) -> list[list[str]]:
    """Return title, sections and code; a row of each pair and of each line of a table, amounts as plain numbers."""
    return [[_bare(cell) for cell in cells] for _kind, cells in _rows(told)]


def paper_book(told: Paper, stream: IO[bytes], made: datetime, size: PaperSize) -> None:
    """Write a paper as a workbook. Raises OSError."""
    with open_book(stream, title=told.title, author=told.office, made=made) as book:
        styles, sheet = Styles(book), book.add_worksheet()
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        rows = list(_rows(told))
        heads = next((at for at, (kind, _cells) in enumerate(rows) if kind == "section"), 1)
        paper(sheet, size, on_its_side=True, repeat=heads)
        sheet.freeze_panes(heads, 0)
        for row, (kind, cells) in enumerate(rows):
            for column, cell in enumerate(cells):
                _cell(sheet, styles, (row, column), kind, cell)


def _cell(sheet: Worksheet, styles: Styles, place: tuple[int, int], kind: str, cell: str) -> None:
    bordered = kind in {"row", "sum"}
    if bordered and _AMOUNT.fullmatch(cell):
        put_amount(sheet, place, read_rupiah(cell), styles.money, styles.unknown)
    elif bordered and _COUNT.fullmatch(cell):
        sheet.write_number(*place, read_number(cell), styles.count)
    else:
        style = {
            "mark": styles.note, "office": styles.name, "title": styles.heading, "section": styles.heading,
            "head": styles.head, "row": styles.wide, "sum": styles.total, "code": styles.small,
        }.get(kind, styles.plain)  # fmt: skip
        put_text(sheet, *place, cell, style)


def _bare(cell: str) -> str:
    """Return an amount or a number without its signs; a spreadsheet reads it as the number that it is."""
    if _AMOUNT.fullmatch(cell):
        return str(read_rupiah(cell))
    return str(read_number(cell)) if _COUNT.fullmatch(cell) else cell


def _rows(told: Paper) -> Iterator[tuple[str, list[str]]]:
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
    for section in (*told.sections, *told.annex):
        yield "", []
        yield "section", [section.title]
        for block in section.blocks:
            yield from _block(block)
    yield "", []
    yield "code", [told.code]


def _block(block: Block) -> Iterator[tuple[str, list[str]]]:
    if isinstance(block, Paragraph):
        yield "text", [block.text]
    elif isinstance(block, Pairs):
        yield from (("row", [label.strip(), value]) for label, value in block.rows)
    elif isinstance(block, Table):
        yield "head", [one.title for one in block.columns]
        yield from (("sum" if row.style == "sum" else "row", list(row.cells)) for row in block.rows)
