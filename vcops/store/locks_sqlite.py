"""The locks as SQLite's triggers.

`INSERT OR REPLACE` and `UPDATE OR REPLACE` delete the row that has the new one's id, another unique value of it or
SQLite's own row number, and unless a connection asks for recursive triggers tell no trigger of the deletion. So every
insert and update also asks whether such a row is locked.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from vcops.domain.journal import Fault
from vcops.store.lock_rules import PREFIX, REFUSAL, Lock, differs, locks

__all__ = ["compare", "drop", "statements"]


def statements() -> list[str]:
    """Return what makes the triggers."""
    return list(_expected().values())


def drop(connection: Connection) -> None:
    """Take the program's triggers away."""
    for name in _found(connection):
        if name.startswith(PREFIX):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def compare(connection: Connection) -> Iterator[Fault]:
    """Yield the triggers that are missing, changed, or not the program's."""
    found, expected = _found(connection), _expected()
    ours = {one.name for one in locks()}
    for name, sql in expected.items():
        table = name.removeprefix(PREFIX).rpartition("_")[0]
        if name not in found:
            yield Fault("lock.missing", {"name": name, "table": table})
        elif found[name][1] != sql:
            yield Fault("lock.changed", {"name": name, "table": table})
    for name, (table, _sql) in found.items():
        if name not in expected and table in ours:
            yield Fault("lock.unknown", {"name": name, "table": table})


def _expected() -> dict[str, str]:
    found: dict[str, str] = {}
    for lock in locks():
        moved = [lock.old(), *([lock.new] if lock.born is None else [])]
        changed = differs(lock.table, "IS NOT")
        conditions = {
            "insert": " OR ".join([lock.new, *_in_the_way(lock)]),
            "update": " OR ".join([f"({changed}) AND ({' OR '.join(moved)})", *_in_the_way(lock, " <> OLD.rowid")]),
            "delete": lock.old(),
        }
        for event, condition in conditions.items():
            trigger = f"{PREFIX}{lock.name}_{event}"
            found[trigger] = (
                f"CREATE TRIGGER {trigger} BEFORE {event.upper()} ON {lock.name} FOR EACH ROW WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    return found


def _in_the_way(lock: Lock, besides: str = "") -> list[str]:
    """Return, for each key, whether a locked row has the new row's."""
    if not lock.unique:  # closed_row has no row numbers, and its key names the closing, which locks it
        return []
    other = f" AND e.rowid{besides}" if besides else ""
    return [
        f"EXISTS (SELECT 1 FROM {lock.name} AS e WHERE e.{key} = NEW.{key}{other} AND {lock.old('e')})"  # noqa: S608 - our names
        for key in (*lock.unique, "rowid")
    ]


def _found(connection: Connection) -> dict[str, tuple[str, str]]:
    """Return, by name, each trigger's table and its text in one line."""
    rows = connection.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: (table, " ".join((sql or "").split())) for name, table, sql in rows}
