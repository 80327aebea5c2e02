"""Asks why: the usual reasons are one key away, any other can be typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from vcops.locale import _
from vcops.tui.dialogs.base import Dialog, head, hint
from vcops.tui.widgets.entry import Entry
from vcops.tui.widgets.numbered import DIGITS, Numbered

__all__ = ["ReasonDialog"]


class ReasonDialog(Dialog[str]):
    """Answers the reason, never an empty one; None for escape. The texts are translated already."""

    DEFAULT_CSS = """
    ReasonDialog {
        .head.-explained { margin: 0; }
        Table { max-height: 12; background: $panel; margin: 0 0 1 0; }
        Input { background: $background; }
        Input:focus { background: $block-cursor-background; }
    }
    """

    def __init__(self, title: str, usual: Sequence[str] = (), *, detail: str = "", typed: str = "") -> None:
        """`typed` stands in the line to type in: what could not be stored before."""
        super().__init__()
        self._title, self._usual, self._detail, self._typed_before = title, list(usual)[:DIGITS], detail, typed

    def compose(self) -> ComposeResult:
        """Build the list and the line to type in."""
        with Vertical(classes="panel"):
            yield head(self._title, self._detail)
            yield from self.compose_before()
            if self._usual:
                yield Numbered([(one, one) for one in self._usual])
            yield Entry(self._typed_before, placeholder=_("another reason"), id="reason")
            digits = [(f"1-{len(self._usual)}", _("choose")), ("Tab", _("type"))] if self._usual else []
            yield hint(*digits, ("Enter", _("take it")), ("Esc", _("cancel")))

    def compose_before(self) -> ComposeResult:
        """Yield what else is asked, above the reasons."""
        yield from ()

    def take(self, reason: str) -> None:
        """Close with this reason."""
        self.dismiss(reason)

    def on_mount(self) -> None:
        """Begin in the list; where something was typed before, with that."""
        if self._typed_before:
            self.query_one("#reason", Input).focus()
        elif self._usual:
            self.query_one(Numbered).focus()

    def on_key(self, event: events.Key) -> None:
        """A digit takes a usual reason, unless a text is being typed."""
        typing = isinstance(self.focused, Input)
        if not typing and event.key.isdigit() and 1 <= int(event.key) <= len(self._usual):
            event.stop()
            self.take(self._usual[int(event.key) - 1])

    @on(Numbered.Chosen)
    def _usual_chosen(self, event: Numbered.Chosen) -> None:
        self.take(event.key)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.take(event.value.strip())
