"""A closed month refuses a change in the database itself, whoever makes it; what is done to the locks is named.

Everything here goes behind the program's back, with sqlite3 and psycopg as anyone has them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lab.clocks import FIRST_MOMENT
from tests.operations.test_closing import NO_REPORT, OCTOBER, held, october
from tests.operations.test_runs import write_small
from tests.store.test_schema import REVISIONS
from vcops.domain.runs import Outcome
from vcops.errors import Refused
from vcops.operations import closing as months
from vcops.operations import meetings, runs, verifying
from vcops.operations.workplace import Workplace
from vcops.store.database import make_engine
from vcops.store.lock_rules import REFUSAL
from vcops.store.locks import compare_locks
from vcops.store.migrating import migrate

LOCKED = ("meeting", "head_count", "incident", "run", "attempt", "decision", "closing", "closed_row")


def closed(workplace: Workplace) -> dict[str, str]:
    """Close October with a row in every table; return an id of each, and one of an open month's meeting."""
    write_small(workplace.places.data)
    one, *_others = october(workplace)
    run = runs.start(workplace, "small", meeting_id=one.id)

    attempt = runs.answer(workplace, run.id, "power", Outcome.DONE).attempts[-1]
    found = meetings.incident(
        workplace, one.id, text="suara putus", started_at="2026-10-05 09:30", recovered_at="2026-10-05 09:40"
    )
    opened = held(workplace, 5, date="2026-11-05", title="November")
    (count,) = meetings.details(workplace, one.id).counts
    made = months.close(workplace, OCTOBER, [NO_REPORT])
    return {
        "meeting": one.id, "head_count": count.id, "incident": found.id, "run": run.id, "attempt": attempt.id,
        "closing": made.id, "open": opened.id,
    }  # fmt: skip


@contextmanager
def behind(workplace: Workplace) -> Iterator[Callable[..., list[Any]]]:
    """Yield `run(sql, *values)` on a plain connection to the database, each statement committed."""
    workplace.close()
    if workplace.database_file is not None:
        connection: Any = sqlite3.connect(workplace.database_file, isolation_level=None)
        mark = "?"
    else:
        import psycopg

        connection = psycopg.connect(workplace.database_url, autocommit=True)
        mark = "%s"

    def run(sql: str, *values: Any) -> list[Any]:
        cursor = (
            connection.execute(sql.replace("?", mark), values or None)
            if mark != "?"
            else connection.execute(sql, values)
        )
        return list(cursor.fetchall()) if cursor.description else []

    with closing(connection):
        yield run


def refused(run: Callable[..., list[Any]], sql: str, *values: Any) -> None:
    with pytest.raises(Exception, match=REFUSAL):
        run(sql, *values)


def contents(run: Callable[..., list[Any]]) -> list[Any]:
    """Return all that the locks keep, without what may follow a closing."""
    month = "SELECT id FROM meeting WHERE local_day BETWEEN 20261001 AND 20261031"
    return [
        sorted(run(f"SELECT * FROM meeting WHERE id IN ({month})"), key=str),
        sorted(run(f"SELECT * FROM head_count WHERE meeting_id IN ({month})"), key=str),
        sorted(run(f"SELECT * FROM incident WHERE meeting_id IN ({month})"), key=str),
        sorted(run("SELECT * FROM attempt"), key=str),
        sorted(run("SELECT * FROM closed_row"), key=str),
        sorted(run("SELECT * FROM closing"), key=str),
    ]


