"""The office and what it has: rooms with their kit, units that ask for meetings, staff."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from vcops.domain.addresses import redacted
from vcops.domain.measure_servers import read_server, server_shown
from vcops.domain.people import Office, Person, Room, Unit
from vcops.domain.room_cameras import RoomCamera, camera_shown, read_cameras
from vcops.errors import Conflict, InvalidInput
from vcops.operations import secret_file, typed
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.store.tables import Row

__all__ = [
    "OFFICE_FIELDS", "PERSON_FIELDS", "ROOM_FIELDS", "UNIT_FIELDS", "add_person", "add_room", "add_unit",
    "edit_person", "edit_room", "edit_unit", "office", "people", "room", "rooms", "set_office", "units",
]  # fmt: skip

_NOT_KEPT = "form.password_in_address"
_NOT_TOLD = "room.camera_login"
_NOT_SHOWN = {_NOT_KEPT, _NOT_TOLD, "room.camera_unnamed", "room.camera_twice"}
"""Faults of addresses, in which there may be more passwords than one can be sure to find."""

Reader = tuple[Callable[[str], Any], str]


def _cameras(text: str) -> tuple[RoomCamera, ...]:
    """Return cameras as typed; logins are taken out later. A token in an address's query stays: it has no other place.

    Raises InvalidInput for a password that cannot be told from the rest of the address.
    """
    cameras = read_cameras(typed.clean_lines(text))
    for one in cameras:
        if ":***@" in camera_shown(secret_file.bare_address(one.source)):
            raise InvalidInput(_NOT_TOLD, column="")
    return cameras


def _server(text: str) -> str:
    """Return a server's address without anything secret in it: the journal keeps what is stored, and secrets never."""
    address = typed.clean(text)
    if "***" in server_shown(address):
        raise InvalidInput(_NOT_KEPT, column="")
    if address:
        read_server(address)  # a kind that there is not is told now, not when the meeting is about to begin
    return address


def _servers(text: str) -> tuple[str, ...]:
    return tuple(_server(one) for one in re.split(r"[,\s]+", text) if one)


_LINE: Reader = (typed.clean, "form.text")
UNIT_FIELDS: Mapping[str, Reader] = {"name": _LINE, "code": _LINE}
ROOM_FIELDS: Mapping[str, Reader] = {
    "name": _LINE,
    "location": _LINE,
    "zone": (typed.read_zone, "form.zone"),
    "seats": (typed.read_people, "form.number"),
    "kit": (typed.clean_lines, "form.text"),
    "camera": (_cameras, "form.text"),
    "measure_server": (_server, "form.text"),
    "backup_link": (lambda text: bool(typed.read_yes_no(text)), "form.yes_no"),
}
PERSON_FIELDS: Mapping[str, Reader] = {"name": _LINE, "nip": _LINE, "position": _LINE, "role": _LINE}
OFFICE_FIELDS: Mapping[str, Reader] = {
    "name": _LINE,
    "address": (typed.clean_lines, "form.text"),
    "place": _LINE,
    "zone": (typed.read_zone, "form.zone"),
    "measure_servers": (_servers, "form.text"),
    "platform": _LINE,
    "paper": (typed.read_paper, "form.paper"),
    "snapshots": (typed.read_keeping, "form.snapshots"),
    "snapshot_days": (typed.read_days, "form.days"),
}


def rooms(workplace: Workplace) -> list[Room]:
    """Return the rooms by name."""
    from vcops.store import directory

    with workplace.store.reading() as connection:
        return directory.rooms(connection)


def units(workplace: Workplace) -> list[Unit]:
    """Return the units by name."""
    from vcops.store import directory

    with workplace.store.reading() as connection:
        return directory.units(connection)


def people(workplace: Workplace) -> list[Person]:
    """Return the staff by name."""
    from vcops.store import directory

    with workplace.store.reading() as connection:
        return directory.people(connection)


def office(workplace: Workplace) -> Office:
    """Return the office; an empty one before anybody has set it."""
    from vcops.store import directory

    with workplace.store.reading() as connection:
        return directory.office(connection)


def room(workplace: Workplace, text: str) -> Room:
    """Return a room by its name or id. Raises InvalidInput that names the nearest."""
    found = rooms(workplace)
    wanted = typed.clean(text).lower()
    for one in found:
        if wanted in {one.name.lower(), one.id}:
            return one
    nearest = difflib.get_close_matches(text, [one.name for one in found], n=1, cutoff=0.4)
    if nearest:
        raise InvalidInput("room.unknown", column="room", value=text, nearest=nearest[0])
    raise InvalidInput("room.none_such", column="room", value=text)


def add_room(workplace: Workplace, texts: Mapping[str, str]) -> Room:
    """Add a room; its zone is the office's where none is typed. Raises InvalidInput, Conflict for a name in use.

    A camera's login goes to `secrets.toml`, the rest of its address is stored.
    """
    values = {"zone": office(workplace).zone, **_room_values(workplace, texts)}
    return Room(id=_add(workplace, "Room", "room", values), **values)


