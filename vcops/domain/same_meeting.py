"""One meeting that was joined from several rooms, each of which wrote it down: when two entries are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from vcops.domain.meetings import Meeting

__all__ = ["UNKNOWN_LENGTH", "number_key", "overlap", "twins"]

UNKNOWN_LENGTH = timedelta(hours=1)
"""How long a meeting without an end is taken to last where two entries are compared."""


def twins(meetings: Iterable[Meeting]) -> dict[str, Meeting]:
    """Return, by id, the entries that overlap an earlier one of the same provider's meeting number, with that one.

    A provider's number cannot be in use twice at one time, so they are very likely one meeting; still a person says
    so, because numbers are mistyped.
    """
    by_number: dict[str, list[Meeting]] = defaultdict(list)
    for one in meetings:
        if number := number_key(one.meeting_number):
            by_number[number].append(one)
    return {
        later.id: earlier
        for alike in by_number.values()
        for place, later in enumerate(alike)
        for earlier in reversed(alike[:place])
        if overlap(earlier, later)
    }


def number_key(meeting_number: str) -> str:
    """Return a provider's meeting number without the spaces that it is shown with."""
    return "".join(meeting_number.split())


def overlap(one: Meeting, other: Meeting) -> bool:
    """Whether two entries were, or are to be, held at the same time, whichever zones they are shown in."""
    if one.start is None or other.start is None:
        return False
    return one.start < _end(other) and other.start < _end(one)


def _end(meeting: Meeting) -> datetime:
    assert meeting.start is not None
    return meeting.ended_at or meeting.planned_end or meeting.start + UNKNOWN_LENGTH
