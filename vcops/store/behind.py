"""The meetings behind a figure: those of a tally's row, those that lack something, those that may be one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, true

from vcops.domain.groups import Asked
from vcops.domain.meetings import Meeting
from vcops.domain.tally import Grouping
from vcops.store import tables
from vcops.store.records import record
from vcops.store.tables import table_of

__all__ = ["joined_to", "meetings_behind", "meetings_lacking", "meetings_with_number", "unreconciled"]

_MEETING = table_of(tables.Meeting)
_NAMED: dict[str, tuple[type[tables.Row], str]] = {"unit": (tables.Unit, "unit_id"), "room": (tables.Room, "room_id")}
_PLAIN = {"platform": "platform", "operator": "created_by", "mode": "mode", "kind": "kind"}


def meetings_behind(  # noqa: PLR0913 - what a row of a tally is
    connection: Connection,
    days: tuple[int, int],
    by: Grouping | None,
    key: str,
    most: int,
    as_closed: Mapping[str, str] | None = None,
) -> list[Meeting]:
    """Return the ended meetings of the days (YYYYMMDD, both included) that a row of a tally counts, in their order.

    `key` is the row's. At most so many are returned, and one more where there are more. `as_closed` are the names of
    units or rooms, by id, in a closed month.
    """
    column = _MEETING.c
    query = select(_MEETING).where(column.state == "ended", column.same_as.is_(None), column.belongs_to.is_(None))
    if by == "month":
        month = int(key.replace("-", "")) * 100
        days = (max(days[0], month + 1), min(days[1], month + 31))
    elif by is not None:
        query = query.where(_is_key(by, key, as_closed or {}))
    query = query.where(_MEETING.c.local_day.between(*days))
    return list(_in_order(connection, query.limit(most + 1)))


def meetings_lacking(connection: Connection, days: tuple[int, int], today: int, asked: Asked) -> Iterator[Meeting]:
    """Yield the meetings of the days that may lack something, in their order: more than do, never fewer.

    Where a tariff has rates by destination that is every one of them, because the database does not know the rates.
    """
    column = _MEETING.c
    open_ended = column.state.in_(("planned", "running")) & (column.local_day <= today)
    gaps: list[ColumnElement[bool]] = [column.unit_id.is_(None), column.participants.is_(None), column.minutes == 0]
    if asked.heads:
        gaps.append((column.mode == "hybrid") & column.in_room.is_(None))
    if asked.travellers:
        gaps.append(column.travellers.is_(None))
    if asked.taking_part:
        gaps += [column.outside_agencies.is_(None), column.other_units.is_(None)]
    if asked.least_minutes:
        gaps.append(column.minutes.is_(None))
    if asked.destination:
        gaps.append(true())
    if asked.face_to_face:
        gaps.append(column.would_be_face_to_face.is_(None))
    query = select(_MEETING).where(
        column.local_day.between(*days), column.same_as.is_(None), open_ended | (column.state == "ended") & or_(*gaps)
    )
    return _in_order(connection, query)


def unreconciled(connection: Connection, days: tuple[int, int]) -> list[tuple[str, str, int]]:
    """Return id, title and day of the meetings of the days whose head count comes from no report of the provider's.

    Only of those that the office held at a distance: whoever attends another's meeting has no report of it.
    """
    column = _MEETING.c
    query = select(column.id, column.title, column.local_day).where(
        column.state == "ended",
        column.local_day.between(*days),
        column.same_as.is_(None),
        column.mode.in_(("online", "hybrid")),
        column.kind != "attended",
        column.participants.is_not(None),
        column.count_method.not_in(("rows", "unique", "peak")),
    )
    ordered = query.order_by(column.local_day, column.id)
    return [(row.id, row.title, row.local_day) for row in connection.execute(ordered)]


def meetings_with_number(connection: Connection, days: tuple[int, int]) -> list[Meeting]:
    """Return the meetings of the days that have a provider's meeting number which another one has too."""
    column = _MEETING.c
    held = (
        column.local_day.between(*days)
        & column.same_as.is_(None)
        & (column.meeting_number != "")
        & (column.state != "cancelled")
    )
    number = func.replace(column.meeting_number, " ", "")
    shared = select(number).where(held).group_by(number).having(func.count() > 1)
    return list(_in_order(connection, select(_MEETING).where(held, number.in_(shared))))


def joined_to(connection: Connection, meeting_id: str) -> list[Meeting]:
    """Return the entries that count with this one."""
    rows = connection.execute(select(_MEETING).where(_MEETING.c.same_as == meeting_id)).mappings()
    return [record(Meeting, row) for row in rows]


def _is_key(by: Grouping, key: str, as_closed: Mapping[str, str]) -> ColumnElement[bool]:
    if by in _NAMED:
        model, name = _NAMED[by]
        column: ColumnElement[Any] = _MEETING.c[name]
        if not key:
            return column.is_(None)
        table = table_of(model)
        then = [row_id for row_id, name in as_closed.items() if name == key]
        now = select(table.c.id).where(table.c.name == key, table.c.id.not_in(list(as_closed)))
        return column.in_(then) | column.in_(now)
    return _MEETING.c[_PLAIN[by]] == ("" if key == "unstated" and by == "kind" else key)


def _in_order(connection: Connection, query: Select[Any]) -> Iterator[Meeting]:
    ordered = query.order_by(_MEETING.c.local_day, _MEETING.c.started_at, _MEETING.c.id)
    return (record(Meeting, row) for row in connection.execute(ordered).mappings())
