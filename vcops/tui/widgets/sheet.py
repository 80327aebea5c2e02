"""A block of laid-out lines as tall as it needs to be; it is laid out anew for each width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from vcops.tui.plain import TONES, Cell, clean
from vcops.tui.widgets.table import fit

__all__ = ["Layout", "Row", "Sheet", "across", "drawn", "wrapped"]

Row = Sequence[Cell]
"""One line: texts with their tones, already as wide as they should be."""
Layout = Callable[[int], Sequence[Row]]
"""Returns the lines for a width in cells."""


class Sheet(Widget):
    """Draws what its layout returns."""

    DEFAULT_CSS = "Sheet { height: auto; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._layout: Layout = lambda _width: ()
        self._laid_out: tuple[int, Sequence[Row]] | None = None

    def show(self, layout: Layout) -> None:
        """Draw this from now on."""
        self._layout = layout
        self.refresh(layout=True)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Lay out anew."""
        self._laid_out = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are at this width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(drawn(row) for row in self._lines(self.content_size.width))

    def _lines(self, width: int) -> Sequence[Row]:
        """Return the lines; their number is asked for before they are drawn, and once is enough."""
        if self._laid_out is None or self._laid_out[0] != width:
            self._laid_out = width, self._layout(width)
        return self._laid_out[1]


def drawn(row: Row) -> Content:
    """Return a line in its tones. What people wrote stays as it is."""
    return Content.assemble(*((clean(cell.text), TONES[cell.tone]) for cell in row))


def across(width: int, left: Row, right: Row) -> Row:
    """Return a line with one part on the left and one on the right; the left one is cut where both do not fit."""
    taken = sum(Content(clean(cell.text)).cell_length for cell in right)
    spare = max(0, width - taken)
    kept: list[Cell] = []
    for cell in left:
        length = Content(clean(cell.text)).cell_length
        if length > spare:
            kept.append(Cell(fit(clean(cell.text), spare, right=False), cell.tone))
            spare = 0
            break
        kept.append(cell)
        spare -= length
    return [*kept, Cell(" " * spare), *right]


def wrapped(text: str, width: int, tone: str = "") -> list[Row]:
    """Return a text over as many lines as it needs."""
    return [[Cell(line.plain.rstrip(), tone)] for line in Content(clean(text)).wrap(max(10, width))]
