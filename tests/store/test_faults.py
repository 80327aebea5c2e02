"""Machines that die, four people at once, disks that are full or cannot be written, files that are no database."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.lab.clocks import SetClock
from tests.lab.command import CommandLine
from tests.lab.disks import read_only
from tests.lab.logger import acknowledged_until_killed, lost, start_logger
from tests.operations.test_runs import write_small
from vcops.domain.runs import Outcome
from vcops.errors import StorageError
from vcops.operations import databases, journal, meetings, runs, today
from vcops.operations.workplace import Workplace

KILLS = 20


def test_nothing_acknowledged_is_lost_when_killed(workplace: Workplace) -> None:
    home, chance = workplace.places.data, random.Random(2)
    said: list[dict[str, Any]] = []
    for _kill in range(KILLS):
        said += acknowledged_until_killed(home, chance)
        assert not lost(home, said)
    assert len(said) > KILLS
    found = journal.verify(workplace)
    assert found.intact, found.faults
    with closing(sqlite3.connect(home / "vcops.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_four_processes_lose_no_count(workplace: Workplace, clock: SetClock) -> None:
    clock.now = datetime.now(UTC)  # the processes have the machine's own
    held = meetings.start(workplace, texts={"title": "Rapat besar"})
    workplace.close()
    processes = [start_logger(workplace.places.data, meeting_id=held.id, most=25) for _ in range(4)]
    said = [json.loads(line) for one in processes for line in one.communicate(timeout=120)[0].splitlines()]
    assert [one.returncode for one in processes] == [0, 0, 0, 0]
    assert len(said) == 100
    details = meetings.details(workplace, held.id)
    assert {one.id for one in details.counts} == {one["count"] for one in said}
    assert details.meeting.participants == max(one["total"] for one in said)
    assert journal.verify(workplace).intact


def test_a_full_disk_keeps_what_was_stored(tiny_disk: Path, open_place: Callable[..., Workplace]) -> None:
    workplace = open_place(home=tiny_disk)
    stored: list[str] = []

    def fill() -> None:
        for number in range(5000):
            stored.append(meetings.start(workplace, texts={"title": f"Rapat {number}", "notes": "x" * 2000}).id)  # noqa: PERF401

    with pytest.raises(StorageError) as caught:
        fill()
    assert caught.value.code == "storage.full"
    assert stored
    for part in tiny_disk.rglob("*.head"):
        part.unlink()  # a little room again
    workplace.close()
    assert {one.id for one in meetings.listing(workplace)} == set(stored)
    assert journal.verify(workplace).intact


def test_a_disk_that_is_full_at_the_decision_loses_nothing(
    tiny_disk: Path, open_place: Callable[..., Workplace]
) -> None:
    workplace = open_place(home=tiny_disk)
    write_small(workplace.places.data)
    run = runs.start(workplace, "small")
    for step in ("power", "photo"):
        run = runs.answer(workplace, run.id, step, Outcome.DONE)
    filler = tiny_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(b"x" * 2_000_000)
    with pytest.raises(StorageError) as caught:
        runs.decide(workplace, run.id, "go", override=True, reason="x" * 200_000)
    assert caught.value.code == "storage.full"
    assert runs.load(workplace, run.id) == run, "neither half a decision nor an answer less"
    filler.unlink()
    decided = runs.decide(workplace, run.id, "go", override=True, reason="cadangan siap")
    assert decided.is_open("go")
    assert decided.attempts == run.attempts
    assert journal.verify(workplace).intact


def test_a_backup_on_a_full_disk_is_no_fault_of_the_database(tiny_disk: Path, workplace: Workplace) -> None:
    meetings.start(workplace, texts={"title": "A"})
    (tiny_disk / "filler").write_bytes(bytes(900 * 1024))
    with pytest.raises(StorageError) as caught:
        databases.back_up(workplace, tiny_disk / "copy.db")
    assert caught.value.code == "backup.cannot_write"
    assert [one.name for one in tiny_disk.iterdir()] == ["filler"]


def test_a_full_disk_is_one_sentence(tiny_disk: Path, vcops: CommandLine) -> None:
    vcops.home = tiny_disk
    assert vcops("meeting", "start", "--title", "A").status == 0
    with pytest.raises(OSError, match="No space"):
        (tiny_disk / "filler").write_bytes(b"x" * 2_000_000)
    ran = vcops("meeting", "start", "--title", "B", "--notes", "x" * 60_000)
    assert (ran.status, ran.out) == (5, "")
    assert "is full" in ran.err
    assert "Traceback" not in ran.err
    assert [one["title"] for one in vcops("meeting", "list", "--json").json] == ["A"]


@pytest.fixture
def read_only_disk(tmp_path: Path, workplace: Workplace, clock: SetClock) -> Iterator[Path]:
    """The office's folder with one meeting in it, on a disk that has become read-only."""
    clock.now = datetime.now(UTC)
    home = workplace.places.data
    meetings.start(workplace, texts={"title": "A"})
    workplace.close()
    with read_only(home):
        yield home


