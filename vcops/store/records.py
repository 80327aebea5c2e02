"""Rows to the domain's dataclasses, and back to column values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from vcops.domain.meetings import CountMethod, HeadCount, Incident, Kind, Meeting, Mode
from vcops.domain.people import Office, Person, Room, Unit
from vcops.domain.signatories import Capacity, Signatory
from vcops.store.altered import read_value, read_zone
from vcops.store.room_cameras import read_cameras, write_cameras
from vcops.store.tables import metadata

__all__ = ["by_id", "columns_of", "record"]

Record = TypeVar("Record", Office, Unit, Room, Person, Signatory, Meeting, HeadCount, Incident)

_NAMES = {
    kind: tuple(one.name for one in fields(kind))
    for kind in (Office, Unit, Room, Person, Signatory, Meeting, HeadCount, Incident)
}
_ENTITIES = {
    Office: "office", Unit: "unit", Room: "room", Person: "person", Signatory: "signatory", Meeting: "meeting",
    HeadCount: "head_count", Incident: "incident",
}  # fmt: skip
"""The tables' names, as the journal writes them."""
_READERS: dict[str, Any] = {
    "zone": read_zone,
    "kind": Kind,
    "mode": Mode,
    "count_method": lambda value: CountMethod(value) if value else None,
    "method": CountMethod,
    "capacity": Capacity,
    "service": lambda value: tuple(value.split()),
    "measure_servers": lambda value: tuple(json.loads(value)),
    "cameras": read_cameras,
}
_WRITERS: dict[str, Any] = {
    **dict.fromkeys(("kind", "mode", "count_method", "method", "capacity"), lambda word: word and word.value),
    "service": " ".join,
    "measure_servers": lambda value: json.dumps(list(value), ensure_ascii=False),
    "cameras": write_cameras,
}


def record(kind: type[Record], row: Mapping[Any, Any]) -> Record:
    """Return the dataclass that a row holds. Columns that only the store needs are left out.

    Raises StorageError for a value that this program never wrote.
    """
    entity = _ENTITIES[kind]
    values = {
        name: read_value(_READERS[name], row, name, entity) if name in _READERS else row[name] for name in _NAMES[kind]
    }
    return kind(**values)


def by_id(connection: Connection, kind: type[Record], row_id: str | None) -> Record | None:
    """Return one row by its full id; None where there is none, or no id."""
    if not row_id:
        return None
    table = metadata.tables[_ENTITIES[kind]]
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
    return record(kind, row) if row else None


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return domain values as the columns hold them: a StrEnum as its text, several services as one text."""
    columns = dict(values)
    for name in _WRITERS.keys() & columns.keys():
        columns[name] = _WRITERS[name](columns[name])
    return columns
