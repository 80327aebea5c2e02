"""What `--json` prints of meetings, rooms and people. The keys are public: scripts are written against them."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from vcops.domain.addresses import link_shown, redacted
from vcops.domain.meetings import HeadCount, Incident, Meeting
from vcops.domain.overview import MeetingDetails, MeetingLine
from vcops.domain.people import Office, Person, Room, Unit
from vcops.domain.room_cameras import camera_shown

__all__ = ["details_object", "line_object", "meeting_object", "moment_text", "plain_object"]


def moment_text(moment: datetime | None) -> str | None:
    """Return a time as JSON carries it: `2026-11-21T01:02:03Z`."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain_object(one: Room | Unit | Person | Office | HeadCount | Incident) -> dict[str, Any]:
    """Return a record with plain values, a room's addresses without what is secret in them.

    What was undone is not printed, so neither is the mark of it.
    """
    plain = {name: _plain(value) for name, value in asdict(one).items() if name != "undone_at"}
    if not isinstance(one, Room):
        return plain
    cameras = [{"name": each.name, "source": camera_shown(each.source)} for each in one.cameras]
    return plain | {
        "camera": camera_shown(one.camera), "cameras": cameras, "measure_server": redacted(one.measure_server),
    }  # fmt: skip


def line_object(line: MeetingLine) -> dict[str, Any]:
    """Return one row of `meeting list --json`."""
    return {name: _plain(value) for name, value in asdict(line).items()}


def meeting_object(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting. Whether a passcode is set is told, the passcode never."""
    shown = {one.name: _plain(getattr(meeting, one.name)) for one in fields(meeting) if one.name != "passcode"}
    links = {"link": link_shown(meeting.link), "spare_link": link_shown(meeting.spare_link)}
    return shown | links | {"state": meeting.state.value, "passcode_set": bool(meeting.passcode)}


def details_object(details: MeetingDetails) -> dict[str, Any]:
    """Return a meeting with its unit's and room's names, its counts and its incidents."""
    return meeting_object(details.meeting) | {
        "unit": details.unit.name if details.unit else "",
        "room": details.room.name if details.room else "",
        "counts": [plain_object(one) for one in details.counts],
        "incidents": [plain_object(one) for one in details.incidents],
        "next_count_due": moment_text(details.next_count_due),
        "overdue": details.overdue,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
