"""The tally's queries: one aggregate a segment of days, read from the `meeting_tally` index; no objects, no dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from vcops.domain.savings import Group
from vcops.domain.tally import Counted, Grouping, Segment
from vcops.store.tables import Meeting, Room, Unit, table_of

__all__ = ["count_not_ended", "count_segment"]

_MEETING = table_of(Meeting)
_NAMED = {"unit": (table_of(Unit), _MEETING.c.unit_id), "room": (table_of(Room), _MEETING.c.room_id)}


def count_segment(connection: Connection, segment: Segment, by: Grouping | None = None) -> Sequence[Counted]:
    """Return the ended meetings of the segment's days, added up by what a tariff asks about and by `by`.

    The key is a name (unit, room), `YYYY-MM`, or the column's own code; empty where a meeting has none.
    """
    column = _MEETING.c
    key: list[ColumnElement[Any]] = [_key(by)] if by in {"unit", "room", "month", "platform", "operator"} else []
    alike: list[ColumnElement[Any]] = [column.kind, column.mode, column.would_be_face_to_face, *key]
    query = (
        select(
            *alike,
            func.count(),
            func.sum(column.participants),
            func.count(column.participants),
            func.sum(column.travellers),
        )
        .where(column.state == "ended", column.local_day.between(segment.first_day, segment.last_day))
        .group_by(*alike)
    )
    names = _names(connection, by)
    return [_counted(tuple(row), by, names) for row in connection.execute(query)]


def count_not_ended(connection: Connection, first_day: int, last_day: int) -> int:
    """Return how many meetings of these days are planned or running; cancelled ones are none of them."""
    column = _MEETING.c
    query = select(func.count()).where(
        column.state.in_(("planned", "running")), column.local_day.between(first_day, last_day)
    )
    return int(connection.execute(query).scalar_one())


def _key(by: Grouping | None) -> ColumnElement[Any]:
    column = _MEETING.c
    if by in _NAMED:
        return _NAMED[by][1]
    if by == "month":
        return column.local_day // 100
    return column.created_by if by == "operator" else column.platform


def _names(connection: Connection, by: Grouping | None) -> dict[str, str]:
    if by not in _NAMED:
        return {}
    table = _NAMED[by][0]
    return {row.id: row.name for row in connection.execute(select(table.c.id, table.c.name))}


def _counted(row: tuple[Any, ...], by: Grouping | None, names: dict[str, str]) -> Counted:
    kind, mode, face_to_face, *key, meetings, participants, with_count, travellers = row
    group = Group(kind, mode, face_to_face, int(meetings), int(participants or 0), int(travellers or 0))
    return Counted(_key_text(by, key, group, names), group, int(meetings) - int(with_count))


def _key_text(by: Grouping | None, key: Sequence[Any], group: Group, names: dict[str, str]) -> str:
    if by == "kind":
        return group.kind or "unstated"
    if by == "mode":
        return group.mode
    if not key or key[0] is None:
        return ""
    if by == "month":
        return f"{int(key[0]) // 100:04}-{int(key[0]) % 100:02}"
    return names.get(key[0], "") if names else str(key[0])
