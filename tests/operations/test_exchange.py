"""Importing and exporting on real databases: all or none, nothing twice, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.exchange.workbook import write_workbook
from vcops.domain.meetings import Meeting
from vcops.domain.periods import Period
from vcops.errors import InvalidInput
from vcops.operations import exchange, meetings, tallies
from vcops.operations.exchange import ImportFaults
from vcops.operations.workplace import Workplace
from vcops.store import tables
from vcops.store.sheets import meetings_between
from vcops.store.tables import table_of

HEADER = "tanggal;mulai;selesai;judul;unit;ruang;jenis;moda;peserta;cara_hitung;platform;catatan\n"


def sheet(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    file = tmp_path / "rapat.csv"
    file.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def stored(workplace: Workplace) -> list[Meeting]:
    with workplace.store.reading() as connection:
        return meetings_between(connection)


def entries(workplace: Workplace) -> int:
    with workplace.store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table_of(tables.Journal))).scalar_one())


def test_an_indonesian_sheet_is_stored_and_tallied(any_workplace: Workplace, tmp_path: Path) -> None:
    file = sheet(
        tmp_path,
        "5/10/2026;09.00;10.30;Rapat anggaran;Bappeda;Ruang Data;diselenggarakan;daring;40;dihitung;Zoom;",
        "2026-10-06;13.00;s.d. selesai;Rapat koordinasi;Bappeda;;diikuti;hibrida;1.200;;;catatan",
    )
    result = exchange.import_meetings(any_workplace, file)
    assert (result.rows, result.stored, result.already_there, result.encoding) == (2, 2, 0, "UTF-8")
    assert (result.new_units, result.new_rooms) == (("Bappeda",), ("Ruang Data",))
    first, second = stored(any_workplace)
    assert (first.title, first.started_at, first.participants) == (
        "Rapat anggaran",
        datetime(2026, 10, 5, 2, tzinfo=UTC),
        40,
    )
    assert second.ended_at is None
    found = tallies.tally(any_workplace, Period.month("2026-10"), by="unit")
    assert (found.meetings, found.participants, found.not_ended) == (1, 40, 1)
    assert found.rows[0].key == "Bappeda"


def test_the_same_file_twice_stores_nothing_new(any_workplace: Workplace, tmp_path: Path) -> None:
    row = "5/10/2026;09.00;10.30;Rapat;Bappeda;;;;40;;;"
    exchange.import_meetings(any_workplace, sheet(tmp_path, row))
    before = entries(any_workplace)
    again = exchange.import_meetings(any_workplace, sheet(tmp_path, row.replace("5/10/2026;09.00", "2026-10-05;9")))
    assert (again.stored, again.already_there) == (0, 1)
    assert (len(stored(any_workplace)), entries(any_workplace)) == (1, before)
    more = exchange.import_meetings(any_workplace, sheet(tmp_path, row, row.replace("09.00", "08.00")))
    assert (more.stored, more.already_there) == (1, 1)


def test_equal_rows_are_two_meetings_and_are_said(any_workplace: Workplace, tmp_path: Path) -> None:
    row = "5/10/2026;09.00;10.30;Rapat;;;;;40;;;"
    file = sheet(tmp_path, row, row, row)
    assert (first := exchange.import_meetings(any_workplace, file)).stored == 3
    assert first.repeats == 2
    assert exchange.import_meetings(any_workplace, file).stored == 0
    assert exchange.import_meetings(any_workplace, sheet(tmp_path, row, row, row, row)).stored == 1


FAULTY = (
    "5/10/2026;09.00;10.30;Baik;;;;;40;;;",
    "31/2/2026;25.00;10.30;;;;;;-4;;;",
    "6/10/2026;09.00;08.00;Terbalik;;;kadang;;;;;",
)


def test_a_dry_run_lists_every_fault_by_line_and_column(any_workplace: Workplace, tmp_path: Path) -> None:
    result = exchange.import_meetings(any_workplace, sheet(tmp_path, *FAULTY), dry_run=True)
    assert {(fault.line, fault.heading) for fault in result.faults} == {
        (3, "tanggal"), (3, "mulai"), (3, "judul"), (3, "peserta"), (4, "selesai"), (4, "jenis"),
    }  # fmt: skip
    assert stored(any_workplace) == []


@pytest.mark.parametrize("said", ["besok", "28/11"])
def test_a_day_in_a_sheet_does_not_hang_on_when_it_is_read(workplace: Workplace, tmp_path: Path, said: str) -> None:
    row = f"{said};09.00;10.00;Rapat;;;;;;;;"
    result = exchange.import_meetings(workplace, sheet(tmp_path, row), dry_run=True)
    assert [(fault.heading, fault.error.code) for fault in result.faults] == [("tanggal", "form.date")]


def test_one_bad_row_keeps_all_others_out(any_workplace: Workplace, tmp_path: Path) -> None:
    any_workplace.store  # noqa: B018 - made before the count
    before = entries(any_workplace)
    with pytest.raises(exchange.ImportFaults) as caught:
        exchange.import_meetings(any_workplace, sheet(tmp_path, *FAULTY))
    assert caught.value.params["line"] == 3
    assert len(caught.value.result.faults) == 6
    assert (stored(any_workplace), entries(any_workplace)) == ([], before)


def test_names_very_like_known_ones_are_warned_about(workplace: Workplace, tmp_path: Path) -> None:
    with workplace.store.writing("test") as change:
        change.insert(tables.Unit, {"name": "Dinas Kesehatan"})
    result = exchange.import_meetings(workplace, sheet(
        tmp_path,
        "5/10/2026;9;10;A;Dinas Kesehatn;Ruang Data;;;1;;;",
        "5/10/2026;9;10;B;dinas kesehatan;Ruang Datta;;;1;;;",
    ))  # fmt: skip
    assert result.new_units == ("Dinas Kesehatn",)
    assert [(one.column, one.new, one.known) for one in result.near] == [
        ("unit", "Dinas Kesehatn", "Dinas Kesehatan"),
        ("room", "Ruang Datta", "Ruang Data"),
    ]


def test_a_workbook_is_imported(workplace: Workplace, tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", [
        ["tanggal", "mulai", "selesai", "judul", "peserta"],
        [date(2026, 10, 5), time(9), time(10, 30), "Rapat", 40],
        ["6/10/2026", "09.00", "selesai", "Rapat dua", ""],
    ])  # fmt: skip
    assert exchange.import_meetings(workplace, file).stored == 2
    first, second = stored(workplace)
    assert (first.started_at, first.ended_at, first.participants) == (
        datetime(2026, 10, 5, 2, tzinfo=UTC),
        datetime(2026, 10, 5, 3, 30, tzinfo=UTC),
        40,
    )
    assert (second.ended_at, second.participants) == (None, None)


def test_columns_can_be_named(workplace: Workplace, tmp_path: Path) -> None:
    file = sheet(tmp_path, "5/10/2026,9,Rapat,merah", header="Hari,Jam Mulai,Perihal,Warna\n")
    result = exchange.import_meetings(workplace, file, names={"Hari": "date", "Perihal": "judul"})
    assert (result.stored, result.unknown_columns) == (1, ("Warna",))
    with pytest.raises(InvalidInput, match=r"import\.no_column"):
        exchange.import_meetings(workplace, file)


def test_an_export_is_imported_elsewhere_with_everything_but_passcodes(
    open_place: Callable[..., Workplace], any_workplace: Workplace, tmp_path: Path
) -> None:
    exchange.import_meetings(any_workplace, sheet(
        tmp_path,
        "5/10/2026;22.00;23.30;=cmd|' /C calc'!A0;@Bappeda;Ruang -1;diikuti;luring;40;puncak;Zoom;"
        "\"dua\nbaris; koma, 'petik'\"",
        "6/10/2026;09.00;;Masih berjalan;;;;;;;;",
        "7/10/2026;22.00;23.00;WIT;;;;;5;;;",
    ))  # fmt: skip
    planned = meetings.plan(any_workplace, {
        "date": "2026-12-01", "start": "09.00", "end": "11.00", "title": "Rencana", "expected": "50",
        "contact_name": "Ibu Sari", "contact_phone": "+62 811", "passcode": "rahasia123", "link": "https://x.id/j?pwd=***",
        "team": "Budi", "service": "vip streaming", "zone": "WITA", "would_be_face_to_face": "ya",
    })  # fmt: skip
    gone = meetings.plan(any_workplace, {"date": "2026-12-02", "start": "9", "title": "Batal"})
    meetings.cancel(any_workplace, gone.id, "narasumber sakit")
    file = tmp_path / "keluar.csv"
    assert exchange.export_meetings(any_workplace, file) == 5
    assert "rahasia123" not in file.read_text(encoding="utf-8-sig")
    assert "\n=" not in file.read_text(encoding="utf-8-sig")
    assert ",=" not in file.read_text(encoding="utf-8-sig")

    other = open_place(home=tmp_path / "other")
    assert exchange.import_meetings(other, file).stored == 5
    here, there = stored(any_workplace), stored(other)
    assert [comparable(one) for one in there] == [comparable(one) for one in here]
    assert next(one for one in there if one.id == planned.id).passcode == ""
    assert exchange.import_meetings(other, file).stored == 0
    assert exchange.import_meetings(any_workplace, file).stored == 0
    second = tmp_path / "lagi.csv"
    exchange.export_meetings(other, second)
    assert second.read_bytes() == file.read_bytes()


def test_a_late_entry_stays_one_in_an_export(
    open_place: Callable[..., Workplace], any_workplace: Workplace, tmp_path: Path
) -> None:
    header = "tanggal;mulai;selesai;judul;dibukukan\n"
    exchange.import_meetings(any_workplace, sheet(tmp_path, "9/10/2026;13.00;15.00;Terlupa;23/11/2026", header=header))
    (late,) = stored(any_workplace)
    assert (late.belongs_to, late.local_day, late.held_day) == (202610, 20261123, 20261009)
    file = tmp_path / "keluar.csv"
    exchange.export_meetings(any_workplace, file)
    other = open_place(home=tmp_path / "other")
    exchange.import_meetings(other, file)
    assert [comparable(one) for one in stored(other)] == [comparable(late)]
    assert (tallies.tally(other, Period.month("2026-10")).meetings, len(stored(other))) == (0, 1)
    with pytest.raises(ImportFaults) as caught:
        exchange.import_meetings(other, sheet(tmp_path, "9/10/2026;13.00;15.00;Lain;23/10/2026", header=header))
    assert [one.error.code for one in caught.value.result.faults] == ["import.booked"]


def comparable(one: Meeting) -> dict[str, object]:
    """All but what is another row's id there, and the passcode."""
    return {name: getattr(one, name) for name in one.__slots__ if name not in {"unit_id", "room_id", "passcode"}}


