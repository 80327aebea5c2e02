"""While a meeting runs: start, count, incident, end, each stamped at once; shifted by minutes; the last one undone.

The steps of its walk that wait for such a stamp are answered, and taken back, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from vcops.domain.meetings import LONGEST, CountMethod, HeadCount, Incident, LastStamp, Meeting, MeetingState, total_of
from vcops.domain.periods import day_text
from vcops.errors import Conflict, InvalidInput
from vcops.formats import clock
from vcops.operations.meeting_changes import (
    at_or_now,
    columns_of_record,
    context_of,
    held_meeting,
    keep,
    recount,
    store_drafts,
)
from vcops.operations.meeting_forms import read_meeting
from vcops.operations.stamped_steps import answer_by_stamp, take_back_stamp
from vcops.operations.typed import clean_lines
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.store.meetings import Stamp
    from vcops.store.writing import Change

__all__ = ["count", "describe_incident", "end", "incident", "last_stamp", "recover", "shift", "start", "undo"]

_CANNOT_START = {
    MeetingState.RUNNING: "meeting.already_running",
    MeetingState.ENDED: "meeting.already_ended",
    MeetingState.CANCELLED: "meeting.is_cancelled",
}
_CANNOT_END = {
    MeetingState.PLANNED: "meeting.not_started",
    MeetingState.ENDED: "meeting.already_ended",
    MeetingState.CANCELLED: "meeting.is_cancelled",
}
_LONGEST_SHIFT = 24 * 60
"""Minutes. A stamp that is further off is not shifted but corrected."""
At = datetime | str | None
"""A moment, the words of `--at`, or None for now."""


def start(
    workplace: Workplace, meeting_id: str | None = None, texts: Mapping[str, str] | None = None, at: At = None
) -> Meeting:
    """Start a planned meeting, or with `texts` one that nobody planned. Raises Conflict where it cannot start."""
    with workplace.store.writing(workplace.who) as change:
        context = context_of(change.connection, change.now)
        if meeting_id is None:
            moment = at_or_now(at, context.zone, change.now)
            draft = read_meeting(texts or {}, replace(context, now=moment), when="started")
            if at is not None or "start" not in (texts or {}):
                # The key was pressed at this second; the form knows only whole minutes.
                draft = replace(draft, values={**draft.values, "started_at": moment})
            (meeting_id,) = store_drafts(change, [draft])
            return held_meeting(change.connection, meeting_id, change.now)
        held = held_meeting(change.connection, meeting_id, change.now)
        if held.state is not MeetingState.PLANNED:
            raise Conflict(_CANNOT_START[held.state], title=held.title)
        started = keep(change, held, started_at=at_or_now(at, held.zone, change.now))
        answer_by_stamp(change, held.id, "start")
        return started


def count(  # noqa: PLR0913 - the parts of one count
    workplace: Workplace,
    meeting_id: str | None = None,
    *,
    online: int | None = None,
    in_room: int | None = None,
    total: int | None = None,
    method: str = "counted",
    at: At = None,
) -> HeadCount:
    """Add a head count; the largest is the meeting's. Raises InvalidInput, Conflict where it has not started."""
    from vcops.store import tables

    people = total_of(online, in_room, total)
    with workplace.store.writing(workplace.who) as change:
        held = _begun(change, meeting_id)
        moment = _stamped(at, held, change.now)
        made = HeadCount("", held.id, moment, people, online, in_room, CountMethod(method), change.actor)
        made = replace(made, id=change.insert(tables.HeadCount, columns_of_record(made)))
        recount(change, held)
        answer_by_stamp(change, held.id, "count", made.id)
        return made


def incident(  # noqa: PLR0913 - the parts of one incident
    workplace: Workplace,
    meeting_id: str | None = None,
    *,
    text: str = "",
    started_at: At = None,
    recovered_at: At = None,
    action: str = "",
) -> Incident:
    """Note a disturbance; the words may follow later. Raises InvalidInput, Conflict where it has not started.

    One of a meeting that has ended is told with both its times, which lie within the meeting: nothing runs there.
    """
    from vcops.store import tables

    with workplace.store.writing(workplace.who) as change:
        held = _begun(change, meeting_id)
        if held.ended_at is not None and (started_at is None or recovered_at is None):
            day = day_text(held.held_day)
            raise Conflict("incident.meeting_ended", title=held.title, id=held.id[-8:], day=day)
        began = _stamped(started_at, held, change.now, "started_at")
        over = None if recovered_at is None else _stamped(recovered_at, held, change.now, "recovered_at")
        _refuse_recovery_before(began, over)
        made = Incident("", held.id, began, clean_lines(text), clean_lines(action), over, change.actor)
        return replace(made, id=change.insert(tables.Incident, columns_of_record(made)))


