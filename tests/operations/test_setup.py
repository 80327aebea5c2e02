"""The first start: what is stored, what is refused whole, where the data may lie."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.lab.clocks import SetClock
from vcops.errors import Conflict, InvalidInput, StorageError
from vcops.operations import directory, journal, setup, tallies, tariffs
from vcops.operations.shared_data import make_shared, shared_by
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options, find_places

ANSWERS = {
    "office": "Dinas Kesehatan",
    "zone": "WITA",
    "room": "Ruang Rapat",
    "who": "Operator A",
    "server": "https://speed.example.go.id/backend/",
    "tariff": "typed",
    "travel": "15 juta",
    "catering": "Rp6.500.000,-",
}


def test_everything_answered_is_stored(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    assert setup.first_run(workplace)
    setup.set_up(workplace, ANSWERS)
    office = directory.office(workplace)
    assert (office.name, office.zone) == ("Dinas Kesehatan", "Asia/Makassar")
    assert office.measure_servers == ("https://speed.example.go.id/backend/",)
    (room,) = directory.rooms(workplace)
    assert (room.name, room.zone) == ("Ruang Rapat", "Asia/Makassar")
    assert [one.name for one in directory.people(workplace)] == ["Operator A"]
    assert workplace.who == "Operator A"
    adopted = tariffs.in_force(workplace, tallies.today(workplace))
    assert adopted is not None
    assert [one.amount for one in adopted.tariff.components] == [15_000_000, 6_500_000]
    assert not setup.first_run(workplace)
    assert not journal.verify(workplace).faults


def test_empty_answers_store_nothing(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    setup.set_up(workplace, {"office": " ", "zone": "WIB", "tariff": "none", "data": "own"})
    assert setup.first_run(workplace)


def test_the_example_tariff_is_adopted_by_its_id(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    setup.set_up(workplace, {"tariff": "kalbar-2020"})
    adopted = tariffs.in_force(workplace, tallies.today(workplace))
    assert adopted is not None
    assert adopted.tariff.id == "kalbar-2020"


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"zone": "GMT"}, "zone"),
        ({"server": "speed.example.go.id"}, "server"),
        ({"travel": "banyak"}, "travel"),
        ({"catering": "Rp1,2,3"}, "catering"),
        ({"travel": "", "catering": ""}, "travel"),
        ({"travel": "0", "catering": ""}, "travel"),
        ({"catering": "1.000.000.000.000.000"}, "catering"),
        ({"tariff": "none"}, "tariff"),
        ({"tariff": "kalbar-2020", "travel": ""}, "tariff"),
        ({"tariff": "none", "travel": "banyak"}, "travel"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_stored(
    open_place: Callable[..., Workplace], wrong: dict[str, str], column: str
) -> None:
    workplace = open_place()
    with pytest.raises(InvalidInput) as raised:
        setup.set_up(workplace, {**ANSWERS, **wrong})
    assert raised.value.params["column"] == column
    assert setup.first_run(workplace)
    assert directory.people(workplace) == []


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine-wide folder, moved into the test's own."""
    folder = tmp_path / "machine" / "vcops"
    folder.parent.mkdir()
    for module in ("vcops.settings", "vcops.operations.setup", "vcops.operations.shared_data"):
        monkeypatch.setattr(f"{module}.machine_wide_data", lambda: folder)
    return folder


