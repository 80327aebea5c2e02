"""The part of Prepare that plays something for someone to listen to, and that knows this machine's sound devices."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING

from vcops.domain.procedures import Step
from vcops.errors import Param, Unreachable
from vcops.locale import _, language
from vcops.tui.place import deed
from vcops.tui.prepare.checking import CheckEnded, CheckTold, RunningCheck
from vcops.tui.prepare.measuring import Measuring
from vcops.tui.prepare.walked import Walked, read_again
from vcops.tui.sentences import explain

if TYPE_CHECKING:
    from vcops.operations.sound import Heard

__all__ = ["Hearing"]


class Hearing(Measuring):
    """A place at whose steps one can hear oneself, or the test tone."""

    async def ask_source(self, walked: Walked, step: Step) -> Walked | None:
        """Ask which devices to use at a step with sound; else what any step is measured with."""
        if not step.sounds:
            return await super().ask_source(walked, step)
        from vcops.operations import sound
        from vcops.tui.prepare.devices import DevicesDialog

        chosen = await self.app.ask(DevicesDialog(await sound.list_sound_devices(), walked.devices))
        if chosen is None:
            return None
        await self.app.in_store(sound.choose_devices, chosen)
        return await self.app.in_store(read_again, walked)

    def hear(self, walked: Walked, step: Step, what: Heard) -> None:
        """Play for someone to listen, beside the screen: their own voice, or the test tone.

        Not beside another that sounds or listens; a link or a camera that is measured does not mind. A meeting in this
        room does: it hears nothing.
        """
        at_work = [walked.run.procedure.step(one.step_id) for one in self.checks]
        if any(one.sounds for one in at_work if one):
            self.app.say(_("One measurement is running already; x cancels it."))
            return
        code, meeting = walked.meetings_on.hinders("sound")
        if code:
            self._unheard(walked, step, what, _told(code, {"meeting": meeting}))
            return
        check = RunningCheck(walked.run.id, step.id, self.app.now(), self.executor)
        self.checks.append(check)
        self._hear(check, walked, step, what)

    async def after_hearing(self, walked: Walked, step: Step, trouble: str) -> None:  # noqa: ARG002
        """Go on once it was played. `trouble` says why it was not, and what to do; empty where it was."""
        if trouble:
            self.app.say(trouble)

    @deed
    async def _unheard(self, walked: Walked, step: Step, what: Heard, trouble: str) -> None:
        if what == "sounding":
            await self.after_hearing(walked, step, trouble)
        else:
            self.app.say(trouble)

    @deed
    async def _hear(self, check: RunningCheck, walked: Walked, step: Step, what: Heard) -> None:
        from vcops.operations import sound

        trouble = ""
        try:
            with self.turns.held("sound"):
                async with aclosing(sound.hear(self.app.workplace, what, stop=check.stop)) as events:
                    async for event in events:
                        check.take(event)
                        self.post_message(CheckTold(check))
        except Unreachable as error:
            trouble = _told(error.code, error.params)
        finally:
            self.checks.remove(check)
            self.post_message(CheckEnded(check, step.title.said(language())))
        if not check.stopped:
            await self.after_hearing(walked, step, trouble)


def _told(code: str, params: Mapping[str, Param]) -> str:
    """Return what is the matter and what to do, in one line."""
    said = explain(code, params)
    return f"{said.message} {said.remedy}".strip()
