"""A workbook in the office's own dress: typed cells, formats, and a formula beside the value that it comes to.

Texts are written as texts, whatever they begin with, so that nothing typed by people is ever calculated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from vcops.formats import rupiah

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["EXACT", "Styles", "high_enough", "open_book", "paper", "put_amount", "put_text"]

EXACT = 10**15
"""From here on a spreadsheet, which keeps fifteen digits, would round: such an amount is written as text."""
_LONGEST = 32_767
"""Letters in one cell."""
_FOOTER = 220
"""Letters in a footer, which holds 255 with its signs."""
_PAPER = {"a4": 9, "f4": 14}
"""Codes of the file format; folio (8.5 x 13 inches) is what it has for F4."""


@contextmanager
def open_book(stream: IO[bytes], *, title: str, author: str, made: datetime) -> Iterator[Workbook]:
    """Yield a workbook that is written row by row, each row once, and closed at the end. Raises OSError."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(
        stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "author": author, "created": made.replace(tzinfo=None)})
    yield book
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


class Styles:
    """The formats of one workbook: headings, borders, numbers, dates, rupiah."""

    def __init__(self, book: Workbook) -> None:
        cell = {"border": 1, "border_color": "#969696", "valign": "top", "font_size": 10}
        head = {**cell, "bold": True, "bg_color": "#EEEEEE", "valign": "vcenter", "text_wrap": True}

        def made(**given: Any) -> Format:
            return book.add_format(given)

        self.office = made(bold=True, font_size=13, align="center")
        self.address = made(font_size=9, align="center")
        self.rule = made(top=6)
        self.title = made(bold=True, font_size=12, align="center")
        self.subtitle = made(font_size=11, align="center")
        self.mark = made(bold=True, font_size=10, align="center", border=1)
        self.heading = made(bold=True, font_size=11)
        self.plain = made(font_size=10)
        self.note = made(font_size=10, bold=True, italic=True)
        self.small = made(font_size=8, font_color="#444444")
        self.wrapped = made(font_size=10, text_wrap=True, valign="top")
        self.name = made(font_size=10, bold=True)
        self.head = made(**head)
        self.head_right = made(**head, align="right")
        self.text = made(**cell)
        self.wide = made(**cell, text_wrap=True)
        self.count = made(**cell, num_format="#,##0")
        self.money = made(**cell, num_format='"Rp"#,##0')
        self.unknown = made(**cell, align="right", italic=True)
        self.day = made(**cell, num_format="dd/mm/yyyy", align="left")
        self.month = made(**cell, num_format="mmm\\ yyyy", align="left")
        self.clock = made(**cell, num_format="hh.mm", align="left")
        total = {**cell, "bold": True, "top": 2}
        self.total = made(**total)
        self.total_count = made(**total, num_format="#,##0")
        self.total_money = made(**total, num_format='"Rp"#,##0')
        self.total_unknown = made(**total, align="right", italic=True)


def put_amount(  # noqa: PLR0913 - a cell and how it is written
    sheet: Worksheet, cell: tuple[int, int], amount: int, style: Format, as_text: Format, formula: str = ""
) -> None:
    """Write rupiah as a number, or as the formula that comes to it; beyond fifteen digits as text."""
    row, column = cell
    if not -EXACT < amount < EXACT:
        sheet.write_string(row, column, rupiah(amount), as_text)
    elif formula:
        sheet.write_formula(row, column, formula, style, amount)
    else:
        sheet.write_number(row, column, amount, style)


def high_enough(sheet: Worksheet, row: int, *texts: tuple[str, int]) -> None:
    """Make a row as high as its texts need, each in a column so many letters wide. Call it before anything else."""
    lines = 1
    for text, width in texts:
        if len(text) > width:
            lines = max(lines, -(-len(text) // width))
    if lines > 1:
        sheet.set_row(row, min(lines, 20) * 13.5)


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text, cut where a cell would refuse it."""
    sheet.write_string(row, column, text[:_LONGEST], style)


def paper(sheet: Worksheet, size: str, *, on_its_side: bool, repeat: int, says: Iterable[str] = ()) -> None:
    """Let a sheet print as wide as the paper, its head on every page, pages numbered; `says` stands below each."""
    sheet.set_paper(_PAPER[size])
    if on_its_side:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(repeat)
    said = "; ".join(one.strip("* ").replace("&", "&&") for one in says)
    sheet.set_footer(f"&L&8&A{'. ' if said else ''}{said[:_FOOTER]}&R&8&P/&N")
