"""The rows of a tally in lines: name, meetings, people, gross amount, and a bar for the eye."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from vcops.formats import number, rupiah
from vcops.locale import _, language
from vcops.tui.plain import Cell, clean
from vcops.tui.widgets.sheet import Row
from vcops.tui.widgets.table import fit
from vcops.wording.terms import grouping_name, key_name

if TYPE_CHECKING:
    from vcops.domain.savings import Total
    from vcops.domain.tally import Tally, TallyRow

__all__ = ["bar", "heading", "ordered", "row_lines"]

_LONGEST_BAR, _SHORTEST_BAR = 40, 5
_LEAST_NAME = 14
_GAP = "  "


class _Widths:
    """The columns' widths for a tally and a width of the whole."""

    def __init__(self, tally: Tally, width: int) -> None:
        totals = [total for row in tally.rows for total in row.totals]
        self.meetings = max(len(_("Meetings")), *(len(number(row.meetings)) for row in tally.rows), 0)
        self.people = max(len(_("People")), *(len(number(row.participants)) for row in tally.rows), 0)
        self.money = max((len(_said(total)) for total in totals), default=0)
        numbers = [one for one in (self.meetings, self.people, self.money) if one]
        spare = width - sum(numbers) - len(_GAP) * len(numbers)
        longest = (
            max(Content(clean(key_name(tally.by or "", row.key))).cell_length for row in tally.rows)
            if tally.rows
            else 0
        )
        wanted = max(_LEAST_NAME, longest, len(grouping_name(tally.by or "")))
        # Names come first; a bar too short to tell anything is left out.
        self.name = max(_LEAST_NAME, min(wanted, spare))
        left = spare - self.name - len(_GAP)
        self.bar = min(_LONGEST_BAR, left) if left >= _SHORTEST_BAR else 0


def heading(tally: Tally, width: int) -> list[Row]:
    """Return the titles of the columns."""
    widths = _Widths(tally, width)
    titles = [
        Cell(fit(grouping_name(tally.by or ""), widths.name, right=False), "strong"),
        Cell(_GAP + fit(_("Meetings"), widths.meetings, right=True), "dim"),
        Cell(_GAP + fit(_("People"), widths.people, right=True), "dim"),
    ]
    if widths.money:
        titles.append(Cell(_GAP + fit(_("Gross"), widths.money, right=True), "dim"))
    return [titles]


def row_lines(tally: Tally, width: int, cursor: str | None = None) -> list[Row]:
    """Return a line a row, most meetings first, months in their order; the row whose key is `cursor` is marked.

    Where the period has several totals, each of a row's has a line of its own under its name, since amounts of
    different tariffs or years are never added up. The bar scales the number beside it.
    """
    widths = _Widths(tally, width)
    money = [total.gross for row in tally.rows for total in row.totals]
    most_money, most_people = max(money, default=0), max((row.participants for row in tally.rows), default=0)
    lines: list[Row] = []
    for row in ordered(tally):
        alone = row.totals[0] if len(row.totals) == 1 and _one_each(tally) else None
        numbers = [
            Cell(fit(key_name(tally.by or "", row.key), widths.name, right=False), "" if row.key else "dim"),
            Cell(_GAP + fit(number(row.meetings), widths.meetings, right=True)),
            Cell(_GAP + fit(number(row.participants), widths.people, right=True)),
        ]
        if alone is not None:
            numbers.append(_money(alone, widths))
            numbers.append(Cell(_GAP + bar(alone.gross, most_money, widths.bar), "accent"))
        elif not widths.money:
            numbers.append(Cell(_GAP + bar(row.participants, most_people, widths.bar), "accent"))
        if row.key == cursor:
            numbers = [Cell("".join(one.text for one in numbers), "cursor")]
            numbers.append(Cell(" " * max(0, width - cell_len(numbers[0].text)), "cursor"))
        lines.append(numbers)
        if alone is None:
            lines += [_under(total, widths, most_money) for total in row.totals]
    return lines


def bar(value: int, most: int, width: int) -> str:
    """Return a bar as long as `value` is of `most`, in halves of a cell; the smallest amount still shows."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    halves = max(1, value * width * 2 // most)
    return "━" * (halves // 2) + "╸" * (halves % 2)


def ordered(tally: Tally) -> Sequence[TallyRow]:
    """Return the rows as they stand below each other."""
    if tally.by == "month":
        return tally.rows
    return sorted(tally.rows, key=lambda row: (-row.meetings, key_name(tally.by or "", row.key).casefold()))


def _one_each(tally: Tally) -> bool:
    """Whether a row's one amount needs no name beside it: the whole period has one total, or rows are months."""
    return len(tally.totals) == 1 or tally.by == "month"


def _money(total: Total, widths: _Widths) -> Cell:
    return Cell(_GAP + fit(_said(total), widths.money, right=True))


def _said(total: Total) -> str:
    return rupiah(total.gross) if total.valued else _("not counted")


def _under(total: Total, widths: _Widths, most: int) -> Row:
    """Return the line of one of several totals."""
    name = f"  {total.tariff.title.said(language())}, {total.year}"
    wide = widths.name + widths.meetings + widths.people + 2 * len(_GAP)
    return [
        Cell(fit(clean(name), wide, right=False), "dim"),
        _money(total, widths),
        Cell(_GAP + bar(total.gross, most, widths.bar), "accent"),
    ]
