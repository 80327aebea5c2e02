"""The Prepare place: the list of what can be prepared, and the walk through one of it."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType

from vcops.domain.procedures import Step
from vcops.domain.runs import Outcome, Ready, Run
from vcops.locale import N_, _
from vcops.tui.bindings import bindings
from vcops.tui.commands import SHELL
from vcops.tui.place import deed
from vcops.tui.prepare import asking
from vcops.tui.prepare.checking import CheckEnded, CheckTold
from vcops.tui.prepare.commands import COMMANDS, ENTRY
from vcops.tui.prepare.entry import COLUMNS, Preparable, entry_lines, read_preparable
from vcops.tui.prepare.gate_pane import DECIDE
from vcops.tui.prepare.measuring import Measuring
from vcops.tui.prepare.walk import WalkView
from vcops.tui.prepare.walked import Walked, complete_walk, read_walk, start_walk
from vcops.tui.widgets.empty import Empty
from vcops.tui.widgets.table import Table
from vcops.wording.verdicts import verdict_sign, verdict_word

__all__ = ["PreparePlace"]

SECONDS_BETWEEN = 5
"""How often the time that is left is drawn anew."""
_IN_LIST = {"open", "plan"}
_ON_STEP = {"fail", "skip", "note", "again", "source"}
_IN_WALK = {"do", "gate", "undo", "scroll_down", "scroll_up", "leave"}


class PreparePlace(Measuring):
    """What can be prepared; with a walk open, its steps and decisions."""

    DEFAULT_CSS = """
    PreparePlace {
        Empty, WalkView { display: none; }
        &.-empty { #preparable { display: none; } Empty { display: block; } }
        &.-walking { #preparable, Empty { display: none; } WalkView { display: block; } }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    EXPLANATION = N_(
        "The walk through the procedure: do each step, measure what can be measured, and decide whether the room is"
        " ready. Everything is stored at once; a walk goes on where it stood."
    )

    table = getters.query_one("#preparable", Table)
    view = getters.query_one(WalkView)

    def __init__(self) -> None:
        super().__init__()
        self.walked: Walked | None = None
        self._seen: Preparable | None = None
        self._subject = ""
        self._answering = False

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

    # -- reading and drawing ----------------------------------------------------------------------------------

    def show_subject(self, subject: str) -> None:
        """Open the walk of a meeting, a room or a run."""
        self._subject = subject

    @deed
    async def fill(self) -> None:
        """Read the walk that is open, else the list."""
        subject, self._subject = self._subject, ""
        if subject:
            await self._open(subject)
        elif self.walked is not None:
            self._show_walk(await self.app.in_store(read_walk, self.walked.run.id))
        else:
            self._seen = await self.app.in_store(read_preparable)
            self._show_list()

    def _show_list(self) -> None:
        seen = self._seen
        if seen is None or self.walked is not None:
            return
        self.set_class(seen.empty, "-empty")
        self.table.show(entry_lines(seen, self.app.now()))
        self.refresh_bindings()
        self._take_focus()

    def _show_walk(self, walked: Walked) -> None:
        self.walked = walked
        self.add_class("-walking")
        self.view.show(walked, self.check_of(walked), self.sources_of(walked), self.app.now())
        self.refresh_bindings()

    def _take_focus(self) -> None:
        focused = self.screen.focused
        if self.app.shell.current is self and (focused is None or not focused.display or not focused.is_on_screen):
            self.focus_first()

    def focus_first(self) -> None:
        """Give the keys to the walk, else to the list, else, where that is empty, to the place."""
        if self.walked is not None:
            self.view.focus_list()
        elif self.has_class("-empty"):
            self.focus()
        else:
            self.table.focus()

    def speak_anew(self) -> None:
        """Draw everything in the other language; a check goes on."""
        if self.walked is not None:
            self._show_walk(self.walked)
            self.view.heading.refresh()
        self._show_list()
        self.query_one(Empty).refresh()

    def _tick(self) -> None:
        if self.app.shell.current is not self:
            return
        if self.walked is not None:
            self.view.tick(self.app.now())
        elif self._seen is not None:
            self.table.show(entry_lines(self._seen, self.app.now()))

    # -- from the list into a walk and back -------------------------------------------------------------------

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Open the line, go to the step that stands in the way, or take the decision."""
        event.stop()
        if event.table is self.table:
            self.action_open()
        elif event.key.startswith(DECIDE):
            self._decide(Ready(event.key.removeprefix(DECIDE)))
        else:
            self.view.turn_to(event.key)
            self.view.focus_list()

    @deed
    async def action_open(self) -> None:
        """Begin the walk under the cursor, or take it up."""
        if self.table.current is not None:
            await self._open(self.table.current)

    async def _open(self, subject: str) -> None:
        walked = await self.app.in_store(start_walk, subject)
        self._show_walk(walked)
        key = self.check.step_id if self.check and self.check_of(walked) else walked.next_open()
        self.view.turn_to(key or walked.keys()[0])
        self.view.focus_list()
        self.refresh_bindings()

    @deed
    async def action_plan(self) -> None:
        """Plan a meeting."""
        if await self.app.open_dialog("meeting_form", purpose="plan") is not None:
            self.fill()

    def action_leave(self) -> None:
        """Go back to the list; a running check goes on."""
        self.walked = None
        self.remove_class("-walking")
        self._show_list()
        self.focus_first()
        self.fill()

    def back(self) -> bool:
        """Cancel the running check, else leave the decision for the steps, else the walk for the list."""
        if self.walked is None:
            return False
        if (check := self.check_of(self.walked)) and not check.stopped:
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
        if action == "choose":  # the decision's own list answers it
            return False
        if action == "do" and self.walked is not None:
            step = self.view.step
            return not self.view.gate.has_focus and (step is None or not self._is_measured_now(step))
        if action == "cancel_check":
            return self.check_of(self.walked) is not None
        if action in _ON_STEP:
            return self._may_answer(action)
        return self.walked is not None if action in _IN_WALK else True

    def _may_answer(self, action: str) -> bool:
        step = self.view.step if self.walked is not None else None
        if step is None or self.walked is None or self.walked.run.closed_at is not None or self._is_measured_now(step):
            return False
        if action == "source":
            return step.check is not None
        return action != "note" or step.check is None

    def _is_measured_now(self, step: Step) -> bool:
        check = self.check_of(self.walked)
        return check is not None and check.step_id == step.id

    def on_walk_view_turned(self) -> None:
        """Other keys may work for another step."""
        self.refresh_bindings()

    # -- answering --------------------------------------------------------------------------------------------

    @deed
    async def action_do(self) -> None:
        """Do the step one looks at; where it is done already, go on to the next."""
        walked, step = self.walked, self.view.step
        if walked is None:
            return
        if step is None:
            self.view.enter_gate()
        elif self._is_measured_now(step):
            return
        elif walked.run.closed_at is not None or walked.run.standing(step.id).opens:
            self._go_on(step.id)
        else:
            await self._do(walked, step)

    @deed
    async def action_again(self) -> None:
        """Do the step once more."""
        if self.walked is not None and self.view.step is not None:
            await self._do(self.walked, self.view.step)

    async def _do(self, walked: Walked, step: Step, *, note: bool = False) -> None:
        if step.check:
            self._show_walk(await self.measure(walked, step))
        elif step.record:
            await self._record(walked, step, note=note)
        else:
            await self._answer(walked, step, Outcome.DONE)

    async def _record(self, walked: Walked, step: Step, *, note: bool) -> None:
        from vcops.operations import runs

        async def submit(texts: dict[str, str]) -> Run:
            return await self.app.in_store(
                runs.answer,
                walked.run.id,
                step.id,
                Outcome.DONE,
                value=texts[asking.FIELD],
                note=texts.get("note", ""),
            )

        if await self.app.ask(asking.record_dialog(walked, step, submit, note=note)) is not None:
            await self._reread_and_go_on(walked, step.id)

    @deed
    async def action_note(self) -> None:
        """Confirm the step and keep a note with it."""
        walked, step = self.walked, self.view.step
        if walked is None or step is None:
            return
        if step.record:
            await self._do(walked, step, note=True)
        elif said := await self.app.ask(asking.note_dialog(step)):
            await self._answer(walked, step, Outcome.DONE, note=said["note"])

    @deed
    async def action_fail(self) -> None:
        """Record that the step failed, and why."""
        await self._give_reason(Outcome.FAILED)

    @deed
    async def action_skip(self) -> None:
        """Skip the step with a reason."""
        await self._give_reason(Outcome.SKIPPED)

    async def _give_reason(self, outcome: Outcome) -> None:
        walked, step = self.walked, self.view.step
        if walked is None or step is None:
            return
        dialog = asking.fail_dialog(step) if outcome is Outcome.FAILED else asking.skip_dialog(step)
        if reason := await self.app.ask(dialog):
            await self._answer(walked, step, outcome, reason=reason)

    async def _answer(self, walked: Walked, step: Step, outcome: Outcome, *, reason: str = "", note: str = "") -> None:
        """Store an answer. Keys pressed before it is stored do not answer the same step twice."""
        from vcops.operations import runs

        if self._answering:
            return
        self._answering = True
        try:
            await self.app.in_store(runs.answer, walked.run.id, step.id, outcome, reason=reason, note=note)
            await self._reread_and_go_on(walked, step.id)
        finally:
            self._answering = False

    async def _reread_and_go_on(self, walked: Walked, key: str) -> None:
        stands = await self.app.in_store(read_walk, walked.run.id)
        if self.walked is not None and self.walked.run.id == walked.run.id:
            self._show_walk(stands)
            self._go_on(key)

    def _go_on(self, key: str) -> None:
        assert self.walked is not None
        following = self.walked.next_open(key)
        if following is None:
            self.app.say(_("Every step is answered and everything is decided."))
            return
        self.view.turn_to(following)
        self.view.focus_list()  # also at a decision: Enter pressed once too often must not decide
        self.refresh_bindings()

    @deed
    async def action_undo(self) -> None:
        """Take the newest answer of this walk back, and look at its step."""
        from vcops.operations import runs

        if self.walked is None:
            return
        last = self.walked.run.last_undoable()
        run = await self.app.in_store(runs.undo, self.walked.run.id)
        self._show_walk(await self.app.in_store(complete_walk, run))
        if last is not None:
            self.view.turn_to(last.step)
            self.view.focus_list()

    # -- deciding ---------------------------------------------------------------------------------------------

    def action_gate(self) -> None:
        """Look at the decision that is next."""
        if self.walked is not None and (key := self.walked.next_gate_key()):
            self.view.turn_to(key)
            self.view.enter_gate()
            self.refresh_bindings()

    @deed
    async def _decide(self, ready: Ready) -> None:
        from vcops.operations import runs

        walked, gate = self.walked, self.view.gate_shown
        if walked is None or gate is None:
            return
        reason = ""
        if ready is Ready.OVERRIDE:
            said = await self.app.ask(asking.override_dialog(len(walked.run.blockers(gate.id))))
            if not said:
                return
            reason = said
        override = ready is Ready.OVERRIDE
        run = await self.app.in_store(runs.decide, walked.run.id, gate.id, override=override, reason=reason)
        self._show_walk(await self.app.in_store(complete_walk, run))
        if run.is_open(gate.id):
            self._go_on(self.view.key)

    # -- measuring --------------------------------------------------------------------------------------------

    def on_check_told(self, message: CheckTold) -> None:
        """Show what a check told, where its walk is open."""
        if self.check_of(self.walked) is message.check:
            self.view.show_check(message.check)

    @deed
    async def on_check_ended(self, message: CheckEnded) -> None:
        """Show what a check came to; say so where one looks elsewhere."""
        check = message.check
        here = self.walked is not None and self.walked.run.id == check.run_id
        if here:
            self._show_walk(await self.app.in_store(read_walk, check.run_id))
        looked_at = here and self.app.shell.current is self and self.view.key == check.step_id
        if check.result is not None and check.stored and not looked_at:
            verdict = check.result.verdict
            self.app.say(f"{message.title}: {verdict_sign(verdict)} {verdict_word(verdict)}")

    @deed
    async def action_source(self) -> None:
        """Name the camera or the server this room is measured with."""
        if self.walked is None or (step := self.view.step) is None or step.check is None:
            return
        named = await self.ask_source(self.walked, step)
        if named is not None:
            self._show_walk(named)

    def action_scroll_down(self) -> None:
        """Scroll the text down."""
        self.view.scroll_page(1)

    def action_scroll_up(self) -> None:
        """Scroll the text up."""
        self.view.scroll_page(-1)
