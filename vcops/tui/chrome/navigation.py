"""The second row: the places with their digits."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from vcops.locale import _
from vcops.tui.places import PLACES

__all__ = ["Navigation"]


class Navigation(Widget):
    """Shows where one is; a click goes there too."""

    DEFAULT_CSS = """
    Navigation {
        height: 1;
        background: $panel;
        color: $text-muted;
        padding: 0 2;
    }
    """
    ALLOW_SELECT = False

    current = reactive("")

    class Wanted(Message):
        """Someone clicked on a place."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    def render(self) -> Content:
        """Draw the row, the current place in the accent and underlined."""
        parts: list[tuple[str, str]] = []
        for one in PLACES:
            here = one.id == self.current
            parts += [
                (one.digit, "bold $accent" if here else "$text-muted"),
                (" ", ""),
                (_(one.title), "b u $accent" if here else ""),
                ("  ", ""),
            ]
        return Content.assemble(*parts[:-1])

    def on_click(self, event: events.Click) -> None:
        """Go where the click was."""
        start = self.styles.padding.left
        for one in PLACES:
            width = len(_(one.title)) + 2
            if start <= event.x < start + width:
                self.post_message(self.Wanted(one.id))
            start += width + 2
