"""The Meetings screen: a month at a time, or what a search finds in all of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from vcops.domain.meetings import MeetingState
from vcops.domain.overview import MeetingLine
from vcops.domain.periods import as_date
from vcops.formats import month_name, number
from vcops.locale import N_, _, ngettext
from vcops.operations import meetings
from vcops.tui.bindings import bindings
from vcops.tui.commands import key_name
from vcops.tui.meetings.commands import COMMANDS
from vcops.tui.meetings.rows import columns, lines_of
from vcops.tui.place import Place, asks, deed
from vcops.tui.widgets.empty import Empty
from vcops.tui.widgets.filter import Filter
from vcops.tui.widgets.table import Table

__all__ = ["MeetingsPlace"]

PAGE = 250
"""Meetings read at once; the next page follows when the cursor comes near the end."""
NEAR_THE_END = 40
PAUSE = 0.15
"""Seconds without a key after which a search is made."""


class Heading(Widget):
    """Which month, how many meetings and people; or what was searched for."""

    DEFAULT_CSS = "Heading { height: 1; margin: 0 0 1 0; text-wrap: nowrap; text-overflow: ellipsis; }"

    said: reactive[tuple[str, str, str]] = reactive(("", "", ""))

    def render(self) -> Content:
        """Draw the row, the keys that turn the pages at its end."""
        title, sums, keys = self.said
        left = Content.assemble((title, "bold"), "   ", (sums, "$text-muted"))
        gap = self.size.width - left.cell_length - len(keys)
        if gap < 2:
            return left
        return Content.assemble(left, " " * gap, (keys, "$text-muted"))


class MeetingsPlace(Place):
    """Every meeting, planned and held."""

    DEFAULT_CSS = """
    MeetingsPlace {
        Empty { display: none; }
        &.-empty { Table { display: none; } Empty { display: block; } }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    EXPLANATION = N_("Every meeting of a month, planned and held. Enter shows all about one; / searches all months.")

    table = getters.query_one(Table)
    heading = getters.query_one(Heading)
    filter = getters.query_one(Filter)

    def __init__(self) -> None:
        super().__init__()
        self._month: date | None = None
        self._lines: list[MeetingLine] = []
        self._more = False
        self._wanted = ""
        self._shown_for = ""
        self._state_before: MeetingState | None = None
        self._searching: Timer | None = None

    def compose(self) -> ComposeResult:
        """Build the place."""
        yield Heading()
        yield Filter(_("title, unit, room, organiser or letter, in all months"))
        yield Table(columns(all_months=False))
        names = {"meetings.plan", "meetings.add", "meetings.import"}
        yield Empty(N_("No meetings here yet."), tuple(one for one in COMMANDS if one.id in names))

    # -- reading and drawing ----------------------------------------------------------------------------------

    @property
    def month(self) -> date:
        """The first day of the month that is shown."""
        if self._month is None:
            self._month = self._this_day().replace(day=1)
        return self._month

    def _this_day(self) -> date:
        return self.app.now().astimezone(ZoneInfo(self.app.zone)).date()

    @property
    def sought(self) -> str:
        """What is searched for; empty: a month is shown."""
        return self.filter.value.strip()

    def focus_first(self) -> None:
        """Give the keys to the list where there is one."""
        (self if self.has_class("-empty") else self.table).focus()

    def show_subject(self, subject: str) -> None:
        """Turn to a meeting."""
        kind, _colon, name = subject.partition(":")
        if kind == "meeting":
            self._wanted = name
            self._turn_to_meeting(name)

    @deed
    async def _turn_to_meeting(self, meeting_id: str) -> None:
        held = await self.app.in_store(meetings.find, meeting_id)
        if held.start is not None:
            self._month = as_date(held.local_day).replace(day=1)  # a late entry's is the month it is booked in
        self.filter.clear_away()
        self._shown_for = ""  # else what was searched for would be left once more, and the cursor with it
        self.fill()

    @deed
    async def fill(self) -> None:
        """Read the first page, and as many more as were read before."""
        await self._read(max(PAGE, len(self._lines)) if self.table.cursor else PAGE)

    async def _read(self, limit: int, *, on: bool = False) -> None:
        """Read a page of the month or of what is searched for; `on`: after what is there."""
        month, sought = self.month, self.sought
        found = await self.app.in_store(
            meetings.listing,
            search=sought,
            day_from=None if sought else month,
            day_to=None if sought else month.replace(day=monthrange(month.year, month.month)[1]),
            limit=limit + 1,
            offset=len(self._lines) if on else 0,
        )
        if (month, sought) == (self.month, self.sought):  # else another key came meanwhile
            self._more = len(found) > limit
            self._lines = [*(self._lines if on else []), *found[:limit]]
            self._draw()

    def _draw(self) -> None:
        sought = bool(self.sought)
        first = not self.table.lines and not sought
        empty = not self._lines and not sought
        self.set_class(empty, "-empty")
        if empty and self.table.has_focus:
            self.focus()
        elif not empty and self.has_focus:
            self.table.focus()
        self.table.show(lines_of(self._lines, all_months=sought), columns(all_months=sought))
        if self._wanted:
            self._turn_to_wanted()
        elif first:
            self._turn_to_today()
        self.heading.said = self._heading()
        self.refresh_bindings()

    def _turn_to_wanted(self) -> None:
        """Put the cursor on the meeting that was asked for; its month, or its page, may still have to be read."""
        if self.table.turn_to(self._wanted):
            self._wanted = ""
        elif self._more:
            self._more = False  # asked for once
            self._read_on()

    def _turn_to_today(self) -> None:
        """Begin at the meeting that runs or is next; where there is none, at the last one that was held."""
        open_ones = [one for one in self._lines if one.state in {MeetingState.RUNNING, MeetingState.PLANNED}]
        now = self.app.now()
        due = [one for one in open_ones if one.start is not None and (one.end or one.start) >= now]
        if due:
            self.table.turn_to(min(due, key=lambda one: (one.start, one.id)).id)
        elif (held := next((one for one in self._lines if one.start and one.start <= now), None)) is not None:
            self.table.turn_to(held.id)

    def _heading(self) -> tuple[str, str, str]:
        count = number(len(self._lines)) + ("+" if self._more else "")
        sums = ngettext("{count} meeting", "{count} meetings", len(self._lines)).format(count=count)
        people = sum(one.participants or 0 for one in self._lines if one.state is MeetingState.ENDED)
        if people:
            told = ngettext("{count} person", "{count} people", people)
            sums += " · " + told.format(count=number(people) + ("+" if self._more else ""))
        if self.sought:
            return (_("In all months"), sums, _("Esc back to the month"))
        keys = {one.id: one.key for one in COMMANDS} | self.app.workplace.settings.keys
        earlier, later, now = (key_name(keys[f"meetings.{name}"]) for name in ("earlier", "later", "this-month"))
        return (month_name(self.month), sums, " ".join((earlier, later, _("month"), "", now, _("this month"))))

    # -- searching and turning --------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Open the line to type in."""
        self.filter.open()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._searching is not None:
            self._searching.stop()
        self._searching = self.set_timer(PAUSE, self._search)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.table.focus()

    def _search(self) -> None:
        if self._searching is not None:
            self._searching.stop()
        if self.sought != self._shown_for:
            self._shown_for = self.sought
            self._wanted = ""
            self.table.cursor = 0
            self.fill()

    def back(self) -> bool:
        """Clear the search."""
        if self.filter.clear_away():
            self._search()
            self.table.focus()
            return True
        return False

    def action_turn(self, months: int) -> None:
        """Show another month."""
        self.filter.clear_away()
        place = self.month.year * 12 + self.month.month - 1 + months
        self._show_month(date(place // 12, place % 12 + 1, 1))

    def action_this_month(self) -> None:
        """Show the month in which we are."""
        self.filter.clear_away()
        self._show_month(self._this_day().replace(day=1))

    def _show_month(self, month: date) -> None:
        self._month, self._wanted = month, ""
        self.heading.said = (month_name(month), "", "")
        self.table.cursor = 0
        self.fill()

    def on_table_moved(self, event: Table.Moved) -> None:
        """Read on when the cursor comes near the end."""
        event.stop()
        if self._more and self.table.cursor >= len(self._lines) - NEAR_THE_END:
            self._more = False  # asked for once
            self._read_on()
        state = self.current.state if self.current else None
        if state is not self._state_before:  # other keys work; asking for nothing would draw the footer each time
            self._state_before = state
            self.refresh_bindings()

    @deed
    async def _read_on(self) -> None:
        await self._read(PAGE, on=True)

    # -- commands ---------------------------------------------------------------------------------------------

    @property
    def current(self) -> MeetingLine | None:
        """The meeting under the cursor."""
        table = self.table
        if not 0 <= table.cursor < len(self._lines):
            return None
        line = self._lines[table.cursor]  # one line a meeting, in the same order: no search through ten thousand
        return line if line.id == table.current else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the meeting under the cursor allows."""
        del parameters
        if action in {"edit", "copy", "print", "handover"}:
            return self.current is not None
        if action == "cancel":
            return self.current is not None and self.current.state is MeetingState.PLANNED
        return True

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Show the meeting whole."""
        event.stop()
        self._show_details(event.key)

    @asks
    async def _show_details(self, meeting_id: str) -> None:
        from vcops.tui.meetings.details import DetailsDialog

        await self.app.ask(DetailsDialog(await self.app.in_store(meetings.details, meeting_id)))
        self.fill()

    def action_plan(self) -> None:
        """Plan a meeting."""
        self._open_form("plan")

    def action_add(self) -> None:
        """Log a meeting that is over."""
        self._open_form("add")

    def action_edit(self) -> None:
        """Edit the meeting under the cursor."""
        self._open_form("edit", self.table.current or "")

    def action_copy(self) -> None:
        """Plan another one like it."""
        self._open_form("plan", self.table.current or "")

    @asks
    async def _open_form(self, purpose: str, like: str = "") -> None:
        held = await self.app.in_store(meetings.details, like) if like else None
        made = await self.app.open_dialog("meeting_form", purpose=purpose, details=held)
        if made is not None:
            self.app.say(_("Stored: {title}").format(title=made.title))
            self.app.go("meetings", f"meeting:{made.id}")

    @asks
    async def action_cancel(self) -> None:
        """Cancel the meeting under the cursor."""
        from vcops.tui.meetings.deeds import cancel

        if (line := self.current) is not None and await cancel(self.app, line.id, line.title):
            self.fill()

    @asks
    async def action_correct(self) -> None:
        """Correct the meeting under the cursor, whose month is closed."""
        from vcops.tui.meetings.deeds import correct

        if (line := self.current) is not None and await correct(self.app, line.id):
            self.fill()

    @asks
    async def action_print(self) -> None:
        """Print the record of the meeting under the cursor."""
        from vcops.tui.papers import print_meeting

        if (line := self.current) is not None:
            await print_meeting(self.app, line.id)

    @asks
    async def action_handover(self) -> None:
        """Print the handing over of the kit for the meeting under the cursor."""
        from vcops.tui.papers import print_handover

        if (line := self.current) is not None:
            await print_handover(self.app, line.id)

    @asks
    async def action_export(self) -> None:
        """Write the month."""
        from vcops.tui.meetings.deeds import export

        await export(self.app, f"{self.month:%Y-%m}")

    @asks
    async def action_read_file(self) -> None:
        """Read a file."""
        from vcops.tui.meetings.deeds import read_file

        if await read_file(self.app):
            self.fill()
