"""Reversing and late entries, read from the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from vcops.domain.meetings import Meeting
from vcops.domain.periods import Period
from vcops.store import tables
from vcops.store.records import record
from vcops.store.tables import table_of

__all__ = ["Reversal", "late_entries", "reversal_of", "reversals"]

_MEETING = table_of(tables.Meeting)
_CORRECTION = table_of(tables.Correction)


@dataclass(frozen=True, slots=True)
class Reversal:
    """A reversing entry with the meeting that it takes out of the figures of `belongs_to` (YYYYMM)."""

    meeting: Meeting
    belongs_to: int
    booked_day: int
    reason: str
    by: str
    replaced_by: str | None


def reversals(connection: Connection, period: Period) -> list[Reversal]:
    """Return the reversing entries that belong to the period's months or were booked in them, in order of booking."""
    column = _CORRECTION.c
    mine = column.belongs_to.between(period.first_month, period.last_month)
    here = column.booked_day.between(period.first_day, period.last_day)
    return list(_reversals(connection, mine | here))


def reversal_of(connection: Connection, meeting_id: str) -> Reversal | None:
    """Return the entry that reverses a meeting."""
    return next(_reversals(connection, _CORRECTION.c.meeting_id == meeting_id), None)


def late_entries(connection: Connection, period: Period) -> list[Meeting]:
    """Return the late entries that belong to the period's months or were booked in them, in order of booking."""
    column = _MEETING.c
    # Day, month and state are hidden from SQLite's planner: it takes the index of the late entries, which are few, and
    # not that of the days.
    month, day = func.coalesce(column.belongs_to, 0), func.coalesce(column.local_day, 0)
    mine = month.between(period.first_month, period.last_month)
    here = day.between(period.first_day, period.last_day)
    ended = func.coalesce(column.state, "") == "ended"
    query = select(_MEETING).where(column.belongs_to.is_not(None), mine | here, ended, column.same_as.is_(None))
    rows = connection.execute(query.order_by(day, column.id)).mappings()
    return [record(Meeting, row) for row in rows]


def _reversals(connection: Connection, held: object) -> Iterator[Reversal]:
    column = _CORRECTION.c
    query = select(_CORRECTION).where(held).order_by(column.booked_day, column.at, column.id)  # type: ignore[arg-type]
    for row in connection.execute(query).mappings().all():
        found = connection.execute(select(_MEETING).where(_MEETING.c.id == row["meeting_id"])).mappings().one()
        yield Reversal(
            record(Meeting, found), row["belongs_to"], row["booked_day"], row["reason"], row["by"], row["replaced_by"]
        )
