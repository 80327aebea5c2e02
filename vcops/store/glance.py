"""The Today screen read with sqlite3 alone, before the first frame: importing SQLAlchemy costs more than the frame."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from vcops.domain.overview import Overview
from vcops.errors import StorageError
from vcops.store.files import readable_uri
from vcops.store.lines import overview_of
from vcops.store.moments import SCHEMA
from vcops.store.signs import code_for

__all__ = ["overview", "schema_in"]


def overview(file: Path, now: datetime, zone: str = "Asia/Jakarta") -> Overview:
    """Return what is on. A file that is not there yet is an empty overview. Raises StorageError."""
    if not file.exists() or file.stat().st_size == 0:
        return overview_of(lambda _sql, _parameters: [], now, zone)
    try:
        with closing(sqlite3.connect(readable_uri(file), uri=True, timeout=5, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")
            _refuse_others(connection, file)
            return overview_of(connection.execute, now, zone)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(code_for(str(error)), url=str(file), said=str(error)) from error


def schema_in(connection: sqlite3.Connection, file: Path) -> str:
    """Return the schema's version in an open file. Raises StorageError for another program's database."""
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", "journal", "meeting"} <= names:
        raise StorageError("storage.foreign", url=str(file))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _refuse_others(connection: sqlite3.Connection, file: Path) -> None:
    """Refuse a database of another program, or of another version of this one."""
    found = schema_in(connection, file)
    if found != SCHEMA:
        raise StorageError("storage.newer" if found > SCHEMA else "storage.older", found=found, ours=SCHEMA)
