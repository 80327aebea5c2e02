"""What somebody else has done meanwhile, at another terminal, in one calm line each."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from vcops.domain.meetings import MeetingState
from vcops.domain.runs import Run
from vcops.formats.dates import clock_zone, short_day
from vcops.locale import _, language
from vcops.tui.prepare.signs import attempt_cell
from vcops.tui.prepare.walked import Walked
from vcops.wording.verdicts import ready_sign, ready_word

__all__ = ["MOST", "news"]

MOST = 3
"""Lines that are told one by one; more are counted."""


def news(before: Walked, after: Walked, own: Collection[str]) -> list[str]:
    """Return what is new and not ours. `own` holds the ids of what was stored from here."""
    lines = [*_meeting(before, after), *_run(before.run, after.run, own)]
    if len(lines) <= MOST:
        return lines
    return [*lines[: MOST - 1], _("and {count} more").format(count=len(lines) - MOST + 1)]


def _run(before: Run, after: Run, own: Collection[str]) -> Iterator[str]:
    known = {one.id: one for one in before.attempts}
    for one in after.attempts:
        step = after.procedure.step(one.step)
        title = step.title.said(language()) if step else one.step
        if one.id not in known and one.id not in own:
            yield f"{one.by}: {title}  {attempt_cell(one).text}"
        elif one.undone_at and one.id in known and known[one.id].undone_at is None and one.id not in own:
            yield _("{step}: the answer was taken back").format(step=title)
    decided = {one.id for one in before.decisions} | set(own)
    for decision in after.decisions:
        if decision.id not in decided:
            yield f"{decision.by}: {ready_sign(decision.ready)} {ready_word(decision.ready)}"
    attached = {one.id for one in before.attachments} | set(own)
    for file in after.attachments:
        if file.id not in attached:
            yield _("{name} has attached a file").format(name=file.by)


def _meeting(before: Walked, after: Walked) -> Iterator[str]:
    old, new = before.meeting, after.meeting
    if old is None or new is None:
        return
    if new.state is MeetingState.CANCELLED and old.state is not MeetingState.CANCELLED:
        yield _("The meeting was cancelled.")
    elif new.planned_start != old.planned_start and new.planned_start is not None:
        time = clock_zone(new.planned_start, after.zone)
        day = short_day(new.planned_start, after.zone)
        yield _("The meeting was moved to {day} at {time}; the deadlines follow.").format(day=day, time=time)
    if after.moved_to and after.moved_to != before.moved_to:
        yield _("The meeting was moved to {room}.").format(room=after.moved_to)
    if before.run.facts != after.run.facts:
        yield _("The meeting was changed: other steps may apply now.")
