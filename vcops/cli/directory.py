"""`vcops room|unit|person`: what the office has, and who works there."""

from __future__ import annotations

from collections.abc import Mapping

import click

from vcops.cli.forms import as_json, column_options, typed_texts
from vcops.cli.output import document, say, tell
from vcops.cli.shapes import plain_object
from vcops.cli.table import table
from vcops.domain.addresses import redacted
from vcops.domain.people import Person, Room, Unit, nip_doubt, zone_short
from vcops.domain.room_cameras import cameras_shown
from vcops.formats import number
from vcops.locale import _
from vcops.operations import directory
from vcops.operations.secret_file import has_login
from vcops.operations.workplace import Workplace
from vcops.wording.cameras import login_kept

__all__ = ["person", "room", "unit"]

_ROOM = {
    "name": _("name of the room"),
    "location": _("building and floor"),
    "zone": _("WIB, WITA, WIT or a name such as Asia/Pontianak; default: the office's"),
    "seats": _("how many seats"),
    "kit": _("what stands in it"),
    "camera": _(
        "camera source: index, identity, device path or URL; several with a name each: Front = 0; Speaker = rtsp://..."
    ),
    "measure_server": _("server to measure the connection against"),
    "backup_link": _("whether there is a second way to the internet: yes or no"),
}
_UNIT = {"name": _("name of the unit"), "code": _("short code, accepted wherever the name is")}
_PERSON = {
    "name": _("name"),
    "nip": _("NIP, 18 digits; optional"),
    "position": _("position"),
    "role": _("role here: operator, supervisor, ..."),
}


def _told(one: Room | Unit | Person, shown_as_json: bool) -> None:
    if shown_as_json:
        document(plain_object(one))
    else:
        say(f"{one.id[-8:]}  {one.name}")


def _told_room(workplace: Workplace, one: Room, texts: Mapping[str, str], *, as_json: bool) -> None:
    if has_login(texts.get("camera", "")):
        tell(login_kept(str(workplace.places.secrets_file)))
    _told(one, as_json)


@click.group(help=_("Rooms and their kit."))
def room() -> None:
    """Rooms."""


@room.command("add", help=_("Add a room."))
@column_options(_ROOM, needed=["name"])
@as_json
@click.pass_obj
def add_room(workplace: Workplace, /, as_json: bool, **options: str | None) -> None:
    """Add a room."""
    texts = typed_texts(options)
    _told_room(workplace, directory.add_room(workplace, texts), texts, as_json=as_json)


@room.command("edit", help=_("Change a room: only what is named changes."))
@click.argument("name_or_id", metavar="ROOM")
@column_options(_ROOM)
@as_json
@click.pass_obj
def edit_room(workplace: Workplace, /, name_or_id: str, as_json: bool, **options: str | None) -> None:
    """Change a room."""
    found = directory.room(workplace, name_or_id)
    texts = typed_texts(options)
    _told_room(workplace, directory.edit_room(workplace, found.id, texts), texts, as_json=as_json)


@room.command("list", help=_("List the rooms."))
@as_json
@click.pass_obj
def list_rooms(workplace: Workplace, as_json: bool) -> None:
    """List the rooms."""
    rooms = directory.rooms(workplace)
    if as_json:
        document([plain_object(one) for one in rooms])
    elif rooms:
        cells = [
            (one.name, one.location, zone_short(one.zone), "" if one.seats is None else number(one.seats), one.kit)
            for one in rooms
        ]
        say(table((_("Room"), _("Location"), _("Zone"), _("Seats"), _("Kit")), cells, right={3}))
    else:
        tell(_("No rooms yet. Add one with: vcops room add --name NAME."))


@room.command("show", help=_("Everything about one room."))
@click.argument("name_or_id", metavar="ROOM")
@as_json
@click.pass_obj
def show_room(workplace: Workplace, name_or_id: str, as_json: bool) -> None:
    """Show a room."""
    found = directory.room(workplace, name_or_id)
    if as_json:
        document(plain_object(found))
        return
    facts = (
        (_("ID"), found.id),
        (_("Room"), found.name),
        (_("Location"), found.location),
        (_("Zone"), f"{found.zone} ({zone_short(found.zone)})"),
        (_("Seats"), "" if found.seats is None else number(found.seats)),
        (_("Kit"), found.kit),
        (_("Camera"), cameras_shown(found.cameras)),
        (_("Measured against"), redacted(found.measure_server)),
        (_("Second link"), _("yes") if found.backup_link else _("no")),
    )
    for name, value in facts:
        if value:
            say(f"{name}: {value}")


@click.group(help=_("Units that ask for meetings."))
def unit() -> None:
    """Units."""


@unit.command("add", help=_("Add a unit."))
@column_options(_UNIT, needed=["name"])
@as_json
@click.pass_obj
def add_unit(workplace: Workplace, /, as_json: bool, **options: str | None) -> None:
    """Add a unit."""
    _told(directory.add_unit(workplace, typed_texts(options)), as_json)


@unit.command("list", help=_("List the units."))
@as_json
@click.pass_obj
def list_units(workplace: Workplace, as_json: bool) -> None:
    """List the units."""
    units = directory.units(workplace)
    if as_json:
        document([plain_object(one) for one in units])
    elif units:
        say(table((_("Unit"), _("Code")), [(one.name, one.code) for one in units]))
    else:
        tell(_("No units yet. Add one with: vcops unit add --name NAME; a meeting adds its own too."))


@click.group(help=_("Staff."))
def person() -> None:
    """Staff."""


@person.command("add", help=_("Add someone who works here."))
@column_options(_PERSON, needed=["name"])
@as_json
@click.pass_obj
def add_person(workplace: Workplace, /, as_json: bool, **options: str | None) -> None:
    """Add someone."""
    made = directory.add_person(workplace, typed_texts(options))
    if nip_doubt(made.nip):
        tell(_("The NIP {nip} does not look like one (18 digits); it was stored as typed.").format(nip=made.nip))
    _told(made, as_json)


@person.command("list", help=_("List the staff."))
@as_json
@click.pass_obj
def list_people(workplace: Workplace, as_json: bool) -> None:
    """List the staff."""
    people = directory.people(workplace)
    if as_json:
        document([plain_object(one) for one in people])
    elif people:
        cells = [(one.name, one.nip, one.position, one.role) for one in people]
        say(table((_("Name"), _("NIP"), _("Position"), _("Role")), cells))
    else:
        tell(_("Nobody yet. Add someone with: vcops person add --name NAME."))
