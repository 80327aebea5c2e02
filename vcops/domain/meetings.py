"""A meeting: planned, running, ended or cancelled; its head counts and its incidents. Plain data and its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from vcops.errors import InvalidInput

__all__ = [
    "SERVICES",
    "CountMethod",
    "HeadCount",
    "Incident",
    "Kind",
    "LastStamp",
    "Meeting",
    "MeetingState",
    "Mode",
    "check_head_count",
    "check_times",
    "chosen_count",
    "day_number",
    "next_count_due",
    "overdue",
    "total_of",
]  # fmt: skip

MOST_PEOPLE = 100_000
"""More people than any provider admits to one meeting or webinar: a typing error."""
LONGEST = timedelta(hours=24)
"""A meeting that lasts longer is a typing error; a day-long one that crosses midnight is not."""
COUNT_EVERY = timedelta(minutes=30)
"""How long after the last count the next is due: at least twice a meeting (SOP, hosting)."""
FIRST_COUNT = timedelta(minutes=10)
"""The first count is due when people have arrived."""
ASK_AFTER = timedelta(minutes=30)
"""So long past the planned end the Live screen asks whether the meeting still runs."""
SERVICES = ("vip", "streaming", "inter-agency")
"""Classes of service that add steps; they combine, and an ordinary meeting has none."""


class Kind(StrEnum):
    """Whether the office hosted the meeting (diselenggarakan) or attended another's (diikuti)."""

    HOSTED = "hosted"
    ATTENDED = "attended"
    UNSTATED = ""


class Mode(StrEnum):
    """How people took part: daring, hibrida, luring."""

    ONLINE = "online"
    HYBRID = "hybrid"
    ON_SITE = "on-site"


class CountMethod(StrEnum):
    """How a head count was made. One provider's export can give 31 rows, 27 unique people and a peak of 22."""

    CLAIMED = "claimed"
    COUNTED = "counted"
    ROWS = "rows"
    UNIQUE = "unique"
    PEAK = "peak"


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many took part, when, and how it was counted. `total` is their sum, or all that is known."""

    id: str
    meeting_id: str
    at: datetime
    total: int
    online: int | None = None
    in_room: int | None = None
    method: CountMethod = CountMethod.COUNTED
    by: str = ""
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """A disturbance (gangguan): when it began, what it was, what was done, when it was over."""

    id: str
    meeting_id: str
    started_at: datetime
    text: str = ""
    action: str = ""
    recovered_at: datetime | None = None
    by: str = ""
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LastStamp:
    """What undo takes back: start, count, incident, recovered or end, and its time.

    `corrected`: other times of the meeting were corrected since it was stamped. A correction is no stamp and stays.
    """

    code: str
    at: datetime
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting as it stands. Times are aware UTC; `zone` is the room's (IANA name). `local_day` is YYYYMMDD there.

    `participants`, `online`, `in_room`, `count_method` repeat the chosen head count. `other_units`: whether another
    satker or echelon-II unit took part. `same_as` is the id of the entry that stands for the meeting where it was
    joined from several rooms and each wrote it down: only that entry counts. `belongs_to` (YYYYMM) makes it a late
    entry (susulan): held in that month, which is closed, and entered on `local_day`. Passcodes are secrets: they stay
    out of the journal, exports and prints.
    """

    id: str
    title: str
    zone: str
    local_day: int
    unit_id: str | None = None
    room_id: str | None = None
    kind: Kind = Kind.UNSTATED
    mode: Mode = Mode.ONLINE
    service: tuple[str, ...] = ()
    platform: str = ""
    planned_start: datetime | None = None
    planned_end: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    expected: int | None = None
    participants: int | None = None
    online: int | None = None
    in_room: int | None = None
    count_method: CountMethod | None = None
    organiser: str = ""
    letter: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    meeting_number: str = ""
    passcode: str = ""
    link: str = ""
    spare_link: str = ""
    team: str = ""
    travellers: int | None = None
    origin: str = ""
    destination: str = ""
    outside_agencies: bool | None = None
    other_units: bool | None = None
    would_be_face_to_face: bool | None = None
    same_as: str | None = None
    belongs_to: int | None = None
    evidence: str = ""
    notes: str = ""
    created_by: str = ""

    @property
    def state(self) -> MeetingState:
        """Derived from the stamps, never stored on its own."""
        if self.cancelled_at is not None:
            return MeetingState.CANCELLED
        if self.ended_at is not None:
            return MeetingState.ENDED
        if self.started_at is not None:
            return MeetingState.RUNNING
        return MeetingState.PLANNED

    @property
    def start(self) -> datetime | None:
        """When it started, or is to start."""
        return self.started_at or self.planned_start

    @property
    def held_day(self) -> int:
        """The day it was held on, YYYYMMDD in its zone: `local_day`, but for a late entry."""
        if self.belongs_to is None or self.start is None:
            return self.local_day
        return day_number(self.start, self.zone)

    @property
    def minutes(self) -> int | None:
        """Whole minutes from the real start to the real end; None where one of them lacks."""
        if self.started_at is None or self.ended_at is None:
            return None
        return int((self.ended_at - self.started_at).total_seconds()) // 60


