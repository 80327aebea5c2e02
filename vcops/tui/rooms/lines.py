"""The three lists in columns and lines."""

from __future__ import annotations

from collections.abc import Sequence

from vcops.domain.addresses import redacted
from vcops.domain.overview import RoomLine
from vcops.domain.people import Person, Room, Unit, nip_doubt, zone_short
from vcops.formats import clock, number, short_day
from vcops.locale import _
from vcops.tui.plain import Cell
from vcops.tui.rooms.reading import Directory
from vcops.tui.widgets.readiness import readiness_cell
from vcops.tui.widgets.table import Column, Line

__all__ = ["columns", "decided", "lines", "standing_cell"]


def columns(name: str) -> Sequence[Column]:
    """Return the columns of a list: rooms, units or people."""
    if name == "rooms":
        return (
            Column(_("Room"), share=2, least=16),
            Column(_("Location"), share=2, from_width=92),
            Column(_("Seats"), width=6, right=True),
            Column(_("Zone"), width=4, from_width=104),
            Column(_("Camera"), share=2, from_width=112),
            Column(_("Measured against"), share=2, from_width=150),
            Column(_("Backup"), width=10, from_width=130),
            Column(_("Decision"), width=22),
            Column(_("When"), width=16),
        )
    if name == "units":
        return (Column(_("Unit"), share=4, least=20), Column(_("Code"), width=16))
    return (
        Column(_("Name"), share=3, least=14),
        Column(_("Position"), share=3, least=12),
        Column(_("Role"), width=12),
        Column("NIP", width=20),
    )


def lines(name: str, directory: Directory, wanted: str = "") -> list[Line]:
    """Return the lines of a list that hold what is wanted, in any column."""
    made = {
        "rooms": lambda: [_room(one, directory.line_of(one.id)) for one in directory.rooms],
        "units": lambda: [_unit(one) for one in directory.units],
        "people": lambda: [_person(one) for one in directory.people],
    }[name]()
    words = wanted.casefold().split()
    return [one for one in made if all(word in _text(one) for word in words)]


def standing_cell(line: RoomLine | None) -> Cell:
    """Return what was last decided about a room, sign and word; before any decision, whether it is being prepared."""
    return readiness_cell(line.ready if line else None, open_run=line is not None and line.open_run)


def decided(line: RoomLine | None, zone: str) -> str:
    """Return when it was decided, by the room's own clock."""
    if line is None or line.decided_at is None:
        return ""
    return f"{short_day(line.decided_at, zone)} {clock(line.decided_at, zone)}"


def _room(room: Room, line: RoomLine | None) -> Line:
    return Line(
        room.id,
        (
            room.name,
            Cell(room.location, "dim"),
            number(room.seats) if room.seats is not None else Cell("–", "dim"),
            Cell(zone_short(room.zone), "dim"),
            Cell(", ".join(one.shown for one in room.cameras) or "–", "dim"),
            Cell(redacted(room.measure_server) or "–", "dim"),
            _("yes") if room.backup_link else Cell(_("no"), "dim"),
            standing_cell(line),
            Cell(decided(line, room.zone), "dim"),
        ),
    )


def _unit(unit: Unit) -> Line:
    return Line(unit.id, (unit.name, Cell(unit.code, "dim")))


def _person(person: Person) -> Line:
    doubtful = nip_doubt(person.nip)
    nip = Cell(f"! {person.nip}", "warn") if doubtful else Cell(person.nip, "dim")
    return Line(person.id, (person.name, person.position, Cell(person.role, "dim"), nip))


def _text(line: Line) -> str:
    return " ".join(cell if isinstance(cell, str) else cell.text for cell in line.cells).casefold()
