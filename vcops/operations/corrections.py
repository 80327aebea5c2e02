"""After a month is closed: the reversing entry (entri koreksi) and the late one (entri susulan), booked today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vcops.domain.meetings import HeadCount, Meeting, MeetingState, day_number
from vcops.errors import Conflict, InvalidInput
from vcops.operations.meeting_changes import UNASKED, columns_of_record, context_of, derived, held_meeting, links_of
from vcops.operations.meeting_forms import Draft, read_meeting
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.store.writing import Change

__all__ = ["Corrected", "add_late", "correct", "in_closed_month", "refuse_correcting"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reversing entry's id, the meeting that it takes out of its month, and the late entry in its place, if any."""

    id: str
    meeting: Meeting
    belongs_to: int
    booked_day: int
    reason: str
    replaced_by: Meeting | None = None


def correct(
    workplace: Workplace,
    meeting_id: str,
    reason: str,
    texts: Mapping[str, str] | None = None,
    *,
    adding: Collection[str] = UNASKED,
) -> Corrected:
    """Take a meeting out of its closed month's figures; with `texts`, bring it in again as it should have been.

    The meeting itself stays as it is. Raises InvalidInput where there is no reason or a text is wrong, Conflict where
    the month is open, the meeting counts for nothing, or it was reversed before.
    """
    from vcops.store import tables

    why = " ".join(reason.split())
    if not why:
        raise InvalidInput("correction.no_reason", column="reason", value=reason)
    with workplace.store.writing(workplace.who) as change:
        held = held_meeting(change.connection, meeting_id, change.now)
        _refuse(change.connection, held)
        made = _again(change, held, texts, adding) if texts else None
        month, day = held.belongs_to or held.local_day // 100, _today(change)
        values = {
            "meeting_id": held.id,
            "belongs_to": month,
            "booked_day": day,
            "reason": why,
            "replaced_by": made.id if made else None,
            "at": change.now,
            "by": change.actor,
        }
        return Corrected(change.insert(tables.Correction, values), held, month, day, why, made)


def refuse_correcting(workplace: Workplace, meeting_id: str) -> None:
    """Raise what `correct` would, before anybody is asked anything."""
    with workplace.store.reading() as connection:
        _refuse(connection, held_meeting(connection, meeting_id, workplace.clock()))


def add_late(workplace: Workplace, texts: Mapping[str, str], *, adding: Collection[str] = UNASKED) -> Meeting:
    """Store a meeting that was forgotten when its month was closed: booked today, belonging to that month.

    Raises InvalidInput, Conflict where its month is open.
    """
    with workplace.store.writing(workplace.who) as change:
        draft = read_meeting(texts, context_of(change.connection, change.now), when="held")
        links = links_of(change, draft, adding)
        made = Meeting(**{"id": "", "created_by": change.actor, **draft.values, **links})
        return _store(change, made, draft)


def in_closed_month(connection: Connection, day: int) -> bool:
    """Whether a day's (YYYYMMDD) month is closed."""
    from vcops.store.closing import closing_of

    return closing_of(connection, day // 100) is not None


def _refuse(connection: Connection, held: Meeting) -> None:
    from vcops.store.adjustments import reversal_of

    if not in_closed_month(connection, held.local_day):
        raise Conflict("correction.month_open", title=held.title, month=held.local_day // 100)
    if held.state is not MeetingState.ENDED or held.same_as is not None:
        raise Conflict("correction.not_counted", title=held.title)
    if reversal_of(connection, held.id) is not None:
        raise Conflict("correction.done", title=held.title)


def _again(change: Change, held: Meeting, texts: Mapping[str, str], adding: Collection[str]) -> Meeting:
    """Store what a reversed meeting should have been; what is not in `texts` is as it was."""
    draft = read_meeting(texts, context_of(change.connection, change.now), base=held)
    values = {**draft.values, **links_of(change, draft, adding, zone=held.zone)}
    return _store(change, replace(held, **values, id="", created_by=change.actor), draft)


def _store(change: Change, meeting: Meeting, draft: Draft) -> Meeting:
    """Store a late entry with its head count, the typed one or the one that it has. Raises Conflict."""
    from vcops.store import tables
    from vcops.store.columns import new_id

    counted = draft.count
    if counted is not None:
        meeting = replace(
            meeting, participants=counted.total, online=counted.online, in_room=counted.in_room,
            count_method=counted.method,
        )  # fmt: skip
    assert meeting.start is not None
    held_on = day_number(meeting.start, meeting.zone)
    if not in_closed_month(change.connection, held_on):
        raise Conflict("late.month_open", month=held_on // 100)
    late = replace(meeting, id=new_id(), belongs_to=held_on // 100, local_day=_today(change))
    change.insert(tables.Meeting, columns_of_record(late) | derived(late))
    if late.participants is not None and late.count_method is not None:
        at = late.ended_at or late.start or change.now
        count = HeadCount(
            new_id(), late.id, at, late.participants, late.online, late.in_room, late.count_method, change.actor
        )
        change.insert(tables.HeadCount, columns_of_record(count))
    return late


def _today(change: Change) -> int:
    """Return the day that an entry is booked on: today, whose month is never closed."""
    from vcops.operations.tallies import day_at

    return day_number(day_at(change.connection, change.now))
