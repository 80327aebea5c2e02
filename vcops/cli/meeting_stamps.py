"""`vcops meeting start|count|incident|recover|end|shift|undo`: quick to type while the meeting runs."""

from __future__ import annotations

import click

from vcops.cli.forms import as_json, column_options, typed_texts
from vcops.cli.meeting_forms import HELP, PLANNED_HELP, tell_of
from vcops.cli.output import document, say, tell
from vcops.cli.shapes import plain_object
from vcops.errors import Conflict, InvalidInput
from vcops.formats import clock_zone, number
from vcops.locale import _
from vcops.operations import meetings, typed
from vcops.operations.workplace import Workplace
from vcops.wording.meetings import stamp_name

__all__ = ["count", "end", "incident", "recover", "shift", "start", "undo"]

_ID = click.argument("meeting_id", metavar="[ID]", required=False)
_AT = click.option("--at", metavar="TIME", help=_("when, if not now: 09.05, or with a day before it"))
_STARTING = {name: HELP[name] for name in HELP if name not in {"date", "start", "end_date"}}


def _people(column: str, text: str | None) -> int | None:
    """Return a number of people from an option. Raises InvalidInput."""
    if text is None:
        return None
    try:
        return typed.read_people(text)
    except ValueError as error:
        raise InvalidInput("form.number", column=column, value=text) from error


def _method(text: str) -> str:
    try:
        return typed.read_count_method(text).value
    except ValueError as error:
        raise InvalidInput("form.count_method", column="method", value=text) from error


@click.command(help=_("Start a planned meeting by its ID, or with --title one that nobody planned."))
@_ID
@_AT
@column_options(_STARTING | PLANNED_HELP)
@as_json
@click.pass_obj
def start(
    workplace: Workplace, /, meeting_id: str | None, at: str | None, as_json: bool, **options: str | None
) -> None:
    """Start a meeting."""
    texts = typed_texts(options)
    if (meeting_id is None) == (not texts):
        raise click.UsageError(_("Give the ID of a planned meeting, or --title for a new one."))
    tell_of(meetings.start(workplace, meeting_id, texts, at), as_json)


@click.command(help=_("Add a head count; the largest is the meeting's. Without an ID: the one meeting that runs."))
@_ID
@click.option("-o", "--online", metavar="N", help=_("how many are connected"))
@click.option("-r", "--in-room", metavar="N", help=_("how many sit in the room"))
@click.option("-t", "--total", metavar="N", help=_("all together, where the two are not known"))
@click.option("--method", metavar="METHOD", default="counted", help=_("claimed, counted, rows, unique or peak"))
@_AT
@as_json
@click.pass_obj
def count(
    workplace: Workplace,
    meeting_id: str | None,
    online: str | None,
    in_room: str | None,
    total: str | None,
    method: str,
    at: str | None,
    as_json: bool,
) -> None:
    """Add a head count."""
    made = meetings.count(
        workplace,
        meeting_id,
        online=_people("online", online),
        in_room=_people("in_room", in_room),
        total=_people("total", total),
        method=_method(method),
        at=at,
    )
    if as_json:
        document(plain_object(made))
    else:
        zone = meetings.find(workplace, made.meeting_id).zone
        said = _("{number} people at {time}")
        say(f"{made.meeting_id[-8:]}  " + said.format(number=number(made.total), time=clock_zone(made.at, zone)))


@click.command(help=_("Note a disturbance, now or at --start. Without an ID: the one meeting that runs."))
@_ID
@click.option("--text", default="", metavar="TEXT", help=_("what happened"))
@click.option("--action", default="", metavar="TEXT", help=_("what was done"))
@click.option("--start", "started", metavar="TIME", help=_("when it began, if not now"))
@click.option("--recovered", metavar="TIME", help=_("when it was over"))
@as_json
@click.pass_obj
def incident(
    workplace: Workplace,
    meeting_id: str | None,
    text: str,
    action: str,
    started: str | None,
    recovered: str | None,
    as_json: bool,
) -> None:
    """Note a disturbance."""
    made = meetings.incident(
        workplace, meeting_id, text=text, action=action, started_at=started, recovered_at=recovered
    )
    if as_json:
        document(plain_object(made))
        return
    zone = meetings.find(workplace, made.meeting_id).zone
    said = _("incident at {time}: {text}") if made.text else _("incident at {time}")
    say(f"{made.meeting_id[-8:]}  " + said.format(time=clock_zone(made.started_at, zone), text=made.text))


@click.command(help=_("Say that the disturbance is over. Without an ID: of the one meeting that runs."))
@_ID
@click.option("--text", metavar="TEXT", help=_("what happened"))
@click.option("--action", metavar="TEXT", help=_("what was done"))
@_AT
@as_json
@click.pass_obj
def recover(
    workplace: Workplace, meeting_id: str | None, text: str | None, action: str | None, at: str | None, as_json: bool
) -> None:
    """Stamp the end of a disturbance."""
    found = meetings.details(workplace, meetings.one_running(workplace) if meeting_id is None else meeting_id)
    if found.open_incident is None:
        raise Conflict("incident.none_open", title=found.meeting.title)
    over = meetings.recover(workplace, found.open_incident.id, at=at, text=text, action=action)
    if as_json:
        document(plain_object(over))
    elif over.recovered_at is not None:
        said = _("over at {time}").format(time=clock_zone(over.recovered_at, found.meeting.zone))
        say(f"{over.meeting_id[-8:]}  {said}")


@click.command(help=_("Stamp the end. Without an ID: of the one meeting that runs."))
@_ID
@_AT
@as_json
@click.pass_obj
def end(workplace: Workplace, meeting_id: str | None, at: str | None, as_json: bool) -> None:
    """End a meeting."""
    tell_of(meetings.end(workplace, meeting_id, at), as_json)


@click.command(
    help=_("Move the last stamp by so many minutes, back with a minus: vcops meeting shift -- -5."),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("words", metavar="[ID] MINUTES", nargs=-1, required=True)
@as_json
@click.pass_obj
def shift(workplace: Workplace, words: tuple[str, ...], as_json: bool) -> None:
    """Move the last stamp."""
    *ids, minutes = words
    if len(ids) > 1:
        raise click.UsageError(_("Give one ID and the minutes."))
    try:
        by = int(minutes)
    except ValueError as error:
        raise InvalidInput("form.minutes", column="MINUTES", value=minutes) from error
    tell_of(meetings.shift(workplace, ids[0] if ids else None, by), as_json)


@click.command(help=_("Take the last stamp back: start, head count, incident, recovery or end."))
@_ID
@as_json
@click.pass_obj
def undo(workplace: Workplace, meeting_id: str | None, as_json: bool) -> None:
    """Undo the last stamp."""
    held = meetings.find(workplace, meeting_id or meetings.one_running(workplace))
    last = meetings.undo(workplace, held.id)
    if as_json:
        document({"id": held.id, "undone": last.code})
    else:
        time = clock_zone(last.at, held.zone)
        say(f"{held.id[-8:]}  " + _("undone: {what} at {time}").format(what=stamp_name(last.code), time=time))
    if last.corrected:
        said = _("The times that were corrected since then stay; change them with: vcops meeting edit {id}")
        tell(said.format(id=held.id[-8:]))