def recover(
    workplace: Workplace, incident_id: str, *, at: At = None, action: str | None = None, text: str | None = None
) -> Incident:
    """Stamp the end of a disturbance, at the latest that of its meeting. Raises Conflict where it is already over."""
    with workplace.store.writing(workplace.who) as change:
        found, held = _incident(change, incident_id)
        if found.recovered_at is not None:
            raise Conflict("incident.already_over")
        over = _stamped(at, held, change.now, "recovered_at")
        if not isinstance(at, str):
            over = max(over, found.started_at)  # the end was corrected to before it: over as soon as it began
        _refuse_recovery_before(found.started_at, over)
        return _keep_incident(change, replace(found, recovered_at=over), text=text, action=action)


def describe_incident(
    workplace: Workplace, incident_id: str, *, text: str | None = None, action: str | None = None
) -> Incident:
    """Give a disturbance its words afterwards; None leaves as it is."""
    with workplace.store.writing(workplace.who) as change:
        found, _held = _incident(change, incident_id)
        return _keep_incident(change, found, text=text, action=action)


def end(workplace: Workplace, meeting_id: str | None = None, at: At = None) -> Meeting:
    """Stamp the end. Raises Conflict where it does not run, InvalidInput for an end before the start."""
    with workplace.store.writing(workplace.who) as change:
        held = held_meeting(change.connection, meeting_id, change.now)
        if held.state is not MeetingState.RUNNING:
            raise Conflict(_CANNOT_END[held.state], title=held.title)
        moment = at_or_now(at, held.zone, change.now)
        _refuse_crossing(change, held, ended_at=moment)
        ended = keep(change, held, ended_at=moment)
        answer_by_stamp(change, held.id, "end")
        return ended


def shift(workplace: Workplace, meeting_id: str | None, minutes: int) -> Meeting:
    """Move the last stamp by so many minutes, back where negative. Raises InvalidInput where it cannot lie there."""
    from vcops.store import meetings, tables

    if abs(minutes) > _LONGEST_SHIFT:
        raise InvalidInput("meeting.shift_too_far", value=minutes, most=_LONGEST_SHIFT)
    by = timedelta(minutes=minutes)
    with workplace.store.writing(workplace.who) as change:
        held = held_meeting(change.connection, meeting_id, change.now)
        last = _last(change, held)
        if last.code in ("start", "end"):
            if last.code == "end":
                _refuse_crossing(change, held, ended_at=last.at + by)
            moment = _moved(last.at, by, held, change.now)
            return keep(change, held, **{"started_at" if last.code == "start" else "ended_at": moment})
        if last.code == "count":
            (moved,) = [one for one in meetings.counts_of(change.connection, held.id) if one.id == last.row_id]
            moment = _within(_moved(last.at, by, held, change.now), held)
            change.update(tables.HeadCount, moved.id, {"at": moment})
            return recount(change, held)
        found, _held = _incident(change, last.row_id)
        if last.code == "incident":
            began = _within(_moved(last.at, by, held, change.now), held)
            # Where it is the last stamp and is over, its recovery was told with it: the two are moved together.
            over = found.recovered_at and _within(_moved(found.recovered_at, by, held, change.now), held)
            _keep_incident(change, replace(found, started_at=began, recovered_at=over))
        else:
            over = _within(_moved(last.at, by, held, change.now), held)
            _refuse_recovery_before(found.started_at, over)
            _keep_incident(change, replace(found, recovered_at=over))
        return held


def undo(workplace: Workplace, meeting_id: str | None) -> LastStamp:
    """Take the last stamp back; return which: start, count, incident, recovered, end. Raises Conflict for none.

    Stamps go in the order in which they were stamped. Times that were corrected are no stamp and stay as they are.
    Where it is the head count of a correction, those that it replaced stand again. A meeting that nobody planned is
    planned from then on for the start that is taken back: none is without a time.
    """
    from vcops.store import meetings, tables

    with workplace.store.writing(workplace.who) as change:
        held = held_meeting(change.connection, meeting_id, change.now)
        stamps = _stamps(change, held)
        last = stamps[-1]
        if last.code == "start":
            keep(change, held, started_at=None, **_plan_after_undo(held))
        elif last.code == "end":
            keep(change, held, ended_at=None)
        elif last.code == "recovered":
            change.update(tables.Incident, last.row_id, {"recovered_at": None})
        elif last.code == "incident":
            change.update(tables.Incident, last.row_id, {"undone_at": change.now})
        else:
            for former in meetings.counts_replaced_by(change.connection, last.row_id):
                change.update(tables.HeadCount, former, {"undone_at": None})
            change.update(tables.HeadCount, last.row_id, {"undone_at": change.now})
            recount(change, held)
        take_back_stamp(change, held.id, last.row_id if last.code == "count" else last.code)
        return _told(stamps)


