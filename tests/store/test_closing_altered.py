"""A closing that was itself altered or deleted behind the program's back: told in words, and what it kept compared."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.operations.test_closing import NO_REPORT, OCTOBER, october
from tests.store.test_locks import behind, closed, refused
from vcops.domain.journal import Entry, entry_hash
from vcops.errors import Refused, StorageError
from vcops.operations import closing as months
from vcops.operations import meetings, tallies, verifying
from vcops.operations.workplace import Workplace


def without_triggers(run: Callable[..., list[Any]]) -> None:
    for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        run(f"DROP TRIGGER {name}")


def told(workplace: Workplace) -> list[tuple[str, dict[str, str | int]]]:
    """Return what verifying all months finds beside the missing triggers."""
    (found,) = verifying.verify_all(workplace)
    assert found.closing.month == 202610
    return [(one.code, dict(one.params)) for one in found.faults if one.code != "lock.missing"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("columns", "x"), ("columns", "[]"), ("answers", "x"), ("answers", "[1]"), ("names", "x"), ("tariffs", "x"),
        ("digest", "zz"), ("closed_at", "x"), ("signed_on", 5), ("month", 202613), ("month", 202609),
    ],
)  # fmt: skip
def test_an_altered_closing_is_named_by_its_column(workplace: Workplace, column: str, value: str | int) -> None:
    ids = closed(workplace)
    with behind(workplace) as run:
        without_triggers(run)
        run(f"UPDATE closing SET {column} = ?", value)
        run("UPDATE meeting SET participants = 400 WHERE id = ?", ids["meeting"])
    first, second = told(workplace)
    assert (first[0], first[1]["id"], first[1]["column"]) == ("closed.field", ids["meeting"], "participants")
    assert (second[0], second[1]["id"], second[1]["columns"]) == ("row.edited", ids["closing"], column)


def test_a_deleted_closing_is_named_and_its_month_not_closed_again(any_workplace: Workplace) -> None:
    ids = closed(any_workplace)
    sqlite = any_workplace.database_file is not None
    with behind(any_workplace) as run:
        if sqlite:
            without_triggers(run)
        else:
            run("DROP TRIGGER vcops_lock_closing ON closing")
        run("DELETE FROM closing")
        run("UPDATE meeting SET participants = 400 WHERE id = ?", ids["meeting"])
    with pytest.raises(Refused) as caught:  # the altered rows would get a digest of their own
        months.close(any_workplace, OCTOBER, [NO_REPORT])
    assert caught.value.code == "closing.vanished"
    first, second = told(any_workplace)
    assert (first[0], first[1]["id"], first[1]["now"]) == ("closed.field", ids["meeting"], "400")
    assert (second[0], second[1]["id"]) == ("row.missing", ids["closing"])


def test_copies_that_are_all_gone_do_not_make_every_row_a_new_one(workplace: Workplace) -> None:
    closed(workplace)
    with behind(workplace) as run:
        without_triggers(run)
        run("DELETE FROM closed_row")
    assert [code for code, _params in told(workplace)] == ["closed.copy_alone"]


def test_an_altered_copy_is_said_first_and_never_believed(workplace: Workplace) -> None:
    """Anyone can write 300 into the copy of a meeting of 40 people: the month itself was not altered by it."""
    ids = closed(workplace)
    with behind(workplace) as run:
        without_triggers(run)
        run("UPDATE closed_row SET content = replace(content, ',40,', ',300,') WHERE row_id = ?", ids["meeting"])
    ((code, _params),) = told(workplace)
    assert code == "closed.copy_alone"
    with behind(workplace) as run:
        run("UPDATE meeting SET title = 'Lain' WHERE id = ?", ids["meeting"])
    first, *others = told(workplace)
    assert first[0] == "closed.copy"
    assert ("closed.copy_field", "participants", "300", "40") in {
        (code, params["column"], params["was"], params["now"]) for code, params in others if "now" in params
    }
    assert not {"closed.field", "closed.missing", "closed.added"} & {code for code, _params in others}


def test_bytes_that_are_no_text_are_named_with_their_row(workplace: Workplace) -> None:
    ids = closed(workplace)
    with behind(workplace) as run:
        without_triggers(run)
        run("UPDATE meeting SET title = CAST(x'41ff' AS TEXT) WHERE id = ?", ids["meeting"])
    ((code, params),) = told(workplace)
    assert (code, params["id"], params["column"], params["now"]) == ("closed.field", ids["meeting"], "title", "A\\xff")


def test_a_closing_rewritten_with_its_entry_no_longer_fits_the_next_one(workplace: Workplace) -> None:
    """Everything that carries the digest is made to agree; what came after it in the journal does not."""
    ids = closed(workplace)
    meetings.edit(workplace, ids["open"], {"participants": "41"})
    fields = ", ".join(f'"{name}"' for name in Entry._fields)
    with behind(workplace) as run:
        without_triggers(run)
        run("UPDATE closing SET closed_by = 'Lain'")
        run("UPDATE journal SET after = replace(after, '\"closed_by\":\"Sari\"', '\"closed_by\":\"Lain\"') "
            "WHERE entity = 'closing'")  # fmt: skip
        ((*values,),) = run(f"SELECT {fields} FROM journal WHERE entity = 'closing'")
        entry = Entry(*values)
        run("UPDATE journal SET hash = ? WHERE seq = ?", entry_hash(entry), entry.seq)
    found = told(workplace)
    assert ("journal.broken", entry.seq + 1) in {(code, params.get("seq")) for code, params in found}


@pytest.mark.parametrize("column", ["tariffs", "names"])
def test_a_tally_over_an_altered_closing_says_which_column(workplace: Workplace, column: str) -> None:
    closed(workplace)
    with behind(workplace) as run:
        without_triggers(run)
        run(f"UPDATE closing SET {column} = 'x'")
    with pytest.raises(StorageError) as caught:
        tallies.tally(workplace, OCTOBER, by="unit")
    assert (caught.value.code, caught.value.params["column"]) == ("storage.altered", column)


def test_a_date_of_signing_that_is_none_is_an_error_in_words(workplace: Workplace) -> None:
    closed(workplace)
    with behind(workplace) as run:
        run("UPDATE closing SET signed_on = 5")  # may follow the closing, so no trigger is in the way
    with pytest.raises(StorageError) as caught:
        months.closing_of(workplace, OCTOBER)
    assert (caught.value.code, caught.value.params["column"]) == ("storage.altered", "signed_on")


def test_postgresql_looks_for_closings_in_its_own_schema_alone(
    postgres_url: str, open_place: Callable[..., Workplace]
) -> None:
    workplace = open_place(database=postgres_url)
    ids = closed(workplace)
    with behind(workplace) as run:
        run("CREATE TEMP TABLE closing (month bigint, id text)")
        refused(run, "UPDATE public.meeting SET participants = 400 WHERE id = ?", ids["meeting"])
        run("DROP TABLE pg_temp.closing")
        run("CREATE SCHEMA other")
        run("CREATE TABLE other.closing (month bigint, id text)")
        run("SET search_path = other, public")
        refused(run, "UPDATE meeting SET participants = 400 WHERE id = ?", ids["meeting"])
    assert verifying.verify(workplace, OCTOBER).intact


AGAIN, DOES = "CREATE OR REPLACE TRIGGER vcops_lock_meeting BEFORE", "EXECUTE FUNCTION vcops_lock_meeting()"


@pytest.mark.parametrize(
    "done",
    [
        f"{AGAIN} INSERT OR UPDATE OR DELETE ON meeting FOR EACH ROW WHEN (pg_trigger_depth() > 9) {DOES}",
        f"{AGAIN} INSERT OR UPDATE OF title OR DELETE ON meeting FOR EACH ROW {DOES}",
        "ALTER FUNCTION vcops_lock_meeting() RESET search_path",
    ],
)
def test_a_trigger_of_postgresql_that_was_narrowed_is_named(
    postgres_url: str, open_place: Callable[..., Workplace], done: str
) -> None:
    workplace = open_place(database=postgres_url)
    closed(workplace)
    with behind(workplace) as run:
        run(done)
        run("ALTER TABLE meeting ENABLE ALWAYS TRIGGER vcops_lock_meeting")
    faults = verifying.verify(workplace, OCTOBER).faults
    assert [(one.code, one.params["name"]) for one in faults] == [("lock.changed", "vcops_lock_meeting")]


def test_a_closing_waits_for_a_change_of_another_program(
    postgres_url: str, open_place: Callable[..., Workplace]
) -> None:
    """What psql has changed and not committed yet is in the digest, not beside it."""
    import psycopg

    workplace = open_place(database=postgres_url)
    one, *_others = october(workplace)
    done: list[Any] = []
    with psycopg.connect(postgres_url) as other:
        other.execute("UPDATE meeting SET participants = 41 WHERE id = %s", (one.id,))
        closing = threading.Thread(target=lambda: done.append(months.close(workplace, OCTOBER, [NO_REPORT])))
        closing.start()
        with psycopg.connect(postgres_url, autocommit=True) as watching:
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'meeting'::regclass"
            while closing.is_alive() and watching.execute(waits).fetchone() == (0,):
                pass
        assert done == []
        other.commit()
        closing.join()
    assert len(done) == 1
    assert verifying.verify(workplace, OCTOBER).intact
    assert meetings.details(workplace, one.id).meeting.participants == 41
