"""Opening a database, whatever is there, and its transactions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from vcops.errors import StorageError
from vcops.store.columns import new_id
from vcops.store.files import make_file, readable_uri, unwritable
from vcops.store.glance import schema_in_file
from vcops.store.heads import HeadFile
from vcops.store.locks import make_locks
from vcops.store.tables import SCHEMA, Meta, metadata, table_of
from vcops.store.troubles import storage_error
from vcops.store.writing import Change

__all__ = ["Store", "file_of", "make_engine", "open_store", "schema_of", "shown", "translated", "writing_connection"]

_SECONDS_BUSY = 15
_CHAIN_LOCK = 7_061_234
"""PostgreSQL's advisory lock of the journal's chain: any number, the same for every writer."""


class Store:
    """One open database. Use it from one thread at a time; every method may raise StorageError."""

    def __init__(self, engine: Engine, heads: Path, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        self.clock = clock
        with self.reading() as connection:
            rows = connection.execute(select(table_of(Meta))).all()
        self.meta: dict[str, str] = {row.key: row.value for row in rows}
        self.head_file = HeadFile(heads, self.meta.get("installation", ""))

    @property
    def url(self) -> str:
        """Where the database lies, without its password."""
        return shown(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection for queries; what it sees is one consistent moment."""
        with translated(self.engine), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self, actor: str) -> Iterator[Change]:
        """Yield a journalled change: all of it is stored at the end, or nothing. Waits for other writers."""
        with translated(self.engine):
            with writing_connection(self.engine) as connection:
                change = Change(connection, actor, self.clock())
                yield change
                change.finish()
                connection.commit()
            self.head_file.keep(change.head)

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()


def open_store(url: str, *, heads: Path, clock: Callable[[], datetime] | None = None) -> Store:
    """Open a database and create its tables where it is new. Raises StorageError with what to do.

    `heads` is the folder, outside the database, where the journal's newest hash is kept.
    """
    engine = make_engine(url)
    try:
        with translated(engine):
            _make_ready(engine)
        return Store(engine, heads, clock or (lambda: datetime.now(UTC)))
    except BaseException:
        engine.dispose()
        raise


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn what the driver says into a StorageError that a person can act on."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise storage_error(error, shown(engine), file_of(engine)) from error


def shown(engine: Engine) -> str:
    """Return where a database lies as it may be shown: the file's path, or the URL without its password."""
    file = file_of(engine)
    return str(file) if file else engine.url.render_as_string(hide_password=True)


def file_of(engine: Engine) -> Path | None:
    """Return the SQLite file behind an engine; None for a server."""
    return Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None


def make_engine(url: str) -> Engine:
    """Return an engine whose transactions begin and end where we say. Nothing is opened yet. Raises StorageError."""
    kind, _mark, path = url.partition(":///")
    if kind in ("sqlite", "sqlite+pysqlite") and path:  # not as a URL: a folder may have a `?` in its name
        return _sqlite_engine(Path(path))
    try:
        parsed = make_url(url)
        if parsed.drivername.startswith("postgresql"):
            return create_engine(
                parsed.set(drivername="postgresql+psycopg"),
                connect_args={"connect_timeout": 10},
                pool_pre_ping=True,
            )
        raise StorageError("storage.unknown_kind", url=parsed.render_as_string(hide_password=True))
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError("storage.unknown_kind", url=url.rpartition("@")[2]) from error
    except ModuleNotFoundError as error:  # the extra `postgres` is not installed
        raise StorageError("storage.no_driver", said=str(error.name)) from error


def _sqlite_engine(file: Path) -> Engine:
    import sqlite3

    def connect() -> sqlite3.Connection:
        still = unwritable(file)
        target = readable_uri(file) if still else f"file:{_escaped(file)}"
        # isolation_level=None: pysqlite's own transaction control lost 300 of 400 concurrent increments.
        connection = sqlite3.connect(
            target, uri=True, timeout=_SECONDS_BUSY, isolation_level=None, check_same_thread=False
        )
        if not still:
            connection.execute("PRAGMA journal_mode = WAL")
        # SQLite's own knows A to Z only: RAPAT É would neither be found nor be the same room as rapat é.
        connection.create_function("lower", 1, lambda text: text and text.lower(), deterministic=True)
        # A small log: who copies the file by hand while the program is open should not copy an empty one.
        # Recursive triggers: what REPLACE deletes is asked about like any other deletion.
        for pragma in (
            "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON", "wal_autocheckpoint = 100",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(URL.create("sqlite", database=str(file)), creator=connect)
    event.listen(engine, "begin", _begin)
    return engine


def _escaped(file: Path) -> str:
    from urllib.parse import quote

    return quote(file.absolute().as_posix())


def _begin(connection: Connection) -> None:
    """Begin on SQLite: at once as the writer where the connection is for writing, so that nothing is read stale."""
    immediate = connection.get_execution_options().get("vcops_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def writing_connection(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that holds the chain's lock, so that numbers and hashes go to one writer at a time."""
    with engine.connect() as plain:
        connection = plain.execution_options(vcops_writing=True)
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{_SECONDS_BUSY}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CHAIN_LOCK})
        else:
            connection.begin()
        yield connection


def schema_of(engine: Engine) -> str | None:
    """Return the schema's version in a database; None where it is empty. Raises StorageError for another program's.

    A file is looked at with plain sqlite3 and read-only: what is not ours must not even be switched to WAL.
    """
    file = file_of(engine)
    if file is not None:
        return schema_in_file(file)
    with engine.connect() as connection:
        return _schema_in(connection)


def _schema_in(connection: Connection) -> str | None:
    found = set(inspect(connection).get_table_names())
    if not found:
        return None
    if not {"alembic_version", "journal", "meeting"} <= found:
        raise StorageError("storage.foreign", url=shown(connection.engine))
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _make_ready(engine: Engine) -> None:
    """Create the tables in an empty database; refuse one that is not ours, older or newer."""
    file = file_of(engine)
    if file is not None and not file.exists():
        _make_new(engine, file)
    version = schema_of(engine)
    if version is None:
        with writing_connection(engine) as connection:
            if _schema_in(connection) is None:  # another process may have been faster
                _create(connection)
                connection.commit()
    elif version != SCHEMA:
        raise StorageError("storage.newer" if version > SCHEMA else "storage.older", found=version, ours=SCHEMA)


def _make_new(engine: Engine, file: Path) -> None:
    try:
        make_file(file)
    except OSError as error:
        raise storage_error(error, shown(engine), file_of(engine)) from error
    if not os.access(file, os.W_OK):
        raise StorageError("storage.read_only", url=shown(engine))


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    make_locks(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": SCHEMA})
    connection.execute(table_of(Meta).insert(), [{"key": "installation", "value": new_id()}])
