"""Small questions about runs that are asked often, answered without reading what a run froze."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, or_, select

from vcops.domain.runs import Neighbour, Outcome
from vcops.store import tables
from vcops.store.tables import table_of

__all__ = ["neighbours", "newest_entry", "run_of_meeting", "started_between"]

_RUN = table_of(tables.Run)
_ATTEMPT = table_of(tables.Attempt)
_MEETING = table_of(tables.Meeting)
_JOURNAL = table_of(tables.Journal)
_NEWEST = select(func.max(_JOURNAL.c.seq))
_LAST_WORK = (
    select(func.max(_ATTEMPT.c.at))
    .where(_ATTEMPT.c.run_id == _RUN.c.id)
    .where(or_(_ATTEMPT.c.outcome != Outcome.MEASURED.value, _ATTEMPT.c.begun_at.is_not(None)))
    .correlate(_RUN)
    .scalar_subquery()
)
_NEIGHBOURS = (
    select(_RUN.c.id, _RUN.c.procedure_id, _RUN.c.started_by, _MEETING.c.title)
    .join(_MEETING, _MEETING.c.id == _RUN.c.meeting_id, isouter=True)
    .where(_RUN.c.room_id == bindparam("room"), _RUN.c.closed_at.is_(None), _RUN.c.id != bindparam("run"))
    .where(bindparam("since", type_=_ATTEMPT.c.at.type) <= _LAST_WORK)
    .order_by(_RUN.c.started_at.desc())
)


def newest_entry(connection: Connection) -> int:
    """Return the number of the journal's newest entry: while it stays, nothing in the database has changed."""
    return connection.execute(_NEWEST).scalar() or 0


def neighbours(connection: Connection, run_id: str, room_id: str, since: datetime) -> list[Neighbour]:
    """Return the other open runs of a room in which somebody was at work since then, the newest first.

    What `check room` measured by itself is nobody's work: no one has come to its steps (`begun_at`).
    """
    rows = connection.execute(_NEIGHBOURS, {"run": run_id, "room": room_id, "since": since})
    return [
        Neighbour(row.id, row.procedure_id, row.title or "", _last_by(connection, row.id) or row.started_by)
        for row in rows
    ]


def run_of_meeting(connection: Connection, procedure_id: str, meeting_id: str, room_id: str | None) -> str | None:
    """Return the meeting's newest run of a procedure in its room, open or closed."""
    query = select(_RUN.c.id).where(
        _RUN.c.procedure_id == procedure_id,
        _RUN.c.meeting_id == meeting_id,
        _RUN.c.room_id.is_(None) if room_id is None else _RUN.c.room_id == room_id,
    )
    return connection.execute(query.order_by(_RUN.c.started_at.desc(), _RUN.c.id.desc())).scalars().first()


def started_between(
    connection: Connection, procedure_id: str, begin: datetime, end: datetime, room_id: str | None = None
) -> list[str]:
    """Return the runs of a procedure that began from `begin` on and before `end`, oldest first."""
    query = select(_RUN.c.id).where(
        _RUN.c.procedure_id == procedure_id, _RUN.c.started_at >= begin, _RUN.c.started_at < end
    )
    if room_id is not None:
        query = query.where(_RUN.c.room_id == room_id)
    return list(connection.execute(query.order_by(_RUN.c.started_at, _RUN.c.id)).scalars())


def _last_by(connection: Connection, run_id: str) -> str | None:
    query = select(_ATTEMPT.c.by).where(_ATTEMPT.c.run_id == run_id).order_by(_ATTEMPT.c.at.desc())
    return connection.execute(query).scalars().first()
