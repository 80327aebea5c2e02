"""The keys of a list for something that only scrolls."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from vcops.tui.bindings import bindings
from vcops.tui.commands import LISTS

__all__ = ["SCROLL_KEYS", "Scrolling"]

SCROLL_KEYS: list[BindingType] = bindings(one for one in LISTS if one.id != "list.choose")
"""Bindings for the actions of `Scrolling`."""


class Scrolling:
    """Mixed into a place or a dialog: the keys move `scrolled`."""

    SCROLLED: ClassVar[str]
    """Selector of what scrolls."""

    @property
    def scrolled(self) -> VerticalScroll:
        """What the keys move."""
        found: VerticalScroll = self.query_one(self.SCROLLED, VerticalScroll)  # type: ignore[attr-defined]
        return found

    def action_down(self) -> None:
        """A line down."""
        self.scrolled.scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        """A line up."""
        self.scrolled.scroll_relative(y=-1, animate=False)

    def action_page_down(self) -> None:
        """A page on."""
        self.scrolled.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """A page back."""
        self.scrolled.scroll_page_up(animate=False)

    def action_top(self) -> None:
        """To the first line."""
        self.scrolled.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """To the last line."""
        self.scrolled.scroll_end(animate=False)
