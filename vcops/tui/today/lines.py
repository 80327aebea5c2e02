"""The lines of Today out of the overview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from vcops.domain.overview import MeetingLine, Overview, RoomLine
from vcops.formats.dates import clock, long_day, span
from vcops.formats.numbers import number
from vcops.locale import _, ngettext
from vcops.tui.plain import Cell
from vcops.tui.widgets.table import Column, Line

__all__ = ["COLUMNS", "today_lines"]

COLUMNS = (
    Column(width=13),
    Column(share=3, least=20),
    Column(share=2, from_width=96),
    Column(width=16, from_width=70),
    Column(width=10, right=True, from_width=88),
    Column(width=17, right=True),
)
"""When, what, which unit, which room, how many people, how long."""


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
    for day, meetings in _by_day(overview.upcoming).items():
        yield _day_heading(day, now, overview.zone), [_coming(one, now) for one in meetings]
    yield _("Rooms"), [_room(one) for one in overview.rooms]
    yield _("Ended today"), [_ended(one) for one in overview.ended_today]


def _by_day(meetings: list[MeetingLine]) -> dict[date, list[MeetingLine]]:
    from zoneinfo import ZoneInfo

    days: dict[date, list[MeetingLine]] = {}
    for one in meetings:
        if one.start is not None:
            days.setdefault(one.start.astimezone(ZoneInfo(one.zone)).date(), []).append(one)
    return days


def _day_heading(day: date, now: datetime, zone: str) -> str:
    from zoneinfo import ZoneInfo

    today = now.astimezone(ZoneInfo(zone)).date()
    if day == today:
        return _("Next today")
    if day == today + timedelta(days=1):
        return _("Tomorrow, {day}").format(day=long_day(day))
    return long_day(day)


def _running(one: MeetingLine, now: datetime) -> Line:
    lasted = span(now - one.start) if one.start else ""
    return _meeting(one, Cell("● " + _times(one), "accent"), Cell(lasted, "accent"))


def _coming(one: MeetingLine, now: datetime) -> Line:
    assert one.start is not None
    left = one.start - now
    if left < timedelta(0):
        return _meeting(one, "  " + _times(one), Cell(_("{time} late").format(time=span(-left)), "warn"))
    if left < timedelta(hours=12):
        return _meeting(one, "  " + _times(one), _("in {time}").format(time=span(left)))
    return _meeting(one, "  " + _times(one), "")


def _ended(one: MeetingLine) -> Line:
    lasted = span(one.end - one.start) if one.start and one.end else ""
    return _meeting(one, Cell("  " + _times(one), "dim"), Cell(lasted, "dim"))


def _meeting(one: MeetingLine, when: str | Cell, last: str | Cell) -> Line:
    people = ""
    if one.participants is not None:
        people = ngettext("{count} person", "{count} people", one.participants).format(count=number(one.participants))
    return Line(
        f"meeting:{one.id}", (when, one.title, Cell(one.unit, "dim"), Cell(one.room, "dim"), Cell(people), last)
    )


def _room(one: RoomLine) -> Line:
    if one.open_run:
        last = Cell(_("being prepared"), "accent")
    elif one.ready is None:
        last = Cell(_("not checked"), "dim")
    else:
        from vcops.tui.widgets.verdicts import ready_cell

        last = ready_cell(one.ready)
    when = clock(one.decided_at, "Asia/Jakarta") if one.decided_at else ""
    return Line(f"room:{one.id}", ("  " + when, one.name, Cell(one.location, "dim"), "", "", last))


def _times(one: MeetingLine) -> str:
    if one.start is None:
        return ""
    start = clock(one.start, one.zone)
    return f"{start}–{clock(one.end, one.zone)}" if one.end else start


def _blank() -> Line:
    return Line("", ("",))
