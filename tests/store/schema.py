"""The schema as text. `python -m tests.store.schema` writes the dump of a new schema after the revision is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from vcops.store import tables
from vcops.store.locks import lock_statements
from vcops.store.tables import SCHEMA, metadata

__all__ = ["FOLDER", "dump_of", "postgresql_text", "sqlite_text"]

FOLDER = Path(__file__).parent / "schemas"


def dump_of(file: Path) -> str:
    """Return everything that is defined in a SQLite file, in a fixed order and spelling."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'trigger', type DESC, name"
        )
        return "\n".join(" ".join(sql.split()) + ";" for (sql,) in found) + "\n"


def sqlite_text(folder: Path) -> str:
    """Return the dump of a database made anew."""
    from vcops.store.database import open_store

    file = folder / "fresh.db"
    open_store(f"sqlite:///{file}", heads=folder).close()
    return dump_of(file)


def postgresql_text() -> str:
    """Return what PostgreSQL is told to make."""
    dialect = postgresql.dialect()
    tables.say_conditions()
    said = []
    for table in metadata.sorted_tables:
        if table.name in {tables.table_of(one).name for one in (*tables.JOURNALLED, *tables.UNJOURNALLED)}:
            said.append(CreateTable(table))
            said += [CreateIndex(index) for index in sorted(table.indexes, key=lambda one: str(one.name))]
    made = [str(one.compile(dialect=dialect)) for one in said] + lock_statements("postgresql")
    return "\n".join(" ".join(one.split()) + ";" for one in made) + "\n"


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        (FOLDER / f"{SCHEMA}.sql").write_text(sqlite_text(Path(made)), encoding="utf-8")
    (FOLDER / f"{SCHEMA}.postgresql.sql").write_text(postgresql_text(), encoding="utf-8")
