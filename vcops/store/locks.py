"""The triggers that keep a closed month as it was: made, taken away and compared here and nowhere else.

They stand in the database, so that a closed month refuses a change whoever makes it. Alembic alters a table of SQLite's
by making it anew, and its triggers go with the old one without a word: `make_locks` is called after every migration
and every copy, and verifying compares what there is with what there has to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select

from vcops.domain.journal import Fault
from vcops.store import locks_postgresql, locks_sqlite
from vcops.store.tables import Closing, metadata, table_of

__all__ = ["closed_month_of", "compare_locks", "drop_locks", "lock_statements", "make_locks"]


def make_locks(connection: Connection) -> None:
    """Make every trigger anew, whatever was there. Part of the transaction that is open."""
    drop_locks(connection)
    for statement in lock_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def drop_locks(connection: Connection) -> None:
    """Take them away for a migration or a restore, which rebuild tables.

    `make_locks` belongs to the same transaction.
    """
    if connection.dialect.name == "sqlite":
        locks_sqlite.drop(connection)
    else:
        locks_postgresql.drop(connection)


def lock_statements(dialect: str) -> list[str]:
    """Return what makes the triggers, one statement each, in a fixed order."""
    return locks_sqlite.statements() if dialect == "sqlite" else locks_postgresql.statements()


def compare_locks(connection: Connection) -> Iterator[Fault]:
    """Yield what is not as `make_locks` left it: triggers missing, changed, switched off, or not the program's."""
    if connection.dialect.name == "sqlite":
        return locks_sqlite.compare(connection)
    return locks_postgresql.compare(connection)


def closed_month_of(engine: Engine, entity: str, rows: Sequence[Mapping[str, Any]]) -> int | None:
    """Return the closed month (YYYYMM) that one of these rows belongs to, which a refusal itself does not say.

    Read beside the transaction that was refused: PostgreSQL answers nothing more in that one.
    """
    month = table_of(Closing).c.month
    with engine.connect() as connection:
        closed = set(connection.execute(select(month)).scalars())
        days = (_day_of(connection, entity, row) for row in rows)
        return next((day // 100 for day in days if day is not None and day // 100 in closed), None)


_DAYS = {"meeting": "local_day", "correction": "booked_day"}
_PARENTS = {
    "head_count": ("meeting", "meeting_id"),
    "incident": ("meeting", "meeting_id"),
    "run": ("meeting", "meeting_id"),
    "attempt": ("run", "run_id"),
    "decision": ("run", "run_id"),
}


def _day_of(connection: Connection, entity: str, row: Mapping[str, Any]) -> int | None:
    """Return the day (YYYYMMDD) that puts a row into its month."""
    if entity in _DAYS:
        day: int = row[_DAYS[entity]]
        return day
    if entity not in _PARENTS:
        return None
    parent, link = _PARENTS[entity]
    table = metadata.tables[parent]
    found = connection.execute(table.select().where(table.c.id == row[link])).mappings().one_or_none()
    return _day_of(connection, parent, {str(name): value for name, value in found.items()}) if found else None
