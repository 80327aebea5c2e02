"""Tables out of files, in the encodings and with the oddities that offices produce."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.workbook import write_workbook
from vcops.errors import InvalidInput, StorageError
from vcops.exchange import columns_of_header, read_table, safe_cell, write_csv
from vcops.exchange.cells import cell_text

TEXT = "tanggal;mulai;judul\n2026-10-05;09.00;Rapat “anggaran”\n"


def cells(path: Path) -> list[list[str]]:
    return [[str(cell) for cell in line.cells] for line in read_table(path).lines]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_every_encoding_gives_the_same_table(tmp_path: Path, encoding: str, named: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(TEXT.encode(encoding))
    table = read_table(file)
    assert (table.header, table.encoding) == (("tanggal", "mulai", "judul"), named)
    assert cells(file) == [["2026-10-05", "09.00", "Rapat “anggaran”"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_separators_are_sniffed(tmp_path: Path, separator: str, newline: str) -> None:
    file = tmp_path / "a.csv"
    lines = ["date,start,title", '2026-10-05,9,"a, b; c"', "", '2026-10-06,9,"two\nlines"', "2026-10-07,9,x"]
    text = newline.join(line if '"' in line else line.replace(",", separator) for line in lines)
    file.write_text(text.replace('05,9,"', f'05{separator}9{separator}"').replace(
        '06,9,"', f'06{separator}9{separator}"'), encoding="utf-8", newline="")  # fmt: skip
    table = read_table(file)
    assert [(line.number, line.cells[2]) for line in table.lines] == [(2, "a, b; c"), (4, "two\nlines"), (6, "x")]


def test_a_letterhead_above_the_table_is_skipped_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("sep=;\nDINAS KOMINFO;;\nRekap;;\n\nTanggal;Mulai;Judul\n1/10/2026;9;x\n", encoding="utf-8")
    table = read_table(file)
    assert table.header == ("Tanggal", "Mulai", "Judul")
    assert table.lines[0].number == 6


def test_a_workbook_with_real_dates_and_times(tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", [
        ["Rekap rapat"], ["tanggal", "mulai", "judul", "peserta"], [date(2026, 10, 5), time(9, 5), "Rapat", 40],
    ])  # fmt: skip
    table = read_table(file)
    places = columns_of_header(table.header).places
    (line,) = table.lines
    assert line.number == 3
    assert {column: cell_text(column, line.cells[place]) for column, place in places.items()} == {
        "date": "2026-10-05", "start": "09:05", "title": "Rapat", "participants": "40",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "text"),
    [
        ("date", 46300, "2026-10-05"), ("start", 0.375, "09:00"), ("start", 0.374999, "09:00"),
        ("participants", 40.0, "40"),
        ("participants", 1.5, "1.5"), ("outside_agencies", True, "yes"), ("title", date(2026, 1, 2), "2026-01-02"),
        ("title", "'=1+1", "=1+1"), ("title", "'tis", "'tis"), ("notes", None, ""),
    ],
)  # fmt: skip
def test_cells_become_what_people_would_type(column: str, cell: object, text: str) -> None:
    assert cell_text(column, cell) == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import.empty"),
        (b"\n\n;;;\n", "import.empty"),
        (b'date,start,title\n2026-10-05,9,"open\nend', "import.bad_csv"),
        (b"\x00\x01\x02binary", "import.not_text"),
        (b"\xff\xfe\x00", "import.not_text"),
        (b"PK\x03\x04 not a workbook", "import.bad_sheet"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "a"
    file.write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        read_table(file)
    assert caught.value.code == code


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"import\.unreadable"):
        read_table(tmp_path / "no.csv")


def test_headings_in_both_languages_and_in_any_order() -> None:
    found = columns_of_header(["Judul", "CATATAN", "Unit Kerja", "tanggal", "Jam Mulai", "Nama Aneh", ""])
    assert found.places == {"title": 0, "notes": 1, "unit": 2, "date": 3, "start": 4}
    assert found.unknown == ("Nama Aneh",)


def test_map_names_a_heading() -> None:
    header = ["Hari", "Jam", "Soal"]
    assert columns_of_header(header, {"hari": "tanggal", "Soal": "title"}).places == {
        "date": 0,
        "start": 1,
        "title": 2,
    }
    for names, code in (
        ({"Hari": "tgll"}, "import.map_unknown"),
        ({"Nama": "title"}, "import.map_missing"),
        ({"Hari": "date"}, "import.no_column"),
        ({"Hari": "start", "Soal": "title"}, "import.column_twice"),
    ):
        with pytest.raises(InvalidInput) as caught:
            columns_of_header(header, names)
        assert caught.value.code == code


@pytest.mark.parametrize("text", ["=1+1", "+62 811", "-", "@x", "'=x", "\tx"])
def test_no_cell_is_a_formula_and_reading_takes_the_guard_off(text: str) -> None:
    guarded = safe_cell(text)
    assert guarded == "'" + text
    if not text.startswith("\t"):
        assert cell_text("title", guarded) == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\t\n")))
def test_what_is_written_is_read_back(text: str) -> None:
    assert cell_text("title", safe_cell(text)) == text
    assert safe_cell(text)[:1] not in {"=", "+", "-", "@"}


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    write_csv(file, [["date", "start", "title"], ["2026-10-05", "9", "=A1;b"]])
    assert file.read_bytes().startswith(b"\xef\xbb\xbfdate,start,title\r\n")
    assert cells(file) == [["2026-10-05", "9", "'=A1;b"]]
    with pytest.raises(StorageError, match=r"export\.cannot_write"):
        write_csv(tmp_path / "no" / "a.csv", [])
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
