"""The office, its units, rooms and people, read from the database."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection, Table, func, select

from vcops.domain.people import Office, Person, Room, Unit
from vcops.domain.signatories import PARTS, Signatory
from vcops.store import tables
from vcops.store.records import by_id, record
from vcops.store.tables import table_of

__all__ = [
    "office", "office_id", "people", "person", "room_id", "rooms", "signatories", "signatory_id", "unit_id", "units",
]  # fmt: skip

Named = TypeVar("Named", Unit, Room, Person)


def office(connection: Connection) -> Office:
    """Return the office; an empty one before anybody has set it."""
    row = connection.execute(select(table_of(tables.Office)).order_by("id").limit(1)).mappings().one_or_none()
    return record(Office, row) if row else Office()


def office_id(connection: Connection) -> str | None:
    """Return the id of the office's row, if there is one."""
    table = table_of(tables.Office)
    return connection.execute(select(table.c.id).order_by(table.c.id).limit(1)).scalar()


def rooms(connection: Connection) -> list[Room]:
    """Return the rooms by name."""
    return _all(connection, Room, table_of(tables.Room))


def units(connection: Connection) -> list[Unit]:
    """Return the units by name."""
    return _all(connection, Unit, table_of(tables.Unit))


def people(connection: Connection) -> list[Person]:
    """Return the staff by name."""
    return _all(connection, Person, table_of(tables.Person))


def person(connection: Connection, person_id: str) -> Person | None:
    """Return someone by id."""
    return by_id(connection, Person, person_id)


def signatories(connection: Connection) -> list[Signatory]:
    """Return who was set to sign, in the order of `PARTS`."""
    rows = connection.execute(select(table_of(tables.Signatory))).mappings()
    return sorted((record(Signatory, row) for row in rows), key=lambda one: PARTS.index(one.part))


def signatory_id(connection: Connection, part: str) -> str | None:
    """Return the id of the row of one place of a signature, if there is one."""
    table = table_of(tables.Signatory)
    return connection.execute(select(table.c.id).where(table.c.part == part)).scalar()


def room_id(connection: Connection, name: str) -> str | None:
    """Return the room of this name, or of this id; upper and lower case are one."""
    return _id_of(connection, table_of(tables.Room), name)


def unit_id(connection: Connection, name: str) -> str | None:
    """Return the unit of this name, code or id; upper and lower case are one."""
    found = _id_of(connection, table_of(tables.Unit), name)
    if found is None and name:
        table = table_of(tables.Unit)
        query = select(table.c.id).where(func.lower(table.c.code) == name.lower()).order_by(table.c.id).limit(1)
        found = connection.execute(query).scalar()
    return found


def _id_of(connection: Connection, table: Table, name: str) -> str | None:
    query = select(table.c.id).where((func.lower(table.c.name) == name.lower()) | (table.c.id == name)).limit(1)
    return connection.execute(query).scalar()


def _all(connection: Connection, kind: type[Named], table: Table) -> list[Named]:
    rows = connection.execute(select(table).order_by(func.lower(table.c.name), table.c.id)).mappings()
    return [record(kind, row) for row in rows]
