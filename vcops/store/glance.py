"""The Today screen read with sqlite3 alone, before the first frame: importing SQLAlchemy costs more than the frame."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from vcops.domain.overview import Overview
from vcops.errors import StorageError
from vcops.store.files import code_at, readable_uri
from vcops.store.lines import overview_of
from vcops.store.moments import SCHEMA
from vcops.store.signs import CODES_BY_NUMBER

__all__ = ["overview", "schema_in_file"]


def overview(file: Path, now: datetime, zone: str = "Asia/Jakarta") -> Overview:
    """Return what is on. A file that is not there yet is an empty overview. Raises StorageError."""
    with _reading(file) as connection:
        if connection is None or (found := _schema_in(connection, file)) is None:
            return overview_of(lambda _sql, _parameters: [], now, zone)
        if found != SCHEMA:
            raise StorageError("storage.newer" if found > SCHEMA else "storage.older", found=found, ours=SCHEMA)
        return overview_of(connection.execute, now, zone)


def schema_in_file(file: Path) -> str | None:
    """Return the schema's version in a file; None where it is empty or not there. Raises StorageError."""
    with _reading(file) as connection:
        return None if connection is None else _schema_in(connection, file)


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection | None]:
    """Yield a read-only connection in one transaction; None for a file that is empty or not there."""
    try:
        if file.is_dir():
            raise StorageError("storage.cannot_open", url=str(file))
        if not file.exists() or file.stat().st_size == 0:
            yield None
            return
        with closing(sqlite3.connect(readable_uri(file), uri=True, timeout=5, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")
            yield connection
    except (sqlite3.Error, OSError) as error:
        code = CODES_BY_NUMBER.get(getattr(error, "errno", None) or 0) or code_at(file, str(error))
        raise StorageError(code, url=str(file), said=str(error)) from error


def _schema_in(connection: sqlite3.Connection, file: Path) -> str | None:
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not names:  # another process is just making it
        return None
    if not {"alembic_version", "journal", "meeting"} <= names:
        raise StorageError("storage.foreign", url=str(file))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""