def test_an_export_can_be_of_a_period(workplace: Workplace, tmp_path: Path) -> None:
    exchange.import_meetings(workplace, sheet(tmp_path, "5/9/2026;9;10;A;;;;;;;;", "5/10/2026;9;10;B;;;;;;;;"))
    assert exchange.export_meetings(workplace, tmp_path / "x.csv", Period.month("2026-10")) == 1


def test_an_export_holds_no_passcode_of_a_link(workplace: Workplace, tmp_path: Path) -> None:
    meetings.plan(workplace, {"date": "2026-12-01", "start": "9", "title": "A", "link": "https://x.id/j/9?pwd=rahasia"})
    exchange.export_meetings(workplace, tmp_path / "keluar.csv")
    written = (tmp_path / "keluar.csv").read_text(encoding="utf-8-sig")
    assert "https://x.id/j/9?pwd=***" in written
    assert "rahasia" not in written


FIRST, SECOND, THIRD = (f"01920000-0000-7000-8000-00000000000{digit}" for digit in "123")


def joined_sheet(tmp_path: Path, *rows: tuple[str, str, str]) -> Path:
    """A file of entries at one time: the id, what it counts with, its state."""
    lines = [f"{own};2026-10-05;09.00;10.00;Rapat;40;{other};{state}" for own, other, state in rows]
    return sheet(tmp_path, *lines, header="id;tanggal;mulai;selesai;judul;peserta;rapat_yang_sama;status\n")


