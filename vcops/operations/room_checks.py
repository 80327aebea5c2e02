"""Every automatic check of a room's procedure, together where they do not disturb each other, each kept in the run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from functools import partial

from vcops.domain.checks import CheckDone, CheckEvent, CheckFailed, CheckProgress, CheckRemark, CheckResult
from vcops.domain.people import Room
from vcops.domain.procedures import USUAL, Step
from vcops.domain.runs import Run
from vcops.domain.turns import in_turn
from vcops.errors import InvalidInput, Unreachable
from vcops.operations import runs
from vcops.operations.checks import check, request_for_step
from vcops.operations.link_lock import is_free_now
from vcops.operations.meeting_on import meetings_on
from vcops.operations.turns import Turns
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
    workplace: Workplace,
    room: Room,
    *,
    procedure_id: str = PROCEDURE,
    stop: asyncio.Event | None = None,
    countdown: int = 0,
) -> AsyncGenerator[StepEvent, None]:
    """Start the room's run, or resume the open one, and make each of its checks.

    Events of checks that run side by side come mixed. A step that there is nothing to measure with (no server is
    named, say) is kept as a check that failed, and the others go on; one that was stopped is kept and does not count,
    and then nothing goes on. One that would disturb a meeting is left out and told as a `CheckRemark`. Before the
    microphone is listened to it is told that someone has to speak, and counted down so many seconds. Raises
    InvalidInput for a procedure without automatic checks, or that does not exist.
    """
    draft = await asyncio.to_thread(runs.sketch, workplace, procedure_id, room_id=room.id)
    if not any(step.check for step in draft.steps()):
        raise InvalidInput("check.no_automatic", procedure=procedure_id)
    run = await asyncio.to_thread(runs.start, workplace, procedure_id, room_id=room.id)
    steps = [step for step in run.steps() if step.check is not None]
    on = await asyncio.to_thread(meetings_on, workplace, room.id)
    wanted = []
    for step in in_turn((step.check.instrument, step) for step in steps if step.check):
        assert step.check is not None
        code, meeting = on.hinders(step.check.instrument)
        if code:
            yield StepEvent(run, step, CheckRemark(code, {"meeting": meeting}))
        else:
            wanted.append(step)
    async with aclosing(_together(workplace, run, wanted, room, stop, countdown)) as events:
        async for event in events:
            yield event


async def _together(  # noqa: PLR0913 - what is checked, and how it ends and begins
    workplace: Workplace, run: Run, steps: Sequence[Step], room: Room, stop: asyncio.Event | None, countdown: int
) -> AsyncGenerator[StepEvent, None]:
    turns, told, keeping = Turns(), asyncio.Queue[StepEvent | None](), asyncio.Lock()

    async def hindered(step: Step) -> bool:
        """Whether a meeting has begun that it would disturb while it waited for its turn."""
        assert step.check is not None
        async with keeping:
            on = await asyncio.to_thread(meetings_on, workplace, room.id)
        code, meeting = on.hinders(step.check.instrument)
        if code:
            told.put_nowait(StepEvent(run, step, CheckRemark(code, {"meeting": meeting})))
        return bool(code)

    async def make(step: Step) -> None:
        assert step.check is not None
        try:
            async with turns.taken(step.check.instrument, stop) as mine:
                if mine and not await hindered(step):
                    began = _one(workplace, run, step, room, stop, countdown, partial(hindered, step))
                    async with aclosing(began) as events:
                        async for event in events:
                            if isinstance(event, CheckDone):
                                async with keeping:  # the store is one thread's at a time
                                    await asyncio.to_thread(_keep, workplace, run, step, event.result)
                            told.put_nowait(StepEvent(run, step, event))
        finally:
            told.put_nowait(None)

    tasks = [asyncio.create_task(make(step)) for step in steps]
    try:
        left = len(tasks)
        while left:
            event = await told.get()
            if event is None:
                left -= 1
            else:
                yield event
        await asyncio.gather(*tasks)  # raises what one of them raised
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _keep(workplace: Workplace, run: Run, step: Step, result: CheckResult) -> None:
    if result.begun:
        runs.keep_check(workplace, run.id, step.id, result, counts=not result.stopped)


async def _call_to_speak(seconds: int, stop: asyncio.Event | None) -> AsyncGenerator[CheckEvent, None]:
    """Tell that someone has to speak: the room is silent while nobody knows that it is listened to."""
    yield CheckRemark("sound.someone_speaks")
    for left in range(seconds, 0, -1):
        yield CheckProgress(None, "sound.soon", {"seconds": left})
        if stop is None:
            await asyncio.sleep(1)
            continue
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 1)


async def _one(  # noqa: PLR0913 - what is checked, and how it ends and begins
    workplace: Workplace,
    run: Run,
    step: Step,
    room: Room,
    stop: asyncio.Event | None,
    countdown: int,
    hindered: Callable[[], Awaitable[bool]],
) -> AsyncGenerator[CheckEvent, None]:
    if step.check is not None and step.check.instrument == "sound":
        async for event in _call_to_speak(countdown, stop):
            yield event
    standard = run.standards[step.standard or ""]
    request = request_for_step(workplace, run, step, room)
    try:
        async with aclosing(check(workplace, request, standard=standard, stop=stop)) as events:
            async for event in events:
                if is_free_now(event) and await hindered():
                    return
                yield event
    except (InvalidInput, Unreachable) as error:
        failed = CheckFailed(error.code, error.params)
        yield failed
        yield CheckDone(CheckResult.unmeasured(request, standard, failed, workplace.clock()))
