"""The tally's queries: one aggregate a segment of days, read from the `meeting_tally` index; no objects, no dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select, text

from vcops.domain.groups import Asked, Group, asked_by, place_key
from vcops.domain.meetings import CountMethod, Kind, Mode
from vcops.domain.periods import month_text
from vcops.domain.tally import Counted, Grouping, Segment
from vcops.store.altered import refuse_unknown
from vcops.store.tables import Meeting, Room, Unit, table_of

__all__ = ["count_joined", "count_not_ended", "count_segment", "count_to_come"]

_MEETING = table_of(Meeting)
_COLUMNS: dict[Grouping | None, ColumnElement[Any]] = {
    "unit": _MEETING.c.unit_id,
    "room": _MEETING.c.room_id,
    "platform": _MEETING.c.platform,
    "operator": _MEETING.c.created_by,
}
"""What the database has to group by beside kind, mode and day."""


def count_segment(
    connection: Connection, segment: Segment, by: Grouping | None = None, as_closed: Mapping[str, str] | None = None
) -> Sequence[Counted]:
    """Return the ended meetings of the segment's days, added up by what its tariff asks about and by `by`.

    The key is a name (unit, room), `YYYY-MM`, or the column's own code; empty where a meeting has none. An entry that
    is the same meeting as another, or that belongs to an earlier month, is left out. Those of 0 minutes stand in
    groups of their own. `as_closed` are the names of units or rooms, by id, that go before what they are called now.
    """
    column = _MEETING.c
    names = _names(connection, by) | dict(as_closed or {})
    whole = _added_up(connection, segment, by, names, column.state == "ended")
    # The few of 0 minutes are read by an index of theirs, which SQLite's planner takes where the state is hidden from
    # it, and taken off the whole: asking a million rows for their minutes would cost a fifth of it.
    no_length = (func.coalesce(column.state, "") == "ended") & (column.minutes == text("0"))
    apart = _added_up(connection, segment, by, names, no_length)
    for alike, figures in apart.items():
        whole[alike] = [all_ - these for all_, these in zip(whole[alike], figures, strict=True)]
    asked = asked_by(segment.tariff)
    apart_counted = [_counted(asked, alike, figures) for alike, figures in apart.items()]
    return [
        *(_counted(asked, alike, figures) for alike, figures in whole.items() if figures[0]),
        *(replace(one, group=replace(one.group, no_length=True)) for one in apart_counted),
    ]


def _added_up(
    connection: Connection, segment: Segment, by: Grouping | None, names: dict[str, str], which: ColumnElement[bool]
) -> dict[tuple[Any, ...], list[int]]:
    """Return what the meetings of a group have in common, and their number and sums."""
    column = _MEETING.c
    asked = asked_by(segment.tariff)
    # Without a column of its own to group by, whole days come out in the index's order, unsorted, and are added up
    # here: a few hundred rows a month. With one, or where the tariff asks for more, the database sorts.
    more = _asked_alike(asked)
    own = _COLUMNS.get(by, column.local_day if by == "month" or not more else column.kind)
    alike = [
        own, column.kind, column.mode, column.would_be_face_to_face, column.count_method, *more,
    ]  # fmt: skip
    sums = [func.count(), func.sum(column.participants), func.count(column.participants), *_asked_sums(asked)]
    query = (
        select(*alike, *sums)
        .where(
            which,
            column.local_day.between(segment.first_day, segment.last_day),
            column.same_as.is_(None),
            column.belongs_to.is_(None),
        )
        # Long ids alike in most of their letters are compared last.
        .group_by(*(alike if by in {None, "month", "kind", "mode"} else [*alike[1:], alike[0]]))
    )
    added: dict[tuple[Any, ...], list[int]] = {}
    for row in connection.execute(query):
        own, kind, mode, face_to_face, method, *answers = row[: len(alike)]
        alike_here = (_key(by, own, kind, mode, names), kind, mode, face_to_face, method or "", *answers)
        known = added.setdefault(alike_here, [0] * len(sums))
        for place, figure in enumerate(row[len(alike) :]):
            known[place] += int(figure or 0)
    for _own, kind, mode, _face_to_face, method, *_answers in added:
        refuse_unknown(Kind, kind, "meeting", "kind")
        refuse_unknown(Mode, mode, "meeting", "mode")
        if method:
            refuse_unknown(CountMethod, method, "meeting", "count_method")
    return added


def _asked_alike(asked: Asked) -> Sequence[ColumnElement[Any]]:
    """Return what else the meetings of a group must have in common."""
    column = _MEETING.c
    found: list[ColumnElement[Any]] = []
    if asked.taking_part:
        found += [column.outside_agencies, column.other_units]
    if asked.least_minutes:
        found.append(case((column.minutes.is_(None), None), (column.minutes >= asked.least_minutes, 1), else_=0))
    if asked.destination:
        found.append(column.destination)
    return found


def _asked_sums(asked: Asked) -> Sequence[ColumnElement[Any]]:
    """Return what else is added up: people outside the room, and travellers, each with how many meetings say so."""
    column = _MEETING.c
    found: list[ColumnElement[Any]] = []
    if asked.heads:
        room_open = (column.mode == Mode.HYBRID.value) & column.in_room.is_(None)
        heads = case((room_open, None), else_=column.participants - func.coalesce(column.in_room, 0))
        found += [func.sum(heads), func.count(heads)]
    if asked.travellers:
        found += [func.sum(column.travellers), func.count(column.travellers)]
    return found


def _counted(asked: Asked, alike: tuple[Any, ...], figures: Sequence[int]) -> Counted:
    """Return a row of the query as the domain knows it; the columns stand in the order in which they were asked."""
    key, kind, mode, face_to_face, method, *answers = alike
    meetings, participants, with_count, *more = figures
    extra: dict[str, Any] = {}
    if asked.destination:
        extra["destination"] = place_key(answers.pop())
    if asked.least_minutes:
        enough = answers.pop()
        extra["long_enough"] = None if enough is None else bool(enough)
    if asked.taking_part:
        extra["outside_agencies"], extra["other_units"] = answers
    if asked.travellers:
        extra["with_travellers"], extra["travellers"] = more.pop(), more.pop()
    if asked.heads:
        extra["heads"], extra["with_heads"] = more
    group = Group(kind, mode, face_to_face, meetings, participants, with_count, **extra)
    return Counted(key, group, meetings - with_count, method)


def count_not_ended(connection: Connection, first_day: int, last_day: int) -> int:
    """Return how many meetings of these days are planned or running; cancelled ones are none of them."""
    return _count(connection, ("planned", "running"), first_day, last_day)


def count_to_come(connection: Connection, first_day: int, last_day: int) -> int:
    """Return how many meetings of these days are planned and have not begun."""
    return _count(connection, ("planned",), first_day, last_day)


def count_joined(connection: Connection, first_day: int, last_day: int) -> int:
    """Return how many ended entries of these days are the same meeting as another one, which counts for them."""
    column = _MEETING.c
    # The state is hidden from SQLite's planner, which would else walk the month in `meeting_tally` instead of the few
    # rows of the partial index.
    query = select(func.count()).where(
        column.same_as.is_not(None),
        column.local_day.between(first_day, last_day),
        func.coalesce(column.state, "") == "ended",
    )
    return int(connection.execute(query).scalar_one())


def _count(connection: Connection, states: Sequence[str], first_day: int, last_day: int) -> int:
    column = _MEETING.c
    query = select(func.count()).where(
        column.state.in_(states), column.local_day.between(first_day, last_day), column.same_as.is_(None)
    )
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
            return month_text(own // 100)
        case "unit" | "room":
            return names.get(own, "")
        case _:
            return own or ""
