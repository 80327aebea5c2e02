"""The part of Prepare that measures: one check at a time, which goes on while one looks elsewhere."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace

from vcops.domain.checks import CheckRequest
from vcops.domain.pictures import CheckPicture
from vcops.domain.procedures import Step
from vcops.domain.standards import Standard
from vcops.locale import _, language
from vcops.operations.secret_file import has_login
from vcops.tui.place import Place, deed
from vcops.tui.prepare import asking, sources
from vcops.tui.prepare.checking import CheckEnded, CheckTold, RunningCheck
from vcops.tui.prepare.sight import Sight
from vcops.tui.prepare.walked import Walked, read_walk
from vcops.wording.cameras import login_kept

__all__ = ["Measuring"]


class Measuring(Place):
    """A place that runs the checks of the walk it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.check: RunningCheck | None = None
        self._typed: dict[str, str] = {}

    def sources_of(self, walked: Walked) -> dict[str, str]:
        """Return what each measured step is measured with, fit to be shown."""
        settings = self.app.workplace.settings
        return {
            one.id: sources.named_source(walked, one, settings, self._typed)
            for one in walked.run.steps()
            if one.check or one.sounds
        }

    def check_of(self, walked: Walked | None) -> RunningCheck | None:
        """Return the running check where it belongs to this walk."""
        return self.check if self.check and walked and self.check.run_id == walked.run.id else None

    async def measure(self, walked: Walked, step: Step) -> Walked:
        """Start a step's check, asking first for a camera or a server that nobody has named; return the walk then."""
        if self.check is not None:
            self.app.say(_("One measurement is running already; x cancels it."))
            return walked
        if not self.sources_of(walked)[step.id]:
            named = await self.ask_source(walked, step)
            if named is None:
                return walked
            walked = named
        request = await self.app.in_store(sources.request_for, walked, step, dict(self._typed))
        if self.check is None:
            self.check = RunningCheck(walked.run.id, step.id, sight=self.sight_for(walked, step))
            await self.let_go()
            self._measure(self.check, request, walked.standard(step), step.title.said(language()))
        return walked

    def sight_for(self, walked: Walked, step: Step) -> Sight | None:  # noqa: ARG002 - for who looks on
        """Return how a step's camera is looked through while it is measured; None where nobody looks."""
        return None

    def seen(self, sight: Sight) -> None:
        """Do something with a new picture."""

    async def let_go(self) -> None:
        """Let go of what a measurement needs for itself."""

    async def ask_source(self, walked: Walked, step: Step) -> Walked | None:
        """Ask what to measure with and remember it; return the walk as it is then, None where nothing was typed."""
        assert step.check is not None
        instrument = step.check.instrument

        async def submit(texts: dict[str, str]) -> bool:
            kept = await self.app.in_store(sources.remember, walked, step, texts[asking.FIELD])
            if not kept:
                self._typed[instrument] = texts[asking.FIELD]
            elif instrument == "camera" and has_login(texts[asking.FIELD]):
                self.app.say(login_kept(str(self.app.workplace.places.secrets_file)))
            return True

        named = self.sources_of(walked)[step.id]
        if not await self.app.ask(asking.source_dialog(walked, step, named, submit)):
            return None
        return await self.app.in_store(read_walk, walked.run.id)

    @deed
    async def _measure(self, check: RunningCheck, request: CheckRequest, standard: Standard | None, title: str) -> None:
        from vcops.operations import checks, evidence, runs

        try:
            request = replace(request, preview=check.sight.preview if check.sight else None)
            events = checks.check(self.app.workplace, request, standard=standard, stop=check.stop)
            async with aclosing(events):
                async for event in events:
                    check.take(event)
                    if not isinstance(event, CheckPicture):
                        self.post_message(CheckTold(check))
                    elif check.sight is not None:
                        self.seen(check.sight)
            if check.worth_keeping and check.result is not None:
                await self.app.in_store(
                    runs.keep_check, check.run_id, check.step_id, check.result, counts=not check.cut_short
                )
                check.stored = True
            elif check.result is not None:
                await self.app.in_store(evidence.discard, check.result.pictures)
        finally:
            self.check = None
            self.post_message(CheckEnded(check, title))

    def action_cancel_check(self) -> None:
        """End the running measurement; what was read stays on record and does not count."""
        if self.check is not None and not self.check.stopped:
            self.check.stop.set()
            self.post_message(CheckTold(self.check))
