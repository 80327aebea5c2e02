"""`vcops meeting list|show`."""

from __future__ import annotations

import sys
from datetime import date

import click

from vcops.cli.folding import cut, width_of
from vcops.cli.forms import as_json
from vcops.cli.output import document, say, tell
from vcops.cli.shapes import details_object, line_object
from vcops.cli.table import cell_width, table
from vcops.domain.addresses import link_shown
from vcops.domain.meetings import MeetingState
from vcops.domain.overview import MeetingDetails, MeetingLine
from vcops.errors import InvalidInput
from vcops.formats import clock, clock_zone, number, short_day
from vcops.locale import _
from vcops.operations import meetings, reports, savings, typed
from vcops.operations.workplace import Workplace
from vcops.wording.closing import entry_words
from vcops.wording.meetings import times_of
from vcops.wording.terms import count_method_name, kind_name, mode_name, service_name, state_name

__all__ = ["list_meetings", "show"]

_TITLE, _PEOPLE = 4, 8
"""Places in a line of the list."""
_SHORTEST_TITLE = 12
"""Cells: below this a title tells nothing."""


def _day(column: str, text: str | None) -> date | None:
    if not text:
        return None
    try:
        return typed.read_typed_day(text)
    except ValueError as error:
        raise InvalidInput("form.date", column=column, value=text) from error


@click.command("list", help=_("List meetings, newest first."))
@click.option("--search", default="", metavar="TEXT", help=_("in title, unit, room, organiser, letter or id"))
@click.option("--from", "day_from", metavar="DATE", help=_("first day"))
@click.option("--to", "day_to", metavar="DATE", help=_("last day"))
@click.option("--state", type=click.Choice([one.value for one in MeetingState]), help=_("only these"))
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=_("at most so many"))
@as_json
@click.pass_obj
def list_meetings(
    workplace: Workplace,
    search: str,
    day_from: str | None,
    day_to: str | None,
    state: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List meetings."""
    found = meetings.listing(
        workplace,
        search=search,
        day_from=_day("from", day_from),
        day_to=_day("to", day_to),
        state=MeetingState(state) if state else None,
        limit=limit,
    )
    if as_json:
        document([line_object(one) for one in found])
    elif found:
        headings = (
            _("ID"),
            _("Day"),
            _("Start"),
            _("Ended"),
            _("Title"),
            _("Unit"),
            _("Room"),
            _("State"),
            _("People"),
        )
        say(_fitting(headings, [_cells(one) for one in found]))
    else:
        tell(_("No meetings. Add one with: vcops meeting add, or vcops meeting plan."))


def _fitting(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return the table; where it is wider than the terminal the titles are cut. `--json` has them whole."""
    lines = table(headings, rows, right={_PEOPLE})
    width, widest = width_of(sys.stdout), max(map(cell_width, lines.split("\n")))
    if width is None or widest <= width:
        return lines
    longest = max(cell_width(row[_TITLE]) for row in rows)
    left = max(_SHORTEST_TITLE, longest - (widest - width))
    return table(
        headings, [(*row[:_TITLE], cut(row[_TITLE], left), *row[_TITLE + 1 :]) for row in rows], right={_PEOPLE}
    )


def _cells(line: MeetingLine) -> tuple[str, ...]:
    return (
        line.id[-8:],
        short_day(line.start, line.zone) if line.start else "",
        clock(line.start, line.zone) if line.start else "",
        clock(line.end, line.zone) if line.end else "",
        line.title,
        line.unit,
        line.room,
        _state(line.state, line.belongs_to, corrected=line.corrected),
        "" if line.participants is None else number(line.participants),
    )


def _state(state: MeetingState, belongs_to: int | None, *, corrected: bool) -> str:
    """Return where a meeting stands, and whether it is a late entry or was taken out by another."""
    return ", ".join((state_name(state.value), *entry_words(belongs_to, corrected=corrected)))


@click.command(help=_("Everything about one meeting. Whether a passcode is set is told, the passcode never."))
@click.argument("meeting_id", metavar="ID")
@click.option("--tariff", "tariff_id", metavar="ID", help=_("what if this tariff of the handbook were in force"))
@as_json
@click.pass_obj
def show(workplace: Workplace, meeting_id: str, tariff_id: str | None, as_json: bool) -> None:
    """Show a meeting."""
    found = meetings.details(workplace, meeting_id)
    saved = savings.of_meeting(workplace, found.meeting.id, tariff_id).saving
    if as_json:
        document(details_object(found) | {"savings": saved.as_json()})
        return
    facts = [(name, value) for name, value in _facts(found) if value]
    say("\n".join(f"{name + ':':<{max(len(one) for one, _value in facts) + 2}}{value}" for name, value in facts))
    zone, counted, disturbed = found.meeting.zone, _("Head count"), _("Incident")
    for one in found.counts:
        parts = f"{number(one.total)} ({count_method_name(one.method.value)})"
        say(f"  {clock_zone(one.at, zone)}  {counted}: {parts}")
    for trouble in found.incidents:
        over = f" - {clock_zone(trouble.recovered_at, zone)}" if trouble.recovered_at else ""
        say(f"  {clock_zone(trouble.started_at, zone)}{over}  {disturbed}: {trouble.text} {trouble.action}".rstrip())
    say(reports.saving_as_text(saved).rstrip("\n"))


def _facts(found: MeetingDetails) -> list[tuple[str, str]]:
    held = found.meeting
    return [
        (_("ID"), held.id),
        (_("Title"), held.title),
        (_("State"), _state(held.state, held.belongs_to, corrected=bool(found.reversed_why))),
        (_("Correction"), found.reversed_why),
        (_("Time"), times_of(held)),
        (_("Unit"), found.unit.name if found.unit else ""),
        (_("Room"), found.room.name if found.room else ""),
        (_("Kind"), kind_name(held.kind.value)),
        (_("Mode"), mode_name(held.mode.value)),
        (_("Service"), ", ".join(service_name(one) for one in held.service)),
        (_("Platform"), held.platform),
        (_("Participants"), "" if held.participants is None else number(held.participants)),
        (_("Expected"), "" if held.expected is None else number(held.expected)),
        (_("Organiser"), held.organiser),
        (_("Letter"), held.letter),
        (_("Contact"), " ".join(one for one in (held.contact_name, held.contact_phone) if one)),
        (_("Meeting ID"), held.meeting_number),
        (_("Passcode"), _("set") if held.passcode else ""),
        (_("Link"), link_shown(held.link)),
        (_("Spare link"), link_shown(held.spare_link)),
        (_("Team"), held.team),
        (_("Cancelled"), held.cancel_reason),
        (_("Evidence"), held.evidence),
        (_("Notes"), held.notes),
    ]
