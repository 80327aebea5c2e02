"""What Live says about a meeting at a moment: pure, so that a test needs no screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from vcops.domain.meetings import HeadCount, Incident, MeetingState, chosen_count
from vcops.domain.overview import MeetingDetails
from vcops.formats import clock, clock_zone, number, span, stopwatch
from vcops.locale import N_, _, ngettext
from vcops.tui.plain import Cell
from vcops.tui.widgets.table import Line
from vcops.wording.terms import count_method_name, mode_name, service_name

__all__ = [
    "STAMPS", "Fact", "board_line", "count_lines", "elapsed", "facts", "incident_lines", "minutes_of", "people",
    "where",
]  # fmt: skip

STAMPS = {
    "start": N_("start"),
    "count": N_("head count"),
    "incident": N_("incident"),
    "recovered": N_("recovery"),
    "end": N_("end"),
}
"""A stamp's code -> what it is called."""


class Fact(NamedTuple):
    """A label, what stands behind it, and its tone."""

    label: str
    value: str
    tone: str = ""


def people(count: int) -> str:
    """Return `47 people`."""
    return ngettext("{count} person", "{count} people", count).format(count=number(count))


def minutes_of(length: timedelta) -> str:
    """Return a length to come in whole minutes, rounded up: half a minute is not yet nothing."""
    return span(timedelta(minutes=-(-length.total_seconds() // 60)))


def elapsed(held: MeetingDetails, now: datetime) -> str:
    """Return how long it runs, or ran: `1:02:03`."""
    meeting = held.meeting
    if meeting.started_at is None:
        return stopwatch(timedelta(0))
    return stopwatch(max(timedelta(0), (meeting.ended_at or now) - meeting.started_at))


def where(held: MeetingDetails) -> str:
    """Return unit, room, mode and class of service in one row."""
    meeting = held.meeting
    parts = [
        held.unit.name if held.unit else "",
        held.room.name if held.room else "",
        mode_name(meeting.mode.value),
        *(service_name(one) for one in meeting.service),
    ]
    return " · ".join(one for one in parts if one)


def facts(held: MeetingDetails, now: datetime) -> tuple[Fact, ...]:
    """Return when it started and is to end, the last count and when the next is due."""
    meeting = held.meeting
    started = clock_zone(meeting.started_at, meeting.zone) if meeting.started_at else ""
    if meeting.state is MeetingState.ENDED and meeting.ended_at is not None:
        second = Fact(_("ended"), clock_zone(meeting.ended_at, meeting.zone), "strong")
    else:
        second = _planned_end(held, now)
    return (Fact(_("started"), started), second, _last_count(held), _next_count(held, now))


def _planned_end(held: MeetingDetails, now: datetime) -> Fact:
    end, zone = held.meeting.planned_end, held.meeting.zone
    if end is None:
        return Fact(_("planned end"), _("not said"), "dim")
    if now < end:
        text = _("{time}, {left} left").format(time=clock(end, zone), left=minutes_of(end - now))
        return Fact(_("planned end"), text)
    if now - end < timedelta(minutes=1):
        return Fact(_("planned end"), _("{time}, now").format(time=clock(end, zone)), "strong")
    text = _("{time}, {over} ago").format(time=clock(end, zone), over=span(now - end))
    return Fact(_("planned end"), text, "warn")


def _last_count(held: MeetingDetails) -> Fact:
    last = max(held.counts, key=lambda one: one.at, default=None)
    if last is None:
        return Fact(_("last count"), _("none yet"), "dim")
    text = _("{people} at {time}").format(people=people(last.total), time=clock(last.at, held.meeting.zone))
    return Fact(_("last count"), text)


def _next_count(held: MeetingDetails, now: datetime) -> Fact:
    due = held.next_count_due
    if due is None:
        return Fact("", "")
    time = clock(due, held.meeting.zone)
    if now < due:
        left = due - now
        tone = "accent" if left <= timedelta(minutes=5) else ""
        return Fact(_("next count"), _("{time}, in {left}").format(time=time, left=minutes_of(left)), tone)
    if now - due < timedelta(minutes=1):
        return Fact(_("next count"), _("{time}, now").format(time=time), "strong")
    return Fact(_("next count"), _("{time}, {late} late").format(time=time, late=span(now - due)), "warn")


def count_lines(held: MeetingDetails) -> list[Line]:
    """Return the counts, the newest first; the one that the tally uses stands out."""
    used = chosen_count(held.counts)
    if not held.counts:
        return [Line("", (Cell(_("none yet"), "dim"),))]
    return [_count_line(one, held.meeting.zone, used) for one in sorted(held.counts, key=lambda one: one.at)[::-1]]


def _count_line(count: HeadCount, zone: str, used: HeadCount | None) -> Line:
    tone = "strong" if used is not None and count.id == used.id else ""
    parts = [
        _("{count} online").format(count=number(count.online)) if count.online is not None else "",
        _("{count} in room").format(count=number(count.in_room)) if count.in_room is not None else "",
    ]
    return Line(
        "",
        (
            Cell(clock(count.at, zone), "dim"),
            Cell(number(count.total), tone),
            " · ".join(one for one in parts if one),
            Cell(count_method_name(count.method.value), "dim"),
        ),
    )


def incident_lines(held: MeetingDetails) -> list[Line]:
    """Return the incidents, the newest first."""
    if not held.incidents:
        return [Line("", (Cell(_("none"), "dim"),))]
    return [_incident_line(one, held.meeting.zone) for one in held.incidents[::-1]]


def _incident_line(incident: Incident, zone: str) -> Line:
    text = incident.text or _("no words yet")
    if incident.action:
        text = f"{text} → {incident.action}"
    lasted = Cell(_("not over"), "warn")
    if incident.recovered_at is not None:
        lasted = Cell(stopwatch(incident.recovered_at - incident.started_at))
    return Line("", (Cell(clock(incident.started_at, zone), "dim"), lasted, Cell(text, "" if incident.text else "dim")))


def board_line(held: MeetingDetails, now: datetime) -> Line:
    """Return a meeting's line in the list of those that run."""
    meeting = held.meeting
    running = meeting.state is MeetingState.RUNNING
    if not running or meeting.started_at is None:
        last = Cell(_("ended"), "dim")
    else:
        last = Cell(span(now - meeting.started_at), "accent")
    sign = Cell("●", "accent") if running else Cell("○", "dim")
    if running and held.open_incident is not None:
        sign = Cell("!", "warn")
    return Line(meeting.id, (sign, meeting.title, Cell(held.room.name if held.room else "", "dim"), last))
