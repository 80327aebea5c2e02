"""Other meetings in the same room at the same time: told, never refused, as rooms are shared and plans slip."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from vcops.domain.meetings import Meeting, MeetingState
from vcops.domain.overview import MeetingLine
from vcops.domain.same_meeting import UNKNOWN_LENGTH

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["clashes"]


def clashes(workplace: Workplace, meeting: Meeting) -> list[MeetingLine]:
    """Return the meetings that overlap this one in its room, soonest first; none where the room or the time is open.

    Only what is still to come is worth a word: a meeting that has ended clashes with nothing.
    """
    from vcops.operations.meetings import listing

    if meeting.room_id is None or meeting.start is None or meeting.state is not MeetingState.PLANNED:
        return []
    start, end = meeting.start, meeting.planned_end or meeting.start + UNKNOWN_LENGTH
    day = start.astimezone(ZoneInfo(meeting.zone)).date()
    around = listing(workplace, day_from=day - timedelta(days=1), day_to=day + timedelta(days=1))
    found = [
        one
        for one in around
        if one.id != meeting.id
        and one.room_id == meeting.room_id
        and one.state in (MeetingState.PLANNED, MeetingState.RUNNING)
        and one.start is not None
        and one.start < end
        and start < (one.end or one.start + UNKNOWN_LENGTH)
    ]
    return sorted(found, key=lambda one: one.start or start)