def total_of(online: int | None, in_room: int | None, total: int | None = None) -> int:
    """Return the number of people of one count, checked. Raises InvalidInput."""
    known = [value for value in (online, in_room) if value is not None]
    if total is None:
        if not known:
            raise InvalidInput("count.empty")
        total = sum(known)
    elif len(known) == 2 and sum(known) != total:
        raise InvalidInput("count.sum", total=total, online=online, in_room=in_room)
    elif known and max(known) > total:
        raise InvalidInput("count.part_over_total", total=total, part=max(known))
    for value in (*known, total):
        check_head_count(value)
    return total


def check_head_count(value: int) -> None:
    """Refuse a negative or absurd number of people. Raises InvalidInput."""
    if value < 0:
        raise InvalidInput("count.negative", value=value)
    if value > MOST_PEOPLE:
        raise InvalidInput("count.absurd", value=value, most=MOST_PEOPLE)


def check_times(start: datetime | None, end: datetime | None) -> None:
    """Refuse an end before the start, or an absurd length. Raises InvalidInput."""
    if start is None or end is None:
        return
    if end < start:
        raise InvalidInput("meeting.end_before_start")
    if end - start > LONGEST:
        raise InvalidInput("meeting.too_long", hours=round((end - start).total_seconds() / 3600))


def chosen_count(counts: Sequence[HeadCount]) -> HeadCount | None:
    """Return the count that money uses: the largest that was not undone, the earliest of equals."""
    standing = [one for one in counts if one.undone_at is None]
    return max(standing, key=lambda one: (one.total, -one.at.timestamp()), default=None)


def next_count_due(meeting: Meeting, counts: Sequence[HeadCount]) -> datetime | None:
    """Return when the next head count is due while the meeting runs."""
    if meeting.state is not MeetingState.RUNNING or meeting.started_at is None:
        return None
    last = max((one.at for one in counts if one.undone_at is None), default=None)
    return last + COUNT_EVERY if last else meeting.started_at + FIRST_COUNT


def overdue(meeting: Meeting, now: datetime) -> bool:
    """Whether to ask if the meeting still runs: half an hour past its planned end."""
    return (
        meeting.state is MeetingState.RUNNING
        and meeting.planned_end is not None
        and now >= meeting.planned_end + ASK_AFTER
    )


def day_number(moment: datetime | date, zone: str | None = None) -> int:
    """Return YYYYMMDD as an integer: the day the database groups by. With a zone, the day there."""
    if isinstance(moment, datetime) and zone is not None:
        moment = moment.astimezone(ZoneInfo(zone))
    return moment.year * 10_000 + moment.month * 100 + moment.day