def test_no_statement_gets_past_the_locks(any_workplace: Workplace) -> None:
    ids = closed(any_workplace)
    with behind(any_workplace) as run:
        before = contents(run)
        refused(run, "UPDATE meeting SET participants = 400 WHERE id = ?", ids["meeting"])
        refused(run, "UPDATE meeting SET local_day = 20261105 WHERE id = ?", ids["meeting"])
        refused(run, "UPDATE meeting SET local_day = 20261005 WHERE id = ?", ids["open"])
        refused(run, "DELETE FROM head_count WHERE id = ?", ids["head_count"])
        refused(run, "UPDATE head_count SET meeting_id = ? WHERE id = ?", ids["open"], ids["head_count"])
        refused(run, "UPDATE head_count SET meeting_id = ? WHERE meeting_id = ?", ids["meeting"], ids["open"])
        refused(run, "UPDATE incident SET recovered_at = started_at WHERE id = ?", ids["incident"])
        refused(run, "UPDATE run SET facts = '{}' || facts WHERE id = ?", ids["run"])
        refused(run, "UPDATE attempt SET outcome = 'failed' WHERE id = ?", ids["attempt"])
        refused(run, "DELETE FROM attempt WHERE id = ?", ids["attempt"])
        refused(run, "UPDATE closing SET digest = 'x'")
        refused(run, "UPDATE closing SET tariffs = '[]'")
        refused(run, "DELETE FROM closing")
        refused(run, "DELETE FROM closed_row")
        refused(run, "UPDATE closed_row SET content = '[]'")
        refused(run, "INSERT INTO closed_row (entity, row_id, closing_id, content) VALUES ('meeting', 'x', ?, '[]')",
                ids["closing"])  # fmt: skip
        assert contents(run) == before
        run("UPDATE meeting SET evidence = 'foto.jpg' WHERE id = ?", ids["meeting"])
        run("UPDATE closing SET number = '007'")
        run("UPDATE meeting SET participants = 41 WHERE id = ?", ids["open"])
        run("UPDATE run SET closed_at = started_at WHERE id = ?", ids["run"])


def test_replacing_a_row_gets_no_further(workplace: Workplace) -> None:
    """SQLite's REPLACE deletes without a word whatever has the same key, unless a connection asks for the triggers."""
    ids = closed(workplace)
    with behind(workplace) as run:
        assert run("PRAGMA recursive_triggers") == [(0,)]
        before = contents(run)
        columns = [name for _place, name, *_rest in run("PRAGMA table_info(meeting)")]
        others = ", ".join(name for name in columns if name not in {"id", "local_day", "import_key", "participants"})
        copy = f"SELECT ?, 20261110, NULL, 400, {others} FROM meeting WHERE id = ?"
        into = f"INTO meeting (id, local_day, import_key, participants, {others})"
        refused(run, f"INSERT OR REPLACE {into} {copy}", ids["meeting"], ids["open"])
        refused(run, f"REPLACE {into} {copy}", ids["meeting"], ids["open"])
        ((number,),) = run("SELECT rowid FROM meeting WHERE id = ?", ids["meeting"])
        refused(run, f"INSERT OR REPLACE INTO meeting (rowid, id, local_day, import_key, participants, {others}) "
                     f"SELECT ?, 'new', 20261110, NULL, 400, {others} FROM meeting WHERE id = ?",
                number, ids["open"])  # fmt: skip
        refused(run, "UPDATE OR REPLACE meeting SET id = ? WHERE id = ?", ids["meeting"], ids["open"])
        refused(run, "UPDATE OR REPLACE meeting SET rowid = ? WHERE id = ?", number, ids["open"])
        ((child,),) = run("SELECT rowid FROM head_count WHERE id = ?", ids["head_count"])
        refused(run, "UPDATE OR REPLACE head_count SET rowid = ? WHERE meeting_id = ?", child, ids["open"])
        refused(run, "REPLACE INTO head_count SELECT ?, ?, at, 9, 9, 9, method, by, undone_at FROM head_count "
                     "WHERE id = ?", ids["head_count"], ids["open"], ids["head_count"])  # fmt: skip
        refused(run, "REPLACE INTO closed_row SELECT closing_id, entity, row_id, '[]' FROM closed_row")
        assert contents(run) == before
    workplace.close()
    assert verifying.verify(workplace, OCTOBER).intact


