"""The part of Prepare that answers steps and decides: done, failed, skipped, recorded, taken back, ready or not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vcops.domain.procedures import Step
from vcops.domain.runs import Outcome, Ready, Run
from vcops.locale import _, language
from vcops.tui.place import asks
from vcops.tui.prepare import asking
from vcops.tui.prepare.looking import Looking
from vcops.tui.prepare.walked import Walked, complete_walk, read_walk

if TYPE_CHECKING:
    from vcops.operations.sound import Heard

__all__ = ["Answering"]


class Answering(Looking):
    """A place with a walk open, whose steps it answers."""

    def __init__(self) -> None:
        super().__init__()
        self._answering = False

    def show_walk(self, walked: Walked) -> None:
        """Show this walk as it stands."""
        self.walked = walked
        self.add_class("-walking")
        self.view.show(walked, self.check_of(walked), self.sources_of(walked), self.app.now())
        self.refresh_bindings()

    def is_measured_now(self, step: Step) -> bool:
        """Whether this step's check runs."""
        check = self.check_of(self.walked)
        return check is not None and check.step_id == step.id

    # -- answering --------------------------------------------------------------------------------------------

    @asks
    async def action_do(self) -> None:
        """Do the step one looks at, or enter the decision."""
        walked, step = self.walked, self.view.step
        if walked is None:
            return
        if step is None:
            self.view.enter_gate()
        elif self.is_measured_now(step):
            return
        elif self.look is not None or not self.is_settled(step):
            await self._do(walked, step)

    def is_settled(self, step: Step) -> bool:
        """Whether nothing is left to do at a step, so that one goes on from it."""
        run = self.walked.run if self.walked else None
        return run is not None and (run.closed_at is not None or run.standing(step.id).opens)

    def action_next(self) -> None:
        """Go on to the next open step."""
        if self.walked is not None and self.view.step is not None:
            self._go_on(self.view.step.id)

    @asks
    async def action_readings(self) -> None:
        """Show every reading of the step and how it was made; then go on, or measure once more, if that is wanted."""
        from vcops.tui.prepare.sheet import SheetDialog, put_sheet

        walked, step = self.walked, self.view.step
        attempt = walked.measured(step) if walked and step else None
        if walked is None or step is None or attempt is None:
            return
        asked = await self.app.ask(
            SheetDialog(
                step.title.said(language()),
                partial(put_sheet, walked, step, attempt),
                onward=walked.next_open(step.id) is not None,
                again=walked.run.closed_at is None,
            )
        )
        if asked == "next":
            self._go_on(step.id)
        elif asked == "again":
            self.action_again()

    @asks
    async def action_history(self) -> None:
        """Show what the link of the step measured before."""
        from vcops.tui.prepare.history import put_history, read_history
        from vcops.tui.prepare.sheet import SheetDialog
        from vcops.wording.link_history import link_name

        walked, step = self.walked, self.view.step
        if walked is None or walked.room is None or step is None or step.check is None:
            return
        seen = await self.app.in_store(read_history, walked.room.id, step.check.link)
        title = f"{walked.room.name}, {link_name(step.check.link)}"
        await self.app.ask(SheetDialog(title, partial(put_history, seen, walked.zone)))

    @asks
    async def action_again(self) -> None:
        """Do the step once more."""
        if self.walked is not None and self.view.step is not None:
            await self._do(self.walked, self.view.step)

    async def _do(self, walked: Walked, step: Step, *, note: bool = False) -> None:
        if step.check:
            self.show_walk(await self.measure(walked, step))
        elif step.record and step.record.plays and not note:
            self._let_hear("sounding")
        elif step.record:
            await self._record(walked, step, note=note)
        else:
            await self._answer(walked, step, Outcome.DONE)

    def action_playback(self) -> None:
        """Record three seconds and play them back."""
        self._let_hear("playback")

    def _let_hear(self, what: Heard) -> None:
        walked, step = self.walked, self.view.step
        if walked is not None and step is not None and step.sounds:
            self.hear(walked, step, what)
            self.show_walk(walked)

    async def after_hearing(self, walked: Walked, step: Step, trouble: str) -> None:
        """Ask whether it was heard, where one still looks at the step that asks for it."""
        looked_at = self.walked is not None and self.walked.run.id == walked.run.id and self.view.key == step.id
        if step.record and looked_at and self.app.shell.current is self and len(self.app.screen_stack) == 1:
            await self._record(walked, step, note=False, said=trouble)
        else:
            await super().after_hearing(walked, step, trouble)

    async def _record(self, walked: Walked, step: Step, *, note: bool, said: str = "") -> None:
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

        run: Run | None
        if step.record and step.record.choices and not note:
            value = await self.app.ask(asking.choice_dialog(walked, step, said=said))
            run = await submit({asking.FIELD: value}) if value else None
        else:
            run = await self.app.ask(asking.record_dialog(walked, step, submit, note=note))
        if run is not None:
            await self._reread_and_go_on(walked, step.id, stay=bool(asking.chosen_remedy(run, step)))

    @asks
    async def action_note(self) -> None:
        """Confirm the step and keep a note with it."""
        walked, step = self.walked, self.view.step
        if walked is None or step is None:
            return
        if step.record:
            await self._do(walked, step, note=True)
        elif said := await self.app.ask(asking.note_dialog(step)):
            await self._answer(walked, step, Outcome.DONE, note=said["note"])

    @asks
    async def action_fail(self) -> None:
        """Record that the step failed, and why."""
        await self._give_reason(Outcome.FAILED)

    @asks
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

    async def _reread_and_go_on(self, walked: Walked, key: str, *, stay: bool = False) -> None:
        """Show the walk as it stands and go on; `stay` where there is something to do at this step."""
        stands = await self.app.in_store(read_walk, walked.run.id)
        if self.walked is not None and self.walked.run.id == walked.run.id:
            self.show_walk(stands)
            if not stay:
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

    @asks
    async def action_undo(self) -> None:
        """Take the newest answer of this walk back, and look at its step."""
        from vcops.operations import runs

        if self.walked is None:
            return
        last = self.walked.run.last_undoable()
        run = await self.app.in_store(runs.undo, self.walked.run.id)
        self.show_walk(await self.app.in_store(complete_walk, run))
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

    @asks
    async def decide(self, ready: Ready) -> None:
        """Take the decision one looks at; an override asks for its reason."""
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
        self.show_walk(await self.app.in_store(complete_walk, run))
        if run.is_open(gate.id):
            self._go_on(self.view.key)
