"""The schema as text. `python -m tests.store.schema` writes the dump of a new schema after the revision is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from vcops.store import tables
from vcops.store.tables import SCHEMA, metadata

__all__ = ["FOLDER", "dump_of", "postgresql_text", "sqlite_text"]

FOLDER = Path(__file__).parent / "schemas"


def dump_of(file: Path) -> str:
    """Return everything that is defined in a SQLite file, in a fixed order and spelling."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name")
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
    said = []
    for table in metadata.sorted_tables:
        if table.name in {tables.table_of(model).name for model in (*tables.JOURNALLED, tables.Journal, tables.Meta)}:
            said.append(CreateTable(table))
            said += [CreateIndex(index) for index in sorted(table.indexes, key=lambda one: str(one.name))]
    return "\n".join(" ".join(str(one.compile(dialect=dialect)).split()) + ";" for one in said) + "\n"


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        (FOLDER / f"{SCHEMA}.sql").write_text(sqlite_text(Path(made)), encoding="utf-8")
    (FOLDER / f"{SCHEMA}.postgresql.sql").write_text(postgresql_text(), encoding="utf-8")
