"""The part of Prepare that measures: several checks at once where they do not disturb each other, also unlooked at."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import replace

from textual.worker import Worker, WorkerCancelled, WorkerFailed

from vcops.domain.checks import CheckRequest
from vcops.domain.pictures import CheckPicture
from vcops.domain.procedures import Step
from vcops.domain.runs import Run
from vcops.domain.standards import Standard
from vcops.domain.turns import begins_by_itself, in_turn, needs_someone
from vcops.locale import _, language
from vcops.operations.link_lock import is_free_now
from vcops.operations.secret_file import has_login
from vcops.operations.turns import Turns
from vcops.tui.place import Place
from vcops.tui.prepare import asking, sources
from vcops.tui.prepare.checking import CheckEnded, CheckTold, RunningCheck
from vcops.tui.prepare.sight import Sight
from vcops.tui.prepare.walked import Walked, read_again
from vcops.tui.sentences import explain
from vcops.wording.cameras import login_kept

__all__ = ["Measuring"]

_MEASURING = "measure"
"""The group of the workers that measure."""


class Measuring(Place):
    """A place that runs the checks of the walk it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.checks: list[RunningCheck] = []
        self._typed: dict[str, str] = {}
        self._begun: set[tuple[str, str]] = set()
        """The steps, by run, whose check has begun by itself: it does so once."""
        self.turns = Turns()

    @property
    def executor(self) -> str:
        """Who carries out the walk that is open."""
        return self.app.workplace.who

    async def begun(self, walked: Walked) -> Walked:
        """Return the walk with its run stored: the first answer or measurement starts one that was only looked at."""
        return walked

    def owned(self, run: Run) -> Run:
        """Note that a deed of this place has stored what is new in a run."""
        return run

    @property
    def check(self) -> RunningCheck | None:
        """The check that began first of those that run."""
        return self.checks[0] if self.checks else None

    def sources_of(self, walked: Walked) -> dict[str, str]:
        """Return what each measured step is measured with, fit to be shown."""
        settings = self.app.workplace.settings
        return {
            one.id: sources.named_source(walked, one, settings, self._typed)
            for one in walked.run.steps()
            if one.check or one.sounds
        }

    def checks_of(self, walked: Walked | None) -> dict[str, RunningCheck]:
        """Return the running checks of this walk by their step."""
        return {one.step_id: one for one in self.checks if walked and one.run_id == walked.run.id}

    # -- one ------------------------------------------------------------------------------------------------------

    async def measure(self, walked: Walked, step: Step) -> Walked:
        """Start a step's check, asking first for a camera or a server that nobody has named; return the walk then.

        One that would disturb the meeting in this room is not made. Where another room's meeting may be on the same
        link, a person who knows the links decides.
        """
        from vcops.tui.dialogs.confirm import ConfirmDialog

        assert step.check is not None
        if step.id in self.checks_of(walked):
            return walked
        if not self.sources_of(walked)[step.id]:
            named = await self.ask_source(walked, step)
            if named is None:
                return walked
            walked = named
        code, meeting = walked.meetings_on.hinders(step.check.instrument)
        if code:
            said = explain(code, {"meeting": meeting})
            if code == "check.meeting_here":
                self.app.say(f"{said.message} {said.remedy}")
                return walked
            if not await self.app.ask(ConfirmDialog(_("Measure the link all the same?"), detail=said.message)):
                return walked
        return await self._begin(walked, step, allowed=code)

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
        return await self.app.in_store(read_again, walked)

    # -- by itself, and all together --------------------------------------------------------------------------------

    async def arrive(self, walked: Walked, step: Step) -> None:
        """Start the check of a step that one was led to, where nobody notices it: once, and never one that is answered.

        Whoever only browses starts nothing.
        """
        if step.check is None or (walked.run.id, step.id) in self._begun or not self._may_begin(walked, step):
            return
        if begins_by_itself(step.check.instrument, meeting_here=bool(walked.meetings_on.here)):
            self._begun.add((walked.run.id, step.id))
            await self._begin(walked, step)

    def _may_begin(self, walked: Walked, step: Step) -> bool:
        return (
            walked.run.closed_at is None
            and not walked.run.draft  # looking stores nothing
            and walked.is_open(step.id)
            and step.id not in self.checks_of(walked)
            and bool(self.sources_of(walked)[step.id])
        )

    async def measure_all(self, walked: Walked, steps: Sequence[Step]) -> str:
        """Start the checks of these steps that are not met, as many at once as do not disturb each other.

        Returns what is to be said of those that were left out, and why; empty where all of them run.
        """
        left_out: dict[str, list[str]] = {}
        named, running = self.sources_of(walked), self.checks_of(walked)
        wanted = [(one.check.instrument, one) for one in steps if one.check and not walked.run.standing(one.id).opens]
        for step in in_turn(wanted):
            assert step.check is not None
            code, meeting = walked.meetings_on.hinders(step.check.instrument)
            if not named[step.id]:
                why = _("nothing is named to measure with")
            elif needs_someone(step.check.instrument) and step.id not in running:
                why = _("needs someone who speaks: begin it at its step with Enter")
            elif code:
                why = explain(code, {"meeting": meeting}).message
            else:
                if step.id not in running:
                    walked = await self._begin(walked, step)
                continue
            left_out.setdefault(why, []).append(step.title.said(language()))
        if not wanted:
            return _("Every automatic check here is met already.")
        return "\n".join(f"{', '.join(titles)}: {why}" for why, titles in left_out.items())

    # -- making them ------------------------------------------------------------------------------------------------

    async def _begin(self, walked: Walked, step: Step, *, allowed: str = "") -> Walked:
        """Start a check; `allowed` is the code of what would hinder it and a person has answered already.

        Returns the walk: its run has begun with the measurement, and not where that is refused.
        """
        request = await self.app.in_store(sources.request_for, walked, step, dict(self._typed))
        walked = await self.begun(walked)
        if step.id in self.checks_of(walked):
            return walked
        check = RunningCheck(walked.run.id, step.id, self.app.now(), self.executor, waiting=True)
        check.room_id, check.allowed = walked.run.room_id, allowed
        check.sight = self.sight_for(walked, step)
        self.checks.append(check)
        self._measure(check, request, walked.standard(step), step.title.said(language()))
        return walked

    def _measure(
        self, check: RunningCheck, request: CheckRequest, standard: Standard | None, title: str
    ) -> Worker[None]:
        async def work() -> None:
            with self.app.reporting():
                await self._made(check, request, standard, title)

        return self.run_worker(work, name="measure", group=_MEASURING)

    async def _made(self, check: RunningCheck, request: CheckRequest, standard: Standard | None, title: str) -> None:
        from vcops.operations import checks, evidence, runs

        try:
            if check.sight is not None:
                await self.let_go()
            async with self.turns.taken(request.instrument, check.stop) as mine:
                if not mine or await self._is_hindered(check, request, title):
                    return
                check.waiting = False
                self.post_message(CheckTold(check))  # it waits no longer, and its probe takes a second to start
                request = replace(request, preview=check.sight.preview if check.sight else None)
                events = checks.check(self.app.workplace, request, standard=standard, stop=check.stop)
                async with aclosing(events):
                    async for event in events:
                        if is_free_now(event) and await self._is_hindered(check, request, title):
                            return
                        check.take(event)
                        if not isinstance(event, CheckPicture):
                            self.post_message(CheckTold(check))
                        elif check.sight is not None:
                            self.seen(check.sight)
                if check.worth_keeping and check.result is not None:
                    run = await self.app.in_store(
                        runs.keep_check,
                        check.run_id,
                        check.step_id,
                        check.result,
                        counts=not check.cut_short,
                        by=check.by,
                        begun_at=check.began_at,
                    )
                    self.owned(run)
                    check.stored = True
                elif check.result is not None:
                    await self.app.in_store(evidence.discard, check.result.pictures)
        finally:
            self.checks.remove(check)
            self.post_message(CheckEnded(check, title))

    async def _is_hindered(self, check: RunningCheck, request: CheckRequest, title: str) -> bool:
        """Whether a meeting that a check would disturb has begun while it waited for its turn; it is said."""
        from vcops.operations.meeting_on import meetings_on

        on = await self.app.in_store(meetings_on, check.room_id)
        code, meeting = on.hinders(request.instrument)
        if not code or code == check.allowed:
            return False
        self.app.say(f"{title}: {explain(code, {'meeting': meeting}).message}")
        return True

    @property
    def measuring(self) -> bool:
        """Whether a check runs; what is only played is not."""
        return bool(self._measurements())

    async def end_measuring(self) -> None:
        """End every check; return when what was read so far is stored, which counts for nothing."""
        self.cancel(self.checks)
        for one in self._measurements():
            with suppress(WorkerCancelled, WorkerFailed):
                await one.wait()

    def _measurements(self) -> list[Worker[object]]:
        return [one for one in self.workers if one.node is self and one.group == _MEASURING and not one.is_finished]

    def cancel(self, checks: Sequence[RunningCheck]) -> None:
        """End measurements; what was read stays on record and does not count."""
        for one in checks:
            if not one.stopped:
                one.stop.set()
                self.post_message(CheckTold(one))
