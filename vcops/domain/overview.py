"""What is on: the lines of Today, and one meeting with all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vcops.domain.meetings import CountMethod, HeadCount, Incident, Kind, Meeting, MeetingState, Mode
from vcops.domain.people import Room, Unit
from vcops.domain.verdicts import Ready

__all__ = ["MeetingDetails", "MeetingLine", "Overview", "RoomLine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """One meeting in a list. `start` and `end` are the real ones where they are known, else the planned; UTC.

    `unit` and `room` are names, empty where none was given; `zone` is the IANA name to show the times in.
    `belongs_to` (YYYYMM) is the closed month of a late entry; `corrected`: a reversing entry took it out of its month.
    """

    id: str
    title: str
    state: MeetingState
    kind: Kind
    mode: Mode
    start: datetime | None
    end: datetime | None
    zone: str
    unit: str
    room: str
    room_id: str | None
    participants: int | None
    count_method: CountMethod | None
    service: tuple[str, ...]
    platform: str
    belongs_to: int | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A room and what was last decided about it. `run_id` is the open run, else the run of the last decision."""

    id: str
    name: str
    location: str
    ready: Ready | None
    decided_at: datetime | None
    run_id: str | None
    open_run: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The Today screen. `empty` says that there is neither a room nor a meeting yet."""

    now: datetime
    running: list[MeetingLine]
    upcoming: list[MeetingLine]
    ended_today: list[MeetingLine]
    rooms: list[RoomLine]
    office_name: str
    zone: str
    empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDetails:
    """One meeting with its unit, its room, and its counts and incidents, oldest first, undone ones left out.

    `closed`: its month is, and it stays as it is; `reversed_why` is the reason of its reversing entry, if it has one.
    """

    meeting: Meeting
    unit: Unit | None
    room: Room | None
    counts: tuple[HeadCount, ...]
    incidents: tuple[Incident, ...]
    next_count_due: datetime | None
    overdue: bool
    closed: bool = False
    reversed_why: str = ""

    @property
    def open_incident(self) -> Incident | None:
        """The newest incident that is not over: the one whose stopwatch runs."""
        return next((one for one in reversed(self.incidents) if one.recovered_at is None), None)
