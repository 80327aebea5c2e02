"""What stands behind a dialog: the screen under it, dimmed. Drawn once, and again only where that screen changes."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.visual import RenderOptions, Visual

__all__ = ["Backdrop"]


class Backdrop(Visual):
    """The lines of the screen behind, kept until it has changed.

    Textual's own draws them anew with every picture of the dialog, through Rich: 15 ms each of the three pictures that
    an opening takes (measured at 120x40).
    """

    def __init__(self, behind: Screen[object], color: Color) -> None:
        self.behind, self.color = behind, color
        self._lines: list[Strip] = []
        self._size = Size()

    def get_optimal_width(self, rules: object, container_width: int) -> int:  # noqa: ARG002
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: object, width: int) -> int:  # noqa: ARG002
        """As high as the screen behind."""
        return self.behind.size.height

    def render_strips(
        self,
        width: int,
        height: int | None,
        style: VisualStyle,  # noqa: ARG002
        options: RenderOptions,  # noqa: ARG002
    ) -> list[Strip]:
        """Return the lines behind in their dimmed styles, without links."""
        if self._size != self.behind.size:
            self._size = self.behind.size
            drawn = self.behind._compositor.render_strips()  # noqa: SLF001 - the only road to what a screen has drawn
            self._lines = [self._dim(line) for line in drawn]
        return [line.adjust_cell_length(width) for line in self._lines[:height]]

    def _dim(self, line: Strip) -> Strip:
        dimmed = [Segment(text, _dimmed(style or Style(), self.color)) for text, style, _control in line]
        return Strip(dimmed, line.cell_length)


@lru_cache(maxsize=1024)
def _dimmed(style: Style, color: Color) -> Style:
    (dimmed,) = BackgroundScreen.process_segments([Segment("", style)], color)
    return dimmed.style or Style()
