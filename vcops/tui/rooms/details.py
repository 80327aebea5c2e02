"""One room with all that is known of it, and the past walks of its procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from vcops.domain.addresses import redacted
from vcops.domain.overview import RoomLine
from vcops.domain.people import Room, zone_short
from vcops.domain.room_cameras import cameras_shown
from vcops.formats import clock, number, short_day
from vcops.locale import _, language
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.place import deed
from vcops.tui.plain import Cell, plain
from vcops.tui.rooms.lines import decided, standing_cell
from vcops.tui.rooms.reading import past_runs
from vcops.tui.widgets.sheet import Row, Sheet, wrapped
from vcops.tui.widgets.table import Column, Line, Table

if TYPE_CHECKING:
    from vcops.domain.runs import RunLine

__all__ = ["RoomDialog", "facts"]

_LABEL = 20


class RoomDialog(Dialog[str]):
    """Answers `edit`, `prepare`, or None."""

    DEFAULT_CSS = """
    RoomDialog {
        & > .panel { width: 96; }
        .heading { text-style: bold; margin: 1 0 0 0; }
        Table { height: auto; max-height: 10; background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "answer('edit')", show=False),
        Binding("s", "answer('prepare')", show=False),
    ]

    sheet = getters.query_one(Sheet)
    table = getters.query_one(Table)

    def __init__(self, room: Room, standing: RoomLine | None) -> None:
        super().__init__()
        self._room, self._standing = room, standing

    def compose(self) -> ComposeResult:
        """Build the facts and the list of runs."""
        with Vertical(classes="panel"):
            yield Static(plain(self._room.name), classes="title")
            yield Sheet()
            yield Static(_("Past checks"), classes="heading")
            yield Table(
                [
                    Column(width=16),
                    Column(share=2),
                    Column(share=1, from_width=70),
                    Column(width=7, right=True),
                    Column(width=22),
                ]
            )
            yield hint(("e", _("change")), ("s", _("prepare this room")), ("Esc", _("close")))

    def on_mount(self) -> None:
        """Show the facts at once; the runs come after."""
        self.sheet.show(lambda width: facts(self._room, self._standing, width))
        self.table.focus()
        self._fill()

    @deed
    async def _fill(self) -> None:
        found = await self.app.in_store(past_runs, self._room.id)
        empty = Line("", (Cell(_("This room has not been checked yet; s begins."), "dim"),))
        self.table.show([self._run(one) for one in found] or [empty])

    def _run(self, run: RunLine) -> Line:
        from vcops.tui.widgets.verdicts import ready_cell

        zone = self._room.zone
        return Line(
            run.id,
            (
                f"{short_day(run.started_at, zone)} {clock(run.started_at, zone)}",
                run.meeting or run.title.said(language()),
                Cell(run.started_by, "dim"),
                Cell(f"{run.answered}/{run.steps}", "dim"),
                ready_cell(run.ready) if run.ready else Cell(_("no decision") if run.closed_at else _("open"), "dim"),
            ),
        )

    def action_answer(self, answer: str) -> None:
        """Close, and say what is wanted next."""
        self.dismiss(answer)


def facts(room: Room, standing: RoomLine | None, width: int) -> list[Row]:
    """Return what is known of a room, one fact a line; addresses without the passwords in them."""
    nothing = "–"
    told = [
        (_("Decision"), standing_cell(standing)),
        (_("Location"), Cell(room.location or nothing)),
        (_("Time zone"), Cell(zone_short(room.zone))),
        (_("Seats"), Cell(nothing if room.seats is None else number(room.seats))),
        (_("Kit"), Cell(room.kit or nothing)),
        (_("Camera"), Cell("\n".join(cameras_shown([one]) for one in room.cameras) or nothing)),
        (_("Measured against"), Cell(redacted(room.measure_server) or _("the office's server"))),
        (_("Backup link"), Cell(_("yes") if room.backup_link else _("no"))),
    ]
    when = decided(standing, room.zone)
    rows: list[Row] = []
    for label, cell in told:
        texts = [line for part in cell.text.split("\n") for line in wrapped(part, width - _LABEL, cell.tone)]
        first = [*texts[0], Cell(f"  {when}", "dim")] if label == told[0][0] and when else texts[0]
        rows += [[Cell(f"{label:<{_LABEL}}", "dim"), *first], *([Cell(" " * _LABEL), *one] for one in texts[1:])]
    return rows
