"""How well the procedure was kept: each room's months, and the steps that take longer than their standard."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from vcops.domain.compliance import together
from vcops.formats.dates import month_name
from vcops.formats.numbers import number
from vcops.locale import _
from vcops.tui.plain import Cell
from vcops.tui.prepare.paper import Paper
from vcops.tui.widgets.table import fit
from vcops.wording.compliance import headings, share_words, slowest, time_words

if TYPE_CHECKING:
    from vcops.domain.compliance import RoomMonth
    from vcops.operations.workplace import Workplace

__all__ = ["put_kept", "read_kept"]

_MONTHS = 6
"""Months that are shown, this one included: enough to see where it goes."""
_WIDTHS = (13, 13, 17, 16)
"""Of the figures, two blanks before each heading: all of them stand beside each other on the narrowest window."""
_NAME = 14


def read_kept(workplace: Workplace) -> list[RoomMonth]:
    """Read the figures of the last months. Raises StorageError."""
    from vcops.domain.periods import Period
    from vcops.operations import tallies
    from vcops.operations.compliance import by_room_and_month

    now = tallies.current_month(workplace)
    return by_room_and_month(workplace, Period.between(now.neighbour(1 - _MONTHS).first, now.last))


def put_kept(found: Sequence[RoomMonth], width: int) -> Paper:
    """Return the figures, each room's newest month first."""
    paper = Paper(width)
    if not found:
        paper.paragraph(_("Nothing was walked in the last {count} months.").format(count=_MONTHS))
        return paper
    names = headings()
    for room, months in groupby(found, key=lambda one: one.room):
        paper.blank()
        paper.line(Cell(room or _("no room"), "strong"))
        paper.line(Cell(_row(names), "dim"))
        for one in months:
            shares = share_words(one.figures)
            paper.line(Cell(_row((month_name(one.month), number(one.figures.runs), *shares))))
    if late := slowest(together(one.figures for one in found)):
        paper.blank()
        paper.line(Cell(_("Longer than the standard"), "strong"))
        for each in late:
            paper.paragraph(time_words(each))
    return paper


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    figures = (fit(one, wide, right=True) for one, wide in zip(others, _WIDTHS, strict=True))
    return fit(first, _NAME, right=False) + "".join(figures)
