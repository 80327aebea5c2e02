"""What every change of a meeting shares: finding it, storing a draft, and keeping the row in step with its stamps."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from vcops.domain.meetings import HeadCount, Incident, Meeting, check_times, chosen_count, day_number
from vcops.domain.people import Room, Unit
from vcops.errors import Conflict, InvalidInput
from vcops.operations.ids import Codes, whole_id
from vcops.operations.meeting_forms import Context, Draft
from vcops.operations.run_changes import follow_meeting
from vcops.operations.typed import CLOCKS_DIFFER, read_at

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.store.writing import Change

__all__ = [
    "UNASKED",
    "at_or_now",
    "columns_of_record",
    "context_of",
    "derived",
    "held_meeting",
    "keep",
    "links_of",
    "recount",
    "resolve",
    "store_drafts",
]

UNASKED = frozenset({"unit"})
"""The columns whose unknown name is added where nobody is asked first: on the command line, which then says so."""
_CODES = Codes("meeting.id_short", "meeting.unknown", "meeting.ambiguous")


def context_of(connection: Connection, now: datetime) -> Context:
    """Return what reading a form needs: the office's zone and the rooms' zones."""
    from vcops.store import directory

    rooms = {room.name.lower(): room.zone for room in directory.rooms(connection)}
    return Context(now, directory.office(connection).zone, rooms)


def resolve(connection: Connection, typed: str | None, now: datetime) -> str:
    """Return the full id for an id or its unique tail; for None that of the one meeting that runs.

    Raises InvalidInput, Conflict.
    """
    from vcops.store import meetings

    if typed is None:
        running = meetings.running_ids(connection, now)
        if len(running) == 1:
            return running[0]
        if running:
            raise Conflict("meeting.several_running", number=len(running), ids=", ".join(one[-6:] for one in running))
        raise Conflict("meeting.none_running")
    return whole_id(typed, lambda tail: meetings.ids_ending_in(connection, tail), _CODES)


def held_meeting(connection: Connection, typed: str | None, now: datetime) -> Meeting:
    """Return the meeting that was meant, as it stands inside this transaction."""
    from vcops.store import meetings

    found = meetings.meeting(connection, resolve(connection, typed, now))
    if found is None:
        raise InvalidInput("meeting.unknown", value=typed or "")
    return found


def at_or_now(at: datetime | str | None, zone: str, now: datetime, column: str = "at") -> datetime:
    """Return the moment a stamp is for; None is now. Raises InvalidInput for one that has not come yet.

    `column` is what a fault is said of.
    """
    if at is None:
        return now
    moment = read_at(at, zone, now, column) if isinstance(at, str) else at
    if moment > now + CLOCKS_DIFFER:
        raise InvalidInput("meeting.future", column=column, value=str(at))
    return moment


def keep(change: Change, held: Meeting, **changes: Any) -> Meeting:
    """Store a meeting's changes with what follows from them: its state, its day, its runs. Raises InvalidInput."""
    from vcops.store import tables

    new = replace(held, **changes)
    if new.start is not None:
        new = _in_its_month(change, held, new)
    check_times(new.started_at, new.ended_at)
    if new.started_at is None:
        check_times(new.planned_start, new.planned_end)
    if change.update(tables.Meeting, held.id, columns_of_record(new) | derived(new)):
        follow_meeting(change, new)
    return new


