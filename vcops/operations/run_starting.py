"""Starting a run, and looking at what would be started: whoever only looks stores nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from vcops.domain.frozen import facts_to_json, freeze, standards_of, thaw
from vcops.domain.journal import digest_of
from vcops.domain.runs import Run
from vcops.errors import Conflict
from vcops.operations import directory, handbooks
from vcops.operations.demands import needs_of_meeting
from vcops.operations.run_changes import facts_of, loaded
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.domain.meetings import Meeting
    from vcops.domain.people import Room
    from vcops.domain.procedures import Procedure
    from vcops.store.writing import Change

__all__ = ["begun", "rehearse", "sketch", "start"]


def start(
    workplace: Workplace,
    procedure_id: str,
    *,
    room_id: str | None = None,
    meeting_id: str | None = None,
    run_id: str = "",
) -> Run:
    """Start a run, or resume the open one of the same procedure, room and meeting.

    The run freezes the procedure, its standards, what the meeting asks of the link in numbers, and what it needs to
    know of the meeting and the room. A run without a meeting belongs to its day in the room's zone, or to its month
    where the procedure counts from it: afterwards the one left open is closed and a new one starts. `run_id` is the id
    that a run which was only looked at (`sketch`) has already.
    Raises InvalidInput for a procedure that does not exist, Conflict for a room or meeting that is gone.
    """
    procedure = handbooks.procedure(workplace, procedure_id)
    with workplace.store.writing(workplace.who) as change:
        return _started(workplace, change, procedure, room_id, meeting_id, run_id)


def begun(workplace: Workplace, change: Change, run_id: str, draft: Run | None) -> Run:
    """Return the run that a change is made in; a `draft` is started by that same change.

    So where the change is refused there is no run either. Somebody else may have started it just before: then it is
    theirs, under its own id. Raises as `start`, and InvalidInput where there is no run of that id.
    """
    if draft is None:
        return loaded(change, run_id)
    procedure = handbooks.procedure(workplace, draft.procedure.id)
    return _started(workplace, change, procedure, draft.room_id, draft.meeting_id, draft.id)


def _started(  # noqa: PLR0913 - what a run belongs to
    workplace: Workplace,
    change: Change,
    procedure: Procedure,
    room_id: str | None,
    meeting_id: str | None,
    run_id: str,
) -> Run:
    from vcops.store import directory, runs, tables

    meeting, room = _place(change.connection, meeting_id, room_id)
    going_on, over = _open_ones(change.connection, procedure, meeting, room, change.now)
    for one in over:
        change.update(tables.Run, one, {"closed_at": change.now})
    if going_on:
        return loaded(change, going_on)
    needs = needs_of_meeting(workplace, meeting, directory.office(change.connection).platform)
    text = freeze(procedure, standards_of(procedure, workplace.handbook.standards, needs))
    digest = digest_of(text)
    if not runs.frozen_known(change.connection, digest):
        change.insert(tables.Frozen, {"id": digest, "text": text})
    values = {
        "procedure_id": procedure.id,
        "version": procedure.version,
        "digest": digest,
        "facts": facts_to_json(facts_of(meeting, room)),
        "room_id": room.id if room else None,
        "meeting_id": meeting_id,
        "started_at": change.now,
        "started_by": workplace.who,
    }
    return loaded(change, change.insert(tables.Run, values | ({"id": run_id} if run_id else {})))


def sketch(
    workplace: Workplace, procedure_id: str, *, room_id: str | None = None, meeting_id: str | None = None
) -> Run:
    """Return the run that `start` would return, without storing anything: whoever only looks starts none.

    Where it would start one the run is a `draft`, with the id that `start` takes then and by the handbook as it is now:
    nothing is frozen yet, and `digest` is empty. Raises as `start`.
    """
    from vcops.store import runs
    from vcops.store.columns import new_id

    procedure = handbooks.procedure(workplace, procedure_id)
    office_platform, now = directory.office(workplace).platform, workplace.clock()
    with workplace.store.reading() as connection:
        meeting, room = _place(connection, meeting_id, room_id)
        going_on, _over = _open_ones(connection, procedure, meeting, room, now)
        found = runs.run(connection, going_on) if going_on else None
    if found is not None:
        return found
    needs = needs_of_meeting(workplace, meeting, office_platform)
    return Run(
        id=new_id(),
        procedure=procedure,
        standards=standards_of(procedure, workplace.handbook.standards, needs),
        digest="",
        started_at=now,
        started_by=workplace.who,
        facts=facts_of(meeting, room),
        room_id=room.id if room else None,
        meeting_id=meeting_id,
        draft=True,
    )


def rehearse(workplace: Workplace, draft: Run) -> None:
    """Do beforehand what the first answer in a `draft` would wait for, some 20 ms. Stores nothing.

    That is to read the procedure as it will be frozen, and to put what is asked of a run into the database's words.
    """
    from vcops.store import runs

    thaw(freeze(draft.procedure, draft.standards))
    with workplace.store.reading() as connection:
        runs.rehearse(connection)


def _open_ones(
    connection: Connection, procedure: Procedure, meeting: Meeting | None, room: Room | None, now: datetime
) -> tuple[str | None, list[str]]:
    """Return the open run that goes on, and those that were left open and whose day or month is over."""
    from vcops.store import runs

    over: list[str] = []
    monthly, zone = procedure.counts_from == "month", room.zone if room else None
    room_id, meeting_id = room.id if room else None, meeting.id if meeting else None
    for open_id, begun in runs.open_runs(connection, procedure.id, room_id, meeting_id):
        if meeting is not None or _same_day(begun, now, zone, monthly=monthly):
            return open_id, over
        over.append(open_id)
    return None, over


def _place(connection: Connection, meeting_id: str | None, room_id: str | None) -> tuple[Meeting | None, Room | None]:
    """Return the meeting and the room; the meeting's own where no room is named."""
    from vcops.store import meetings

    meeting = meetings.meeting(connection, meeting_id) if meeting_id else None
    if meeting_id and meeting is None:
        raise Conflict("store.gone", entity="meeting", id=meeting_id)
    wanted = room_id or (meeting.room_id if meeting else None)
    room = meetings.room(connection, wanted)
    if wanted and room is None:
        raise Conflict("store.gone", entity="room", id=wanted)
    return meeting, room


def _same_day(one: datetime, other: datetime, zone: str | None, *, monthly: bool = False) -> bool:
    here = ZoneInfo(zone or "Asia/Jakarta")
    first, second = one.astimezone(here).date(), other.astimezone(here).date()
    return (first.year, first.month) == (second.year, second.month) if monthly else first == second
