"""The SQL of lists, as text that SQLite and PostgreSQL both read, and the domain's lines made from its rows.

Text rather than SQLAlchemy expressions, because the first screen reads the same lines with sqlite3 alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from vcops.domain.meetings import LONGEST, CountMethod, Kind, MeetingState, Mode, day_number
from vcops.domain.overview import MeetingLine, Overview, RoomLine
from vcops.domain.verdicts import USUAL, Ready
from vcops.store.altered import read_value, read_zone
from vcops.store.moments import read_moment, write_moment

__all__ = ["MEETING_LINES", "Ask", "meeting_line", "overview_of"]

Ask = Callable[[str, Mapping[str, Any]], Iterable[Mapping[str, Any]]]
"""Runs one SQL text with named parameters and returns its rows by column name."""

MOST_LINES = 50

MEETING_LINES = """
SELECT m.id, m.title, m.state, m.kind, m.mode, coalesce(m.started_at, m.planned_start) AS begins,
       coalesce(m.ended_at, m.planned_end) AS ends, m.zone, coalesce(u.name, '') AS unit,
       coalesce(r.name, '') AS room, m.room_id, m.participants, m.count_method, m.service, m.platform,
       m.belongs_to, EXISTS (SELECT 1 FROM correction k WHERE k.meeting_id = m.id) AS corrected
FROM meeting m LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN room r ON r.id = m.room_id
"""
"""Add WHERE and ORDER BY; the aliases are m, u and r."""

_OFFICE = "SELECT id, name, zone FROM office ORDER BY id LIMIT 1"
_RUNNING = MEETING_LINES + "WHERE m.state = 'running' AND m.started_at >= :since ORDER BY m.started_at, m.id"
_UPCOMING = (
    MEETING_LINES + "WHERE m.state = 'planned' AND m.local_day >= :today ORDER BY m.planned_start, m.id LIMIT :most"
)
_ENDED = (
    MEETING_LINES
    + "WHERE m.state = 'ended' AND m.local_day >= :yesterday AND m.ended_at >= :midnight"
    + " ORDER BY m.ended_at DESC, m.id LIMIT :most"
)
# A room is as ready as the walk for its meetings says: an inspection or a survey decides something else.
_ROOMS = """
SELECT r.id, r.name, r.location, d.ready, d.at AS decided_at, d.run_id AS decided_run,
       (SELECT n.id FROM run n WHERE n.room_id = r.id AND n.closed_at IS NULL AND n.procedure_id = :usual
        ORDER BY n.started_at DESC, n.id DESC LIMIT 1) AS open_run
FROM room r LEFT JOIN decision d ON d.id = (
  SELECT e.id FROM decision e JOIN run n ON n.id = e.run_id
  WHERE n.room_id = r.id AND n.procedure_id = :usual
  ORDER BY e.at DESC, e.id DESC LIMIT 1)
ORDER BY lower(r.name), r.id
"""
_ANY_MEETING = "SELECT id FROM meeting LIMIT 1"


def overview_of(ask: Ask, now: datetime, zone: str = "Asia/Jakarta") -> Overview:
    """Return what is on now and next. `zone` decides what today is where no office is stored yet.

    A meeting that started more than a day ago and never ended is a record that lacks its end, not one that runs.
    """
    office = next(iter(ask(_OFFICE, {})), None)
    zone = read_value(read_zone, office, "zone", "office") if office else zone
    here = now.astimezone(ZoneInfo(zone))
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    rooms = [_room_line(row) for row in ask(_ROOMS, {"usual": USUAL})]
    return Overview(
        now=now,
        running=_lines(ask, _RUNNING, since=write_moment(now - LONGEST)),
        upcoming=_lines(ask, _UPCOMING, today=day_number(here), most=MOST_LINES),
        ended_today=_lines(
            ask,
            _ENDED,
            yesterday=day_number(here - timedelta(days=1)),
            midnight=write_moment(midnight),
            most=MOST_LINES,
        ),
        rooms=rooms,
        office_name=office["name"] if office else "",
        zone=zone,
        empty=not rooms and not any(True for _row in ask(_ANY_MEETING, {})),
    )


def meeting_line(row: Mapping[str, Any]) -> MeetingLine:
    """Return a line from a row of `MEETING_LINES`. Raises StorageError for a value that this program never wrote."""

    def read(column: str, reader: Callable[[Any], Any]) -> Any:
        return read_value(reader, row, column, "meeting")

    return MeetingLine(
        id=row["id"],
        title=row["title"],
        state=read("state", MeetingState),
        kind=read("kind", Kind),
        mode=read("mode", Mode),
        start=read("begins", _moment),
        end=read("ends", _moment),
        zone=read("zone", read_zone),
        unit=row["unit"],
        room=row["room"],
        room_id=row["room_id"],
        participants=row["participants"],
        count_method=read("count_method", lambda value: CountMethod(value) if value else None),
        service=tuple(row["service"].split()),
        platform=row["platform"],
        belongs_to=row["belongs_to"],
        corrected=bool(row["corrected"]),
    )


def _lines(ask: Ask, sql: str, **parameters: Any) -> list[MeetingLine]:
    return [meeting_line(row) for row in ask(sql, parameters)]


def _room_line(row: Mapping[str, Any]) -> RoomLine:
    return RoomLine(
        id=row["id"],
        name=row["name"],
        location=row["location"],
        ready=read_value(lambda value: Ready(value) if value else None, row, "ready", "room"),
        decided_at=read_value(_moment, row, "decided_at", "room"),
        run_id=row["open_run"] or row["decided_run"],
        open_run=row["open_run"] is not None,
    )


def _moment(text: str | None) -> datetime | None:
    return read_moment(text) if text else None