def test_entries_of_one_meeting_count_once_after_an_import(any_workplace: Workplace, tmp_path: Path) -> None:
    exchange.import_meetings(any_workplace, joined_sheet(tmp_path, (SECOND, FIRST, ""), (FIRST, "", "")))
    exchange.import_meetings(any_workplace, joined_sheet(tmp_path, (SECOND, FIRST, ""), (THIRD, FIRST, "")))
    found = tallies.tally(any_workplace, Period.month("2026-10"))
    assert (found.meetings, found.participants, found.joined) == (1, 40, 2)


@pytest.mark.parametrize(
    "rows",
    [
        [(FIRST, FIRST, "")],
        [(FIRST, SECOND, ""), (SECOND, FIRST, "")],
        [(FIRST, SECOND, ""), (SECOND, "", "dibatalkan")],
        [(FIRST, THIRD, "")],
    ],
)
def test_an_entry_that_would_count_nowhere_is_refused(
    any_workplace: Workplace, tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    with pytest.raises(InvalidInput, match=r"meeting\.same_unknown"):
        exchange.import_meetings(any_workplace, joined_sheet(tmp_path, *rows))
    assert stored(any_workplace) == []


def test_an_import_counts_with_a_stored_entry_only_where_that_counts(any_workplace: Workplace, tmp_path: Path) -> None:
    exchange.import_meetings(any_workplace, joined_sheet(tmp_path, (SECOND, FIRST, ""), (FIRST, "", "")))
    with pytest.raises(InvalidInput, match=r"meeting\.same_unknown"):
        exchange.import_meetings(any_workplace, joined_sheet(tmp_path, (THIRD, SECOND, "")))


def test_an_id_that_stands_in_two_rows_is_named(workplace: Workplace, tmp_path: Path) -> None:
    own = "01a203f5-d2ca-71af-bc28-6a4959dc75fa"
    file = sheet(tmp_path, f"{own};5/10/2026;9;A", f"{own};6/10/2026;9;B", header="id;tanggal;mulai;judul\n")
    (fault,) = exchange.import_meetings(workplace, file, dry_run=True).faults
    assert (fault.line, fault.heading, fault.error.code) == (3, "id", "import.id_twice")


def test_a_plan_that_ends_before_it_begins_is_a_fault(workplace: Workplace, tmp_path: Path) -> None:
    file = sheet(
        tmp_path,
        "2026-10-05,09:00,10:00,A,2026-10-05T02:00:00Z,2026-10-05T01:00:00Z",
        header="date,start,end,title,planned_start,planned_end\n",
    )
    (fault,) = exchange.import_meetings(workplace, file, dry_run=True).faults
    assert (fault.line, fault.heading, fault.error.code) == (2, "planned_end", "meeting.planned_end_before_start")


def test_a_moment_of_another_age_is_a_fault(workplace: Workplace, tmp_path: Path) -> None:
    header = "date,start,title,state,planned_start\n"
    file = sheet(tmp_path, "2026-10-05,9,A,ended,0001-01-01T00:00:00+07:00", header=header)
    (fault,) = exchange.import_meetings(workplace, file, dry_run=True).faults
    assert fault.error.code == "import.moment"
