"""The lines of Today out of the overview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from vcops.domain.overview import MeetingLine, Overview, RoomLine
from vcops.formats.dates import clock, long_day, span
from vcops.formats.numbers import number
from vcops.locale import _, ngettext
from vcops.tui.plain import Cell
from vcops.tui.widgets.countdown import countdown
from vcops.tui.widgets.readiness import readiness_cell
from vcops.tui.widgets.table import Column, Line

__all__ = ["COLUMNS", "today_lines"]

COLUMNS = (
    Column(width=7, below=100),
    Column(width=13, from_width=100),
    Column(share=5, least=20),
    Column(share=3, from_width=100),
    Column(share=3, least=17),
    Column(width=10, right=True, from_width=88),
    Column(width=21, right=True),
)
"""Begin or begin and end, what, which unit, which room, how many people, how long."""


def today_lines(overview: Overview, now: datetime) -> list[Line]:
    """Return the lines with their headings. Keys are `meeting:ID` and `room:ID`."""
    lines: list[Line] = []
    for heading, group in _groups(overview, now):
        if not group:
            continue
        if lines:
            lines.append(_blank())
        lines.append(Line("", (Cell(heading, "strong"),)))
        lines += group
    return lines


def _groups(overview: Overview, now: datetime) -> Iterator[tuple[str, list[Line]]]:
    yield _("On now"), [_running(one, now) for one in overview.running]
    days = [(day, [_coming(one, now) for one in meetings]) for day, meetings in _by_day(overview.upcoming).items()]
    today = now.astimezone(ZoneInfo(overview.zone)).date()
    soon = [(day, lines) for day, lines in days if day <= today]
    for day, lines in soon:
        yield _day_heading(day, today), lines
    yield _("Rooms"), [_room(one, today, overview.zone) for one in overview.rooms]
    for day, lines in days[len(soon) :]:
        yield _day_heading(day, today), lines
    yield _("Ended today"), [_ended(one) for one in overview.ended_today]


def _by_day(meetings: list[MeetingLine]) -> dict[date, list[MeetingLine]]:
    days: dict[date, list[MeetingLine]] = {}
    for one in meetings:
        if one.start is not None:
            days.setdefault(one.start.astimezone(ZoneInfo(one.zone)).date(), []).append(one)
    return days


def _day_heading(day: date, today: date) -> str:
    if day == today:
        return _("Next today")
    if day == today + timedelta(days=1):
        return _("Tomorrow, {day}").format(day=long_day(day))
    return long_day(day)


def _running(one: MeetingLine, now: datetime) -> Line:
    lasted = span(now - one.start) if one.start else ""
    return _meeting(one, "accent", Cell(lasted, "accent"), sign="●")


def _coming(one: MeetingLine, now: datetime) -> Line:
    assert one.start is not None
    return _meeting(one, "", countdown(one.start, now))


def _ended(one: MeetingLine) -> Line:
    lasted = span(one.end - one.start) if one.start and one.end else ""
    return _meeting(one, "dim", Cell(lasted, "dim"))


def _meeting(one: MeetingLine, tone: str, last: str | Cell, *, sign: str = " ") -> Line:
    people = ""
    if one.participants is not None:
        people = ngettext("{count} person", "{count} people", one.participants).format(count=number(one.participants))
    begin = clock(one.start, one.zone) if one.start else ""
    end = f"–{clock(one.end, one.zone)}" if one.end else ""
    return Line(
        f"meeting:{one.id}",
        (
            Cell(f"{sign} {begin}", tone),
            Cell(f"{sign} {begin}{end}", tone),
            one.title,
            Cell(one.unit, "dim"),
            Cell(one.room, "dim"),
            people,
            last,
        ),
    )


def _room(one: RoomLine, today: date, zone: str) -> Line:
    """Only a decision of today says how the room is; what was decided earlier is no news."""
    decided = one.decided_at.astimezone(ZoneInfo(zone)) if one.decided_at else None
    fresh = decided is not None and decided.date() == today
    last = readiness_cell(one.ready if fresh else None, open_run=one.open_run)
    when = clock(decided, zone) if decided is not None and fresh else ""
    return Line(f"room:{one.id}", (f"  {when}", f"  {when}", one.name, Cell(one.location, "dim"), "", "", last))


def _blank() -> Line:
    return Line("", ("",))
