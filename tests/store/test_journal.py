"""Whatever is changed behind the program's back is found and named, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from vcops.domain.journal import Verification
from vcops.domain.periods import Period
from vcops.errors import StorageError
from vcops.operations import directory, journal, meetings, tallies, today
from vcops.operations.workplace import Workplace
from vcops.store.database import writing_connection
from vcops.wording.errors import explain

PASSCODE, LINK, PHONE = "rahasia-9182", "https://zoom.example/j/1?pwd=abcdef", "0812-3456"


@pytest.fixture
def office(any_workplace: Workplace) -> Workplace:
    """A room, two meetings with counts and an incident, someone with a NIP."""
    directory.add_room(any_workplace, {"name": "Aula"})
    directory.add_person(any_workplace, {"name": "Budi Santoso", "nip": "198001012005011001"})
    meetings.plan(
        any_workplace,
        {"title": "Rencana", "date": "2026-11-30", "start": "09:00", "passcode": PASSCODE, "link": LINK,
         "contact_phone": PHONE},
    )  # fmt: skip
    meetings.start(any_workplace, texts={"title": "Rakor", "room": "Aula"})
    meetings.count(any_workplace, online=12, in_room=3)
    meetings.incident(any_workplace, text="listrik mati")
    meetings.count(any_workplace, online=20)
    meetings.end(any_workplace)
    assert journal.verify(any_workplace).intact
    return any_workplace


def behind_the_back(workplace: Workplace, *statements: str) -> None:
    """Change the database with plain SQL, as someone with a database browser would."""
    with writing_connection(workplace.store.engine) as connection:
        for one in statements:
            connection.execute(text(one))
        connection.commit()


def found(workplace: Workplace) -> list[tuple[str, str]]:
    """Return what was found: the code, and the row or the number that it names."""
    return [
        (one.code, str(one.params.get("id") or one.params.get("seq") or one.params.get("first")))
        for one in journal.verify(workplace).faults
    ]


def one_value(workplace: Workplace, query: str) -> str:
    with workplace.store.reading() as connection:
        return str(connection.execute(text(query)).scalar_one())


def test_an_edited_row_is_named(office: Workplace) -> None:
    row = one_value(office, "SELECT id FROM meeting WHERE title = 'Rakor'")
    behind_the_back(office, "UPDATE meeting SET participants = 999, online = 999 WHERE title = 'Rakor'")
    (fault,) = journal.verify(office).faults
    assert (fault.code, fault.params["id"], fault.params["columns"]) == ("row.edited", row, "online, participants")


@pytest.mark.parametrize(
    ("statement", "table", "column"),
    [
        ("UPDATE person SET nip = '198001012005011002'", "person", "nip"),
        ("UPDATE person SET salt = 'another'", "person", "name, nip"),
        ("UPDATE meeting SET contact_phone = '110' WHERE contact_phone <> ''", "meeting", "contact_phone"),
        ("UPDATE meeting SET link = '' WHERE link <> ''", "meeting", "link"),
    ],
)
def test_an_edited_personal_field_is_named(office: Workplace, statement: str, table: str, column: str) -> None:
    behind_the_back(office, statement)
    (fault,) = journal.verify(office).faults
    assert (fault.code, fault.params["entity"], fault.params["columns"]) == ("row.edited", table, column)


@pytest.mark.parametrize(
    ("change", "column"),
    [("mode = 'radio'", "mode"), ("zone = 'Mars/Base'", "zone"), ("kind = 'x'", "kind"), ("started_at = 'x'", "")],
)
def test_a_value_that_was_never_written_here_is_one_sentence(office: Workplace, change: str, column: str) -> None:
    row = one_value(office, "SELECT id FROM meeting WHERE title = 'Rakor'")
    behind_the_back(office, f"UPDATE meeting SET {change} WHERE title = 'Rakor'")
    asked: list[Callable[[], Any]] = [
        lambda: meetings.listing(office),
        lambda: meetings.details(office, row),
        lambda: today.overview(office),
    ]
    if column in ("mode", "kind"):
        asked.append(lambda: tallies.tally(office, Period.month("2026-11")))
    for ask in asked:
        with pytest.raises(StorageError) as caught:
            ask()
        assert caught.value.code.startswith("storage.altered")
        assert caught.value.params.get("column", "") in (column, "started_at", "begins")
        assert "vcops journal --verify" in str(explain(caught.value.code, caught.value.params))
    assert found(office) == [("row.edited", row)]


def test_a_deleted_row_is_named(office: Workplace) -> None:
    row = one_value(office, "SELECT id FROM incident")
    behind_the_back(office, "DELETE FROM incident")
    assert found(office) == [("row.missing", row)]


@pytest.mark.parametrize("row", ["00000000-first", "ZZZ", "zzz last", "m-middle"])
def test_a_row_put_in_is_named(office: Workplace, row: str) -> None:
    behind_the_back(office, f"INSERT INTO unit (id, name, code) VALUES ('{row}', 'Unit {row}', '')")
    assert found(office) == [("row.unknown", row)]


def test_a_row_put_back_is_named(office: Workplace) -> None:
    from vcops.store import tables

    with office.store.writing("Sari") as change:
        row = change.insert(tables.Unit, {"name": "Dinas"})
    with office.store.writing("Sari") as change:
        change.delete(tables.Unit, row)
    assert journal.verify(office).intact
    behind_the_back(office, f"INSERT INTO unit (id, name, code) VALUES ('{row}', 'Dinas', '')")
    assert found(office) == [("row.returned", row)]


@pytest.mark.parametrize(
    "change", ["actor = 'Mallory'", "at = '2020-01-01T00:00:00.000000Z'", "entity_id = 'x'", "previous = hash"]
)
def test_an_edited_entry_is_named(office: Workplace, change: str) -> None:
    behind_the_back(office, f"UPDATE journal SET {change} WHERE seq = 3")
    assert "journal.edited" in {code for code, _what in found(office)}
    assert any(fault.params.get("seq") == 3 for fault in journal.verify(office).faults)


def test_an_entry_edited_with_its_hash_breaks_the_next(office: Workplace) -> None:
    from vcops.domain.journal import entry_hash
    from vcops.store.history import entries

    with office.store.reading() as connection:
        (third,) = [one.entry for one in entries(connection) if one.entry.seq == 3]
    forged = third._replace(actor="Mallory")
    behind_the_back(office, f"UPDATE journal SET actor = 'Mallory', hash = '{entry_hash(forged)}' WHERE seq = 3")
    assert found(office)[0][0] == "journal.broken"
    assert journal.verify(office).faults[0].params["seq"] == 4


def test_a_deleted_entry_is_named(office: Workplace) -> None:
    behind_the_back(office, "DELETE FROM journal WHERE seq = 2")
    fault = journal.verify(office).faults[0]
    assert (fault.code, fault.params) == ("journal.missing", {"first": 2, "last": 2})


def test_reordered_entries_are_named(office: Workplace) -> None:
    behind_the_back(
        office,
        "UPDATE journal SET seq = 1000 WHERE seq = 4",
        "UPDATE journal SET seq = 4 WHERE seq = 5",
        "UPDATE journal SET seq = 5 WHERE seq = 1000",
    )
    moved = [one.params for one in journal.verify(office).faults if one.code == "journal.reordered"]
    assert moved == [{"seq": 4, "was": 5}, {"seq": 5, "was": 4}]


def test_a_cut_tail_is_named(office: Workplace) -> None:
    last = journal.verify(office).head.seq
    behind_the_back(office, f"DELETE FROM journal WHERE seq > {last - 2}")
    assert ("journal.cut", str(last - 1)) in found(office)


def test_an_emptied_journal_is_named(office: Workplace) -> None:
    behind_the_back(office, "DELETE FROM journal")
    assert ("journal.cut", "1") in found(office)


def test_a_tail_written_anew_is_named(office: Workplace) -> None:
    """The forger cuts the tail and lets the program write another: the chain is whole, this machine knows better."""
    from vcops.domain.journal import Head

    head = journal.verify(office).head
    rooms = one_value(office, "SELECT after FROM journal WHERE seq = 1")
    assert "Aula" in rooms
    behind_the_back(office, f"DELETE FROM journal WHERE seq >= {head.seq - 1}")
    kept = office.store.head_file.read()
    for number in range(3):
        directory.add_unit(office, {"name": f"Unit {number}"})
    office.store.head_file.keep(kept or Head())
    assert ("journal.rewritten", str(head.seq)) in found(office)


def test_secrets_never_reach_the_journal(office: Workplace) -> None:
    with office.store.reading() as connection:
        everything = "\n".join(str(row) for row in connection.execute(text("SELECT * FROM journal")))
    assert "Rakor" in everything
    for secret in (PASSCODE, LINK, "abcdef", PHONE, "Budi Santoso", "198001012005011001"):
        assert secret not in everything


def test_another_machine_knows_no_head_and_still_verifies(
    office: Workplace, open_place: Callable[..., Workplace], tmp_path: object
) -> None:
    from pathlib import Path

    other = open_place(home=Path(str(tmp_path)) / "other", database=office.database_url)
    result: Verification = journal.verify(other)
    assert result.intact
    assert result.head == journal.verify(office).head


def test_many_faults_are_cut_off_and_counted(workplace: Workplace) -> None:
    from vcops.store import tables
    from vcops.store.faults import MOST_FAULTS

    with workplace.store.writing("Sari") as change:
        change.insert_many(tables.Unit, [{"name": f"Unit {number}"} for number in range(MOST_FAULTS + 40)])
    behind_the_back(workplace, "UPDATE unit SET code = 'x'")
    result = journal.verify(workplace)
    assert (len(result.faults), result.more) == (MOST_FAULTS, 40)


def test_the_journal_has_no_token_of_a_camera(any_workplace: Workplace) -> None:
    room = directory.add_room(any_workplace, {"name": "Aula", "camera": "http://10.0.0.9/video?token=rahasia"})
    directory.edit_room(any_workplace, room.id, {"camera": "http://10.0.0.9/video?token=rahasia2"})
    assert directory.rooms(any_workplace)[0].camera.endswith("rahasia2")
    assert "rahasia" not in str(journal.entries(any_workplace))
    assert journal.verify(any_workplace).intact


def test_a_name_moves_nobodys_cursor(open_place: Callable[..., Workplace]) -> None:
    place = open_place(who="Sari\x1b[2J\n")
    meetings.start(place, texts={"title": "A"})
    assert {one.entry.actor for one in journal.entries(place)} == {"Sari[2J"}
