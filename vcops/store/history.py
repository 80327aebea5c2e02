"""The journal's entries, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from vcops.domain.journal import Entry
from vcops.store.tables import Journal, table_of

__all__ = ["Listed", "entries"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry with the hash that is stored beside it."""

    entry: Entry
    hash: str


def entries(connection: Connection, *, limit: int | None = None, entity_id: str | None = None) -> list[Listed]:
    """Return entries, newest first; of one row where its id is given."""
    table = table_of(Journal)
    query = select(table).order_by(table.c.seq.desc()).limit(limit)
    if entity_id is not None:
        query = query.where(table.c.entity_id == entity_id)
    rows = connection.execute(query).mappings()
    return [Listed(Entry(*(row[name] for name in Entry._fields)), row["hash"]) for row in rows]
