"""Asks who goes ahead in spite of what stands in the way, and why."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from vcops.locale import _
from vcops.tui.dialogs.reason import ReasonDialog
from vcops.tui.plain import plain
from vcops.tui.widgets.entry import Entry
from vcops.tui.widgets.numbered import Numbered

__all__ = ["OverrideDialog"]


class OverrideDialog(ReasonDialog):
    """Answers the reason; `name` is then who gives it. Neither is ever empty."""

    DEFAULT_CSS = """
    OverrideDialog {
        #decider { height: 1; margin: 0 0 1 0; }
        #decider Static { width: 16; color: $text-muted; }
        #decider Input { width: 1fr; }
        #decider.-faulty Static { color: $text-error; text-style: bold; }
    }
    """

    def __init__(self, title: str, usual: Sequence[str], *, detail: str, name: str, typed: str = "") -> None:
        super().__init__(title, usual, detail=detail, typed=typed)
        self.name_given = name

    def compose_before(self) -> ComposeResult:
        """Yield the name, which is known already in most offices: the reasons have the keys."""
        with Horizontal(id="decider"):
            yield Static(plain(_("Decided by")))
            yield Entry(self.name_given, id="name")

    @on(Input.Submitted, "#name")
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        event.prevent_default()
        if event.value.strip():
            self.query_one(Numbered).focus()

    def take(self, reason: str) -> None:
        """Close where there is a name too."""
        field = self.query_one("#name", Input)
        if field.value.strip():
            self.name_given = field.value.strip()
            self.dismiss(reason)
        else:
            self.query_one("#decider").add_class("-faulty")
            field.focus()
