"""Meetings with their counts and incidents, read from the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from vcops.domain.meetings import LONGEST, HeadCount, Incident, Meeting
from vcops.domain.people import Room, Unit
from vcops.store import tables
from vcops.store.moments import read_moment
from vcops.store.records import by_id, record
from vcops.store.tables import table_of

__all__ = [
    "Running", "Stamp", "counts_of", "counts_replaced_by", "ids_ending_in", "incident", "incidents_of", "meeting",
    "room", "running", "running_ids", "stamps_of", "unit",
]  # fmt: skip

_MEETING = table_of(tables.Meeting)
_COUNT = table_of(tables.HeadCount)
_INCIDENT = table_of(tables.Incident)
_JOURNAL = table_of(tables.Journal)
_RUNNING = (
    select(_MEETING.c.id)
    .where(_MEETING.c.state == "running", _MEETING.c.started_at >= bindparam("since", type_=_MEETING.c.started_at.type))
    .order_by(_MEETING.c.started_at, _MEETING.c.id)
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """One stamp of a meeting: `start`, `end`, `count`, `incident`, `recovered`, and its time.

    `seq` tells which came last, `moved` when its time was last changed; both are numbers of the journal, 0 for never.
    """

    code: str
    row_id: str
    at: datetime
    seq: int
    moved: int


@dataclass(frozen=True, slots=True)
class Running:
    """A meeting that is on; `on_a_link` unless everybody is in the room."""

    title: str
    room_id: str | None
    on_a_link: bool


def meeting(connection: Connection, meeting_id: str) -> Meeting | None:
    """Return a meeting by its full id."""
    return by_id(connection, Meeting, meeting_id)


def unit(connection: Connection, unit_id: str | None) -> Unit | None:
    """Return a unit by id."""
    return by_id(connection, Unit, unit_id)


def room(connection: Connection, room_id: str | None) -> Room | None:
    """Return a room by id."""
    return by_id(connection, Room, room_id)


def counts_of(connection: Connection, meeting_id: str) -> list[HeadCount]:
    """Return the head counts that stand, oldest first."""
    query = select(_COUNT).where(_COUNT.c.meeting_id == meeting_id, _COUNT.c.undone_at.is_(None))
    return [record(HeadCount, row) for row in connection.execute(query.order_by(_COUNT.c.at, _COUNT.c.id)).mappings()]


def counts_replaced_by(connection: Connection, count_id: str) -> list[str]:
    """Return the head counts that were undone by the correction that this one came with, at the very same moment."""
    query = select(_COUNT.c.meeting_id, _JOURNAL.c.at).join(_JOURNAL, _JOURNAL.c.entity_id == _COUNT.c.id)
    query = query.where(_COUNT.c.id == count_id, _JOURNAL.c.entity == _COUNT.name, _JOURNAL.c.action == "insert")
    meeting_id, made_at = connection.execute(query).one()
    undone = select(_COUNT.c.id).where(_COUNT.c.meeting_id == meeting_id, _COUNT.c.undone_at == read_moment(made_at))
    return list(connection.execute(undone).scalars())


def incidents_of(connection: Connection, meeting_id: str) -> list[Incident]:
    """Return the incidents that stand, oldest first."""
    query = select(_INCIDENT).where(_INCIDENT.c.meeting_id == meeting_id, _INCIDENT.c.undone_at.is_(None))
    rows = connection.execute(query.order_by(_INCIDENT.c.started_at, _INCIDENT.c.id)).mappings()
    return [record(Incident, row) for row in rows]


def incident(connection: Connection, incident_id: str) -> Incident | None:
    """Return an incident by id, undone or not."""
    return by_id(connection, Incident, incident_id)


def ids_ending_in(connection: Connection, tail: str, most: int = 3) -> list[str]:
    """Return the meetings whose id ends so, a few: enough to say that it is not unique."""
    query = select(_MEETING.c.id).where(_MEETING.c.id.like("%" + tail)).order_by(_MEETING.c.id.desc()).limit(most)
    return list(connection.execute(query).scalars())


def running_ids(connection: Connection, now: datetime) -> list[str]:
    """Return the meetings that run, oldest first. One that started more than a day ago merely lacks its end."""
    return list(connection.execute(_RUNNING, {"since": now - LONGEST}).scalars())


def running(connection: Connection, now: datetime) -> list[Running]:
    """Return the same meetings with what a check must know of them."""
    ids = running_ids(connection, now)
    if not ids:
        return []
    query = select(_MEETING.c.title, _MEETING.c.room_id, _MEETING.c.mode).where(_MEETING.c.id.in_(ids))
    rows = connection.execute(query.order_by(_MEETING.c.started_at, _MEETING.c.id))
    return [Running(row.title, row.room_id, row.mode != "on-site") for row in rows]


def stamps_of(
    connection: Connection, held: Meeting, counts: Sequence[HeadCount], incidents: Sequence[Incident]
) -> list[Stamp]:
    """Return a meeting's standing stamps in the order in which they were stamped, which the journal knows.

    That order is not the one of the times: a stamp may have been typed in later, shifted or corrected, and keeps its
    place then. The start is first whatever the journal says: the others are stamps of a meeting that has begun.
    An incident that was told together with its recovery is one stamp.
    """
    row_ids = [held.id, *(one.id for one in counts), *(one.id for one in incidents)]
    stamped, moved = _times_in_journal(connection, row_ids)
    columns = [("start", held.id, "started_at", held.started_at)]
    columns += [("incident", one.id, "started_at", one.started_at) for one in incidents]
    columns += [("recovered", one.id, "recovered_at", one.recovered_at) for one in incidents]
    columns += [("count", one.id, "at", one.at) for one in counts]
    columns += [("end", held.id, "ended_at", held.ended_at)]
    order = [code for code, *_rest in columns]
    stamps = [
        Stamp(code, row_id, at, stamped.get((row_id, name), 0), moved.get((row_id, name), 0))
        for code, row_id, name, at in columns
        if at is not None
    ]
    told = {(one.row_id, one.seq) for one in stamps if one.code == "incident"}
    stamps = [one for one in stamps if one.code != "recovered" or (one.row_id, one.seq) not in told]
    return sorted(stamps, key=lambda one: (one.code != "start", one.seq, order.index(one.code)))


def _times_in_journal(
    connection: Connection, row_ids: Sequence[str]
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    """Return by row and column which entry gave it a value where none stood, and which put another in its place."""
    stamped: dict[tuple[str, str], int] = {}
    moved: dict[tuple[str, str], int] = {}
    query = select(_JOURNAL.c.seq, _JOURNAL.c.entity_id, _JOURNAL.c.action, _JOURNAL.c.before, _JOURNAL.c.after)
    query = query.where(_JOURNAL.c.entity.in_(("meeting", "head_count", "incident")), _JOURNAL.c.entity_id.in_(row_ids))
    for seq, row_id, action, before, after in connection.execute(query.order_by(_JOURNAL.c.seq)):
        new = json.loads(after or "{}")
        old = dict.fromkeys(new) if action == "insert" else json.loads(before or "{}")
        for name, value in old.items():
            if new.get(name) is not None:
                (stamped if value is None else moved)[row_id, name] = seq
    return stamped, moved
