"""Opening a database, whatever is there, and its transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from vcops.errors import StorageError
from vcops.store.columns import new_id
from vcops.store.heads import HeadFile
from vcops.store.tables import SCHEMA, Meta, metadata, table_of
from vcops.store.troubles import storage_error
from vcops.store.writing import Change

__all__ = ["Store", "open_store", "sqlite_url"]

_MILLISECONDS_BUSY = 15_000


def sqlite_url(path: Path) -> str:
    """Return the URL of a SQLite file."""
    return f"sqlite:///{path}"


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
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection for queries; what it sees is one consistent moment."""
        with translated(self.engine), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, actor: str) -> Iterator[Change]:
        """Yield a journalled change: all of it is stored at the end, or nothing. Waits for other writers."""
        with translated(self.engine):
            with self.engine.connect() as connection:
                _begin_writing(connection)
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
    engine = _engine(url)
    with translated(engine):
        _make_ready(engine)
    return Store(engine, heads, clock or (lambda: datetime.now(UTC)))


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn what the driver says into a StorageError that a person can act on."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise storage_error(error, engine.url.render_as_string(hide_password=True)) from error


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername.startswith("postgresql"):
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10},
        )
    if parsed.get_backend_name() != "sqlite":
        raise StorageError("storage.unknown_kind", url=parsed.render_as_string(hide_password=True))
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(parsed, connect_args={"timeout": _MILLISECONDS_BUSY / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: object, _record: object) -> None:
    # pysqlite's own transaction control lost 300 of 400 concurrent increments; ours begins where we say.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in (
        f"busy_timeout = {_MILLISECONDS_BUSY}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_writing(connection: Connection) -> None:
    """Take the chain's lock first, so that numbers and hashes are given out one writer at a time."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(7061234)"))


def _make_ready(engine: Engine) -> None:
    """Create the tables in an empty database; refuse one that is not ours, older or newer."""
    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
        if "alembic_version" in found and "journal" in found:
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if version != SCHEMA:
                newer = str(version) > SCHEMA
                raise StorageError("storage.newer" if newer else "storage.older", found=str(version), ours=SCHEMA)
            return
        if found:
            raise StorageError("storage.foreign", url=engine.url.render_as_string(hide_password=True))
    with engine.connect() as connection:
        _begin_writing(connection)
        if not inspect(connection).has_table("alembic_version"):  # another process may have been faster
            metadata.create_all(connection)
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": SCHEMA})
            connection.execute(table_of(Meta).insert(), [{"key": "installation", "value": new_id()}])
        connection.commit()
