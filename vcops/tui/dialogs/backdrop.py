"""What stands behind a dialog: the screen under it, dimmed. Drawn anew with every picture, it must be quick."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen

__all__ = ["Backdrop"]


class Backdrop(BackgroundScreen):
    """Textual's own, except that each style is mixed with the colour once instead of once a piece of text."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """Yield the pieces in their dimmed styles, without links."""
        for segment in segments:
            text, style, control = segment
            yield segment if control else Segment(text, _dimmed(style or Style(), color))


@lru_cache(maxsize=1024)
def _dimmed(style: Style, color: Color) -> Style:
    (dimmed,) = BackgroundScreen.process_segments([Segment("", style)], color)
    return dimmed.style or Style()
