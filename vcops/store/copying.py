"""Copies of a database: a backup is always one SQLite file, whatever it was made of, and opens like any other."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, insert, select

from vcops.errors import Conflict, StorageError
from vcops.store.database import file_of, make_engine, schema_of, writing_connection
from vcops.store.files import code_at, make_file, readable_uri
from vcops.store.glance import schema_in_file
from vcops.store.locks import drop_locks, make_locks
from vcops.store.tables import SCHEMA, metadata

__all__ = ["back_up", "restore", "stamped_beside"]

_AT_ONCE = 2000
_OF_THE_COPY = {"storage.full", "storage.read_only", "storage.cannot_open"}
"""What stands in the way of writing a copy. What is copied was open already."""
_NO_RUIN = {*_OF_THE_COPY, "storage.busy", "backup.cannot_write"}
"""What keeps a database from being copied and is no fault of its own: it is not moved away for that."""


def stamped_beside(file: Path, why: str, now: datetime) -> Path:
    """Return a free name beside a file for a copy of it: `vcops.db.before-restore-20261123-010000`, then `...-2`."""
    name = f"{file.name}.before-{why}-{now:%Y%m%d-%H%M%S}"
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(free for one in names if not (free := file.with_name(one)).exists())


def back_up(engine: Engine, target: Path) -> None:
    """Write the whole database into one new SQLite file; other programs may go on writing meanwhile.

    Raises Conflict where the file is there already, StorageError where it cannot be written.
    """
    half, source = target.with_name(target.name + ".part"), file_of(engine)
    try:
        if target.exists():
            raise Conflict("backup.exists", file=str(target))
        half.unlink(missing_ok=True)
        make_file(half)
        if source is not None:
            _copy_pages(source, half)
            _make_one_file(half)
        else:
            _copy_rows_to_file(engine, half)
        half.replace(target)
    except sqlite3.Error as error:
        code = code_at(target, str(error))
        if code not in _OF_THE_COPY:
            raise StorageError(code, url=str(source or target), said=str(error)) from error
        said = os.strerror(errno.ENOSPC) if code == "storage.full" else str(error)
        raise StorageError("backup.cannot_write", file=str(target), said=said) from error
    except OSError as error:
        raise StorageError("backup.cannot_write", file=str(target), said=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            for left in (half, half.with_name(half.name + "-wal"), half.with_name(half.name + "-shm")):
                left.unlink(missing_ok=True)


def restore(backup: Path, engine: Engine, now: datetime) -> Path | None:
    """Put a backup in the place of the database; return where what was there before is kept, if anything was.

    Raises StorageError for a file that is no vcops database, is damaged, or is newer.
    """
    _judge(backup)
    file = file_of(engine)
    if file is None:
        _copy_rows_back(backup, engine)
        return None
    engine.dispose()
    try:
        return _put_in_place(backup, file, now)
    except sqlite3.Error as error:
        raise StorageError(code_at(file, str(error)), url=str(file), said=str(error)) from error


def _put_in_place(backup: Path, file: Path, now: datetime) -> Path | None:
    """Keep what was there and put the backup in its place, both under one write lock.

    A commit between the two would be in neither file. A whole database is copied and stays for those who have it
    open; a ruin is moved.
    """
    if not file.exists() or file.stat().st_size == 0:
        make_file(file)
        _copy_pages(backup, file)
        return None
    aside = stamped_beside(file, "restore", now)
    try:
        schema_in_file(file)
        _copy_pages(backup, file, first=partial(_keep_whole, file, aside))
    except (StorageError, ValueError, sqlite3.Error) as error:
        code = error.code if isinstance(error, StorageError) else code_at(file, str(error))
        if code in _NO_RUIN:
            raise
        aside.unlink(missing_ok=True)
        for end in ("", "-wal", "-shm"):
            one = file.with_name(file.name + end)
            if one.exists():
                one.rename(aside.with_name(aside.name + end))
        make_file(file)
        _copy_pages(backup, file)
    return aside


def _keep_whole(file: Path, aside: Path) -> None:
    engine = make_engine(f"sqlite:///{file}")
    try:
        back_up(engine, aside)
    finally:
        engine.dispose()


def _copy_pages(source: Path, target: Path, *, first: Callable[[], None] | None = None) -> None:
    """Copy by SQLite's own online backup, in one step: beside a writer, one step is the only one that ends.

    `first` is called once the target is locked and before any of it has changed for others. For that the first step
    copies one page: it takes the lock, which SQLite holds until the last page is there. The source must then be a
    file that nobody writes.
    """
    with (
        closing(sqlite3.connect(readable_uri(source), uri=True, timeout=15)) as reading,
        closing(sqlite3.connect(target, timeout=15)) as writing,
    ):
        if first is None:
            reading.backup(writing)
            return
        writing.execute("PRAGMA journal_mode = WAL")  # with a rollback journal the lock would keep readers out too
        waiting = [first]

        def locked(status: int, _left: int, _pages: int) -> None:
            if status == sqlite3.SQLITE_BUSY:  # after the whole timeout; `backup` itself would try for ever
                raise sqlite3.OperationalError("database is locked")
            while waiting:
                waiting.pop()()

        reading.backup(writing, pages=1, progress=locked)


def _make_one_file(copy: Path) -> None:
    """Leave no `-wal` beside a copy that nobody else has open: it is to be carried away as one file."""
    with closing(sqlite3.connect(copy)) as alone:
        alone.execute("PRAGMA journal_mode = DELETE")


def _copy_rows_to_file(engine: Engine, target: Path) -> None:
    copy = make_engine(f"sqlite:///{target}")
    try:
        with engine.connect() as reading, writing_connection(copy) as writing:
            reading.execution_options(isolation_level="REPEATABLE READ")
            known = schema_of(engine) == SCHEMA
            schema = MetaData()
            schema.reflect(reading)
            (metadata if known else schema).create_all(writing)
            if known:
                schema.tables["alembic_version"].create(writing)
            _copy_rows(reading, writing, schema)
            if known:
                make_locks(writing)
            writing.commit()
    finally:
        copy.dispose()
    _make_one_file(target)


def _copy_rows_back(backup: Path, engine: Engine) -> None:
    source = make_engine(f"sqlite:///{backup}")
    try:
        with source.connect() as reading, writing_connection(engine) as writing:
            found, ours = schema_of(source), schema_of(engine)
            if found != ours:
                raise StorageError("storage.older", found=str(found), ours=str(ours))
            schema = MetaData()
            schema.reflect(writing)
            drop_locks(writing)  # a restore goes back on purpose, closed months included
            for table in reversed(schema.sorted_tables):
                writing.execute(table.delete())
            _copy_rows(reading, writing, schema)
            make_locks(writing)
            writing.commit()
    finally:
        source.dispose()


def _copy_rows(reading: Connection, writing: Connection, schema: MetaData) -> None:
    for table in schema.sorted_tables:
        result = reading.execution_options(stream_results=True).execute(select(table))
        while rows := result.mappings().fetchmany(_AT_ONCE):
            copies: list[dict[str, Any]] = [{str(name): value for name, value in row.items()} for row in rows]
            writing.execute(insert(table), copies)


def _judge(backup: Path) -> None:
    """Refuse what is not a whole vcops database that this program can read."""
    if not backup.is_file():
        raise StorageError("storage.no_such_file", url=str(backup))
    try:
        with closing(sqlite3.connect(readable_uri(backup), uri=True)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise StorageError("storage.damaged", url=str(backup))
        found = schema_in_file(backup)
    except sqlite3.Error as error:
        raise StorageError(code_at(backup, str(error)), url=str(backup), said=str(error)) from error
    if found is None:
        raise StorageError("storage.foreign", url=str(backup))
    if found > SCHEMA:
        raise StorageError("storage.newer", found=found, ours=SCHEMA)
