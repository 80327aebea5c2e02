"""The forms of rooms, units and staff. A changed record is stored with what was changed in it and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vcops.domain.addresses import redacted
from vcops.domain.people import ZONES, Person, Room, Unit, zone_short
from vcops.domain.room_cameras import cameras_shown
from vcops.errors import InvalidInput
from vcops.locale import _
from vcops.operations.secret_file import has_login
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.tui.rooms.reading import Directory
from vcops.wording.cameras import login_kept

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace
    from vcops.tui.app import VcopsApp

__all__ = ["Record", "record_form"]

Record = Room | Unit | Person
_ADDRESSES = ("camera", "measure_server")
_MASK = "***"
"""What stands for a secret of an address in the form; left alone, the address stays as it is."""


def record_form(app: VcopsApp, name: str, directory: Directory, record: Record | None, zone: str) -> FormDialog:
    """Return the form of a list (rooms, units or people): for a new record, or to change one. It answers the record."""
    fields = _FIELDS[name](record, directory, zone)
    before = {one.key: one.value for one in fields}

    async def submit(texts: dict[str, str]) -> Any:
        if record is None:
            stored = await app.in_store(_add, name, texts)
            _say_kept(app, texts)
            return stored
        changed = {key: text for key, text in texts.items() if text != before[key].strip()}
        for key in _ADDRESSES:
            if _MASK in changed.get(key, ""):
                raise InvalidInput("room.masked_address", column=key)
        stored = await app.in_store(_edit, name, record.id, changed) if changed else record
        _say_kept(app, changed)
        return stored

    return FormDialog(_title(name, record), fields, submit=submit, detail=_detail(name))


def _say_kept(app: VcopsApp, texts: Mapping[str, str]) -> None:
    if has_login(texts.get("camera", "")):
        app.say(login_kept(str(app.workplace.places.secrets_file)))


def _title(name: str, record: Record | None) -> str:
    if record is not None:
        return _("Change {name}").format(name=record.name)
    return {"rooms": _("A new room"), "units": _("A new unit"), "people": _("Someone new")}[name]


def _detail(name: str) -> str:
    if name == "people":
        return _("Nobody has to have a NIP.")
    if name == "rooms":
        return _("A camera's password goes to secrets.toml; the first of several cameras is the main one.")
    return ""


def _room_fields(record: Any, directory: Directory, zone: str) -> list[FieldSpec]:
    room: Room = record or Room(id="", name="", zone=zone)
    places = tuple(dict.fromkeys(one.location for one in directory.rooms if one.location))
    yes_no = (("yes", _("yes")), ("no", _("no")))
    return [
        FieldSpec("name", _("Name"), room.name, required=True, hint=_("e.g. Ruang Rapat Utama")),
        FieldSpec("location", _("Location"), room.location, suggestions=places, hint=_("building, floor")),
        FieldSpec("zone", _("Time zone"), zone_short(room.zone), choices=tuple((one, one) for one in ZONES)),
        FieldSpec("seats", _("Seats"), "" if room.seats is None else str(room.seats)),
        FieldSpec("kit", _("Kit"), _one_line(room.kit), hint=_("camera, microphones, screen")),
        FieldSpec(
            "camera", _("Cameras"), cameras_shown(room.cameras), heading=_("What it is measured with"),
            hint=_("0, rtsp://…, or Front = 0"),
        ),
        FieldSpec("measure_server", _("Server"), redacted(room.measure_server), hint=_("empty: the office's")),
        FieldSpec("backup_link", _("Backup link"), "yes" if room.backup_link else "no", choices=yes_no),
    ]  # fmt: skip


def _unit_fields(record: Any, directory: Directory, zone: str) -> list[FieldSpec]:
    del directory, zone
    unit: Unit = record or Unit(id="", name="")
    return [
        FieldSpec("name", _("Name"), unit.name, required=True, hint=_("e.g. Dinas Kesehatan")),
        FieldSpec("code", _("Code"), unit.code, hint=_("a short name for lists")),
    ]


def _person_fields(record: Any, directory: Directory, zone: str) -> list[FieldSpec]:
    del zone
    person: Person = record or Person(id="", name="")
    known = [tuple(dict.fromkeys(getattr(one, of) for one in directory.people)) for of in ("position", "role")]
    return [
        FieldSpec("name", _("Name"), person.name, required=True),
        FieldSpec("nip", "NIP", person.nip, hint=_("18 digits; may stay empty")),
        FieldSpec("position", _("Position"), person.position, suggestions=known[0]),
        FieldSpec("role", _("Role"), person.role, suggestions=known[1], hint=_("operator, technician, head")),
    ]


_FIELDS: Mapping[str, Callable[[Any, Directory, str], Sequence[FieldSpec]]] = {
    "rooms": _room_fields,
    "units": _unit_fields,
    "people": _person_fields,
}


def _add(workplace: Workplace, name: str, texts: Mapping[str, str]) -> Record:
    from vcops.operations import directory

    if name == "rooms":
        return directory.add_room(workplace, texts)
    return directory.add_unit(workplace, texts) if name == "units" else directory.add_person(workplace, texts)


def _edit(workplace: Workplace, name: str, record_id: str, texts: Mapping[str, str]) -> Record:
    from vcops.operations import directory

    if name == "rooms":
        return directory.edit_room(workplace, record_id, texts)
    if name == "units":
        return directory.edit_unit(workplace, record_id, texts)
    return directory.edit_person(workplace, record_id, texts)


def _one_line(text: str) -> str:
    """Return a kit of several lines as the form's one line can hold it."""
    return "; ".join(line.strip() for line in text.splitlines() if line.strip())