def last_stamp(workplace: Workplace, meeting_id: str) -> LastStamp | None:
    """Return what `undo` would take back and `shift` would move."""
    with workplace.store.reading() as connection:
        held = held_meeting(connection, meeting_id, workplace.clock())
        stamps = _stamps_of(connection, held)
        return _told(stamps) if stamps else None


def _told(stamps: Sequence[Stamp]) -> LastStamp:
    """Return the last of the stamps. One that is shifted is the last itself: what moved since then was corrected."""
    *others, last = stamps
    return LastStamp(last.code, last.at, any(one.moved >= last.seq for one in others if one.moved))


def _last(change: Change, held: Meeting) -> Stamp:
    return _stamps(change, held)[-1]


def _stamps(change: Change, held: Meeting) -> list[Stamp]:
    """Return the stamps as they stand inside this transaction. Raises Conflict where there is none."""
    change.finish()  # the journal tells which stamp came last
    stamps = _stamps_of(change.connection, held)
    if not stamps:
        raise Conflict("meeting.nothing_stamped", title=held.title)
    return stamps


def _stamps_of(connection: Connection, held: Meeting) -> list[Stamp]:
    from vcops.store import meetings

    counts = meetings.counts_of(connection, held.id)
    return meetings.stamps_of(connection, held, counts, meetings.incidents_of(connection, held.id))


def _begun(change: Change, meeting_id: str | None) -> Meeting:
    held = held_meeting(change.connection, meeting_id, change.now)
    if held.started_at is None or held.state is MeetingState.CANCELLED:
        raise Conflict("meeting.not_started", title=held.title)
    return held


def _stamped(at: At, held: Meeting, now: datetime, column: str = "at") -> datetime:
    """Return the moment of a count or an incident. One that is told after the meeting, without a time, is its end's."""
    moment = at_or_now(at, held.zone, now, column)
    if not isinstance(at, str) and held.ended_at is not None:
        moment = min(moment, held.ended_at)
    if isinstance(at, str) and held.started_at and moment == held.started_at.replace(second=0, microsecond=0):
        moment = held.started_at  # a whole minute was typed, and the start was stamped within it
    return _within(moment, held, column)


def _moved(stamp: datetime, by: timedelta, held: Meeting, now: datetime) -> datetime:
    """Return a stamp moved; never to a moment to come, and one of a faster clock at least not further."""
    moment = stamp + by
    if moment > max(now, stamp):
        raise InvalidInput("meeting.shift_future", column="minutes", value=clock(moment, held.zone))
    return moment


def _within(moment: datetime, held: Meeting, column: str = "at") -> datetime:
    if held.started_at is not None and moment < held.started_at:
        raise InvalidInput("meeting.stamp_before_start", column=column)
    if held.ended_at is not None and moment > held.ended_at:
        raise InvalidInput("meeting.stamp_after_end", column=column)
    return moment


def _refuse_crossing(change: Change, held: Meeting, ended_at: datetime) -> None:
    """Refuse an end before a count, an incident or its recovery; one that lay outside stays so.

    A start has nothing to cross: it is stamped or shifted only while nothing else is.
    """
    from vcops.store import meetings

    stamped = [one.at for one in meetings.counts_of(change.connection, held.id)]
    for one in meetings.incidents_of(change.connection, held.id):
        stamped += [at for at in (one.started_at, one.recovered_at) if at is not None]
    was_end = held.ended_at
    if any(at > ended_at and (was_end is None or at <= was_end) for at in stamped):
        raise InvalidInput("meeting.end_before_stamp", column="at")


def _plan_after_undo(held: Meeting) -> dict[str, datetime | None]:
    """Return the plan of a meeting whose start is taken back: its own, or that start where it has none."""
    if held.planned_start is not None or held.started_at is None:
        return {}
    end = held.planned_end
    fits = end is not None and held.started_at <= end <= held.started_at + LONGEST
    return {"planned_start": held.started_at, "planned_end": end if fits else None}


def _refuse_recovery_before(began: datetime, over: datetime | None) -> None:
    if over is not None and over < began:
        raise InvalidInput("incident.over_before_start", column="recovered_at")


def _incident(change: Change, incident_id: str) -> tuple[Incident, Meeting]:
    from vcops.store import meetings

    found = meetings.incident(change.connection, incident_id)
    if found is None or found.undone_at is not None:
        raise InvalidInput("incident.unknown", value=incident_id)
    return found, held_meeting(change.connection, found.meeting_id, change.now)


def _keep_incident(change: Change, found: Incident, *, text: str | None = None, action: str | None = None) -> Incident:
    from vcops.store import tables

    found = replace(
        found,
        text=found.text if text is None else clean_lines(text),
        action=found.action if action is None else clean_lines(action),
    )
    change.update(tables.Incident, found.id, columns_of_record(found))
    return found
