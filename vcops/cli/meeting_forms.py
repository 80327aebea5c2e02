"""`vcops meeting plan|add|edit|cancel`: the options are the column names of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from vcops.cli.forms import as_json, column_options, typed_texts
from vcops.cli.output import document, say, tell
from vcops.cli.shapes import meeting_object
from vcops.domain.meetings import Meeting
from vcops.locale import _
from vcops.operations import corrections, directory, meetings
from vcops.operations.clashes import clashes
from vcops.operations.workplace import Workplace
from vcops.wording.meetings import clash_words, said_of

__all__ = ["HELP", "PLANNED_HELP", "add", "cancel", "edit", "plan", "tell_of"]

HELP = {
    "date": _("day: 2026-10-05, 5/10/2026 or 5/10, day first; today, tomorrow"),
    "start": _("start: 09.00, also 09.00 - 11.00"),
    "end": _("end: 11.00; selesai leaves it open"),
    "end_date": _("day of the end, where it is the next one"),
    "title": _("what the meeting is about"),
    "unit": _("unit that asked for it; a new name adds the unit"),
    "room": _("room, by its name"),
    "kind": _("hosted (diselenggarakan) or attended (diikuti)"),
    "mode": _("online (daring), hybrid (hibrida) or on-site (luring)"),
    "participants": _("how many took part"),
    "count_method": _("how they were counted: claimed, counted, rows, unique, peak"),
    "platform": _("Zoom, Teams, Meet, ..."),
    "notes": _("anything worth keeping"),
    "zone": _("WIB, WITA, WIT or a name such as Asia/Pontianak; default: the room's"),
    "service": _("classes of service: vip, streaming, inter-agency"),
    "organiser": _("who held it, where it was not us"),
    "letter": _("number of the invitation or request letter"),
    "in_room": _("how many sat in the room"),
    "online": _("how many were connected"),
    "travellers": _("how many would have travelled"),
    "origin": _("from where they would have travelled"),
    "destination": _("to where"),
    "outside_agencies": _("whether another agency took part: yes or no"),
    "other_units": _("whether another satker or echelon-II unit took part: yes or no"),
    "would_be_face_to_face": _("whether it would have been held face to face otherwise: yes or no"),
    "evidence": _("where photos, notes or recordings lie"),
}
PLANNED_HELP = {
    "expected": _("how many are expected"),
    "contact_name": _("whom to call"),
    "contact_phone": _("the number to call"),
    "meeting_number": _("the provider's meeting ID"),
    "passcode": _("the passcode; kept out of journal, exports and prints"),
    "link": _("the link to join"),
    "spare_link": _("a second link in case the first fails"),
    "team": _("who looks after it"),
}
_BEFORE = {name: HELP[name] for name in HELP if name not in {"participants", "count_method", "in_room", "online"}}


def tell_of(meeting: Meeting, shown_as_json: bool) -> None:
    """Print what was stored: the document, or one line for people."""
    if shown_as_json:
        document(meeting_object(meeting))
    else:
        say(said_of(meeting))


@contextmanager
def telling_new_unit(workplace: Workplace, name: str | None) -> Iterator[None]:
    """Say so where the meeting stored inside adds its unit: a slip of the pen would make a second one."""
    before = {one.id for one in directory.units(workplace)} if name else set()
    yield
    for unit in directory.units(workplace) if name else ():
        if unit.id not in before:
            tell(_("New unit, not there before: {name}").format(name=unit.name))


@click.command(help=_("Store a meeting that is to come."))
@column_options(_BEFORE | PLANNED_HELP)
@as_json
@click.pass_obj
def plan(workplace: Workplace, /, as_json: bool, **options: str | None) -> None:
    """Store a planned meeting."""
    with telling_new_unit(workplace, options.get("unit")):
        made = meetings.plan(workplace, typed_texts(options))
        tell_of(made, as_json)
    _tell_clashes(workplace, made)


@click.command(help=_("Store a meeting that was already held. Without an end it counts as not ended."))
@column_options(HELP)
@click.option(
    "--late", is_flag=True, help=_("a forgotten meeting of a closed month (susulan): booked today, told on both months")
)
@as_json
@click.pass_obj
def add(workplace: Workplace, /, as_json: bool, late: bool, **options: str | None) -> None:
    """Store a meeting afterwards."""
    store = corrections.add_late if late else meetings.add
    with telling_new_unit(workplace, options.get("unit")):
        tell_of(store(workplace, typed_texts(options)), as_json)


@click.command(
    help=_("Correct a meeting: only what is named changes. A head count given here replaces the earlier ones.")
)
@click.argument("meeting_id", metavar="ID")
@column_options(HELP | PLANNED_HELP)
@as_json
@click.pass_obj
def edit(workplace: Workplace, /, meeting_id: str, as_json: bool, **options: str | None) -> None:
    """Correct a meeting."""
    with telling_new_unit(workplace, options.get("unit")):
        made = meetings.edit(workplace, meeting_id, typed_texts(options))
        tell_of(made, as_json)
    _tell_clashes(workplace, made)


@click.command(help=_("Cancel a meeting that has not been held."))
@click.argument("meeting_id", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help=_("why"))
@as_json
@click.pass_obj
def cancel(workplace: Workplace, meeting_id: str, reason: str, as_json: bool) -> None:
    """Cancel a meeting."""
    tell_of(meetings.cancel(workplace, meeting_id, reason), as_json)


def _tell_clashes(workplace: Workplace, made: Meeting) -> None:
    if said := clash_words(clashes(workplace, made)):
        tell(said)