def _in_its_month(change: Change, held: Meeting, new: Meeting) -> Meeting:
    """Return a meeting on the day of its start; a late entry stays on the day it was booked. Raises InvalidInput."""
    from vcops.operations.corrections import in_closed_month

    assert new.start is not None
    day = day_number(new.start, new.zone)
    if held.belongs_to is None:
        return replace(new, local_day=day)
    if day // 100 != held.belongs_to and not in_closed_month(change.connection, day):
        raise InvalidInput("late.month_open", column="date", month=day // 100)
    return replace(new, local_day=held.local_day, belongs_to=day // 100)


def recount(change: Change, held: Meeting) -> Meeting:
    """Put the chosen head count on the meeting's row: what the tally adds up."""
    from vcops.store import meetings

    best = chosen_count(meetings.counts_of(change.connection, held.id))
    return keep(
        change,
        held,
        participants=best.total if best else None,
        online=best.online if best else None,
        in_room=best.in_room if best else None,
        count_method=best.method if best else None,
    )


def links_of(
    change: Change, draft: Draft, adding: Collection[str] = UNASKED, *, zone: str = ""
) -> dict[str, str | None]:
    """Return unit_id and room_id for the names typed. A new one is added where its column is in `adding`.

    Raises InvalidInput for another unknown name: a typing error would make a second one.
    """
    from vcops.store import directory, tables

    links: dict[str, str | None] = {}
    if draft.unit is not None:
        known = directory.unit_id(change.connection, draft.unit)
        if known is None and draft.unit:
            if "unit" not in adding:
                raise _unknown("unit", draft.unit, directory.units(change.connection))
            known = change.insert(tables.Unit, {"name": draft.unit})
        links["unit_id"] = known
    if draft.room is not None:
        known = directory.room_id(change.connection, draft.room)
        if known is None and draft.room:
            if "room" not in adding:
                raise _unknown("room", draft.room, directory.rooms(change.connection))
            there = draft.values.get("zone") or zone or directory.office(change.connection).zone
            known = change.insert(tables.Room, {"name": draft.room, "zone": there})
        links["room_id"] = known
    return links


def _unknown(column: str, name: str, there: Sequence[Unit] | Sequence[Room]) -> InvalidInput:
    """Return the fault that names the nearest of those that there are."""
    nearest = difflib.get_close_matches(name, [one.name for one in there], n=1, cutoff=0.4)
    code = f"{column}.unknown" if nearest else f"{column}.none_such"
    return InvalidInput(code, column=column, value=name, nearest=nearest[0] if nearest else "")


def store_drafts(
    change: Change,
    drafts: Sequence[Draft],
    *,
    import_keys: Sequence[str] = (),
    adding: Collection[str] = UNASKED,
) -> list[str]:
    """Store new meetings with their head counts, units and rooms; return their ids. Quick for ten thousand of them."""
    from vcops.store import tables
    from vcops.store.columns import new_id

    known: dict[tuple[str | None, str | None], dict[str, str | None]] = {}
    rows: list[dict[str, Any]] = []
    counts: list[dict[str, Any]] = []
    for place, draft in enumerate(drafts):
        names = (draft.unit, draft.room)
        if names not in known:
            known[names] = links_of(change, draft, adding)
        values = {"id": new_id(), "created_by": change.actor, **draft.values, **known[names]}
        if counted := draft.count:
            values |= {"participants": counted.total, "online": counted.online, "in_room": counted.in_room,
                       "count_method": counted.method}  # fmt: skip
        meeting = Meeting(**values)
        if counted:
            counts.append(_count_row(change, meeting, draft))
        key = {"import_key": import_keys[place]} if import_keys else {}
        rows.append(columns_of_record(meeting) | derived(meeting) | key)
    ids = change.insert_many(tables.Meeting, rows)
    change.insert_many(tables.HeadCount, counts)
    return ids


def _count_row(change: Change, meeting: Meeting, draft: Draft) -> dict[str, Any]:
    from vcops.store.columns import new_id

    typed = draft.count
    assert typed is not None
    at = meeting.ended_at or meeting.start or change.now
    count = HeadCount(
        id=new_id(), meeting_id=meeting.id, at=at, total=typed.total, online=typed.online, in_room=typed.in_room,
        method=typed.method, by=change.actor,
    )  # fmt: skip
    return columns_of_record(count)


def derived(meeting: Meeting) -> dict[str, Any]:
    """Return the columns that follow from a meeting's stamps."""
    return {"state": meeting.state.value, "minutes": meeting.minutes}


def columns_of_record(one: Meeting | HeadCount | Incident) -> dict[str, Any]:
    """Return a record as its table's columns hold it. An empty id is left out: the store gives one."""
    from vcops.store.records import columns_of

    values = columns_of(dict(zip(one.__slots__, attrgetter(*one.__slots__)(one), strict=True)))
    return values if one.id else {name: value for name, value in values.items() if name != "id"}
