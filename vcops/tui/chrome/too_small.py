"""What is shown instead of everything else while the window is too small."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from vcops.locale import _

__all__ = ["SMALLEST", "TooSmall"]

SMALLEST = (80, 20)
"""Columns and rows below which only a message is shown."""


class _Message(Widget):
    DEFAULT_CSS = "_Message { height: 1fr; padding: 1 2; color: $text-warning; }"

    def render(self) -> Content:
        """Draw the message."""
        return Content(
            _("This window is {width}x{height}. vcops needs {least_width}x{least_height}: make it larger.").format(
                width=self.app.size.width,
                height=self.app.size.height,
                least_width=SMALLEST[0],
                least_height=SMALLEST[1],
            )
        )


class TooSmall(ModalScreen[None]):
    """Lies over the places and the dialogs, which keep their focus; no key reaches them, only quitting works."""

    DEFAULT_CSS = "TooSmall { background: $background; &:ansi { background: ansi_default; } }"

    def compose(self) -> ComposeResult:
        """Say how large the window must be."""
        yield _Message()
