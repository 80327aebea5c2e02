"""What holds others and shows nothing itself: its lines are all the same, so one is drawn for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget

__all__ = ["Ground", "Scroll"]


class Ground:
    """Mixed into a container or a screen, before its base, that has a background and neither border nor text.

    Textual draws each line of each of them, though the widgets on it hide nearly all: most of the lines of a picture.
    (Its own `BLANK` forgets the filters that NO_COLOR and a terminal's own colours ask for.)
    """

    def render_lines(self: Widget, crop: Region) -> list[Strip]:  # type: ignore[misc]
        """Draw a line of the background as often as it is asked for."""
        _beneath, background = self.background_colors
        line = Strip.blank(crop.width, self.visual_style.rich_style)
        for one in self.get_line_filters():
            line = line.apply_filter(one, background)
        return [line] * crop.height


class Scroll(Ground, VerticalScroll, can_focus=False):
    """Scrolls what stands in it; whoever holds it takes the keys."""
