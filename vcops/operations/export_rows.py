"""Meetings as rows of the sheet that an import reads back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from vcops.domain.addresses import link_shown
from vcops.domain.meetings import Meeting, MeetingState
from vcops.domain.periods import as_date

if TYPE_CHECKING:
    from vcops.domain.periods import Period
    from vcops.operations.workplace import Workplace

__all__ = ["sheet_rows"]


def sheet_rows(workplace: Workplace, period: Period | None) -> list[list[str]]:
    """Return a row a meeting, in the order of `MEETING_HEADER`. Times are those of the meeting's own zone."""
    from vcops.exchange import MEETING_HEADER
    from vcops.store import directory
    from vcops.store.sheets import meetings_between

    with workplace.store.reading() as connection:
        units = {unit.id: unit.name for unit in directory.units(connection)}
        rooms = {room.id: room.name for room in directory.rooms(connection)}
        days = (period.first_day, period.last_day) if period else (None, None)
        found = meetings_between(connection, *days)
    rows = []
    for meeting in found:
        texts = _texts(meeting, units, rooms)
        rows.append(
            [texts[column] if column in texts else _text(getattr(meeting, column)) for column in MEETING_HEADER]
        )
    return rows


def _texts(meeting: Meeting, units: Mapping[str, str], rooms: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that are not an attribute's plain text."""
    zone = ZoneInfo(meeting.zone)
    start = meeting.start.astimezone(zone) if meeting.start else None
    end = _end(meeting)
    last = end.astimezone(zone) if end else None
    later = start is not None and last is not None and last.date() != start.date()
    return {
        "date": start.date().isoformat() if start else "",
        "start": _clock(start),
        "end": _clock(last),
        "end_date": last.date().isoformat() if later and last else "",
        "unit": units.get(meeting.unit_id or "", ""),
        "room": rooms.get(meeting.room_id or "", ""),
        "booked_on": as_date(meeting.local_day).isoformat() if meeting.belongs_to else "",
        "link": link_shown(meeting.link),
        "spare_link": link_shown(meeting.spare_link),
    }


def _end(meeting: Meeting) -> datetime | None:
    if meeting.state is MeetingState.RUNNING:
        return None  # the planned end stands in its own column
    return meeting.ended_at or (None if meeting.started_at else meeting.planned_end)


def _clock(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def _text(value: Any) -> str:
    for kind, writing in _WRITING.items():
        if isinstance(value, kind):
            return writing(value)
    return "" if value is None else str(value)


_WRITING: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "yes" if value else "no",
    tuple: " ".join,
    datetime: lambda value: value.isoformat().replace("+00:00", "Z"),
}
