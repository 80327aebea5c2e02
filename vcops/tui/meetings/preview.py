"""What an import would store, and every fault by line and column; nothing is stored before it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from vcops.formats import number
from vcops.locale import _, ngettext
from vcops.tui.dialogs.base import Dialog, head, hint
from vcops.tui.plain import Cell
from vcops.tui.sentences import explain
from vcops.tui.widgets.table import Column, Line, Table

if TYPE_CHECKING:
    from vcops.domain.exchange import ImportFault, ImportResult

__all__ = ["PreviewDialog"]


class PreviewDialog(Dialog[bool]):
    """Answers True to store; with faults it can only be closed."""

    DEFAULT_CSS = """
    PreviewDialog {
        & > .panel { width: 96; height: auto; max-height: 90%; }
        Table { height: auto; max-height: 14; background: $panel; margin: 1 0 0 0; }
        .bad { color: $text-error; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "store", show=False), Binding("n,t", "leave", show=False)]

    def __init__(self, seen: ImportResult) -> None:
        super().__init__()
        self._seen = seen
        self.news = max(0, seen.rows - seen.already_there - seen.repeats - len({one.line for one in seen.faults}))
        self.may_store = not seen.faults and self.news > 0

    def compose(self) -> ComposeResult:
        """Build the sums, the table, the keys."""
        with Vertical(classes="panel"):
            yield head(self._title(), self._seen.file)
            yield Table()
            if self.may_store:
                yield hint(("y", _("store them")), ("Esc", _("leave it")))
            else:
                yield hint(("j k", _("scroll")), ("Esc", _("close")))

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(Table)
        if self._seen.faults:
            columns = [Column(_("Line"), 5, right=True), Column(_("Column"), 14), Column(_("What is wrong"))]
            table.show((_fault_line(one) for one in self._seen.faults), columns)
        else:
            table.show(self._sums(), [Column(width=34), Column()])
        table.focus()

    def _title(self) -> str:
        seen = self._seen
        if seen.faults:
            told = ngettext("{count} fault; nothing is stored", "{count} faults; nothing is stored", len(seen.faults))
            return told.format(count=number(len(seen.faults)))
        if not self.news:
            return _("Nothing new in this file")
        told = ngettext("{count} meeting would be stored", "{count} meetings would be stored", self.news)
        return told.format(count=number(self.news))

    def _sums(self) -> list[Line]:
        seen = self._seen
        rows = [
            (_("Rows in the file"), number(seen.rows)),
            (_("New meetings"), number(self.news)),
            (_("Already stored"), number(seen.already_there) if seen.already_there else ""),
            (_("Repeated in the file"), number(seen.repeats) if seen.repeats else ""),
            (_("New units"), ", ".join(seen.new_units)),
            (_("New rooms"), ", ".join(seen.new_rooms)),
            (_("Columns that are left aside"), ", ".join(seen.unknown_columns)),
        ]
        lines = [Line(str(place), (Cell(label, "dim"), value)) for place, (label, value) in enumerate(rows) if value]
        for one in seen.near:
            told = _("{new}: did you mean {known}?").format(new=one.new, known=one.known)
            lines.append(Line(f"near-{one.column}-{one.new}", (Cell(_("Perhaps mistyped"), "warn"), told)))
        return lines

    def action_store(self) -> None:
        """Store it."""
        if self.may_store:
            self.dismiss(True)

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Enter is no confirmation: it would be pressed by habit."""
        event.stop()


def _fault_line(fault: ImportFault) -> Line:
    said = explain(fault.error.code, {**fault.error.params, "column": fault.heading})
    message = said.message.split(";")[0].rstrip(".").removeprefix(f"{fault.heading}: ")  # it stands beside it
    value = str(fault.error.params.get("value") or "")
    text = f"{message}: {value}" if value and value not in message else message
    return Line(
        f"{fault.line}-{fault.heading}-{fault.error.code}", (Cell(number(fault.line), "strong"), fault.heading, text)
    )
