"""Which rows of a file the database has already, and the meetings that an export or a report lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, or_, select

from vcops.domain.meetings import Incident, Meeting
from vcops.store import tables
from vcops.store.records import record
from vcops.store.tables import table_of

__all__ = ["counting_ids", "incidents_between", "known_ids", "known_import_keys", "meetings_between", "walked_between"]

_MEETING = table_of(tables.Meeting)
_AT_ONCE = 500
"""Values in one query: SQLite and PostgreSQL both bound how many it may have."""


def known_import_keys(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Return those of the keys that a meeting was imported with."""
    return _known(connection, _MEETING.c.import_key, keys)


def known_ids(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return those of the ids that a meeting has."""
    return _known(connection, _MEETING.c.id, ids)


def counting_ids(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return those of the ids whose meeting counts by itself: neither cancelled nor the same as another."""
    return _known(connection, _MEETING.c.id, ids, _MEETING.c.same_as.is_(None), _MEETING.c.state != "cancelled")


def meetings_between(
    connection: Connection, first_day: int | None = None, last_day: int | None = None
) -> list[Meeting]:
    """Return the meetings of these days (YYYYMMDD, both included), all without them, in the order of time."""
    query = select(_MEETING).order_by(_MEETING.c.local_day, _MEETING.c.started_at, _MEETING.c.id)
    if first_day is not None:
        query = query.where(_MEETING.c.local_day >= first_day)
    if last_day is not None:
        query = query.where(_MEETING.c.local_day <= last_day)
    return [record(Meeting, row) for row in connection.execute(query).mappings()]


def incidents_between(connection: Connection, first_day: int, last_day: int) -> list[tuple[Incident, str, str]]:
    """Return the incidents, not undone, of the meetings of these days, each with the meeting's title and zone."""
    table = table_of(tables.Incident)
    query = (
        select(table, _MEETING.c.title.label("meeting"), _MEETING.c.zone.label("meeting_zone"))
        .join(_MEETING, _MEETING.c.id == table.c.meeting_id)
        .where(_MEETING.c.local_day.between(first_day, last_day), table.c.undone_at.is_(None))
        .order_by(table.c.started_at, table.c.id)
    )
    return [
        (record(Incident, row), row["meeting"], row["meeting_zone"]) for row in connection.execute(query).mappings()
    ]


def walked_between(connection: Connection, first_day: int, last_day: int) -> list[tuple[str, str, str]]:
    """Return the runs of the meetings of these days that may hold pictures: id, the meeting's title and zone."""
    run, attempt, attachment = (table_of(one) for one in (tables.Run, tables.Attempt, tables.Attachment))
    pictured = select(attempt.c.id).where(attempt.c.run_id == run.c.id, attempt.c.pictures != "[]").exists()
    attached = select(attachment.c.id).where(attachment.c.run_id == run.c.id).exists()
    query = (
        select(run.c.id, _MEETING.c.title, _MEETING.c.zone)
        .join(_MEETING, _MEETING.c.id == run.c.meeting_id)
        .where(_MEETING.c.local_day.between(first_day, last_day), or_(pictured, attached))
        .order_by(_MEETING.c.local_day, run.c.started_at, run.c.id)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def _known(connection: Connection, column: Column[Any], values: Sequence[str], *held: ColumnElement[bool]) -> set[str]:
    found: set[str] = set()
    for first in range(0, len(values), _AT_ONCE):
        query = select(column).where(column.in_(values[first : first + _AT_ONCE]), *held)
        found.update(connection.execute(query).scalars())
    return found
