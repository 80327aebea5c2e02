"""The Prepare place: the list of what can be prepared, and the walk through one of it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from vcops.domain.runs import Ready
from vcops.errors import VcopsError
from vcops.locale import N_, _
from vcops.tui.bindings import bindings
from vcops.tui.commands import SHELL
from vcops.tui.place import asks, deed
from vcops.tui.prepare.attaching import Attaching
from vcops.tui.prepare.checking import CheckEnded, CheckTold
from vcops.tui.prepare.commands import COMMANDS, ENTRY
from vcops.tui.prepare.entry import COLUMNS, Preparable, entry_lines, read_preparable
from vcops.tui.prepare.gate_pane import DECIDE
from vcops.tui.prepare.walk import WalkView
from vcops.tui.prepare.walked import Walked, is_outdated, open_procedure, open_walk, read_again
from vcops.tui.widgets.empty import Empty
from vcops.tui.widgets.table import Table
from vcops.wording.verdicts import verdict_sign, verdict_word

__all__ = ["PreparePlace"]

SECONDS_BETWEEN = 5
"""How often the time that is left is drawn anew."""
SECONDS_BETWEEN_LOOKS = 2
"""How often is looked whether somebody at another terminal has done something."""
SECONDS_BETWEEN_FIGURES = 0.15
"""How often a running check is drawn at most: its probe tells some ten lines a second, and keys come first."""
SECONDS_TO_A_LEVEL = 0.02
"""A voice is followed at the pace at which its level is told, twelve times a second: what comes at once is one."""
_IN_LIST = {"open", "plan", "other", "kept"}
_ENTER = {"do", "readings", "next", "onward"}
"""What Enter does depends on the step; one of the first three is offered, beside the readings also what goes on."""
_ON_STEP = {"fail", "skip", "note", "again", "source", "attach", "playback"}
_LOOKING = {"look", "white_sheet", "history"}
_IN_WALK = {"gate", "undo", "print", "scroll_down", "scroll_up", "leave", "executor", "measure_all"}


class PreparePlace(Attaching):
    """What can be prepared; with a walk open, its steps and decisions."""

    DEFAULT_CSS = "PreparePlace { Empty, WalkView { display: none; } }"
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    EXPLANATION = N_(
        "The walk through the procedure: do each step, measure what can be measured, and decide whether the room is"
        " ready. Everything is stored at once; a walk goes on where it stood."
    )

    table = getters.query_one("#preparable", Table)

    def __init__(self) -> None:
        super().__init__()
        self._seen: Preparable | None = None
        self._subject = ""
        self._drawing: Timer | None = None
        self._is_ready = False

    def compose(self) -> ComposeResult:
        """Build the list and the walk."""
        yield Table(COLUMNS, id="preparable")
        rooms = next(one for one in SHELL if one.id == "go.rooms")
        yield Empty(
            N_("There is no meeting and no room to prepare yet."), (*(one for one in ENTRY if one.palette), rooms)
        )
        yield WalkView()

    def on_mount(self) -> None:
        """Count on."""
        self.set_interval(SECONDS_BETWEEN, self._tick)
        self.set_interval(SECONDS_BETWEEN_LOOKS, self.look_around)

    # -- reading and drawing ----------------------------------------------------------------------------------

    def show_subject(self, subject: str) -> None:
        """Open the walk of a meeting, a room or a run."""
        self._subject = subject

    @deed
    async def fill(self) -> None:
        """Read the walk that is open, else the list."""
        if self._subject:
            try:
                await self._open(self._subject)
            except VcopsError:
                self._subject = ""
                raise
            self._subject = ""
        elif self.walked is not None:
            self.show_walk(await self.app.in_store(read_again, self.walked))
        else:
            self._seen = await self.app.in_store(read_preparable)
            self._show_list()
            await self._get_ready()

    async def _get_ready(self) -> None:
        """Open a first walk for nobody, once: what that imports and puts together need not be waited for with a key."""
        if self.table.current is not None and not self._is_ready:
            self._is_ready = True
            with suppress(VcopsError):
                await self.app.in_store(open_walk, self.table.current)

    def _show_list(self) -> None:
        seen = self._seen
        if seen is None or self.walked is not None:
            return
        self.show_part()
        self.table.show(entry_lines(seen, self.app.now()))
        self.refresh_bindings()
        self._take_focus()

    def show_part(self) -> None:
        """Show the walk, the list, or that there is nothing in it.

        Each by its own `display`: a class would have every rule of the whole place matched anew.
        """
        empty = self._seen is not None and self._seen.empty
        for one, shown in (
            (self.view, self.walked is not None),
            (self.table, self.walked is None and not empty),
            (self.query_one(Empty), self.walked is None and empty),
        ):
            if one.display != shown:
                one.display = shown

    def _take_focus(self) -> None:
        focused = self.screen.focused
        if self.app.shell.current is self and (focused is None or not focused.display or not focused.is_on_screen):
            self.focus_first()

    def focus_first(self) -> None:
        """Give the keys to the walk, else to the list, else, where that is empty, to the place."""
        if self.walked is not None:
            self.view.focus_list()
        elif not self.table.display:
            self.focus()
        else:
            self.table.focus()

    def speak_anew(self) -> None:
        """Draw everything in the other language; a check goes on."""
        if self.walked is not None:
            self.show_walk(self.walked)
            self.view.heading.refresh()
        self._show_list()
        self.query_one(Empty).refresh()

    def _tick(self) -> None:
        if self.app.shell.current is not self or not self.app.is_running:
            return
        if self.walked is not None:
            self.view.tick(self.app.now())
        elif self._seen is not None:
            self.table.show(entry_lines(self._seen, self.app.now()))

    @deed
    async def look_around(self) -> None:
        """Look whether somebody has done something at another terminal, or to the handbook; then show it and say so."""
        before = self.walked
        if before is None or self.app.shell.current is not self or self.app.busy:
            return
        if await self.app.in_store(is_outdated, before):
            await self.reread(before.run.id)

    # -- from the list into a walk and back -------------------------------------------------------------------

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Open the line, go to the step that stands in the way, or take the decision."""
        event.stop()
        if event.table is self.table:
            self.action_open()
        elif event.key.startswith(DECIDE):
            self.decide(Ready(event.key.removeprefix(DECIDE)))
        else:
            self.view.turn_to(event.key)
            self.view.focus_list()

    @deed
    async def action_open(self) -> None:
        """Begin the walk under the cursor, or take it up."""
        if self.table.current is not None:
            await self._open(self.table.current)

    async def _open(self, subject: str) -> None:
        await self._enter(await self.app.in_store(open_walk, subject))

    async def _enter(self, walked: Walked) -> None:
        first = next(iter(self.checks_of(walked)), None) or walked.next_open() or next(iter(walked.keys()), None)
        if first is None:
            self.app.say(_("No step of this procedure applies here: nothing is to be done."))
            return
        with self.view.at_once():
            self.show_walk(walked)
            self.lead_to(first)  # opening a walk is looking: nothing is measured that nobody has asked for
        self.rehearse(walked)

    @asks
    async def action_other(self) -> None:
        """Walk another procedure, for the line under the cursor."""
        from vcops.tui.prepare.other import procedure_dialog, read_procedures, whereabouts

        if self._seen is None:
            return
        room_id, meeting_id, where = whereabouts(self._seen, self.table.current or "")
        found = await self.app.in_store(read_procedures)
        if picked := await self.app.ask(procedure_dialog(found, where)):
            await self._enter(await self.app.in_store(open_procedure, picked, room_id, meeting_id))

    @asks
    async def action_plan(self) -> None:
        """Plan a meeting."""
        if await self.app.open_dialog("meeting_form", purpose="plan") is not None:
            self.fill()

    @asks
    async def action_kept(self) -> None:
        """Show how well the procedure was kept."""
        from vcops.tui.prepare.kept import put_kept, read_kept
        from vcops.tui.prepare.sheet import SheetDialog

        found = await self.app.in_store(read_kept)
        await self.app.ask(SheetDialog(_("How well the procedure was kept"), partial(put_kept, found)))

    def action_leave(self) -> None:
        """Go back to the list; a running check goes on."""
        self.stop_looking()
        self.walked = None
        self.show_part()
        self._show_list()
        self.focus_first()
        self.fill()

    def back(self) -> bool:
        """Cancel the running checks, else leave the decision for the steps, else the walk for the list."""
        if self.walked is None:
            return False
        if self.stop_looking():
            return True
        if any(not one.stopped for one in self.checks_of(self.walked).values()):
            self.action_cancel_check()
        elif self.view.gate.has_focus:
            self.view.focus_list()
        else:
            self.action_leave()
        return True

    # -- which keys work --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what makes sense for the line one looks at."""
        if action in _IN_LIST:
            return self.walked is None
        if action in _ENTER:
            return ("readings" if action == "onward" else action) == self._enter_does()
        if action in _ON_STEP:
            return self._may_answer(action)
        if action in _IN_WALK:
            return self.walked is not None and self._may_in_walk(action, self.walked)
        if action in _LOOKING:
            return self._has_history() if action == "history" else self._may_look(action)
        # The decision's own list answers `choose`.
        return action != "choose" and (action != "cancel_check" or bool(self.checks_of(self.walked)))

    def _enter_does(self) -> str:
        """Return the action behind Enter on the line one looks at, never one past a measurement; empty: none."""
        walked, step = self.walked, self.view.step if self.walked is not None else None
        if walked is None or self.view.gate.has_focus:
            return ""
        if step is None:
            return "next" if (gate := self.view.gate_shown) and walked.is_settled(gate) else "do"
        if not walked.applies(step) or self.is_measured_now(step):
            return "next"
        if self.look is None and self.was_measured(step):
            return "readings"
        return "next" if self.look is None and self.is_settled(step) else "do"

    def _may_in_walk(self, action: str, walked: Walked) -> bool:
        if action in ("undo", "print"):
            return not walked.run.draft  # nothing is stored yet
        if action == "gate":
            gate = self.view.gate_shown  # there one is already; a procedure may have none at all
            return bool(walked.next_gate_key()) and not (self.view.gate.has_focus or (gate and walked.is_settled(gate)))
        return action != "measure_all" or self._has_checks(walked)

    def _has_checks(self, walked: Walked) -> bool:
        """Whether there is something to measure around here; at a decision, something that stands in its way."""
        if walked.run.closed_at is not None:
            return False
        if (gate := self.view.gate_shown) is not None:
            return any(one.step.check for one in walked.run.blockers(gate.id))
        return any(one.check for one in walked.steps_around(self.view.key))

    def _has_history(self) -> bool:
        step = self.view.step if self.walked is not None and self.walked.room is not None else None
        return step is not None and step.check is not None and step.check.instrument == "connection"

    def _may_look(self, action: str) -> bool:
        """Whether the step has a camera that nobody measures now; for the sheet, whether it is seen."""
        walked, step = self.walked, self.view.step if self.walked is not None else None
        if walked is None or step is None or step.check is None or step.check.instrument != "camera":
            return False
        if walked.run.closed_at is not None or not walked.applies(step):
            return False
        if action == "white_sheet":
            return self.look is not None or self.is_measured_now(step)
        return not self.is_seen and (self.look is None or len(self.look.cameras) > 1)

    def _may_answer(self, action: str) -> bool:
        step = self.step_meant if action == "again" else self.view.step if self.walked is not None else None
        if step is None or self.walked is None or not self.walked.applies(step):
            return False
        if action == "attach":
            return True
        if self.walked.run.closed_at is not None or self.is_measured_now(step):
            return False
        allowed = {
            "source": step.check is not None or step.sounds,
            "playback": step.sounds,
            "again": self.walked.run.counting(step.id) is not None or self.view.gate.has_focus,
            "note": step.check is None,
        }
        return allowed.get(action, True)

    def on_walk_view_turned(self) -> None:
        """Other keys may work for another step; a camera that was only looked through is let go of."""
        self.stop_looking_elsewhere()
        if self._offered_for != self._looked_at:  # else the footer was drawn for it with the key that led here
            self.offer_keys()

    # -- measuring --------------------------------------------------------------------------------------------

    def on_check_told(self, message: CheckTold) -> None:
        """Show what a check told, where its walk is open: a few pictures a second, however much it tells."""
        if self._drawing is None and message.check.step_id in self.checks_of(self.walked):
            paced = SECONDS_TO_A_LEVEL if message.check.code.startswith("sound.") else SECONDS_BETWEEN_FIGURES
            self._drawing = self.set_timer(paced, self._draw_checks)

    def _draw_checks(self) -> None:
        if self.app.keys.waiting:  # what the key leads to is drawn first
            self._drawing = self.set_timer(SECONDS_TO_A_LEVEL, self._draw_checks)
            return
        self._drawing = None
        self.view.show_checks(self.checks_of(self.walked))

    def on_check_ended(self, message: CheckEnded) -> None:
        """Show what a check came to. Several may end at once: each is shown."""
        self.run_worker(self._show_ended(message), name="check_ended", group="check_ended")

    async def _show_ended(self, message: CheckEnded) -> None:
        """Show what a check came to; say so where one looks elsewhere."""
        check = message.check
        here = self.walked is not None and self.walked.run.id == check.run_id
        if here:
            with self.app.reporting():
                here = await self.reread(check.run_id)
        looked_at = here and self.app.shell.current is self and self.view.key == check.step_id
        if check.result is not None and check.stored and not looked_at:
            verdict = check.result.verdict
            word = verdict_word(verdict, unclear=check.result.unclear)
            self.app.say(f"{message.title}: {verdict_sign(verdict)} {word}")

    @asks
    async def action_source(self) -> None:
        """Name the camera or the server this room is measured with, or the sound devices."""
        if self.walked is None or (step := self.view.step) is None or not (step.check or step.sounds):
            return
        named = await self.ask_source(self.walked, step)
        if named is not None:
            self.show_walk(named)

    def action_cancel_check(self) -> None:
        """End the measurement of the step one looks at; where that has none, all that run in this walk."""
        running = self.checks_of(self.walked)
        looked_at = running.get(self.view.key)
        self.cancel([looked_at] if looked_at and not looked_at.stopped else list(running.values()))

    @asks
    async def action_print(self) -> None:
        """Print the record of the walk."""
        from vcops.tui.papers import print_run

        if self.walked is not None:
            await print_run(self.app, self.walked.run.id)

    def action_scroll_down(self) -> None:
        """Scroll the text down."""
        self.view.scroll_page(1)

    def action_scroll_up(self) -> None:
        """Scroll the text up."""
        self.view.scroll_page(-1)