def add_unit(workplace: Workplace, texts: Mapping[str, str]) -> Unit:
    """Add a unit. Raises InvalidInput, Conflict for a name in use."""
    values = _read(texts, UNIT_FIELDS)
    return Unit(id=_add(workplace, "Unit", "unit", values), **values)


def add_person(workplace: Workplace, texts: Mapping[str, str]) -> Person:
    """Add someone. A NIP of an odd shape is stored as typed: `domain.people.nip_doubt` tells. Raises InvalidInput."""
    values = _read(texts, PERSON_FIELDS)
    return Person(id=_add(workplace, "Person", "person", values), **values)


def edit_room(workplace: Workplace, room_id: str, texts: Mapping[str, str]) -> Room:
    """Change what is in `texts` of a room; logins as in `add_room`. Raises InvalidInput, Conflict."""
    _edit(workplace, "Room", "room", room_id, _room_values(workplace, texts, new=False))
    return room(workplace, room_id)


def edit_unit(workplace: Workplace, unit_id: str, texts: Mapping[str, str]) -> Unit:
    """Change what is in `texts` of a unit. Raises InvalidInput, Conflict."""
    _edit(workplace, "Unit", "unit", unit_id, _read(texts, UNIT_FIELDS, new=False))
    return next(one for one in units(workplace) if one.id == unit_id)


def edit_person(workplace: Workplace, person_id: str, texts: Mapping[str, str]) -> Person:
    """Change what is in `texts` of someone. Raises InvalidInput, Conflict."""
    _edit(workplace, "Person", "person", person_id, _read(texts, PERSON_FIELDS, new=False))
    return next(one for one in people(workplace) if one.id == person_id)


def set_office(workplace: Workplace, texts: Mapping[str, str]) -> Office:
    """Change what is in `texts` of the office. Raises InvalidInput."""
    from vcops.store import directory, tables
    from vcops.store.records import columns_of

    values = columns_of(_read(texts, OFFICE_FIELDS, new=False))
    with workplace.store.writing(workplace.who) as change:
        known = directory.office_id(change.connection)
        if known is None:
            change.insert(tables.Office, columns_of(asdict(Office())) | values)
        else:
            change.update(tables.Office, known, values)
    return office(workplace)


def _room_values(workplace: Workplace, texts: Mapping[str, str], *, new: bool = True) -> dict[str, Any]:
    """Return a room's values; `camera` as it is typed becomes the list of cameras, without their logins."""
    values = _read(texts, ROOM_FIELDS, new=new)
    if "camera" in values:
        values["cameras"] = secret_file.keep_camera_logins(workplace, values.pop("camera"))
    return values


def _read(texts: Mapping[str, str], readers: Mapping[str, Reader], *, new: bool = True) -> dict[str, Any]:
    """Return the typed values, checked. A new one, and an edited name, needs its name."""
    values: dict[str, Any] = {}
    for name, text in texts.items():
        if name not in readers:
            raise InvalidInput("form.unknown_column", column=name, value=text)
        reader, code = readers[name]
        if name == "zone" and not text.strip():
            continue
        try:
            values[name] = reader(text)
        except ValueError as error:
            raise InvalidInput(code, column=name, value=text) from error
        except InvalidInput as error:
            said = "" if error.code in _NOT_SHOWN else redacted(text)
            raise InvalidInput(error.code, **{**error.params, "column": name, "value": said}) from error
    if not values.get("name", "" if new else "unchanged"):
        raise InvalidInput("form.needed", column="name", value="")
    return values


def _table(name: str) -> type[Row]:
    from vcops.store import tables

    found: type[Row] = getattr(tables, name)
    return found


def _add(workplace: Workplace, table: str, entity: str, values: Mapping[str, Any]) -> str:
    from vcops.store.records import columns_of

    with workplace.store.writing(workplace.who) as change:
        _refuse_same_name(change.connection, entity, values["name"], None)
        return change.insert(_table(table), columns_of(values))


def _edit(workplace: Workplace, table: str, entity: str, row_id: str, values: Mapping[str, Any]) -> None:
    from vcops.store.records import columns_of

    with workplace.store.writing(workplace.who) as change:
        if "name" in values:
            _refuse_same_name(change.connection, entity, values["name"], row_id)
        change.update(_table(table), row_id, columns_of(values))


def _refuse_same_name(connection: Any, entity: str, name: str, row_id: str | None) -> None:
    """Two rooms or units of one name cannot be told apart in a list; two people can share theirs."""
    from vcops.store import directory

    find, code = {
        "room": (directory.room_id, "room.exists"),
        "unit": (directory.unit_id, "unit.exists"),
    }.get(entity, (None, ""))
    found = find(connection, name) if find else None
    if found is not None and found != row_id:
        raise Conflict(code, column="name", value=name)