def own_place(clock: SetClock) -> Workplace:
    return open_workplace(Options(who="Sari"), clock)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_machine_wide_data_are_found_again_and_open_to_all(shared: Path, clock: SetClock) -> None:
    workplace = own_place(clock)
    setup.set_up(workplace, {"office": "Kantor", "data": "machine"})
    workplace.close()
    assert workplace.database_file == shared / "vcops.db"
    assert shared.stat().st_mode & 0o7777 == 0o1777
    assert (shared / "vcops.db").stat().st_mode & 0o777 == 0o666
    assert find_places(None).data == shared
    again = own_place(clock)
    assert directory.office(again).name == "Kantor"
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_group_for_it_keeps_all_others_out(shared: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    import grp

    monkeypatch.setattr("vcops.operations.shared_data.GROUP", grp.getgrgid(os.getegid()).gr_name)
    workplace = own_place(clock)
    setup.set_up(workplace, {"office": "Kantor", "data": "machine"})
    assert shared.stat().st_mode & 0o7777 == 0o2770
    assert {one.stat().st_mode & 0o777 for one in shared.iterdir() if one.is_file()} == {0o660}
    workplace.close()
    assert shared_by(shared) == grp.getgrgid(os.getegid()).gr_name


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_the_office_s_own_pages_are_shared_with_the_data(shared: Path, clock: SetClock) -> None:
    workplace = own_place(clock)
    setup.set_up(workplace, {**ANSWERS, "data": "machine"})
    workplace.close()
    assert (shared / "handbook" / "tariffs").stat().st_mode & 0o7777 == 0o1777
    assert (shared / "handbook").stat().st_mode & 0o7777 == 0o1777


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_folder_that_an_administrator_made_stays_as_it_is(shared: Path, clock: SetClock) -> None:
    shared.mkdir()
    shared.chmod(0o2775)
    workplace = own_place(clock)
    setup.set_up(workplace, {"office": "Kantor", "data": "machine"})
    workplace.close()
    assert shared.stat().st_mode & 0o7777 == 0o2775
    assert (shared / "vcops.db").stat().st_mode & 0o777 == 0o660


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="takes the accounts of two people")
def test_two_accounts_write_in_one_shared_folder(clock: SetClock) -> None:
    """One leaves the files beside the database behind, or open; the other writes on all the same."""
    import tempfile

    with tempfile.TemporaryDirectory(dir="/tmp") as root:  # pytest's own folders are closed to others
        folder = Path(root) / "vcops"
        Path(root).chmod(0o755)
        make_shared(folder, "vcops.db")
        assert (folder.stat().st_mode & 0o7777, (folder / "vcops.db").stat().st_mode & 0o777) == (0o1777, 0o666)
        for account in (65534, 65533, 65534):
            writer = multiprocessing.get_context("fork").Process(target=_write_as, args=(account, folder / "vcops.db"))
            writer.start()
            writer.join()
            assert writer.exitcode == 0
        with closing(sqlite3.connect(folder / "vcops.db")) as connection:
            assert connection.execute("SELECT count(*) FROM wrote").fetchone() == (6,)


def _write_as(account: int, file: Path) -> None:
    """Write twice as somebody else; the second time the power goes, and the files beside the database stay."""
    os.setgroups([])
    os.setgid(account)
    os.setuid(account)
    for stays in (False, True):
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS wrote (id INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO wrote DEFAULT VALUES")
        if not stays:
            connection.close()
    os._exit(0)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_shared_folder_that_cannot_be_made_is_said_and_nothing_is_stored(shared: Path, clock: SetClock) -> None:
    shared.parent.rmdir()
    shared.parent.write_text("a file where a folder should be")
    workplace = own_place(clock)
    with pytest.raises(StorageError) as raised:
        setup.set_up(workplace, {"office": "Kantor", "data": "machine"})
    assert raised.value.code == "setup.machine_wide"
    assert setup.first_run(workplace)
    assert workplace.database_file != shared / "vcops.db"


def test_data_in_use_stay_where_they_are(shared: Path, clock: SetClock) -> None:
    workplace = own_place(clock)
    directory.add_room(workplace, {"name": "Ruang"})
    with pytest.raises(Conflict) as raised:
        setup.set_up(workplace, {"data": "machine"})
    assert raised.value.code == "setup.data_in_use"
    assert [one.name for one in directory.rooms(workplace)] == ["Ruang"]
    workplace.close()


def test_a_folder_chosen_by_an_option_is_not_moved(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    assert not setup.may_move_data(workplace)
    with pytest.raises(Conflict) as raised:
        setup.set_up(workplace, {"data": "machine"})
    assert raised.value.code == "setup.data_chosen"
