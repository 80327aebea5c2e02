"""The tables are those of the domain and of the last dump; an older database is migrated whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.lab.clocks import FIRST_MOMENT
from tests.store.schema import FOLDER, dump_of, postgresql_text, sqlite_text
from vcops.domain import meetings as held
from vcops.domain import people
from vcops.domain.signatories import Signatory
from vcops.errors import StorageError, VcopsError
from vcops.operations import databases, directory, meetings
from vcops.operations.workplace import Workplace
from vcops.store import tables
from vcops.store.database import make_engine, open_store
from vcops.store.migrating import migrate
from vcops.store.tables import SCHEMA, table_of

REVISIONS = Path(__file__).parents[1] / "lab" / "revisions"
STORE_ONLY = {"salt", "import_key"}


@pytest.mark.parametrize(
    ("kind", "model", "derived"),
    [
        (people.Office, tables.Office, {"id"}),
        (people.Unit, tables.Unit, set()),
        (people.Room, tables.Room, set()),
        (people.Person, tables.Person, set()),
        (Signatory, tables.Signatory, {"id"}),
        (held.Meeting, tables.Meeting, {"state", "minutes"}),
        (held.HeadCount, tables.HeadCount, set()),
        (held.Incident, tables.Incident, set()),
    ],
)
def test_columns_are_the_fields_of_the_domain(kind: Any, model: Any, derived: set[str]) -> None:
    assert set(table_of(model).columns.keys()) - STORE_ONLY - derived == {one.name for one in fields(kind)}


def test_the_tables_are_those_of_the_dump(tmp_path: Path) -> None:
    said = "write a revision and a dump: see vcops/store/migrations/versions/0001_first.py"
    assert (FOLDER / f"{SCHEMA}.sql").read_text(encoding="utf-8") == sqlite_text(tmp_path), said
    assert (FOLDER / f"{SCHEMA}.postgresql.sql").read_text(encoding="utf-8") == postgresql_text(), said


@pytest.mark.parametrize("dump", sorted(FOLDER.glob("????.sql")), ids=lambda path: path.stem)
def test_every_schema_migrates_to_the_newest(dump: Path, tmp_path: Path) -> None:
    file = tmp_path / "vcops.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
        connection.execute("INSERT INTO alembic_version VALUES (?)", (dump.stem,))
        connection.commit()
    done = migrate(f"sqlite:///{file}", FIRST_MOMENT, folder=tmp_path)
    assert (done.found, done.now) == (dump.stem, SCHEMA)
    assert dump_of(file) == sqlite_text(tmp_path)


def test_tables_are_strict_and_the_file_is_safe(workplace: Workplace) -> None:
    with workplace.store.reading() as connection:
        strict = connection.exec_driver_sql("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").all()
        pragmas = [connection.exec_driver_sql(f"PRAGMA {one}").scalar()
                   for one in ("journal_mode", "synchronous", "foreign_keys")]  # fmt: skip
    ours = {table_of(one).name for one in (*tables.JOURNALLED, *tables.UNJOURNALLED)}
    assert {name for name, is_strict in strict if is_strict} == ours
    assert pragmas == ["wal", 2, 1]


def test_migrating_keeps_a_backup_and_the_rows(any_workplace: Workplace, tmp_path: Path) -> None:
    meetings.start(any_workplace, texts={"title": "A"})
    directory.add_room(any_workplace, {"name": "Aula"})
    any_workplace.close()
    url = any_workplace.database_url
    done = migrate(url, FIRST_MOMENT, folder=tmp_path, target="0002", more_revisions=REVISIONS)
    assert (done.found, done.now) == ("0001", "0002")
    assert done.backup is not None
    kept = open_store(f"sqlite:///{done.backup}", heads=tmp_path / "kept")
    with kept.reading() as connection:
        assert connection.execute(text("SELECT title FROM meeting")).scalar() == "A"
    kept.close()
    engine = make_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name, floor FROM room")).one() == ("Aula", "")
    engine.dispose()
    with pytest.raises(StorageError) as caught:
        meetings.listing(any_workplace)
    assert caught.value.code == "storage.newer"


def test_a_migration_that_fails_leaves_nothing_half_done(any_workplace: Workplace, tmp_path: Path) -> None:
    directory.add_room(any_workplace, {"name": "fails"})
    any_workplace.close()
    with pytest.raises(VcopsError):
        migrate(any_workplace.database_url, FIRST_MOMENT, folder=tmp_path, target="0002", more_revisions=REVISIONS)
    assert [one.name for one in directory.rooms(any_workplace)] == ["fails"]
    with any_workplace.store.reading() as connection:
        assert set(connection.execute(text("SELECT * FROM room")).keys()) == {one.name for one in fields(people.Room)}


def test_nothing_to_migrate(workplace: Workplace) -> None:
    meetings.start(workplace, texts={"title": "A"})
    done = databases.migrate(workplace)
    assert (done.found, done.now, done.backup) == (SCHEMA, SCHEMA, None)


def test_a_backup_of_any_database_is_a_database(
    any_workplace: Workplace, open_place: Callable[..., Workplace], tmp_path: Path
) -> None:
    from vcops.operations import journal

    held_meeting = meetings.start(any_workplace, texts={"title": "A", "contact_phone": "0812"})
    saved = databases.back_up(any_workplace, tmp_path / "saved.db")
    meetings.count(any_workplace, online=4)
    copy = open_place(home=tmp_path / "elsewhere", database=f"sqlite:///{saved}")
    assert meetings.find(copy, held_meeting.id).contact_phone == "0812"
    assert journal.verify(copy).intact
    copy.close()
    databases.restore(any_workplace, saved)
    assert meetings.details(any_workplace, held_meeting.id).counts == ()
    assert journal.verify(any_workplace).intact
    meetings.count(any_workplace, online=9)
    assert journal.verify(any_workplace).intact


def test_a_backup_that_cannot_be_written_is_no_fault_of_the_database(workplace: Workplace, tmp_path: Path) -> None:
    in_the_way = tmp_path / "a-file"
    in_the_way.write_text("x")
    with pytest.raises(StorageError) as caught:
        databases.back_up(workplace, in_the_way / "copy.db")
    assert caught.value.code == "backup.cannot_write"
    assert in_the_way.read_text() == "x"
    with pytest.raises(StorageError) as caught:
        databases.back_up(workplace, tmp_path / f"{'a' * 300}.db")
    assert caught.value.code == "backup.cannot_write"


def test_a_backup_overwrites_nothing(workplace: Workplace, tmp_path: Path) -> None:
    (tmp_path / "saved.db").write_text("precious")
    with pytest.raises(VcopsError) as caught:
        databases.back_up(workplace, tmp_path / "saved.db")
    assert caught.value.code == "backup.exists"
    assert (tmp_path / "saved.db").read_text() == "precious"
