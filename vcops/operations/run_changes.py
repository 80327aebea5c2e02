"""What every change of a run shares: finding it, keeping an attempt or a decision, and what follows from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from vcops.domain.frozen import facts_to_json
from vcops.domain.meeting_facts import Facts
from vcops.domain.meetings import MeetingState
from vcops.domain.runs import Attempt, Blocker, Ready, Run, readiness, withdrawn
from vcops.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from vcops.domain.meetings import Meeting
    from vcops.domain.people import Room
    from vcops.store.writing import Change

__all__ = [
    "TICK", "attempted", "decided", "facts_of", "follow_meeting", "loaded", "next_moment", "opened", "settled",
    "taken_back",
]  # fmt: skip

TICK = timedelta(microseconds=1)
"""By so much at least two moments of one run differ."""


def loaded(change: Change, run_id: str) -> Run:
    """Return a run as it stands inside this transaction. Raises InvalidInput, Conflict."""
    from vcops.store import runs

    found = runs.run(change.connection, run_id)
    if found is None:
        raise InvalidInput("run.unknown", value=run_id)
    return found


def opened(run: Run) -> Run:
    """Return a run that is not closed. Raises Conflict."""
    if run.closed_at is not None:
        raise Conflict("run.closed")
    return run


def attempted(change: Change, run: Run, step_id: str, kept: Mapping[str, Any]) -> Run:
    """Keep an attempt at a step, with what follows from it."""
    from vcops.store import tables

    values = {"run_id": run.id, "step": step_id, "by": change.actor, "at": next_moment(run, change.now), **kept}
    change.insert(tables.Attempt, values)
    return settled(change, loaded(change, run.id))


def taken_back(change: Change, run_id: str, attempt: Attempt) -> Run:
    """Let an answer count no longer; return the run as it stands."""
    from vcops.store import tables

    change.update(tables.Attempt, attempt.id, {"undone_at": change.now})
    return settled(change, loaded(change, run_id))


def decided(  # noqa: PLR0913 - a decision has as many parts
    change: Change,
    run: Run,
    gate_id: str,
    blockers: Iterable[Blocker],
    *,
    override: str = "",
    refusal: str = "",
    by: str = "",
) -> None:
    """Keep a decision; `override` and `refusal` are the reasons for one, empty where none was asked for."""
    from vcops.store import tables

    in_the_way = list(blockers)
    ready = Ready.NOT_READY if refusal else readiness(in_the_way, override=bool(override))
    values = {
        "run_id": run.id,
        "gate": gate_id,
        "ready": ready.value,
        "by": by or change.actor,
        "at": next_moment(run, change.now),
        "reason": refusal or (override if ready is Ready.OVERRIDE else ""),
        "blockers": json.dumps([one.step.id for one in in_the_way]),
    }
    change.insert(tables.Decision, values)


def settled(change: Change, run: Run) -> Run:
    """Withdraw the gates that no longer hold, and close the run when nothing is left to do; return it as it stands."""
    from vcops.store import tables

    before = run
    for gate, blockers in withdrawn(run):
        decided(change, run, gate.id, blockers)
        run = loaded(change, run.id)
    closed_at = run.closed_at
    if run.complete and closed_at is None:
        closed_at = change.now
    elif not run.complete:
        closed_at = None
    if closed_at != run.closed_at:
        change.update(tables.Run, run.id, {"closed_at": closed_at})
    elif run is before:
        return run
    return loaded(change, run.id)


def next_moment(run: Run, now: datetime) -> datetime:
    """Return a moment after all that was kept so far, also where the clock stands still or was set back."""
    kept = [one.at for rows in (run.attempts, run.decisions, run.attachments) for one in rows]
    return max([now, *(at + TICK for at in kept)])


def facts_of(meeting: Meeting | None, room: Room | None, before: Facts | None = None) -> Facts:
    """Return what conditions may ask. Once a meeting runs, the people counted in it change nothing any more."""
    backup_link = room is not None and room.backup_link
    if meeting is None:
        return Facts(backup_link=backup_link)
    expected = meeting.expected
    if expected is None:
        expected = before.participants if before and meeting.started_at else meeting.participants
    return Facts(meeting.kind.value, meeting.mode.value, frozenset(meeting.service), expected, backup_link)


def follow_meeting(change: Change, meeting: Meeting) -> None:
    """Let the conditions of a meeting's runs follow it: what was answered stays, what is asked now changes at once.

    A closed run is opened again where the meeting is yet to come and asks for more now. One whose procedure was
    altered in the database is left as it is.
    """
    from vcops.store import meetings, runs, tables

    for found in runs.of_meeting(change.connection, meeting.id):
        if found.closed_at is not None and meeting.state is not MeetingState.PLANNED:
            continue
        facts = facts_of(meeting, meetings.room(change.connection, found.room_id), found.facts)
        if facts == found.facts:
            continue
        change.update(tables.Run, found.id, {"facts": facts_to_json(facts)})
        try:
            settled(change, loaded(change, found.id))
        except Conflict as error:
            if error.code != "run.frozen_changed":
                raise
