"""What takes the keys at once, and looks the same to the style rules whether it has them or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual.css.query import NoMatches
from textual.dom import NoScreen

if TYPE_CHECKING:
    from textual.screen import Screen

__all__ = ["Focusing"]


class Focusing:
    """Mixed into a widget, before its base, that has no rule for `:focus`."""

    if TYPE_CHECKING:
        screen: Screen[object]

    def focus(self, scroll_visible: bool = True) -> Self:
        """Take the keys now, so that the next key already comes here; Textual would do it a message later."""
        try:
            self.screen.set_focus(self, scroll_visible=scroll_visible)  # type: ignore[arg-type]
        except (NoScreen, NoMatches):  # not mounted yet, or not any more
            return self
        return self

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Match no rules anew: none asks for the focus."""
