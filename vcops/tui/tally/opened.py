"""Opening a figure: the meetings behind a row, then one meeting's lines with the tariff's item and its basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from vcops.formats import number, rupiah, short_day
from vcops.locale import _
from vcops.operations import meetings, savings
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.place import asks, deed
from vcops.tui.plain import Cell, plain
from vcops.tui.tally.lines import saving_lines
from vcops.tui.tally.view import View
from vcops.tui.widgets.scrolling import SCROLL_KEYS, Scrolling
from vcops.tui.widgets.sheet import Sheet
from vcops.tui.widgets.table import Column, Line, Table
from vcops.wording.savings import ESTIMATE
from vcops.wording.terms import key_name, period_name

if TYPE_CHECKING:
    from vcops.operations.savings import Behind
    from vcops.operations.workplace import Workplace

__all__ = ["MeetingsDialog", "SavingDialog", "amount_cell"]


class MeetingsDialog(Dialog[None]):
    """Lists the meetings that a tally's row counts, each with what it saved; Enter opens one."""

    DEFAULT_CSS = """
    MeetingsDialog {
        & > .panel { width: 96; height: 94%; }
        Table { height: 1fr; background: $panel; }
        #about { color: $text-muted; margin: 0 0 1 0; }
        #estimate { color: $accent; margin: 1 0 0 0; }
    }
    """

    table = getters.query_one(Table)

    def __init__(self, view: View, key: str | None) -> None:
        """`key` is the row's; None: all meetings of the view's period."""
        super().__init__()
        self._view, self._key = view, key
        self._found: dict[str, Behind] = {}

    def compose(self) -> ComposeResult:
        """Build the list."""
        whole = self._key is None
        name = _("All meetings") if self._key is None else key_name(self._view.by, self._key)
        with Vertical(classes="panel"):
            yield Static(plain(f"{name} · {period_name(self._view.period)}"), classes="title")
            yield Static("", id="about")
            yield Table([
                Column(_("Day"), width=10), Column(_("Meeting"), share=3),
                Column(_("Unit"), share=2, from_width=84 if whole else 999),
                Column(_("People"), width=7, right=True), Column(_("Amount"), width=16, right=True),
            ])  # fmt: skip
            yield Static(plain(_(ESTIMATE)), id="estimate")
            yield hint(("Enter", _("its lines and basis")), ("j k", _("scroll")), ("Esc", _("close")))

    def on_mount(self) -> None:
        """Read them."""
        self.table.focus()
        self._fill()

    @deed
    async def _fill(self) -> None:
        found, more = await self.app.in_store(_behind, self._view, self._key)
        self._found = {one.meeting.id: one for one in found}
        about = _("{count} meetings").format(count=number(len(found)))
        if more:
            about = _("the first {count} meetings; choose a shorter period for the rest").format(
                count=number(len(found))
            )
        self.query_one("#about", Static).update(plain(about))
        self.table.show(Line(one.meeting.id, _cells(one)) for one in found)

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Open the meeting's lines."""
        event.stop()
        self._open(event.key)

    @asks
    async def _open(self, meeting_id: str) -> None:
        await self.app.ask(SavingDialog(self._found[meeting_id], self._view.what_if))
        self._fill()


class SavingDialog(Scrolling, Dialog[None]):
    """One meeting's lines: component, quantity, rate, amount, basis; or "not counted" and why."""

    DEFAULT_CSS = """
    SavingDialog {
        & > .panel { width: 84; }
        #scroll { height: auto; max-height: 16; scrollbar-size-vertical: 1; }
        &.-high #scroll { max-height: 30; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,enter", "details", show=False),
        Binding("e", "edit", show=False),
        *SCROLL_KEYS,
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012 - as Textual declares it
    SCROLLED = "#scroll"

    def __init__(self, opened: Behind, what_if: str = "") -> None:
        super().__init__()
        self._opened, self._what_if = opened, what_if

    def compose(self) -> ComposeResult:
        """Build the sheet."""
        with Vertical(classes="panel"):
            yield Static(plain(self._opened.meeting.title), classes="title")
            with VerticalScroll(id="scroll", can_focus=False):
                yield Sheet()
            yield hint(("Enter", _("the meeting")), ("e", _("answer or correct")), ("Esc", _("close")))

    def on_mount(self) -> None:
        """Draw the lines."""
        self._draw()

    def _draw(self) -> None:
        self.query_one(".title", Static).update(plain(self._opened.meeting.title))
        self.query_one(Sheet).show(lambda width: saving_lines(self._opened, width, what_if=bool(self._what_if)))

    @asks
    async def action_details(self) -> None:
        """Show all about the meeting: letter and evidence too."""
        held = await self.app.in_store(meetings.details, self._opened.meeting.id)
        await self.app.open_dialog("meeting_details", held=held)
        await self._read_again()

    @asks
    async def action_edit(self) -> None:
        """Answer what is open, or correct the meeting."""
        held = await self.app.in_store(meetings.details, self._opened.meeting.id)
        if await self.app.open_dialog("meeting_form", purpose="edit", details=held) is not None:
            await self._read_again()

    async def _read_again(self) -> None:
        self._opened = await self.app.in_store(savings.of_meeting, self._opened.meeting.id, self._what_if or None)
        self._draw()


def amount_cell(opened: Behind) -> Cell:
    """Return what a meeting saved in one cell; "not counted" where no line of it has an amount."""
    saving = opened.saving
    if saving.tariff is None:
        return Cell(_("no tariff"), "dim")
    if not saving.valued:
        return Cell(_("not counted"), "warn")
    bound = "≥ " if saving.open else ""
    return Cell(bound + rupiah(saving.gross), "dim" if saving.reason else "")


def _cells(opened: Behind) -> tuple[str | Cell, ...]:
    held = opened.meeting
    people = "–" if held.participants is None else number(held.participants)
    day = short_day(held.start, held.zone) if held.start else ""
    return day, held.title, opened.unit, people, amount_cell(opened)


def _behind(workplace: Workplace, view: View, key: str | None) -> tuple[list[Behind], bool]:
    by = None if key is None else view.by
    return savings.behind(workplace, view.period, by, key or "", view.what_if or None)
