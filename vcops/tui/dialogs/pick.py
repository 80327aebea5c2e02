"""Asks for one of a few answers: each is one key away."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from vcops.locale import _
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.plain import Cell, plain
from vcops.tui.widgets.table import Column, Line, Table

__all__ = ["PickDialog"]

_DIGITS = 9


class PickDialog(Dialog[str]):
    """Answers the value of what was picked; None for escape. The texts are translated already."""

    DEFAULT_CSS = """
    PickDialog {
        .detail { margin: 0 0 1 0; }
        Table { max-height: 12; background: $panel; }
    }
    """

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], *, detail: str = "", value: str = "") -> None:
        """`choices` are (value, label); the cursor begins on `value`."""
        super().__init__()
        self._title, self._choices, self._detail, self._value = title, list(choices), detail, value

    def compose(self) -> ComposeResult:
        """Build the list, filled before it is mounted: one layout draws it all."""
        with Vertical(classes="panel"):
            yield Static(plain(self._title), classes="title")
            if self._detail:
                yield Static(plain(self._detail), classes="detail")
            table = Table([Column(width=1), Column()])
            numbered = enumerate(self._choices, start=1)
            table.show(
                Line(value, (Cell(str(place) if place <= _DIGITS else "", "accent"), label))
                for place, (value, label) in numbered
            )
            table.styles.height = len(self._choices)
            table.turn_to(self._value)
            yield table
            last = min(len(self._choices), _DIGITS)
            yield hint((f"1-{last}", _("choose")), ("Enter", _("take it")), ("Esc", _("cancel")))

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(Table).focus()

    def on_key(self, event: events.Key) -> None:
        """A digit takes its answer at once."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self._choices):
            event.stop()
            self.dismiss(self._choices[int(event.key) - 1][0])

    @on(Table.Chosen)
    def _picked(self, event: Table.Chosen) -> None:
        self.dismiss(event.key)
