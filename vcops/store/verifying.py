"""Verifying: the chain from its first entry, each row against its last entry. Streams; holds no table in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, RowMapping, Text, collate, select, type_coerce
from sqlalchemy.sql import ColumnElement

from vcops.domain.journal import (
    Chain,
    Entry,
    EntryCode,
    Fault,
    Head,
    Verification,
    canonical,
    differing,
    entry_hash,
)
from vcops.store.columns import Moment
from vcops.store.faults import Faults
from vcops.store.tables import JOURNALLED, Journal, Row, table_of
from vcops.store.writing import default_row, plain_row

__all__ = ["compare_with_journal", "verify", "verify_entry"]

_AT_ONCE = 2000


def verify(connection: Connection, kept: Head | None) -> Verification:
    """Return what was changed behind the program's back. `kept` is the head from outside the database, if any."""
    faults = Faults()
    chain = Chain()
    seen = kept is None or kept.seq == 0
    for row in _stream(connection, select(table_of(Journal)).order_by(table_of(Journal).c.seq)):
        faults.add(chain.follow(Entry(*(row[name] for name in Entry._fields)), row["hash"]))
        if kept is not None and chain.head.seq == kept.seq:
            seen = True
            if chain.head.hash != kept.hash:
                faults.add(Fault("journal.rewritten", {"seq": kept.seq}))
    if not seen and kept is not None:
        if chain.head.seq < kept.seq:
            faults.add(Fault("journal.cut", {"first": chain.head.seq + 1, "last": kept.seq}))
        else:
            faults.add(Fault("journal.rewritten", {"seq": kept.seq}))
    for model in JOURNALLED:
        _compare_rows(connection, model, faults)
    return Verification(chain.count, chain.head, tuple(faults.kept), faults.more)


def verify_entry(connection: Connection, code: EntryCode) -> tuple[Entry | None, Verification]:
    """Follow the chain up to the entry that a paper names; None for the entry where the journal has no such one.

    The entry's hash rests on all that came before it, so that its print vouches for them too.
    """
    journal = table_of(Journal)
    faults, chain, last = Faults(), Chain(), None
    query = select(journal).where(journal.c.seq <= code.seq).order_by(journal.c.seq)
    for row in _stream(connection, query):
        last = Entry(*(row[name] for name in Entry._fields))
        faults.add(chain.follow(last, row["hash"]))
    found = last if code.matches(chain.head) else None
    return found, Verification(chain.count, chain.head, tuple(faults.kept), faults.more)


def compare_with_journal(connection: Connection, model: type[Row], row_id: str, faults: Faults) -> None:
    """Compare one row with its own entries alone: whether the row is as the last says, and whether they were edited.

    An entry that was edited with its hash no longer fits the one that came next.
    """
    table, journal = table_of(model), table_of(Journal)
    query = select(journal).where(journal.c.entity == table.name, journal.c.entity_id == row_id)
    entries = connection.execute(query.order_by(journal.c.seq)).mappings().all()
    for one in entries:
        if entry_hash(Entry(*(one[name] for name in Entry._fields))) != one["hash"]:
            faults.add(Fault("journal.edited", {"seq": one["seq"], "entity": table.name, "id": row_id}))
            continue
        after = connection.execute(select(journal).where(journal.c.seq == one["seq"] + 1)).mappings().one_or_none()
        if after is not None and after["previous"] != one["hash"]:
            about = {"seq": after["seq"], "entity": after["entity"], "id": after["entity_id"]}
            faults.add(Fault("journal.broken", about))
    found = select(*map(_as_stored, table.c)).where(table.c.id == row_id)
    row = connection.execute(found).mappings().one_or_none()
    if row is None:
        faults.add(Fault("row.missing", {"entity": table.name, "id": row_id, "seq": entries[-1]["seq"]}))
    elif not entries:
        faults.add(Fault("row.unknown", {"entity": table.name, "id": row_id}))
    else:
        faults.add(_compare(model, row, entries[-1]))


def _compare_rows(connection: Connection, model: type[Row], faults: Faults) -> None:
    """Walk a table and its entries side by side, both in the order of the ids."""
    table, journal = table_of(model), table_of(Journal)
    rows = _stream(connection, select(*map(_as_stored, table.c)).order_by(_bytewise(connection, table.c.id)))
    query = select(journal.c.entity_id, journal.c.seq, journal.c.action, journal.c.after)
    query = query.where(journal.c.entity == table.name)
    entries = _stream(connection, query.order_by(_bytewise(connection, journal.c.entity_id), journal.c.seq))
    last_entries = (_last(group) for _id, group in groupby(entries, key=lambda entry: entry["entity_id"]))
    row, last = next(rows, None), next(last_entries, None)
    while row is not None or last is not None:
        if last is None or (row is not None and row["id"] < last["entity_id"]):
            assert row is not None
            faults.add(Fault("row.unknown", {"entity": table.name, "id": row["id"]}))
            row = next(rows, None)
        elif row is None or last["entity_id"] < row["id"]:
            if last["action"] != "delete":
                faults.add(Fault("row.missing", {"entity": table.name, "id": last["entity_id"], "seq": last["seq"]}))
            last = next(last_entries, None)
        else:
            faults.add(_compare(model, row, last))
            row, last = next(rows, None), next(last_entries, None)


def _compare(model: type[Row], row: RowMapping, last: RowMapping) -> Fault | None:
    entity, row_id = table_of(model).name, row["id"]
    if last["action"] == "delete":
        return Fault("row.returned", {"entity": entity, "id": row_id, "seq": last["seq"]})
    found = plain_row(model, {str(name): value for name, value in row.items()})
    if canonical(found) == last["after"]:
        return None
    said = _read(last["after"])
    if said is None:
        return None  # the entry itself was edited, which the chain has already told
    for name in model.addresses.keys() & said.keys():
        said[name] = model.addresses[name](str(said[name] or ""))  # an earlier program hid less of an address
    columns = differing(said, found, default_row(model))
    if not columns:
        return None
    params = {"entity": entity, "id": row_id, "seq": last["seq"], "columns": ", ".join(columns)}
    return Fault("row.edited", params)


def _read(text: str | None) -> dict[str, Any] | None:
    try:
        said = json.loads(text or "")
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _last(group: Iterator[RowMapping]) -> RowMapping:
    *_earlier, last = group
    return last


def _as_stored(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Read a time as the text that it is: one that was edited into something else is to be told, not tripped over."""
    return type_coerce(column, Text).label(column.key) if isinstance(column.type, Moment) else column


def _bytewise(connection: Connection, column: ColumnElement[str]) -> ColumnElement[str]:
    """Order by the bytes, as Python compares; a PostgreSQL database may be made with another order."""
    return collate(column, "C") if connection.dialect.name == "postgresql" else column


def _stream(connection: Connection, query: Any) -> Iterator[RowMapping]:
    """Yield rows a few at a time: on PostgreSQL through a cursor of its own."""
    result = connection.execution_options(stream_results=True, max_row_buffer=_AT_ONCE).execute(query)
    yield from result.mappings()
