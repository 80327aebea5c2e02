"""The Today screen."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vcops.domain.overview import Overview
from vcops.formats.dates import long_day
from vcops.locale import N_, _
from vcops.operations import today
from vcops.tui.bindings import bindings
from vcops.tui.place import Place, asks, deed
from vcops.tui.today.commands import COMMANDS
from vcops.tui.today.lines import COLUMNS, today_lines
from vcops.tui.widgets.empty import Empty
from vcops.tui.widgets.table import Table

__all__ = ["TodayPlace"]

SECONDS_BETWEEN = 10
"""How often what is on the screen is counted on."""
READ_AFTER = 6
"""After so many of them the database is read again: someone else may have written."""


class Summary(Widget):
    """The day, and how much is on, in one row."""

    DEFAULT_CSS = "Summary { height: 1; margin: 0 0 1 0; }"

    overview: reactive[Overview | None] = reactive(None)

    def render(self) -> Content:
        """Draw the row."""
        seen = self.overview
        if seen is None:
            return Content("")
        parts = [
            (len(seen.running), _("{count} on now")),
            (len(seen.upcoming), _("{count} to come")),
            (len(seen.ended_today), _("{count} ended")),
        ]
        told = " · ".join(text.format(count=count) for count, text in parts if count)
        return Content.assemble((long_day(seen.now, seen.zone), "bold"), "   ", (told, "$text-muted"))


class TodayPlace(Place):
    """What is on now and next, and which rooms are ready."""

    DEFAULT_CSS = """
    TodayPlace {
        Empty { display: none; }
        &.-empty { Table, Summary { display: none; } Empty { display: block; } }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    EXPLANATION = N_("What is on now, what comes next, and which rooms are ready. Enter opens the line.")

    table = getters.query_one(Table)
    summary = getters.query_one(Summary)

    overview: reactive[Overview | None] = reactive(None, init=False, always_update=True)

    def compose(self) -> ComposeResult:
        """Build the place."""
        yield Summary()
        yield Table(COLUMNS)
        yield Empty(
            N_("Nothing is planned and no room is known yet."),
            tuple(one for one in COMMANDS if one.palette),
        )

    def on_mount(self) -> None:
        """Count on."""
        self._ticks = 0
        self._wanted = ""
        self.set_interval(SECONDS_BETWEEN, self._tick)

    @deed
    async def fill(self) -> None:
        """Read the overview in the store's thread."""
        self.overview = await self.app.in_store(today.overview)

    def watch_overview(self, seen: Overview | None) -> None:
        """Draw what was read."""
        if seen is None:
            return
        self.app.show_office(seen.office_name, seen.zone)
        self.set_class(seen.empty, "-empty")
        self.summary.overview = seen
        self._draw(seen)
        if seen.empty:
            self.focus()
            if not seen.office_name:
                self.app.offer_first_run()
        elif self.app.shell.current is self and self.has_focus:
            self.table.focus()

    def _draw(self, seen: Overview) -> None:
        self.table.show(today_lines(seen, self.app.now()))
        if self._wanted:
            self.table.turn_to(self._wanted)
            self._wanted = ""

    def _tick(self) -> None:
        if self.overview is None or self.app.shell.current is not self:
            return
        self._ticks += 1
        if self._ticks % READ_AFTER == 0:
            self.fill()
        elif self.overview.running or self.overview.upcoming:
            self._draw(self.overview)

    # -- commands ---------------------------------------------------------------------------------------------

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Open the line."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Go where the line under the cursor is worked on."""
        key, seen = self.table.current, self.overview
        if key is None or seen is None:
            return
        name = key.partition(":")[2]
        if key.startswith("room:"):
            self.app.go("prepare", key)
        elif any(one.id == name for one in seen.running):
            self.app.go("live", key)
        elif any(one.id == name for one in seen.upcoming):
            self.app.go("prepare", key)
        else:
            self.app.go("meetings", key)

    def action_plan(self) -> None:
        """Plan a meeting."""
        self._meeting("plan")

    def action_add(self) -> None:
        """Log a meeting that is over."""
        self._meeting("add")

    @asks
    async def action_start(self) -> None:
        """Start the planned meeting under the cursor, or a new one."""
        name = self._planned_under_cursor()
        if name is None:
            meeting = await self.app.open_dialog("meeting_form", purpose="start")
        else:
            from vcops.operations import meetings

            meeting = await self.app.in_store(meetings.start, name)
        if meeting is not None:
            self.app.go("live", f"meeting:{meeting.id}")

    @asks
    async def _meeting(self, purpose: str) -> None:
        meeting = await self.app.open_dialog("meeting_form", purpose=purpose)
        if meeting is not None:
            self.app.say(_("Stored: {title}").format(title=meeting.title))
            self._wanted = f"meeting:{meeting.id}"
            self.fill()

    def _planned_under_cursor(self) -> str | None:
        if self.overview is None:
            return None
        keys = {f"meeting:{one.id}": one.id for one in self.overview.upcoming}
        return keys.get(self.table.current or "")