def test_a_row_of_a_closed_month_is_not_replaced_by_its_import_key(workplace: Workplace) -> None:
    one = held(workplace, 5)
    two = held(workplace, 5, date="2026-11-05")
    with behind(workplace) as run:
        run("UPDATE meeting SET import_key = 'a' WHERE id = ?", one.id)
        run("UPDATE meeting SET import_key = 'b' WHERE id = ?", two.id)
    months.close(workplace, OCTOBER, [NO_REPORT])
    with behind(workplace) as run:
        refused(run, "UPDATE OR REPLACE meeting SET import_key = 'a' WHERE id = ?", two.id)
        assert run("SELECT count(*) FROM meeting") == [(2,)]


def test_postgresql_is_not_emptied_and_not_told_to_be_a_replica(
    postgres_url: str, open_place: Callable[..., Workplace]
) -> None:
    workplace = open_place(database=postgres_url)
    ids = closed(workplace)
    with behind(workplace) as run:
        refused(run, "TRUNCATE meeting CASCADE")
        refused(run, "TRUNCATE closed_row")
        run("SET session_replication_role = replica")
        refused(run, "UPDATE meeting SET participants = 400 WHERE id = ?", ids["meeting"])
        run("ALTER TABLE meeting DISABLE TRIGGER vcops_lock_meeting")
        run("UPDATE meeting SET participants = 400 WHERE id = ?", ids["meeting"])
        run("CREATE OR REPLACE FUNCTION vcops_lock_incident() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RETURN NEW; END'")  # fmt: skip
    found = verifying.verify(workplace, OCTOBER)
    assert [(one.code, one.params.get("name") or one.params["column"]) for one in found.faults] == [
        ("lock.off", "vcops_lock_meeting"), ("lock.changed", "vcops_lock_incident"), ("closed.field", "participants"),
    ]  # fmt: skip


