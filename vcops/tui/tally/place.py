"""The Tally screen."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vcops.domain.periods import Period
from vcops.locale import N_, _
from vcops.tui.bindings import bindings
from vcops.tui.commands import command, commands_of, key_name
from vcops.tui.place import Place, asks, deed
from vcops.tui.tally import rows
from vcops.tui.tally.closing import SealedLine, ask_and_close
from vcops.tui.tally.commands import COMMANDS, SPANS
from vcops.tui.tally.summary import summary
from vcops.tui.tally.view import View, compare, read
from vcops.tui.widgets.empty import Empty
from vcops.tui.widgets.ground import Scroll
from vcops.tui.widgets.scrolling import SCROLL_KEYS, Scrolling
from vcops.tui.widgets.sheet import Sheet
from vcops.wording.terms import period_name

if TYPE_CHECKING:
    from datetime import date

    from vcops.domain.comparing import Comparison
    from vcops.domain.tally import Tally

__all__ = ["TallyPlace"]

BESIDE = 164
"""From this width on the rows stand beside the summary: a row with its bar takes half of it."""
_SPAN_NAMES = {"month": N_("month"), "quarter": N_("quarter"), "semester": N_("half-year"), "year": N_("year")}
_HELPFUL = ("tally.earlier", "tally.year", "tally.tariff")


class PeriodLine(Widget):
    """The period between its keys on the left, the lengths to choose from on the right."""

    DEFAULT_CSS = "PeriodLine { height: 1; }"

    view: reactive[View | None] = reactive(None)
    waiting = reactive(default=False)

    def render(self) -> Content:
        """Draw the row."""
        if self.view is None:
            return Content("")
        period = self.view.period
        left: list[tuple[str, str]] = [
            ("[ ", "bold $accent"), (period_name(period), "bold"), (" ]", "bold $accent"),
            (" …" if self.waiting else "", "$text-muted"),
        ]  # fmt: skip
        right: list[tuple[str, str]] = []
        for name in SPANS:
            known = command(COMMANDS, f"tally.{name}")
            assert known is not None
            chosen = period.span.value == name
            right += [
                (key_name(known.key), "bold $accent"), (" ", ""),
                (_(_SPAN_NAMES[name]), "underline $accent" if chosen else "$text-muted"), ("   ", ""),
            ]  # fmt: skip
        right.pop()
        gap = self.size.width - Content.assemble(*left).cell_length - Content.assemble(*right).cell_length
        return Content.assemble(*left, " " * max(1, gap), *right)


class TallyPlace(Scrolling, Place):
    """A period in figures: meetings and people, avoided cost by component, and rows."""

    DEFAULT_CSS = """
    TallyPlace {
        PeriodLine, SealedLine, #summary { max-width: 80; }
        #body { height: 1fr; scrollbar-size-vertical: 1; }
        #summary-scroll, #rows-scroll { height: auto; scrollbar-size-vertical: 1; }
        #rows { height: auto; margin: 1 0 0 0; }
        #heading { height: 1; }
        Empty { display: none; }
        &.-empty { #body { display: none; } Empty { display: block; } }
        &.-beside {
            #body { layout: horizontal; overflow-y: hidden; }
            #summary-scroll { width: 80; height: 1fr; margin: 0 6 0 0; }
            #rows { width: 1fr; height: 1fr; margin: 0; }
            #rows-scroll { height: 1fr; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *SCROLL_KEYS]
    EXPLANATION = N_(
        "Meetings, people and avoided cost of a period. Only ended meetings count. An amount always stands with its "
        "tariff, basis and year; amounts of two tariffs are never added up. Every figure can be opened with Enter."
    )

    line = getters.query_one(PeriodLine)
    state = getters.query_one(SealedLine)

    view: reactive[View | None] = reactive(None, init=False)
    tally: reactive[Tally | None] = reactive(None, init=False)
    cursor: reactive[str | None] = reactive(None, init=False)
    """Key of the row that Enter opens; None: all meetings of the period."""

    def compose(self) -> ComposeResult:
        """Build the place."""
        yield PeriodLine()
        yield SealedLine()
        with Scroll(id="body"):
            with Scroll(id="summary-scroll"):
                yield Sheet(id="summary")
            with Vertical(id="rows"):
                yield Sheet(id="heading")
                with Scroll(id="rows-scroll"):
                    yield Sheet(id="lines")
        yield Empty(N_("No meeting has ended in this period."), tuple(one for one in COMMANDS if one.id in _HELPFUL))

    def on_resize(self, event: events.Resize) -> None:
        """Put the rows beside the summary where both have room."""
        self.set_class(event.size.width >= BESIDE, "-beside")

    def focus_first(self) -> None:
        """The place itself takes the keys: there is nothing to choose in it."""
        self.focus()

    def fill(self) -> None:
        """Read the period anew; the month it is where none was chosen."""
        if self.view is None:
            self.set_reactive(TallyPlace.view, View(Period.of(self._today())))
        self._read()

    def back(self) -> bool:
        """Leave the rows, then stop trying a tariff."""
        if self.cursor is not None:
            self.cursor = None
            return True
        if self.view is None or not self.view.what_if:
            return False
        self.view = self.view.trying("")
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Open nothing where nothing was held; close only a month that waits for it."""
        del parameters
        if action == "close":
            return self.state.state is not None and self.state.state.can_close
        return action != "open" or (self.tally is not None and self.tally.meetings > 0)

    def watch_view(self) -> None:
        """Read what is looked at now."""
        self._read()

    @deed
    async def _read(self) -> None:
        view = self.view
        if view is None:
            return
        self.line.view, self.line.waiting = view, True
        try:
            found, self.state.state = await self.app.in_store(read, view)
            self.tally, self.state.key = found, self._key("tally.close")
            if self.cursor not in {row.key for row in found.rows}:
                self.set_reactive(TallyPlace.cursor, None)
            self._draw(view, None)
            await self._painted()  # what it is compared with would else take time from the picture of it
            self._draw(view, await self.app.in_store(compare, view))
        finally:
            if self.view == view:
                self.line.waiting = False

    async def _painted(self) -> None:
        """Wait for the next picture."""
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()

    def _draw(self, view: View, beside: Comparison | None) -> None:
        tally = self.tally
        if tally is None:
            return
        self.set_class(not (tally.meetings or tally.not_ended), "-empty")
        self.refresh_bindings()
        keys = {name: self._key(name) for name in ("tally.tariff", "tally.incomplete")}
        drawn = partial(summary, tally, what_if=bool(view.what_if), keys=keys, beside=beside)
        self.query_one("#summary", Sheet).show(drawn)
        self.query_one("#heading", Sheet).show(partial(rows.heading, tally) if tally.rows else lambda _width: ())
        self._draw_rows()

    def _draw_rows(self) -> None:
        if self.tally is not None:
            self.query_one("#lines", Sheet).show(partial(rows.row_lines, self.tally, cursor=self.cursor))

    def _key(self, name: str) -> str:
        known = command(commands_of("tally"), name)
        remapped = self.app.workplace.settings.keys.get(name)
        return key_name(remapped or (known.key if known else ""))

    def _today(self) -> date:
        return self.app.now().astimezone(ZoneInfo(self.app.zone)).date()

    # -- what is looked at ------------------------------------------------------------------------------------

    def action_earlier(self) -> None:
        """The period before."""
        if self.view is not None:
            self.view = self.view.moved(-1)

    def action_later(self) -> None:
        """The next period."""
        if self.view is not None:
            self.view = self.view.moved(1)

    def action_now(self) -> None:
        """The period today lies in."""
        if self.view is not None:
            self.view = self.view.current(self._today())

    def action_span(self, span: str) -> None:
        """A month, a quarter, half a year or a year."""
        if self.view is not None:
            self.view = self.view.spanning(span, self._today())

    def action_group(self, step: int = 1) -> None:
        """Group by the next thing."""
        if self.view is not None:
            self.view = self.view.grouped(step)

    @property
    def scrolled(self) -> VerticalScroll:
        """What the keys of a list move: the rows where they stand beside the summary, else all of it."""
        beside = self.query_one("#rows-scroll", VerticalScroll)
        return beside if beside.max_scroll_y else self.query_one("#body", VerticalScroll)

    # -- the row under the cursor -------------------------------------------------------------------------------

    def watch_cursor(self) -> None:
        """Draw the rows anew and bring the row into sight; without one, the summary."""
        self._draw_rows()
        if self.cursor is None:
            self.scrolled.scroll_home(animate=False)
        else:
            self.call_after_refresh(self._into_sight)

    def _into_sight(self) -> None:
        keys = self._keys
        if self.tally is None or self.cursor not in keys:
            return
        lines = self.query_one("#lines", Sheet)
        drawn = rows.row_lines(self.tally, lines.size.width, self.cursor)
        place = next((at for at, line in enumerate(drawn) if line and line[0].tone == "cursor"), 0)
        box = self.scrolled
        row = lines.region.y - box.region.y + round(box.scroll_y) + place
        last = self.cursor == keys[-1]
        if row - 1 < box.scroll_y:
            box.scroll_to(y=row - 1, animate=False)  # with the heading above it
        elif row >= box.scroll_y + box.size.height or last:
            box.scroll_to(y=box.max_scroll_y if last else row - box.size.height + 1, animate=False)

    @property
    def _keys(self) -> list[str]:
        return [row.key for row in rows.ordered(self.tally)] if self.tally is not None else []

    def _move(self, step: int) -> None:
        keys = self._keys
        at = keys.index(self.cursor) if self.cursor in keys else -1
        at = max(-1, min(len(keys) - 1, at + step))
        self.cursor = keys[at] if at >= 0 else None

    def action_down(self) -> None:
        """The next row."""
        self._move(1)

    def action_up(self) -> None:
        """The row before; above the first, all of it."""
        self._move(-1)

    def action_page_down(self) -> None:
        """A page on."""
        self._move(max(1, self.scrolled.size.height - 2))

    def action_page_up(self) -> None:
        """A page back."""
        self._move(-max(1, self.scrolled.size.height - 2))

    def action_top(self) -> None:
        """To the summary."""
        self.cursor = None
        self.scrolled.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """To the last row."""
        self._move(len(self._keys) + 1)

    # -- dialogs ----------------------------------------------------------------------------------------------

    @asks
    async def action_open(self) -> None:
        """Open the meetings behind the row under the cursor, or behind all of it."""
        from vcops.tui.tally.opened import MeetingsDialog

        if self.view is not None and self.tally is not None and self.tally.meetings:
            await self.app.ask(MeetingsDialog(self.view, self.cursor))
            self.fill()

    @asks
    async def action_incomplete(self) -> None:
        """List the meetings that lack something."""
        from vcops.tui.tally.incomplete import IncompleteDialog

        if self.view is not None:
            await self.app.ask(IncompleteDialog(self.view))
            self.fill()

    @asks
    async def action_close(self) -> None:
        """Close the month, after what is incomplete was answered."""
        if self.view is not None:
            await ask_and_close(self.app, self.view.period, self._key("tally.incomplete"))
            self.fill()

    @asks
    async def action_chart(self) -> None:
        """Draw the months as bars."""
        from vcops.tui.tally.chart import ChartDialog

        if self.view is not None:
            await self.app.ask(ChartDialog(self.view))

    @asks
    async def action_tariff(self) -> None:
        """Adopt, type or try a tariff."""
        from vcops.tui.tally.tariffs import TariffDialog

        if self.view is None:
            return
        answer = await self.app.ask(TariffDialog(self.view.what_if))
        if answer is not None and answer.tried != self.view.what_if:
            self.view = self.view.trying(answer.tried)
        else:
            self.fill()

    @asks
    async def action_report(self) -> None:
        """Show the period's report."""
        from vcops.tui.tally.report import ReportDialog

        if self.view is not None and await self.app.ask(ReportDialog(self.view)):
            self.action_save()

    @asks
    async def action_save(self) -> None:
        """Make the report into a file, or print it."""
        from vcops.tui.tally import delivering

        view = self.view
        way = await delivering.ways(self.app, view) if view is not None else None
        if view is None or way is None:
            return
        if way != delivering.PRINTER:
            await delivering.save_report(self.app, view, way)
        elif (printer := await delivering.chosen_printer(self.app)) is not None:
            self._print(view, printer)

    @deed
    async def _print(self, view: View, printer: str) -> None:
        from vcops.tui.tally.delivering import print_report

        await print_report(self.app, view, printer)
