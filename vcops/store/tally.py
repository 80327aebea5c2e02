"""The tally's queries: one aggregate a segment of days, read from the `meeting_tally` index; no objects, no dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from vcops.domain.meetings import Kind, Mode
from vcops.domain.savings import Group
from vcops.domain.tally import Counted, Grouping, Segment
from vcops.store.altered import refuse_unknown
from vcops.store.tables import Meeting, Room, Unit, table_of

__all__ = ["count_not_ended", "count_segment", "count_to_come"]

_MEETING = table_of(Meeting)
_COLUMNS: dict[Grouping | None, ColumnElement[Any]] = {
    "unit": _MEETING.c.unit_id,
    "room": _MEETING.c.room_id,
    "platform": _MEETING.c.platform,
    "operator": _MEETING.c.created_by,
}
"""What the database has to group by beside kind, mode and day."""


def count_segment(connection: Connection, segment: Segment, by: Grouping | None = None) -> Sequence[Counted]:
    """Return the ended meetings of the segment's days, added up by what a tariff asks about and by `by`.

    The key is a name (unit, room), `YYYY-MM`, or the column's own code; empty where a meeting has none.
    """
    column = _MEETING.c
    # Without a column of its own to group by, whole days come out in the index's order, unsorted, and are added up
    # here: a few hundred rows a month. With one, the database sorts.
    first = _COLUMNS.get(by, column.local_day)
    query = (
        select(
            first, column.kind, column.mode, column.would_be_face_to_face,
            func.count(), func.sum(column.participants), func.count(column.participants), func.sum(column.travellers),
        )
        .where(column.state == "ended", column.local_day.between(segment.first_day, segment.last_day))
        .group_by(first, column.kind, column.mode, column.would_be_face_to_face)
    )  # fmt: skip
    names = _names(connection, by)
    sums: dict[tuple[str, str, str, bool | None], list[int]] = {}
    for own, kind, mode, face_to_face, *figures in connection.execute(query):
        refuse_unknown(Kind, kind, "meeting", "kind")
        refuse_unknown(Mode, mode, "meeting", "mode")
        key = (_key(by, own, kind, mode, names), kind, mode, face_to_face)
        known = sums.setdefault(key, [0, 0, 0, 0])
        for place, figure in enumerate(figures):
            known[place] += int(figure or 0)
    return [
        Counted(key, Group(kind, mode, face_to_face, meetings, people, travellers), meetings - with_count)
        for (key, kind, mode, face_to_face), (meetings, people, with_count, travellers) in sums.items()
    ]


def count_not_ended(connection: Connection, first_day: int, last_day: int) -> int:
    """Return how many meetings of these days are planned or running; cancelled ones are none of them."""
    return _count(connection, ("planned", "running"), first_day, last_day)


def count_to_come(connection: Connection, first_day: int, last_day: int) -> int:
    """Return how many meetings of these days are planned and have not begun."""
    return _count(connection, ("planned",), first_day, last_day)


def _count(connection: Connection, states: Sequence[str], first_day: int, last_day: int) -> int:
    column = _MEETING.c
    query = select(func.count()).where(column.state.in_(states), column.local_day.between(first_day, last_day))
    return int(connection.execute(query).scalar_one())


def _names(connection: Connection, by: Grouping | None) -> dict[str, str]:
    if by not in {"unit", "room"}:
        return {}
    table = table_of(Unit if by == "unit" else Room)
    return {row.id: row.name for row in connection.execute(select(table.c.id, table.c.name))}


def _key(by: Grouping | None, own: Any, kind: str, mode: str, names: dict[str, str]) -> str:
    match by:
        case None:
            return ""
        case "kind":
            return kind or "unstated"
        case "mode":
            return mode
        case "month":
            return f"{own // 10_000:04}-{own // 100 % 100:02}"
        case "unit" | "room":
            return names.get(own, "")
        case _:
            return own or ""
