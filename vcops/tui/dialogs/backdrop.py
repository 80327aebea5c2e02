"""What stands behind a dialog: the screen under it, dimmed. Drawn once, and again only where that screen changes."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip

__all__ = ["Backdrop"]


class Backdrop:
    """The lines of the screen behind, kept until it has changed.

    Textual's own draws them anew with every picture of the dialog, through Rich: 15 ms each of the three pictures that
    an opening takes (measured at 120x40); what a widget draws goes through its cache of lines besides, 2 ms more.
    """

    def __init__(self, behind: Screen[object], color: Color) -> None:
        self.behind, self.color = behind, color
        self._lines: list[Strip] = []
        self._size = Size()

    def lines(self, region: Region) -> list[Strip]:
        """Return a part of the lines behind in their dimmed styles, without links."""
        if self._size != self.behind.size:
            self._size = self.behind.size
            drawn = self.behind._compositor.render_strips()  # noqa: SLF001 - the only road to what a screen has drawn
            self._lines = [self._dim(line).adjust_cell_length(self._size.width) for line in drawn]
        lines = self._lines[region.y : region.bottom]
        if region.column_span == (0, self._size.width):
            return lines
        return [line.crop(region.x, region.right) for line in lines]

    def _dim(self, line: Strip) -> Strip:
        dimmed = [Segment(text, _dimmed(style or Style(), self.color)) for text, style, _control in line]
        return Strip(dimmed, line.cell_length)


@lru_cache(maxsize=1024)
def _dimmed(style: Style, color: Color) -> Style:
    (dimmed,) = BackgroundScreen.process_segments([Segment("", style)], color)
    return dimmed.style or Style()
