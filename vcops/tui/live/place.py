"""The Live screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Digits, Static

from vcops.domain.meetings import ASK_AFTER, MeetingState, overdue
from vcops.domain.overview import MeetingDetails
from vcops.locale import N_, _
from vcops.operations import meetings
from vcops.tui.bindings import bindings
from vcops.tui.commands import key_name
from vcops.tui.live import bars, stamps, words
from vcops.tui.live.board import Board, read_board
from vcops.tui.live.commands import COMMANDS
from vcops.tui.live.parts import Bar, Facts, Headline
from vcops.tui.place import Place, asks, deed
from vcops.tui.plain import plain
from vcops.tui.widgets.empty import Empty
from vcops.tui.widgets.table import Column, Table
from vcops.wording.terms import state_name

__all__ = ["LivePlace"]

READ_EVERY = 15
"""Seconds after which the database is read again: a colleague may count on another machine."""
_Stamp = Callable[..., Awaitable[None]]


class LivePlace(Place):
    """The meetings that run; the keys act on one of them."""

    SCOPED_CSS: ClassVar[bool] = False  # the window's width is a class of the screen
    DEFAULT_CSS = """
    LivePlace {
        #live { max-width: 140; }
        Empty { display: none; }
        &.-empty { #live { display: none; } Empty { display: block; } }
        #running { height: auto; max-height: 5; margin: 0 0 1 0; display: none; }
        &.-several #running { display: block; }
        .face { height: 4; margin: 0 0 1 0; }
        .clock { width: 26; height: 4; }
        Digits { width: auto; color: $accent; text-style: bold; }
        &.-over Digits { color: $text-muted; }
        #state { color: $text-muted; }
        .lists { height: 1fr; }
        .list { width: 1fr; height: 1fr; }
        #counted { width: 40; }
        #counted { margin: 0 3 0 0; }
        .heading { text-style: bold; }
        #stamp { margin: 0; background: $background; padding: 0; }
    }
    Shell.-normal LivePlace #counted, Shell.-wide LivePlace #counted { width: 1fr; }
    Shell.-wide LivePlace .clock { width: 34; }
    Shell.-high LivePlace .face, Shell.-high LivePlace Bar { margin: 0 0 2 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    EXPLANATION = N_(
        "The meeting that runs. A key stamps the time at once and asks for words afterwards; escape keeps the stamp."
        " The last stamp can be moved by minutes or undone, the end too. Escape never leaves this screen; 1 to 7 do."
    )
    ROWS_IN_SIGHT = 1

    running = getters.query_one("#running", Table)
    headline = getters.query_one(Headline)
    digits = getters.query_one(Digits)
    facts = getters.query_one(Facts)

    def __init__(self) -> None:
        super().__init__()
        self._board = Board()
        self._chosen: str | None = None
        self._led = False  # to this very meeting, from elsewhere
        self._strayed = False  # the meeting one was on has left the screen, and another took its place
        self._still: dict[str, datetime] = {}
        self._under_way: set[str] = set()
        self._seconds = 0

    def compose(self) -> ComposeResult:
        """Build the place."""
        with Vertical(id="live"):
            yield Table([Column(width=1), Column(share=3), Column(share=2), Column(width=17, right=True)], id="running")
            yield Bar(id="question")
            yield Headline()
            with Horizontal(classes="face"):
                with Vertical(classes="clock"):
                    yield Digits("0:00:00")
                    yield Static("", id="state")
                yield Facts()
            yield Bar(id="incident")
            with Horizontal(classes="lists"):
                with Vertical(id="counted", classes="list"):
                    yield Static(plain(_("Head counts")), classes="heading")
                    yield _quiet([Column(width=5), Column(width=5, right=True), Column(share=3),
                                  Column(width=16, from_width=48)], "counts")  # fmt: skip
                with Vertical(classes="list"):
                    yield Static(plain(_("Incidents")), classes="heading")
                    yield _quiet([Column(width=5), Column(width=11), Column()], "incidents")
            yield Bar(id="stamp")
        yield Empty(N_("No meeting is running."), tuple(one for one in COMMANDS if one.id == "live.start"))

    def on_mount(self) -> None:
        """Let the clock tick."""
        self.set_interval(1, self._tick)

    def back(self) -> bool:
        """Stay: who presses escape once too often while a meeting runs wants to close something, not to leave."""
        return True

    # -- reading and drawing ----------------------------------------------------------------------------------

    @property
    def chosen(self) -> MeetingDetails | None:
        """The meeting on which the keys act."""
        return self._board.find(self._chosen)

    def show_subject(self, subject: str) -> None:
        """Turn to a meeting."""
        self._chosen, self._strayed, self._led = subject.partition(":")[2], False, True

    @deed
    async def fill(self) -> None:
        """Read what runs."""
        await self._read()

    async def _read(self) -> None:
        self._board = await self.app.in_store(read_board)
        self._show()

    def _show(self) -> None:
        held = self.chosen
        self._strayed = self._strayed or (held is not None and self._chosen not in (None, held.meeting.id))
        self._chosen = held.meeting.id if held else None
        several = len(self._board.meetings) > 1
        self.set_class(held is None, "-empty")
        self.set_class(several, "-several")
        self._draw()
        if several and self.has_focus:
            self.running.focus()
        elif not several and self.running.has_focus:
            self.focus()

    def focus_first(self) -> None:
        """Give the keys to the list where there is one, else to the place.

        Who comes here means what runs, not the meeting that was ended here before.
        """
        if not self._led and (held := self.chosen) is not None and held.meeting.state is MeetingState.ENDED:
            self._chosen = None
        self._led = False
        (self.running if self.has_class("-several") else self).focus()

    def _draw(self) -> None:
        """Draw everything about the chosen meeting; then what the clock changes."""
        held = self.chosen
        if held is not None:
            self._draw_running()
            self.running.turn_to(held.meeting.id)
            self.headline.said = (held.meeting.title, words.where(held))
            over = held.meeting.state is MeetingState.ENDED
            self.set_class(over, "-over")
            self.query_one("#state", Static).update(plain(state_name(held.meeting.state.value)))
            self.query_one("#counts", Table).show(words.count_lines(held))
            self.query_one("#incidents", Table).show(words.incident_lines(held))
            self.query_one("#stamp", Bar).parts = bars.last_stamp(
                held, self._board.stamps.get(held.meeting.id), self._key
            )
            self._draw_clock(held)
        self.refresh_bindings()

    def _draw_clock(self, held: MeetingDetails) -> None:
        now = self.app.now()
        elapsed = words.elapsed(held, now)
        if self.digits.value != elapsed:
            self.digits.update(elapsed)
        self.facts.facts = words.facts(held, now)
        self.query_one("#incident", Bar).parts = bars.incident(held, now, self._key)
        self.query_one("#question", Bar).parts = bars.question(held, self._key) if self._asks(held, now) else ()

    def _tick(self) -> None:
        if not self.display:
            return
        self._seconds += 1
        if self._seconds % READ_EVERY == 0:
            self.fill()
        elif (held := self.chosen) is not None:
            with self.app.reporting():
                self._draw_second(held)

    def _draw_second(self, held: MeetingDetails) -> None:
        """Draw what a second changes; other keys work when the question comes or goes."""
        asked = bool(self.query_one("#question", Bar).parts)
        self._draw_clock(held)
        self._draw_running()
        if asked != bool(self.query_one("#question", Bar).parts):
            self.refresh_bindings()

    def _draw_running(self) -> None:
        """Draw the list of those that run, if a line of it has changed."""
        lines = [words.board_line(one, self.app.now()) for one in self._board.meetings]
        if lines != self.running.lines:
            self.running.show(lines)

    # -- words with keys --------------------------------------------------------------------------------------

    def _key(self, name: str) -> tuple[str, str]:
        known = {one.id: one.key for one in COMMANDS} | self.app.workplace.settings.keys
        return (key_name(known[f"live.{name}"]), "bold $accent")

    def _asks(self, held: MeetingDetails, now: datetime) -> bool:
        answered = self._still.get(held.meeting.id)
        return overdue(held.meeting, now) and (answered is None or now - answered >= ASK_AFTER)

    # -- commands ---------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the chosen meeting allows."""
        del parameters
        held, name = self.chosen, action.partition("(")[0]
        if name == "still_running":
            return held is not None and self._asks(held, self.app.now())
        return self._board.allows(name, held)

    def on_table_moved(self, event: Table.Moved) -> None:
        """The keys act on another meeting."""
        event.stop()
        if event.table is self.running and event.key != self._chosen:
            self._chosen, self._strayed = event.key, False
            self._draw()

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Show all about it."""
        event.stop()
        self.action_details()

    def _stamp(self, name: str, stamp: _Stamp, value: datetime | int | None = None) -> None:
        """Carry a stamp out beside the screen. Unlike a `deed`, the next key never stops the one before."""
        held = self.chosen
        if held is None or name in self._under_way:
            return
        self._strayed = False
        moment = self.app.now() if value is None else value
        self._begin(name, lambda: stamp(self.app, held, moment, self.fill))

    def _begin(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        self._under_way.add(name)

        async def carry_out() -> None:
            try:
                with self.app.reporting():
                    await work()
            finally:
                self._under_way.discard(name)
            await self._read()  # the next key acts on what this one has made of it

        self.app.asks(self.run_worker(carry_out(), name=name))

    def action_count(self) -> None:
        """Count now."""
        self._stamp("count", stamps.count)

    def action_incident(self) -> None:
        """Stamp an incident now."""
        self._stamp("incident", stamps.incident)

    def action_recovered(self) -> None:
        """Stop the stopwatch now."""
        self._stamp("recovered", stamps.recover)

    def action_words(self) -> None:
        """Ask for the last incident's words."""
        self._stamp("words", stamps.describe)

    def action_end(self) -> None:
        """Stamp the end now."""
        self._stamp("end", stamps.end)

    def action_undo(self) -> None:
        """Take the last stamp back; never that of another meeting because one's own has left the screen."""
        if self._strayed and self.chosen is not None:
            said = _("Undone as far as it goes. {title} is another meeting: look at it first, with Enter.")
            self.app.say(said.format(title=self.chosen.meeting.title))
            return
        self._stamp("undo", stamps.undo)

    def action_move(self) -> None:
        """Ask by how many minutes."""
        self._stamp("move", stamps.move)

    def action_shift(self, minutes: int) -> None:
        """Move the last stamp a minute."""
        self._under_way.discard("shift")  # every press counts
        self._stamp("shift", stamps.shift, minutes)

    def action_still_running(self) -> None:
        """Do not ask again for a while."""
        if (held := self.chosen) is not None:
            self._still[held.meeting.id] = self.app.now()
            self._draw()

    def action_start(self) -> None:
        """Start a meeting at the moment of the key."""
        if "start" not in self._under_way:
            at = self.app.now()
            self._begin("start", lambda: self._start(at))

    async def _start(self, at: datetime) -> None:
        from vcops.tui.live.start import NEW, StartDialog

        answer: str | None = NEW
        if self._board.planned:
            answer = await self.app.ask(StartDialog(self._board.planned, at, self._board.zone))
        if answer is None:
            return
        if answer == NEW:
            made = await self.app.open_dialog("meeting_form", purpose="start", at=at, stored=self._started)
        else:
            made = await self.app.in_store(meetings.start, answer, at=at)
        if made is not None:
            self._started(made.id)

    def _started(self, meeting_id: str) -> None:
        self._chosen, self._strayed = meeting_id, False
        self.fill()

    @asks
    async def action_edit(self) -> None:
        """Change the chosen meeting."""
        if (held := self.chosen) is not None:
            await self.app.open_dialog("meeting_form", purpose="edit", details=held)
            self.fill()

    @asks
    async def action_details(self) -> None:
        """Show the chosen meeting whole."""
        if (held := self.chosen) is not None:
            self._strayed = False
            from vcops.tui.meetings.details import DetailsDialog

            await self.app.ask(DetailsDialog(held))
            self.fill()


def _quiet(columns: list[Column], name: str) -> Table:
    """Return a list that shows and never takes the keys."""
    table = Table(columns, id=name)
    table.can_focus = False
    return table