def test_a_read_only_disk_can_be_looked_at(read_only_disk: Path, workplace: Workplace) -> None:
    assert [one.title for one in today.overview(workplace).running] == ["A"]
    assert [one.title for one in meetings.listing(workplace)] == ["A"]
    assert journal.verify(workplace).intact
    with pytest.raises(StorageError) as caught:
        meetings.start(workplace, texts={"title": "B"})
    assert caught.value.code == "storage.read_only"


def test_a_read_only_disk_is_one_sentence(read_only_disk: Path, vcops: CommandLine) -> None:
    ran = vcops("meeting", "count", "--online", "3")
    assert ran.status == 5
    assert "cannot be written" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def not_a_database(file: Path) -> None:
    file.write_text("Ini daftar rapat.\n" * 500)


def foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipe (id INTEGER)")


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "CREATE TABLE journal (x); CREATE TABLE meeting (x); CREATE TABLE alembic_version (version_num);"
            "INSERT INTO alembic_version VALUES ('0999')"
        )


def older(file: Path) -> None:
    newer(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()


def a_folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (not_a_database, "storage.foreign"),
        (foreign, "storage.foreign"),
        (newer, "storage.newer"),
        (older, "storage.older"),
        (a_folder, "storage.cannot_open"),
    ],
)
def test_what_is_no_database_of_ours_is_refused_untouched(
    workplace: Workplace, vcops: CommandLine, spoil: Callable[[Path], None], code: str
) -> None:
    file = workplace.places.database_file
    file.parent.mkdir(parents=True)
    spoil(file)
    before = file.read_bytes() if file.is_file() else b""
    with pytest.raises(StorageError) as glanced:
        today.overview(workplace)
    with pytest.raises(StorageError) as opened:
        meetings.listing(workplace)
    assert (glanced.value.code, opened.value.code) == (code, code)
    ran = vcops("meeting", "list", "--json")
    assert ran.status == 5
    assert ran.json["error"]["code"] == code
    assert "Traceback" not in ran.err
    assert (file.read_bytes() if file.is_file() else b"") == before


def test_a_damaged_database_is_told_and_a_backup_restores_it(workplace: Workplace, tmp_path: Path) -> None:
    from vcops.operations import databases

    for number in range(200):
        meetings.start(workplace, texts={"title": f"Rapat {number}"})
    saved = databases.back_up(workplace, tmp_path / "saved.db")
    workplace.close()
    file = workplace.places.database_file
    whole = bytearray(file.read_bytes())
    whole[8192:40960] = os.urandom(32768)
    file.write_bytes(whole)
    with pytest.raises(StorageError) as caught:
        databases.check(workplace)
    assert caught.value.code == "storage.damaged"
    kept = databases.restore(workplace, saved)
    assert kept is not None
    assert kept.exists()
    assert len(meetings.listing(workplace)) == 200
    assert journal.verify(workplace).intact


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_an_unwritable_folder_is_one_sentence(tmp_path: Path, vcops: CommandLine) -> None:
    (tmp_path / "file").write_text("")
    inside = tmp_path / "file" / "office.db"  # a file in the way: not even root makes a folder there
    ran = vcops("--database", inside, "meeting", "start", "--title", "A")
    assert ran.status == 5
    assert "does not exist; nothing was created" in ran.err
    assert "Traceback" not in ran.err


