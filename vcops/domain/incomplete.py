"""What a meeting lacks before a month can be reported: an end, a head count, a unit, an answer about its saving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vcops.domain.eligibility import Reason
from vcops.domain.meeting_savings import meeting_saving
from vcops.domain.meetings import Meeting, MeetingState
from vcops.domain.tariffs import Tariff

__all__ = ["Incomplete", "lacks"]


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A meeting with what it lacks: `end`, `count`, `unit`, `joined` (is it the same meeting as `twin`?), or a reason.

    The reasons are those of `Reason` that an answer would settle. `no-length` stands whatever the tariff asks.
    """

    meeting: Meeting
    unit: str
    lacking: tuple[str, ...]
    twin: Meeting | None = None


def lacks(meeting: Meeting, tariff: Tariff | None, today: int) -> tuple[str, ...]:
    """Return what a meeting lacks on a day (YYYYMMDD); nothing for one still to come, cancelled, or counted elsewhere.

    What the tariff in force on its day leaves open is named once each, in the order of its components.
    """
    if meeting.same_as is not None or meeting.state is MeetingState.CANCELLED:
        return ()
    ended = meeting.state is MeetingState.ENDED
    if not ended and (
        meeting.local_day > today or (meeting.state is MeetingState.PLANNED and meeting.local_day == today)
    ):
        return ()
    found: list[str] = []
    if not ended:
        found.append("end")
    if ended and meeting.participants is None:
        found.append("count")
    if ended and meeting.minutes == 0:
        found.append(Reason.NO_LENGTH.value)
    if meeting.unit_id is None:
        found.append("unit")
    return (*found, *_open(meeting, tariff))


_TOLD = {Reason.COUNT_OPEN, Reason.NO_LENGTH}
"""Told of every meeting, with or without a tariff."""


def _open(meeting: Meeting, tariff: Tariff | None) -> Sequence[str]:
    open_reasons = [
        reason.value
        for line in meeting_saving(meeting, tariff).lines
        for reason, _number in line.unanswered
        if reason not in _TOLD
    ]
    return list(dict.fromkeys(open_reasons))
