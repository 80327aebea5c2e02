"""What can be prepared: walks under way, planned meetings, and rooms without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vcops.domain.meetings import MeetingState
from vcops.domain.overview import MeetingLine, Overview, RoomLine
from vcops.domain.procedures import USUAL
from vcops.domain.runs import RunLine
from vcops.formats.dates import clock, long_day, short_day
from vcops.formats.numbers import number
from vcops.locale import _, language
from vcops.tui.plain import Cell
from vcops.tui.prepare.signs import held_up_words
from vcops.tui.widgets.countdown import countdown, is_near
from vcops.tui.widgets.readiness import readiness_cell
from vcops.tui.widgets.table import Column, Line
from vcops.tui.widgets.verdicts import ready_cell

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["COLUMNS", "Preparable", "entry_lines", "read_preparable"]

_WIDE = 100
COLUMNS = (
    Column(width=7),
    Column(share=3, least=18),
    Column(share=2, least=12),
    Column(width=22, right=True, below=_WIDE),
    Column(width=22, right=True, from_width=_WIDE),
    Column(width=22, right=True, from_width=_WIDE),
)
"""When, what, where; then how far or how soon, and on a wider window how far and how soon."""


@dataclass(frozen=True, slots=True)
class Preparable:
    """The walks under way and what is planned."""

    runs: tuple[RunLine, ...]
    overview: Overview

    @property
    def empty(self) -> bool:
        """Whether there is nothing to prepare."""
        return not (self.runs or self.overview.rooms or self.overview.upcoming or self.overview.running)


def read_preparable(workplace: Workplace) -> Preparable:
    """Read what can be prepared. Raises StorageError."""
    from vcops.operations import runs, today

    return Preparable(tuple(runs.listing(workplace, open_only=True)), today.overview(workplace))


def entry_lines(seen: Preparable, now: datetime) -> list[Line]:
    """Return the lines with their headings. Keys are `run:ID`, `meeting:ID` and `room:ID`."""
    meetings = {one.id: one for one in (*seen.overview.running, *seen.overview.upcoming, *seen.overview.ended_today)}
    walked = {(one.meeting_id, one.room_id) for one in seen.runs if one.procedure_id == USUAL}
    under_way = sorted(seen.runs, key=lambda one: _starts(meetings.get(one.meeting_id or ""), one))
    # A meeting that was moved to another room has to be prepared there too.
    coming = [one for one in seen.overview.upcoming if (one.id, one.room_id) not in walked]
    runs = [(one.meeting_ended, _run(one, meetings.get(one.meeting_id or ""), now)) for one in under_way]
    taken = {one.room_id for one in seen.overview.running}
    groups = (
        (_("Under way"), [line for ended, line in runs if not ended]),
        (_("Planned meetings"), [_meeting(one, now) for one in coming]),
        (_("After the meeting, still open"), [line for ended, line in runs if ended]),
        (_("A room without a meeting"), [_room(one, taken=one.id in taken) for one in seen.overview.rooms]),
    )
    lines: list[Line] = []
    for heading, group in groups:
        if group:
            lines += [Line("", ("",))] if lines else []
            lines += [Line("", (Cell(heading, "strong"),)), *group]
    return lines


def _starts(meeting: MeetingLine | None, run: RunLine) -> tuple[bool, datetime]:
    """Return the order of walks under way: the soonest meeting first, then those without one, newest last."""
    return (False, meeting.start) if meeting and meeting.start else (True, run.started_at)


def _run(one: RunLine, meeting: MeetingLine | None, now: datetime) -> Line:
    title = one.meeting if one.meeting and one.procedure_id == USUAL else one.title.said(language())
    when = clock(meeting.start, meeting.zone) if meeting and meeting.start else ""
    if one.ready is not None:
        far = ready_cell(one.ready)
    elif one.held_up:
        far = Cell(held_up_words(one.held_up), "warn")
    else:
        done = _("{done} of {steps} steps").format(done=number(one.answered), steps=number(one.steps))
        far = Cell(done, "accent")
    soon = _soon(meeting, now) if meeting else Cell("")
    # Where there is room for one of the two: that the meeting is on comes before how far its walk is.
    first = soon if meeting and meeting.state is MeetingState.RUNNING else far
    return Line(f"run:{one.id}", (f"▸ {when}".rstrip(), title, Cell(one.room, "dim"), first, far, soon))


def _meeting(one: MeetingLine, now: datetime) -> Line:
    when = f"  {clock(one.start, one.zone)}" if one.start else ""
    soon = _soon(one, now)
    return Line(f"meeting:{one.id}", (when, one.title, Cell(one.room, "dim"), soon, "", soon))


def _room(one: RoomLine, *, taken: bool) -> Line:
    """Return a room's line. That a meeting is on in it comes before how ready it is: whoever walks in would disturb."""
    last = Cell(_("a meeting is on"), "warn") if taken else readiness_cell(one.ready, open_run=one.open_run)
    return Line(f"room:{one.id}", ("", one.name, Cell(one.location, "dim"), last, "", last))


def _soon(one: MeetingLine, now: datetime) -> Cell:
    """Return how soon a meeting begins, or its day where that is further off."""
    if one.state is MeetingState.RUNNING:
        return Cell(_("on now"), "accent")
    if one.start is None or one.state is not MeetingState.PLANNED:
        return Cell("")
    if is_near(one.start, now):
        return countdown(one.start, now)
    return Cell(f"{long_day(one.start, one.zone).partition(',')[0]}, {short_day(one.start, one.zone)}", "dim")
