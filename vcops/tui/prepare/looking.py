"""The part of Prepare that looks through a camera: beside its measuring, or without, to frame and to focus it."""

from __future__ import annotations

from contextlib import aclosing, suppress
from dataclasses import replace

from textual import getters
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from vcops.domain.checks import CheckFailed, CheckRequest
from vcops.domain.pictures import CheckPicture
from vcops.domain.procedures import Step
from vcops.errors import Unreachable
from vcops.locale import _
from vcops.tui.place import asks, deed
from vcops.tui.prepare import sources
from vcops.tui.prepare.hearing import Hearing
from vcops.tui.prepare.sight import Sight
from vcops.tui.prepare.walk import WalkView
from vcops.tui.prepare.walked import Walked

__all__ = ["Looking"]


class Looking(Hearing):
    """A place with a walk open, whose cameras it looks through."""

    view = getters.query_one(WalkView)

    def __init__(self) -> None:
        super().__init__()
        self.walked: Walked | None = None
        self.look: Sight | None = None
        self._seeing: Worker[None] | None = None

    def sight_for(self, walked: Walked, step: Step) -> Sight | None:
        """Return a sight for a step that is measured with a camera; a white sheet that was asked for stays so."""
        if step.check is None or step.check.instrument != "camera":
            return None
        sight = Sight(walked.run.id, step.id, self.view.preview)
        if self.look is not None and self.look.step_id == step.id:
            sight.preview.card, sight.best = self.look.preview.card, self.look.best
        return sight

    @property
    def is_seen(self) -> bool:
        """Whether a check has a camera of its own open now, or is about to."""
        return any(one.sight is not None for one in self.checks)

    def seen(self, sight: Sight) -> None:
        """Draw a new picture; none at the end, when the parts of a place go before the place."""
        if self.is_attached and self.app.is_running:
            self.view.viewfinder.show_picture(sight)

    @asks
    async def action_look(self) -> None:
        """Look through the camera of the step without measuring; while looking, through the room's next one."""
        walked, step = self.walked, self.view.step
        place = 0
        if self.look is not None:
            place = (self.look.place + 1) % max(1, len(self.look.cameras))
            await self.let_go()
        if walked is None or step is None or step.check is None:
            return
        if self.is_seen:
            self.app.say(_("One measurement is running already; x cancels it."))
            return
        if not self.sources_of(walked)[step.id]:
            named = await self.ask_source(walked, step)
            if named is None:
                return
            walked = named
        request = await self.app.in_store(sources.request_for, walked, step, dict(self._typed))
        sight = self.sight_for(walked, step)
        if sight is not None and self.look is None and not self.is_seen:
            sight.looking, sight.place = True, place
            sight.cameras = tuple(one.shown for one in request.cameras)
            if request.cameras:
                one = request.cameras[place % len(request.cameras)]
                request = replace(request, source=one.source, camera=one.name, cameras=())
            self.look = sight
            self.view.look_through(sight)
            self.refresh_bindings()
            self._seeing = self._look(sight, replace(request, preview=sight.preview))

    @deed
    async def _look(self, sight: Sight, request: CheckRequest) -> None:
        from vcops.operations import looking

        try:
            async with aclosing(looking.look(self.app.workplace, request)) as events:
                async for event in events:
                    if isinstance(event, CheckFailed):
                        raise Unreachable(event.code, **event.params)
                    if not self._is_looked_at(sight):
                        return
                    sight.take(event)
                    if isinstance(event, CheckPicture):
                        self.seen(sight)
                    else:
                        self.view.look_through(sight)
        finally:
            self._looked(sight)

    def _is_looked_at(self, sight: Sight) -> bool:
        """Whether its step is the one on the screen: a camera is not kept open for nobody."""
        here = self.walked is not None and self.walked.run.id == sight.run_id and self.view.key == sight.step_id
        return here and self.app.shell.current is self

    def _looked(self, sight: Sight) -> None:
        if self.look is sight:
            self.look = None
            self._seeing = None
            if self.is_running:
                self.view.look_through(None)
                self.refresh_bindings()

    async def let_go(self) -> None:
        """Let go of the camera; return when its probe is gone, so that another may open it."""
        seeing = self._seeing
        if seeing is not None:
            seeing.cancel()
            with suppress(WorkerCancelled, WorkerFailed):
                await seeing.wait()

    def stop_looking(self) -> bool:
        """Let go of the camera soon; False where none was looked through."""
        if self._seeing is None:
            return False
        self._seeing.cancel()
        return True

    def stop_looking_elsewhere(self) -> None:
        """Let go of the camera of a step that is not the one on the screen."""
        if self.look is not None and not self._is_looked_at(self.look):
            self.stop_looking()

    def action_white_sheet(self) -> None:
        """Show the box for a white sheet and measure its colour; while only looking, a second time takes it away.

        A check keeps what it has begun to measure.
        """
        check = self.checks_of(self.walked).get(self.view.key)
        sight = check.sight if check is not None else self.look
        if sight is not None:
            sight.preview.card = check is not None or not sight.preview.card
            self.view.look_through(self.look)
