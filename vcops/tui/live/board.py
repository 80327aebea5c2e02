"""What Live shows, read in one go in the store's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from vcops.domain.meetings import LastStamp, MeetingState
from vcops.domain.overview import MeetingDetails, MeetingLine
from vcops.operations import meetings, today
from vcops.operations.workplace import Workplace

__all__ = ["Board", "read_board"]

KEPT_IN_SIGHT = timedelta(minutes=30)
"""So long an ended meeting stays here, for a count that comes late or an end that is taken back."""
STARTED_AROUND = timedelta(hours=12)
"""A planned meeting is offered to be started when its time is not further away than this."""


@dataclass(frozen=True, slots=True)
class Board:
    """The meetings that run, the longest first, then those that have just ended; and what may be started."""

    meetings: tuple[MeetingDetails, ...] = ()
    planned: tuple[MeetingLine, ...] = ()
    stamps: Mapping[str, LastStamp | None] = field(default_factory=dict)
    """By meeting: what undo would take back."""
    zone: str = "Asia/Jakarta"

    def find(self, meeting_id: str | None) -> MeetingDetails | None:
        """Return the meeting of that id, else the first that runs, else the first."""
        same = next((one for one in self.meetings if one.meeting.id == meeting_id), None)
        return same or next(iter(self.meetings), None)

    def allows(self, action: str, held: MeetingDetails | None) -> bool:
        """Whether a command makes sense for a meeting now; one that needs no meeting always does."""
        if action in {"count", "incident", "edit", "details"}:
            return held is not None
        if action in {"undo", "shift", "move"}:
            return held is not None and self.stamps.get(held.meeting.id) is not None
        if action == "recovered":
            return held is not None and held.open_incident is not None
        if action == "words":
            return held is not None and bool(held.incidents)
        if action == "end":
            return held is not None and held.meeting.state is MeetingState.RUNNING
        return True


def read_board(workplace: Workplace) -> Board:
    """Read it. Raises StorageError."""
    now = workplace.clock()
    seen = today.overview(workplace)
    held = meetings.live(workplace) if seen.running else []
    held += [
        meetings.details(workplace, one.id)
        for one in seen.ended_today
        if one.end is not None and now - one.end <= KEPT_IN_SIGHT
    ]
    return Board(
        tuple(held),
        tuple(one for one in seen.upcoming if one.start is not None and abs(one.start - now) <= STARTED_AROUND),
        {one.meeting.id: meetings.last_stamp(workplace, one.meeting.id) for one in held},
        seen.zone,
    )
