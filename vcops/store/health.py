"""Whether a database is sound."""

from __future__ import annotations

from sqlalchemy import func, select

from vcops.errors import StorageError
from vcops.store.database import Store, file_of
from vcops.store.tables import SCHEMA, Journal, Meeting, table_of

__all__ = ["examine"]


def examine(store: Store) -> tuple[str, int | None, int, int]:
    """Return schema, size in bytes (None for a server), meetings, journal entries. Raises StorageError if damaged."""
    file, size = file_of(store.engine), None
    with store.reading() as connection:
        if file is not None:
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            if said != "ok" or connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StorageError("storage.damaged", url=store.url)
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            size = pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        meetings = connection.execute(select(func.count()).select_from(table_of(Meeting))).scalar_one()
        entries = connection.execute(select(func.count()).select_from(table_of(Journal))).scalar_one()
    return SCHEMA, size, meetings, entries
