"""Meetings: planned beforehand or added afterwards, run with one key each, corrected, listed.

Where a deed takes an id, it is the full one or a unique tail of at least four characters; None means the one meeting
that runs. `texts` maps column names to what was typed; `adding` names the columns (`unit`, `room`) whose unknown name
is added in the same transaction. `at` is a moment, or what `--at` says (`09.05`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from vcops.domain.meetings import HeadCount, Meeting, MeetingState, chosen_count, day_number, next_count_due, overdue
from vcops.domain.overview import MeetingDetails, MeetingLine
from vcops.errors import Conflict
from vcops.operations.meeting_changes import (
    UNASKED,
    columns_of_record,
    context_of,
    held_meeting,
    keep,
    links_of,
    recount,
    resolve,
    store_drafts,
)
from vcops.operations.meeting_forms import Draft, When, read_meeting
from vcops.operations.meeting_stamps import (
    count,
    describe_incident,
    end,
    incident,
    last_stamp,
    recover,
    shift,
    start,
    undo,
)
from vcops.operations.workplace import Workplace

__all__ = [
    "add", "cancel", "count", "describe_incident", "details", "edit", "end", "find", "incident", "last_stamp",
    "listing", "live", "one_running", "plan", "recover", "shift", "start", "undo",
]  # fmt: skip

_CANNOT_CANCEL = {
    MeetingState.RUNNING: "meeting.cancel_running",
    MeetingState.ENDED: "meeting.cancel_ended",
    MeetingState.CANCELLED: "meeting.is_cancelled",
}


def plan(workplace: Workplace, texts: Mapping[str, str], *, adding: Collection[str] = UNASKED) -> Meeting:
    """Store a meeting that is to come. Raises InvalidInput, StorageError."""
    return _store_new(workplace, texts, "planned", adding)


def add(workplace: Workplace, texts: Mapping[str, str], *, adding: Collection[str] = UNASKED) -> Meeting:
    """Store a meeting that was already held. Without an end it counts as not ended. Raises InvalidInput."""
    return _store_new(workplace, texts, "held", adding)


def edit(
    workplace: Workplace, meeting_id: str, texts: Mapping[str, str], *, adding: Collection[str] = UNASKED
) -> Meeting:
    """Change what is in `texts`. A head count typed here replaces those made before. Raises InvalidInput, Conflict."""
    with workplace.store.writing(workplace.who) as change:
        held = held_meeting(change.connection, meeting_id, change.now)
        draft = read_meeting(texts, context_of(change.connection, change.now), base=held)
        links = links_of(change, draft, adding, zone=held.zone)
        held = keep(change, held, **{**draft.values, **links})
        return _replace_counts(change, held, draft)


def cancel(workplace: Workplace, meeting_id: str, reason: str) -> Meeting:
    """Cancel a meeting that has not been held. Raises Conflict where it runs or is over."""
    from vcops.store.behind import joined_to

    with workplace.store.writing(workplace.who) as change:
        held = held_meeting(change.connection, meeting_id, change.now)
        if held.state is not MeetingState.PLANNED:
            raise Conflict(_CANNOT_CANCEL[held.state], title=held.title)
        if joined_to(change.connection, held.id):
            raise Conflict("meeting.cancel_joined", title=held.title)
        return keep(change, held, cancelled_at=change.now, cancel_reason=reason.strip())


def find(workplace: Workplace, text: str) -> Meeting:
    """Return the meeting of this id or unique tail. Raises InvalidInput, Conflict where several end so."""
    with workplace.store.reading() as connection:
        return held_meeting(connection, text, workplace.clock())


def one_running(workplace: Workplace) -> str:
    """Return the id of the one meeting that runs. Raises Conflict where none or several do."""
    with workplace.store.reading() as connection:
        return resolve(connection, None, workplace.clock())


def listing(  # noqa: PLR0913 - one keyword a filter
    workplace: Workplace,
    *,
    search: str = "",
    day_from: date | None = None,
    day_to: date | None = None,
    state: MeetingState | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[MeetingLine]:
    """Return meetings, newest first. `search` looks into title, unit, room, organiser, letter and id."""
    from vcops.store.lists import meeting_lines

    with workplace.store.reading() as connection:
        return meeting_lines(
            connection,
            search=search,
            day_from=day_number(day_from) if day_from else None,
            day_to=day_number(day_to) if day_to else None,
            state=state,
            limit=limit,
            offset=offset,
        )


def details(workplace: Workplace, meeting_id: str) -> MeetingDetails:
    """Return a meeting with its unit, room, counts and incidents. Raises InvalidInput, Conflict."""
    now = workplace.clock()
    with workplace.store.reading() as connection:
        return details_at(connection, held_meeting(connection, meeting_id, now), now)


def live(workplace: Workplace) -> list[MeetingDetails]:
    """Return the meetings that run, the longest first."""
    from vcops.store import meetings

    now = workplace.clock()
    with workplace.store.reading() as connection:
        held = [meetings.meeting(connection, one) for one in meetings.running_ids(connection, now)]
        return [details_at(connection, one, now) for one in held if one is not None]


def details_at(connection: Any, held: Meeting, now: Any) -> MeetingDetails:
    """Return a meeting with its unit, room, counts and incidents as one moment of the database has them."""
    from vcops.operations.corrections import in_closed_month
    from vcops.store import meetings
    from vcops.store.adjustments import reversal_of

    counts = meetings.counts_of(connection, held.id)
    closed = in_closed_month(connection, held.local_day)
    reversal = reversal_of(connection, held.id) if closed else None
    return MeetingDetails(
        meeting=held,
        unit=meetings.unit(connection, held.unit_id),
        room=meetings.room(connection, held.room_id),
        counts=tuple(counts),
        incidents=tuple(meetings.incidents_of(connection, held.id)),
        next_count_due=next_count_due(held, counts),
        overdue=overdue(held, now),
        closed=closed,
        reversed_why=reversal.reason if reversal else "",
    )


def _store_new(workplace: Workplace, texts: Mapping[str, str], when: When, adding: Collection[str]) -> Meeting:
    with workplace.store.writing(workplace.who) as change:
        draft = read_meeting(texts, context_of(change.connection, change.now), when=when)
        (meeting_id,) = store_drafts(change, [draft], adding=adding)
        return held_meeting(change.connection, meeting_id, change.now)


def _replace_counts(change: Any, held: Meeting, draft: Draft) -> Meeting:
    """Let a corrected head count stand alone: the largest wins, so a smaller one would change nothing."""
    from vcops.store import meetings, tables
    from vcops.store.columns import new_id

    typed = draft.count
    if typed is None:
        return held
    best = chosen_count(meetings.counts_of(change.connection, held.id))
    for one in meetings.counts_of(change.connection, held.id):
        change.update(tables.HeadCount, one.id, {"undone_at": change.now})
    at = best.at if best else held.ended_at or held.start or change.now
    correction = HeadCount(new_id(), held.id, at, typed.total, typed.online, typed.in_room, typed.method, change.actor)
    change.insert(tables.HeadCount, columns_of_record(correction))
    return recount(change, held)
