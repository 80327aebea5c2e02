"""The part of Prepare that follows a walk: shows it as it stands, starts its run, and leads from step to step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from vcops.domain.procedures import Step
from vcops.domain.runs import Run
from vcops.locale import _
from vcops.tui.prepare.by_need import by_need
from vcops.tui.prepare.executor import executor_of
from vcops.tui.prepare.looking import Looking
from vcops.tui.prepare.others import news
from vcops.tui.prepare.walk import Shown
from vcops.tui.prepare.walked import Walked, begin_walk, read_again

__all__ = ["Following"]


class Following(Looking):
    """A place with a walk open, which it follows."""

    def __init__(self) -> None:
        super().__init__()
        self.own: set[str] = set()
        """The ids of what was stored from here: what else is new comes from another terminal."""
        self.carried_out_by = ("", "")
        """The run whose executor was asked for last, and the name."""
        self._came: dict[tuple[str, str], datetime] = {}
        """When one came to a step that waits, by run and step: from then its own time runs."""
        self._offered_for = ("", False, "")
        """For what the keys were looked up last: a line, whether its decision had them, and the line of that."""

    def show_part(self) -> None:
        """Show the walk where one is open, and nothing else of the place."""

    def show_walk(self, walked: Walked) -> None:
        """Show this walk as it stands."""
        self.walked = walked
        self.show_part()
        executor = "" if self.executor == self.app.workplace.who else self.executor
        checks, came = self.checks_of(walked), self._came_to(walked)
        self.view.show(Shown(walked, checks, self.sources_of(walked), self.app.now(), executor, came))
        self.refresh_bindings()

    async def reread(self, run_id: str, then: Callable[[], None] | None = None) -> bool:
        """Show the walk as it stands, and say what somebody else has done in it; False where another is open now.

        What `then` turns to is drawn in the same picture.
        """
        before = self.walked
        if before is None or before.run.id != run_id:
            return False
        after = await self.app.in_store(read_again, before)
        before = self.walked  # another may have been opened meanwhile
        if before is None or before.run.id != run_id:
            return False
        with self.view.at_once():
            self.show_walk(after)
            if then is not None:
                then()
        for line in news(before, after, self.own):
            self.app.say(line)
        return True

    async def begun(self, walked: Walked) -> Walked:
        """Return the walk with its run stored: the first measurement starts one that was only looked at."""
        if not walked.run.draft:
            return walked
        begun = await self.app.in_store(begin_walk, walked)
        self._take_up(walked, begun)
        return begun

    def stored(self, walked: Walked, run: Run) -> Run:
        """Return the run that a deed of this place has returned; with it one that was only looked at has begun."""
        self.owned(run)
        if walked.run.draft:
            self._take_up(walked, replace(walked, run=run))  # what stands around it is read with the next picture
        return run

    def _take_up(self, draft: Walked, begun: Walked) -> None:
        """Go on with the run that has begun: where somebody else started it just before, it has an id of its own."""
        if self.walked is not None and self.walked.run.id == draft.run.id:
            self.walked = begun
            self._came |= {(begun.run.id, step): at for (run, step), at in self._came.items() if run == draft.run.id}

    def owned(self, run: Run) -> Run:
        """Note what in a run, as a deed of this place returned it, was stored by that deed."""
        before = self.walked.run if self.walked else run
        names = {self.executor, self.app.workplace.who}
        known = {one.id for one in before.decisions} | {one.id for one in before.attachments}
        new = {(one.id, one.by) for one in run.decisions} | {(one.id, one.by) for one in run.attachments}
        self.own |= {one for one, by in new if one not in known and by in names}
        self.own |= {one.id for one in run.attempts[-1:]}  # the newest attempt is always the deed's own
        return run

    @property
    def executor(self) -> str:
        """Who carries out the walk that is open: the name typed for it, else who works here."""
        if self.walked is None:
            return self.app.workplace.who
        if self.carried_out_by[0] != self.walked.run.id:
            self.carried_out_by = (self.walked.run.id, executor_of(self.app.workplace, self.walked.run.id))
        return self.carried_out_by[1]

    def is_measured_now(self, step: Step) -> bool:
        """Whether this step's check runs."""
        return step.id in self.checks_of(self.walked)

    # -- the step's own time ----------------------------------------------------------------------------------

    def come_to(self, step: Step | None) -> None:
        """Let a step's own time run from now on, where it waits for an answer."""
        walked = self.walked
        if walked is None or step is None or walked.run.closed_at is not None or not walked.is_open(step.id):
            return
        if (walked.run.id, step.id) not in self._came:
            self._came[walked.run.id, step.id] = self.app.now()
            self.view.come_to(self._came_to(walked))

    def _came_to(self, walked: Walked) -> dict[str, datetime]:
        return {step: at for (run, step), at in self._came.items() if run == walked.run.id}

    def lead_to(self, key: str) -> None:
        """Look at a line that the walk leads to: its own time runs."""
        with self.view.at_once():
            self.view.turn_to(key)
            self.view.focus_list()  # also at a decision: Enter pressed once too often must not decide
            self.come_to(self.view.step)
        self.offer_keys()

    def refresh_bindings(self) -> None:
        """Offer the keys in the order in which the line needs them."""
        if self.app.shell.current is self:
            step = self.view.step if self.walked is not None else None
            standing = self.walked.run.standing(step.id) if self.walked is not None and step is not None else None
            self.app.shell.footer.show_commands(by_need(standing))
        super().refresh_bindings()

    def offer_keys(self) -> None:
        """Offer what makes sense for the line one looks at."""
        self._offered_for = self._looked_at
        self.refresh_bindings()

    @property
    def _looked_at(self) -> tuple[str, bool, str]:
        deciding = self.view.gate.has_focus
        return self.view.key, deciding, (self.view.gate.current or "") if deciding else ""

    async def begin_here(self) -> None:
        """Begin the check of the step one was led to, where nobody notices it."""
        walked, step = self.walked, self.view.step
        if walked is not None and step is not None:
            before = len(self.checks)
            await self.arrive(walked, step)
            if len(self.checks) > before and self.walked is not None:
                self.show_walk(self.walked)

    # -- going on ---------------------------------------------------------------------------------------------

    async def reread_and_go_on(self, run_id: str, key: str, *, stay: bool = False) -> None:
        """Show the walk as it stands and go on; `stay` where there is something to do at this step.

        Whoever answered from a decision stays there.
        """
        self._came.pop((run_id, key), None)
        if stay or self.view.gate.has_focus:
            await self.reread(run_id)
        elif await self.reread(run_id, partial(self._turn_on, key)):
            await self.begin_here()

    async def go_on(self, key: str) -> None:
        """Turn to the next open line after this one; a light check begins there by itself."""
        self._turn_on(key)
        await self.begin_here()

    def _turn_on(self, key: str) -> None:
        """Turn to the next open line after this one."""
        assert self.walked is not None
        following = self.walked.next_open(key, self.checks_of(self.walked))
        if following is None:
            self.app.say(_("Every step is answered and everything is decided."))
        else:
            self.lead_to(following)
