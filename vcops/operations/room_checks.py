"""Every automatic check of a room's procedure, one after the other, each kept in the run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from vcops.domain.checks import CheckDone, CheckEvent, CheckFailed, CheckResult
from vcops.domain.people import Room
from vcops.domain.procedures import USUAL, Step
from vcops.domain.runs import Run
from vcops.errors import InvalidInput, Unreachable
from vcops.operations import runs
from vcops.operations.checks import check, request_for_step
from vcops.operations.workplace import Workplace

__all__ = ["PROCEDURE", "StepEvent", "check_room"]

PROCEDURE = USUAL


@dataclass(frozen=True, slots=True)
class StepEvent:
    """What a check told, and the step of the run it is for. A `CheckDone` was kept in the run before it is told."""

    run: Run
    step: Step
    event: CheckEvent


async def check_room(
    workplace: Workplace, room: Room, *, procedure_id: str = PROCEDURE, stop: asyncio.Event | None = None
) -> AsyncGenerator[StepEvent, None]:
    """Start the room's run, or resume the open one, and make each of its checks.

    A step that there is nothing to measure with (no server is named, say) is kept as a check that failed, and the
    next one goes on; so is one that was stopped, and then nothing goes on. Raises InvalidInput for a procedure
    without automatic checks, or that does not exist.
    """
    run = await asyncio.to_thread(runs.start, workplace, procedure_id, room_id=room.id)
    steps = [step for step in run.steps() if step.check is not None]
    if not steps:
        raise InvalidInput("check.no_automatic", procedure=procedure_id)
    for step in steps:
        async with aclosing(_one(workplace, run, step, room, stop)) as events:
            async for event in events:
                if isinstance(event, CheckDone):
                    await asyncio.to_thread(runs.keep_check, workplace, run.id, step.id, event.result)
                yield StepEvent(run, step, event)
        if stop is not None and stop.is_set():
            return


async def _one(
    workplace: Workplace, run: Run, step: Step, room: Room, stop: asyncio.Event | None
) -> AsyncGenerator[CheckEvent, None]:
    standard = run.standards[step.standard or ""]
    request = request_for_step(workplace, run, step, room)
    try:
        async with aclosing(check(workplace, request, standard=standard, stop=stop)) as events:
            async for event in events:
                yield event
    except (InvalidInput, Unreachable) as error:
        failed = CheckFailed(error.code, error.params)
        yield failed
        yield CheckDone(CheckResult.unmeasured(request, standard, failed, workplace.clock()))
