"""Starting: one of the meetings planned around now, or a new one. The moment is that of the key, not of the choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from vcops.domain.overview import MeetingLine
from vcops.formats import clock
from vcops.locale import _
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.plain import Cell, plain
from vcops.tui.widgets.table import Column, Line, Table

__all__ = ["NEW", "StartDialog"]

NEW = "new"
"""The answer that asks for a meeting nobody planned."""


class StartDialog(Dialog[str]):
    """Answers a planned meeting's id, `NEW`, or None where it was left."""

    DEFAULT_CSS = "StartDialog Table { height: auto; max-height: 12; background: $panel; }"

    def __init__(self, planned: Sequence[MeetingLine], at: datetime, zone: str) -> None:
        super().__init__()
        self._planned, self._at, self._zone = planned, at, zone

    def compose(self) -> ComposeResult:
        """Build the list."""
        with Vertical(classes="panel"):
            title = _("Start a meeting at {time}").format(time=clock(self._at, self._zone))
            yield Static(plain(title), classes="title")
            yield Table([Column(width=5), Column(share=3), Column(share=2)])
            yield hint(("Enter", _("start")), ("Esc", _("cancel")))

    def on_mount(self) -> None:
        """Fill it; the cursor stands on the planned meeting that is nearest."""
        lines = [
            Line(
                one.id, (clock(one.start, one.zone) if one.start else "", one.title, Cell(one.room or one.unit, "dim"))
            )
            for one in self._planned
        ]
        table = self.query_one(Table)
        table.show([*lines, Line(NEW, ("", Cell(_("A new one that nobody planned"), "accent"), ""))])
        table.turn_to(self._nearest())
        table.focus()

    def _nearest(self) -> str:
        starts = [(abs(one.start - self._at), one.id) for one in self._planned if one.start is not None]
        return min(starts)[1] if starts else NEW

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Answer the line."""
        event.stop()
        self.dismiss(event.key)
