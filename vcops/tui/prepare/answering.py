"""The part of Prepare that answers steps and decides: done, failed, skipped, recorded, taken back, ready or not."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.domain.procedures import Step
from vcops.domain.runs import Outcome, Ready, Run
from vcops.locale import language
from vcops.tui.place import asks, deed
from vcops.tui.prepare import asking
from vcops.tui.prepare.following import Following
from vcops.tui.prepare.walked import Walked, draft_of

if TYPE_CHECKING:
    from vcops.operations.sound import Heard

__all__ = ["Answering"]


class Answering(Following):
    """A place with a walk open, whose steps it answers."""

    def __init__(self) -> None:
        super().__init__()
        self._answering = False
        self._typed_for: dict[tuple[str, str], str] = {}
        """What was typed for a step or a decision, until it is stored: where the disk is full it is offered again."""

    # -- answering --------------------------------------------------------------------------------------------

    @deed
    async def rehearse(self, walked: Walked) -> None:
        """Prepare the first answer in a walk that is only looked at."""
        from vcops.operations import runs

        if (draft := draft_of(walked)) is not None:
            await self.app.in_store(runs.rehearse, draft)

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

    def was_measured(self, step: Step) -> bool:
        """Whether it is a measurement that counts at a step, also one that came to nothing: it is looked at first."""
        attempt = self.walked.run.counting(step.id) if self.walked and step.check else None
        return attempt is not None and attempt.outcome is Outcome.MEASURED

    @asks
    async def action_next(self) -> None:
        """Go on to the next open step."""
        if self.walked is not None:
            await self.go_on(self.view.key)

    action_onward = action_next
    """Named anew for a key of its own: at a measured step Enter shows the readings, and `n` goes on all the same."""

    @asks
    async def action_readings(self) -> None:
        """Show every reading of the step and how it was made; then go on, or measure once more, if that is wanted."""
        from vcops.tui.prepare.sheet import SheetDialog, put_sheet

        walked, step = self.walked, self.view.step
        attempt = walked.run.counting(step.id) if walked and step else None
        if walked is None or step is None or attempt is None:
            return
        asked = await self.app.ask(
            SheetDialog(
                step.title.said(language()),
                partial(put_sheet, walked, step, attempt),
                onward=walked.next_open(step.id) is not None,
                passed=walked.run.standing(step.id).opens,
                again=walked.run.closed_at is None,
            )
        )
        if asked == "next":
            await self.go_on(step.id)
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
        """Do the step once more; at a decision the one in its way that the cursor stands on."""
        step = self.step_meant
        if self.walked is not None and step is not None and not self.is_measured_now(step):
            await self._do(self.walked, step)

    @property
    def step_meant(self) -> Step | None:
        """The step that a key is for: the one looked at, or the one under the cursor of a decision."""
        if self.walked is None or not self.view.gate.has_focus:
            return self.view.step if self.walked is not None else None
        return self.walked.run.procedure.step(self.view.gate.current or "")

    @asks
    async def action_measure_all(self) -> None:
        """Start every automatic check of this phase that is not met yet."""
        if self.walked is None:
            return
        await self.reread(self.walked.run.id)
        walked = self.walked
        said = await self.measure_all(walked, walked.steps_around(self.view.key))
        self.show_walk(self.walked)
        if said:
            self.app.say(said)

    async def _do(self, walked: Walked, step: Step, *, note: bool = False) -> None:
        if step.sounds and self.view.key != step.id:  # who is to speak or to listen has to see it
            self.view.turn_to(step.id)
            self.view.focus_list()
            self.refresh_bindings()
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

        assert step.record is not None
        of_file, begun_at = step.record.kind == "file", self.view.since(step)

        async def submit(texts: dict[str, str]) -> Run:
            typed = texts[asking.FIELD]
            run = await self.app.in_store(
                runs.answer,
                walked.run.id,
                step.id,
                Outcome.DONE,
                value="" if of_file else typed,
                files=[Path(typed)] if of_file else [],
                note=texts.get("note", ""),
                by=self.executor,
                begun_at=begun_at,
                draft=draft_of(walked),
            )
            return self.stored(walked, run)

        run: Run | None
        if step.record and step.record.choices and not note:
            value = await self.app.ask(asking.choice_dialog(step, said=said))
            run = await submit({asking.FIELD: value}) if value else None
        else:
            run = await self.app.ask(asking.record_dialog(walked, step, submit, note=note))
        if run is not None:
            await self.reread_and_go_on(run.id, step.id, stay=bool(asking.chosen_remedy(run, step)))

    @asks
    async def action_note(self) -> None:
        """Confirm the step and keep a note with it."""
        walked, step = self.walked, self.view.step
        if walked is None or step is None:
            return
        if step.record:
            await self._do(walked, step, note=True)
            return
        kept = (walked.run.id, f"{step.id} note")
        if said := await self.app.ask(asking.note_dialog(step, self._typed_for.get(kept, ""))):
            self._typed_for[kept] = said["note"]
            await self._answer(walked, step, Outcome.DONE, note=said["note"])
            del self._typed_for[kept]

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
        ask = asking.fail_dialog if outcome is Outcome.FAILED else asking.skip_dialog
        kept = (walked.run.id, f"{step.id} {outcome}")
        if reason := await self.app.ask(ask(walked, step, self._typed_for.get(kept, ""))):
            self._typed_for[kept] = reason
            await self._answer(walked, step, outcome, reason=reason)
            del self._typed_for[kept]

    async def _answer(self, walked: Walked, step: Step, outcome: Outcome, *, reason: str = "", note: str = "") -> None:
        """Store an answer. Keys pressed before it is stored do not answer the same step twice."""
        from vcops.operations import runs

        if self._answering:
            return
        self._answering = True
        begun_at = self.view.since(step)
        try:
            run = await self.app.in_store(
                runs.answer,
                walked.run.id,
                step.id,
                outcome,
                reason=reason,
                note=note,
                by=self.executor,
                begun_at=begun_at,
                draft=draft_of(walked),
            )
            self.stored(walked, run)
            await self.reread_and_go_on(run.id, step.id)
        finally:
            self._answering = False

    @asks
    async def action_undo(self) -> None:
        """Take one's newest answer in this walk back, and look at its step; somebody else's only where none is left."""
        from vcops.operations import runs

        if self.walked is None:
            return
        last = self.walked.run.last_undoable({self.executor, self.app.workplace.who})
        self.own |= {last.id} if last else set()
        run = await self.app.in_store(runs.undo, self.walked.run.id, attempt_id=last.id if last else "")
        self.owned(run)
        if await self.reread(run.id) and last is not None:
            self.view.turn_to(last.step)
            self.view.focus_list()

    # -- deciding ---------------------------------------------------------------------------------------------

    def action_gate(self) -> None:
        """Look at the decision that is next."""
        if self.walked is not None and (key := self.walked.next_gate_key()):
            self.view.turn_to(key)
            gate = self.view.gate_shown
            if gate is not None and self.walked.is_settled(gate):
                self.view.focus_list()  # nothing is left to choose
            else:
                self.view.enter_gate()
            self.refresh_bindings()

    @asks
    async def decide(self, ready: Ready) -> None:
        """Take the decision one looks at; all but a plain READY ask for their reason."""
        from vcops.operations import runs

        walked, gate = self.walked, self.view.gate_shown
        if walked is None or gate is None:
            return
        reason, by, kept = "", self.executor, (walked.run.id, f"{gate.id} {ready}")
        if ready is not Ready.READY:
            typed = self._typed_for.get(kept, "")
            ask = asking.override_dialog if ready is Ready.OVERRIDE else asking.refusal_dialog
            dialog = ask(walked, len(walked.run.blockers(gate.id)), by, typed)
            said = await self.app.ask(dialog)
            if not said:
                return
            reason, by = said, dialog.name_given
            self._typed_for[kept] = reason
        run = await self.app.in_store(
            runs.decide,
            walked.run.id,
            gate.id,
            override=ready is Ready.OVERRIDE,
            refuse=ready is Ready.NOT_READY,
            reason=reason,
            by=by,
            draft=draft_of(walked),
        )
        self._typed_for.pop(kept, None)
        self.stored(walked, run)
        self.own |= {one.id for one in run.decisions[-1:]}  # whoever was named for it
        if await self.reread(run.id) and run.is_open(gate.id):
            await self.go_on(self.view.key)
