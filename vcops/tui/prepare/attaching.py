"""The part of Prepare that says who carried a walk out, and keeps files and photos with its steps."""

from __future__ import annotations

from pathlib import Path

from vcops.domain.runs import Run
from vcops.tui.place import asks
from vcops.tui.prepare import asking
from vcops.tui.prepare.answering import Answering
from vcops.tui.prepare.executor import remember_executor
from vcops.tui.prepare.walked import draft_of

__all__ = ["Attaching"]


class Attaching(Answering):
    """A place with a walk open, whose executor can be named, and to whose steps files can be attached."""

    @asks
    async def action_executor(self) -> None:
        """Name who carries out this walk."""
        from vcops.operations import directory

        if self.walked is None:
            return
        known = [one.name for one in await self.app.in_store(directory.people)]
        said = await self.app.ask(asking.executor_dialog(self.executor, known))
        if said and self.walked is not None:
            self.carried_out_by = (self.walked.run.id, said[asking.FIELD])
            remember_executor(self.app.workplace, *self.carried_out_by)
            self.show_walk(self.walked)

    @asks
    async def action_attach(self) -> None:
        """Attach a file or a photo to the step one looks at."""
        from vcops.operations.attachments import attach

        walked, step = self.walked, self.view.step
        if walked is None or step is None:
            return

        async def submit(texts: dict[str, str]) -> Run:
            path = Path(texts["file"])
            run = await self.app.in_store(
                attach, walked.run.id, step.id, [path], by=self.executor, draft=draft_of(walked)
            )
            return self.stored(walked, run)

        attached: Run | None = await self.app.ask(asking.attach_dialog(step, submit))
        if attached is not None:
            await self.reread(attached.id)
