"""One line about a meeting, for people."""

from __future__ import annotations

from collections.abc import Sequence

from vcops.domain.meetings import Meeting
from vcops.domain.overview import MeetingLine
from vcops.formats import clock, clock_zone, short_day
from vcops.locale import N_, _
from vcops.wording.terms import state_name

__all__ = ["STAMPS", "clash_words", "said_of", "stamp_name", "times_of"]

STAMPS = {
    "start": N_("the start"),
    "count": N_("the head count"),
    "incident": N_("the incident"),
    "recovered": N_("the recovery"),
    "end": N_("the end"),
}


def stamp_name(code: str) -> str:
    """Return what a stamp is called: `mulai`, `hitung peserta`, `gangguan`, `pulih`, `selesai`."""
    return _(STAMPS[code])


def times_of(meeting: Meeting) -> str:
    """Return `05/10/2026 09.00 - 10.00`, in the meeting's own zone; empty where no start is known."""
    end = meeting.ended_at or meeting.planned_end
    if meeting.start is None:
        return ""
    day = short_day(meeting.start, meeting.zone)
    if end is None:
        return f"{day} {clock_zone(meeting.start, meeting.zone)}"
    return f"{day} {clock(meeting.start, meeting.zone)} - {clock_zone(end, meeting.zone)}"


def said_of(meeting: Meeting) -> str:
    """Return `1a2b3c4d  05/10/2026 09.00 - 10.00 WIB  Rapat koordinasi  (berakhir, 40 peserta)`."""
    people = ""
    if meeting.participants is not None:
        people = ", " + _("{number} people").format(number=meeting.participants)
    state = f"({state_name(meeting.state.value)}{people})"
    return "  ".join(part for part in (meeting.id[-8:], times_of(meeting), meeting.title, state) if part)


def clash_words(found: Sequence[MeetingLine]) -> str:
    """Return what else is in the room at that time, one line each; empty where there is nothing."""
    return "\n".join(
        _("The room is taken at that time: {title}, {time}.").format(title=one.title, time=_hours(one)) for one in found
    )


def _hours(one: MeetingLine) -> str:
    if one.start is None:
        return ""
    if one.end is None:
        return clock_zone(one.start, one.zone)
    return f"{clock(one.start, one.zone)} - {clock_zone(one.end, one.zone)}"