def test_an_unreachable_server_is_one_sentence(vcops: CommandLine) -> None:
    ran = vcops("--database", "postgresql://x:secret@127.0.0.1:1/office", "meeting", "list")
    assert ran.status == 5
    assert "does not answer" in ran.err
    assert "secret" not in ran.err


def test_an_unknown_kind_of_database_is_one_sentence(vcops: CommandLine) -> None:
    ran = vcops("--database", "mysql://office", "meeting", "list")
    assert ran.status == 5
    assert "not a kind of database" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names")
def test_a_folder_may_have_any_name(open_place: Callable[..., Workplace], tmp_path: Path) -> None:
    here = open_place(home=tmp_path / "who? #1 100%")
    meetings.start(here, texts={"title": "A"})
    assert here.places.database_file.exists()
    assert [one.title for one in today.overview(here).running] == ["A"]


def test_a_restore_beside_an_open_program_is_done_and_keeps_every_copy(workplace: Workplace, tmp_path: Path) -> None:
    from vcops.operations import databases

    meetings.start(workplace, texts={"title": "A"})
    saved = databases.back_up(workplace, tmp_path / "saved.db")
    meetings.start(workplace, texts={"title": "B"})
    with closing(sqlite3.connect(workplace.places.database_file)) as other:
        other.execute("SELECT * FROM meeting").fetchall()
        first = databases.restore(workplace, saved)
        meetings.start(workplace, texts={"title": "C"})
        second = databases.restore(workplace, saved)  # in the same second: the clock stands still
        assert other.execute("SELECT title FROM meeting").fetchall() == [("A",)]
    assert journal.verify(workplace).intact
    for kept, titles in ((first, "AB"), (second, "AC")):
        assert kept is not None
        with closing(sqlite3.connect(kept)) as copy:
            assert "".join(title for (title,) in copy.execute("SELECT title FROM meeting ORDER BY id")) == titles


def test_what_is_committed_beside_a_restore_is_in_one_of_the_files(workplace: Workplace, tmp_path: Path) -> None:
    """Somebody stores without a pause; whatever was acknowledged is in a copy that was kept, or in the database."""
    from vcops.operations import databases

    meetings.start(workplace, texts={"title": "A"})
    file = workplace.places.database_file
    databases.back_up(workplace, tmp_path / "backup.db")
    stop, acknowledged, kept = threading.Event(), list[str](), set[str]()

    def store() -> None:
        with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            for number in count():
                if stop.is_set():
                    return
                connection.execute("INSERT INTO meta VALUES (?, '')", [f"note-{number}"])
                acknowledged.append(f"note-{number}")

    def notes(one: Path) -> set[str]:
        with closing(sqlite3.connect(one)) as connection:
            return {key for (key,) in connection.execute("SELECT key FROM meta WHERE key LIKE 'note-%'")}

    writer = threading.Thread(target=store)
    writer.start()
    try:
        for _restore in range(10):
            seen = len(acknowledged)
            while len(acknowledged) < seen + 20:
                time.sleep(0.001)
            aside = databases.restore(workplace, tmp_path / "backup.db")
            assert aside is not None
            kept |= notes(aside)
    finally:
        stop.set()
        writer.join()
    assert set(acknowledged) <= kept | notes(file)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o755, 0o600), (0o770, 0o660), (0o1777, 0o666)])
def test_the_file_can_be_written_by_whoever_may_write_its_folder(workplace: Workplace, folder: int, file: int) -> None:
    home = workplace.places.data
    home.mkdir(parents=True)
    home.chmod(folder)
    meetings.start(workplace, texts={"title": "A"})
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in home.glob("vcops.db*")}
    assert set(modes.values()) == {file}
    assert "vcops.db-wal" in modes