def test_what_was_done_is_named_to_row_and_field(any_workplace: Workplace) -> None:
    ids = closed(any_workplace)
    sqlite = any_workplace.database_file is not None
    name = "vcops_lock_meeting_update" if sqlite else "vcops_lock_meeting"
    with behind(any_workplace) as run:
        run(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON meeting")
        run("UPDATE meeting SET participants = 400, title = 'Lain' WHERE id = ?", ids["meeting"])
    found = verifying.verify(any_workplace, OCTOBER)
    told = [(one.code, dict(one.params)) for one in found.faults]
    about = {"entity": "meeting", "id": ids["meeting"], "title": "Rapat 5"}
    assert told == [
        ("lock.missing", {"name": name, "table": "meeting"}),
        ("closed.field", {**about, "column": "title", "was": "Rapat 5", "now": "Lain"}),
        ("closed.field", {**about, "column": "participants", "was": "40", "now": "400"}),
    ]


def test_rows_gone_added_and_moved_are_named(workplace: Workplace) -> None:
    ids = closed(workplace)
    with behind(workplace) as run:
        for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            run(f"DROP TRIGGER {name}")
        run("DELETE FROM incident WHERE id = ?", ids["incident"])
        run("UPDATE meeting SET local_day = 20261112 WHERE id = ?", ids["meeting"])
        run("UPDATE meeting SET local_day = 20261012 WHERE id = ?", ids["open"])
        run("CREATE TRIGGER quiet AFTER UPDATE ON meeting BEGIN SELECT 1; END")
    found = verifying.verify(workplace, OCTOBER)
    told = {(one.code, one.params.get("id") or one.params["name"]) for one in found.faults}
    assert ("closed.missing", ids["incident"]) in told
    assert ("closed.field", ids["meeting"]) in told
    assert ("closed.added", ids["open"]) in told
    assert ("lock.unknown", "quiet") in told
    assert len([one for one in told if one[0] == "lock.missing"]) == 27


def test_the_closing_and_its_copies_are_held_against_the_journal(workplace: Workplace) -> None:
    closed(workplace)
    with behind(workplace) as run:
        for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            run(f"DROP TRIGGER {name}")
        run("UPDATE closed_row SET content = replace(content, '40', '41')")
    codes = {one.code for one in verifying.verify(workplace, OCTOBER).faults}
    assert codes == {"closed.copy_alone", "lock.missing"}
    with behind(workplace) as run:
        run("UPDATE closing SET digest = 'aa' || substr(digest, 3)")
    faults = verifying.verify(workplace, OCTOBER).faults
    assert ("row.edited", "digest") in {(one.code, one.params.get("columns")) for one in faults}


def test_a_walk_goes_on_after_its_month_is_closed(any_workplace: Workplace) -> None:
    ids = closed(any_workplace)
    run = runs.load(any_workplace, ids["run"])
    runs.answer(any_workplace, run.id, "photo", Outcome.DONE)
    runs.undo(any_workplace, run.id)
    assert verifying.verify(any_workplace, OCTOBER).intact
    with pytest.raises(Refused):
        runs.undo(any_workplace, run.id)


def test_a_migration_makes_the_locks_anew(any_workplace: Workplace, tmp_path: Path) -> None:
    ids = closed(any_workplace)
    any_workplace.close()
    migrate(any_workplace.database_url, FIRST_MOMENT, folder=tmp_path, target="0002", more_revisions=REVISIONS)
    engine = make_engine(any_workplace.database_url)
    with engine.connect() as connection:
        assert list(compare_locks(connection)) == []
    engine.dispose()
    with behind(any_workplace) as run:
        refused(run, "UPDATE meeting SET participants = 400 WHERE id = ?", ids["meeting"])


_COLUMNS = ("title", "participants", "unit_id", "kind", "mode", "started_at", "ended_at", "notes", "contact_phone")


@pytest.fixture(scope="module")
def closed_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a closed October and no locks, to be copied and altered."""
    from vcops.operations.workplace import open_workplace
    from vcops.settings import Options

    home = tmp_path_factory.mktemp("closed")
    place = open_workplace(Options(home=home, who="Sari", language="en"), lambda: FIRST_MOMENT)
    closed(place)
    place.close()
    with closing(sqlite3.connect(home / "vcops.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
    return home / "vcops.db"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.integers(0, 2), column=st.sampled_from(_COLUMNS), value=st.text(min_size=1, max_size=6))
def test_any_altered_field_of_any_row_is_named(
    closed_copy: Path, tmp_path_factory: pytest.TempPathFactory, row: int, column: str, value: str
) -> None:
    import shutil

    from vcops.operations.workplace import open_workplace
    from vcops.settings import Options

    home = tmp_path_factory.mktemp("altered")
    shutil.copy(closed_copy, home / "vcops.db")
    with closing(sqlite3.connect(home / "vcops.db", isolation_level=None)) as connection:
        month = "SELECT id FROM meeting WHERE local_day < 20261101 ORDER BY id LIMIT 1 OFFSET ?"
        ((row_id,),) = connection.execute(month, (row,)).fetchall()
        ((was,),) = connection.execute(f"SELECT {column} FROM meeting WHERE id = ?", (row_id,)).fetchall()
        connection.execute("PRAGMA foreign_keys = OFF")
        new: Any = len(value) + 1000 if column == "participants" else value
        connection.execute(f"UPDATE meeting SET {column} = ? WHERE id = ?", (new, row_id))
    place = open_workplace(Options(home=home, who="Sari", language="en"), lambda: FIRST_MOMENT)
    faults = [one for one in verifying.verify(place, OCTOBER).faults if one.code != "lock.missing"]
    place.close()
    if was == new:
        assert faults == []
    else:
        assert [(one.code, one.params["id"], one.params["column"]) for one in faults] == [
            ("closed.field", row_id, column)
        ]
