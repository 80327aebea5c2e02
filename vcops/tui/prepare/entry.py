"""What can be prepared: walks under way, planned meetings, and rooms without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from vcops.domain.overview import MeetingLine, Overview, RoomLine
from vcops.domain.runs import RunLine
from vcops.formats.dates import clock, long_day, short_day, span
from vcops.formats.numbers import number
from vcops.locale import _, language
from vcops.tui.plain import Cell
from vcops.tui.widgets.table import Column, Line
from vcops.tui.widgets.verdicts import ready_cell

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["COLUMNS", "Preparable", "entry_lines", "read_preparable"]

COLUMNS = (
    Column(width=7),
    Column(share=3, least=18),
    Column(share=2, least=12),
    Column(width=22, right=True),
)
"""When, what, where, how far or how soon."""
_COUNTED_DOWN = timedelta(hours=12)


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
    walked = {one.meeting_id for one in seen.runs}
    under_way = sorted(seen.runs, key=lambda one: _starts(meetings.get(one.meeting_id or ""), one))
    coming = [one for one in seen.overview.upcoming if one.id not in walked]
    groups = (
        (_("Under way"), [_run(one, meetings.get(one.meeting_id or "")) for one in under_way]),
        (_("Planned meetings"), [_meeting(one, now) for one in coming]),
        (_("A room without a meeting"), [_room(one) for one in seen.overview.rooms]),
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


def _run(one: RunLine, meeting: MeetingLine | None) -> Line:
    title = one.meeting or one.title.said(language())
    when = clock(meeting.start, meeting.zone) if meeting and meeting.start else ""
    if one.ready is not None:
        far = ready_cell(one.ready)
    else:
        done = _("{done} of {steps} steps").format(done=number(one.answered), steps=number(one.steps))
        far = Cell(done, "accent")
    return Line(f"run:{one.id}", (f"▸ {when}" if when else "▸", title, Cell(one.room, "dim"), far))


def _meeting(one: MeetingLine, now: datetime) -> Line:
    if one.start is None:
        return Line(f"meeting:{one.id}", ("", one.title, Cell(one.room, "dim"), ""))
    left = one.start - now
    if left < timedelta(0):
        soon = Cell(_("{time} late").format(time=span(-left)), "warn")
    elif left < _COUNTED_DOWN:
        soon = Cell(_("in {time}").format(time=span(left)))
    else:
        soon = Cell(f"{long_day(one.start, one.zone).partition(',')[0]}, {short_day(one.start, one.zone)}", "dim")
    return Line(f"meeting:{one.id}", (f"  {clock(one.start, one.zone)}", one.title, Cell(one.room, "dim"), soon))


def _room(one: RoomLine) -> Line:
    last = ready_cell(one.ready) if one.ready else Cell(_("not checked"), "dim")
    return Line(f"room:{one.id}", ("", one.name, Cell(one.location, "dim"), last))
