"""Bringing an older database to this program's schema: a backup first, then Alembic, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from vcops.errors import StorageError
from vcops.store.copying import back_up, stamped_beside
from vcops.store.database import file_of, make_engine, schema_of, translated, writing_connection
from vcops.store.locks import drop_locks, make_locks
from vcops.store.tables import SCHEMA

__all__ = ["Migrated", "migrate"]

_SCRIPTS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Migrated:
    """From which schema to which, and where the database as it was is kept; None where nothing had to be done."""

    found: str
    now: str
    backup: Path | None


def migrate(
    url: str, now: datetime, *, folder: Path, target: str = SCHEMA, more_revisions: Path | None = None
) -> Migrated:
    """Migrate a database that is older. Raises StorageError for a newer or a foreign one, and where it fails.

    The backup lies beside a SQLite file, and in `folder` for a server. `more_revisions` is a further folder of them.
    """
    engine = make_engine(url)
    try:
        with translated(engine):
            found = schema_of(engine)
            if found is None or found == target:
                return Migrated(found or target, target, None)
            if found > target:
                raise StorageError("storage.newer", found=found, ours=target)
            backup = stamped_beside(file_of(engine) or folder / "vcops-server.db", f"schema-{target}", now)
            back_up(engine, backup)
            _upgrade(engine, target, more_revisions)
            return Migrated(found, target, backup)
    finally:
        engine.dispose()


def _upgrade(engine: Engine, target: str, more_revisions: Path | None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    folders = [_SCRIPTS / "versions", *([more_revisions] if more_revisions else [])]
    config.set_main_option("version_locations", "\n".join(str(one) for one in folders).replace("%", "%%"))
    with engine.connect() as plain:
        if plain.dialect.name == "sqlite":  # a table made anew must not take its children with it
            plain.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
    with writing_connection(engine) as connection:
        config.attributes["connection"] = connection
        drop_locks(connection)  # SQLite renames no table that a trigger elsewhere speaks of
        command.upgrade(config, target)
        make_locks(connection)
        _refuse_orphans(connection)
        connection.commit()


def _refuse_orphans(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StorageError("storage.inconsistent", url="", said="foreign_key_check")
