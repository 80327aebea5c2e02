"""Whatever a report is made into, its totals are the same: read back from PDF, workbook, sheet, text and JSON."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.documents.formulas import read_book
from tests.documents.reading import pages_of, said_by
from tests.lab.clocks import SetClock
from tests.operations.test_closing import NO_REPORT, october
from tests.operations.test_reports import ESTIMATE
from tests.operations.test_tallies import kalbar_meetings, log
from vcops import locale
from vcops.domain.periods import Period
from vcops.formats import read_number, read_rupiah
from vcops.operations import closing, corrections, papers, reports, tariffs
from vcops.operations.workplace import Workplace
from vcops.store.tables import Unit

Figures = tuple[int, int, list[int], list[int]]
"""Meetings, participants, and of each total gross and net."""


def from_text(text: str) -> Figures:
    """Read running text, of the PDF or of the plain paper: the recap's last row, the sums of each total."""
    text = " ".join(text.split())
    meetings, people = re.findall(r"Jumlah ([\d.]+) ([\d.]+)", text)[0]
    gross = re.findall(r"Bruto ?: (?:sekurang-kurangnya )?(Rp[\d.]+)", text)
    net = re.findall(r"Neto ?: (?:sekurang-kurangnya )?(Rp[\d.]+)", text.partition("BIAYA YANG DIHINDARI")[2])
    amounts = ([read_rupiah(one) for one in found] for found in (gross, net))
    return (read_number(meetings), read_number(people), *amounts)


def from_rows(rows: list[list[Any]], amount: int) -> Figures:
    """Read a sheet's rows; amounts stand in the column `amount`."""
    held = {row[0]: row for row in reversed(rows) if row}
    sums = {name: [int(row[amount]) for row in rows if row and row[0] == name] for name in ("Bruto", "Neto")}
    return int(held["Rapat terlaksana"][1]), int(held["Peserta"][1]), sums["Bruto"], sums["Neto"]


def from_json(document: dict[str, Any]) -> Figures:
    tally = document["tally"]
    totals = tally["totals"]
    return tally["meetings"], tally["participants"], [one["gross"] for one in totals], [one["net"] for one in totals]


def many_units(workplace: Workplace) -> Period:
    """Two tariffs in one quarter, own costs, names that a spreadsheet would take for something else."""
    tariffs.adopt(workplace, "kalbar-2020", date(2026, 1, 1))
    texts = {"title": "SSH", "basis": "Pergub 1", "catering": "65000", "travel": "150000", "method": "per_head"}
    tariffs.type_in(workplace, texts, date(2026, 8, 16))
    with workplace.store.writing("test") as change:
        names = ("Biro Umum", "BIRO UMUM", "*", "=1+1", "Dinas ~?", "x" * 300, "12", "Mei 2026", "TRUE")
        units: list[str | None] = [change.insert(Unit, {"name": name}) for name in names]
    units.append(None)
    log(workplace, [
        {
            "local_day": 20260701 + (place % 3) * 100 + place % 27,
            "participants": None if place % 11 == 0 else place,
            "kind": ("hosted", "attended", "")[place % 3],
            "mode": ("online", "hybrid", "on-site")[place % 4 % 3],
            "in_room": place // 2 if place % 5 else None,
            "travellers": place % 4,
            "unit_id": units[place % len(units)],
            "title": '=HYPERLINK("http://x")' if place % 2 else "@SUM(A1)",
        }
        for place in range(120)
    ])  # fmt: skip
    return Period.quarter("2026-3")


def kalbar(workplace: Workplace) -> Period:
    tariffs.adopt(workplace, "kalbar-2020", date(2020, 1, 1))
    log(workplace, kalbar_meetings())
    return Period.between("2020-03", "2020-10")


@pytest.mark.parametrize("example", [kalbar, many_units])
def test_all_say_the_same(workplace: Workplace, tmp_path: Path, vcops, example: Any) -> None:
    locale.use("id")
    period = example(workplace)
    report = reports.over(workplace, period)
    pdf, book, sheet = (tmp_path / f"a.{kind}" for kind in ("pdf", "xlsx", "csv"))
    papers.print_report(workplace, report, pdf)
    reports.write_workbook(report, book)
    reports.write_csv(report, sheet)
    totals = report.tally.totals
    ours: Figures = (
        report.tally.meetings, report.tally.participants, [one.gross for one in totals], [one.net for one in totals],
    )  # fmt: skip
    assert from_text(said_by(pdf.read_bytes())) == ours
    assert from_text(reports.as_text(report)) == ours
    assert from_rows(CalamineWorkbook.from_path(book).get_sheet_by_name("Rekap").to_python(), 3) == ours
    read = list(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert from_rows(read, 3) == ours
    words = ("report", "period", "--from", period.first, "--to", period.last, "--json")
    assert from_json(vcops(*words).json) == ours
    if example is kalbar:
        assert ours == (395, 39_500, [8_492_500_000], [8_492_500_000])


@pytest.mark.parametrize("example", [kalbar, many_units])
def test_every_formula_comes_to_what_stands_beside_it(workplace: Workplace, tmp_path: Path, example: Any) -> None:
    locale.use("id")
    reports.write_workbook(reports.over(workplace, example(workplace)), tmp_path / "a.xlsx")
    book = read_book(tmp_path / "a.xlsx")
    wrong = {at: book.formulas[at] for at in book.formulas if book.reckoned(*at) != book.values[at]}
    assert not wrong
    assert len(book.formulas) > 300
    assert {re.match(r"[A-Z]+", one)[0] for one in book.formulas.values() if "(" in one} >= {
        "SUM",
        "SUMIFS",
        "COUNTIFS",
    }  # type: ignore[index]


def test_a_tariff_of_which_only_the_words_changed_is_one_in_the_workbook(workplace: Workplace, tmp_path: Path) -> None:
    """Its total bears the newest words; a unit that met only before the change has its amount all the same."""
    locale.use("id")
    tariffs.adopt(workplace, "kalbar-2020", date(2026, 1, 1))
    first = workplace.handbook.tariffs["kalbar-2020"]
    renamed = tuple(
        one.model_copy(update={"title": one.title.model_copy(update={"id": f"{one.title.id} baru"})})
        for one in first.components
    )
    workplace.handbook.tariffs["kalbar-2020"] = first.model_copy(update={"components": renamed})
    tariffs.adopt(workplace, "kalbar-2020", date(2026, 10, 16))
    with workplace.store.writing("test") as change:
        units = [change.insert(Unit, {"name": name}) for name in ("Lama", "Baru")]
    log(workplace, [
        {"local_day": day, "participants": 10, "kind": "hosted", "unit_id": unit}
        for day, unit in ((20261001, units[0]), (20261020, units[1]), (20261021, units[1]))
    ])  # fmt: skip
    report = reports.month(workplace, "2026-10")
    assert [one.gross for one in report.tally.totals] == [64_500_000]
    reports.write_workbook(report, tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("Rekap").to_python()
    assert [row[3] for row in rows if row[0] in {"Lama", "Baru"}] == [43_000_000, 21_500_000]
    book = read_book(tmp_path / "a.xlsx")
    assert not {at: book.formulas[at] for at in book.formulas if book.reckoned(*at) != book.values[at]}


def test_nothing_that_people_typed_is_calculated(workplace: Workplace, tmp_path: Path) -> None:
    reports.write_workbook(reports.over(workplace, many_units(workplace)), tmp_path / "a.xlsx")
    book = read_book(tmp_path / "a.xlsx")
    assert not [text for text in book.formulas.values() if "HYPERLINK" in text or "1+1" in text]
    assert '=HYPERLINK("http://x")' in book.values.values()
    assert "=1+1" in book.values.values()


def test_what_a_spreadsheet_would_round_is_written_as_text(workplace: Workplace, tmp_path: Path) -> None:
    """Beyond fifteen digits, which is before 2^53, a cell no longer holds every rupiah."""
    locale.use("id")
    texts = {"title": "Besar", "basis": "Pergub 1", "catering": "Rp9.000.000.001", "method": "per_head"}
    tariffs.type_in(workplace, texts, date(2026, 1, 1))
    log(workplace, [{"local_day": 20261001 + day, "participants": 100_000, "kind": "hosted"} for day in range(21)])
    report = reports.month(workplace, "2026-10")
    assert report.tally.totals[0].gross == 18_900_000_002_100_000 > 2**53
    reports.write_workbook(report, tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("Rekap").to_python()
    assert {row[3] for row in rows if row[0] in {"Bruto", "Neto"}} == {"Rp18.900.000.002.100.000"}
    papers.print_report(workplace, report, tmp_path / "a.pdf")
    assert "Rp18.900.000.002.100.000" in said_by((tmp_path / "a.pdf").read_bytes())


def test_one_meeting_is_a_sheet_and_a_workbook_too(workplace: Workplace, tmp_path: Path, vcops) -> None:
    tariffs.adopt(workplace, "kalbar-2020", date(2026, 1, 1))
    log(workplace, [{
        "id": "abcd1234", "local_day": 20261001, "participants": 40, "kind": "hosted", "title": "=1+1", "letter": "005",
    }])  # fmt: skip
    sheet, book = tmp_path / "a.csv", tmp_path / "a.xlsx"
    done = vcops("report", "meeting", "abcd1234", "--csv", sheet, "--xlsx", book, "--json", lang="id")
    assert done.status == 0
    assert done.json["total"]["gross"] == 21_500_000
    assert done.json["meeting"]["participants"] == 40
    read = list(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert ["Bruto", "21500000"] in read
    assert ["Surat", "005"] in read
    rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    assert ["Bruto", 21_500_000] in [row[:2] for row in rows]
    assert ["Surat", "005"] in [row[:2] for row in rows]
    assert not read_book(book).formulas


def test_what_is_no_amount_of_the_office_says_so_in_every_sheet(workplace: Workplace, tmp_path: Path) -> None:
    locale.use("id")
    log(workplace, [{"local_day": 20261001, "participants": 40, "kind": "hosted"}])
    report = reports.month(workplace, "2026-10", "kalbar-2020")
    sheet, book, paper = (tmp_path / f"a.{kind}" for kind in ("csv", "xlsx", "pdf"))
    reports.write_csv(report, sheet)
    reports.write_workbook(report, book)
    papers.print_report(workplace, report, paper)
    said = "SIMULASI"
    assert said in sheet.read_text(encoding="utf-8-sig")
    assert any(said in str(value) for value in read_book(book).values.values())
    assert all(said in page for page in pages_of(paper.read_bytes()))
    with zipfile.ZipFile(book) as parts:
        below = [parts.read(f"xl/worksheets/sheet{place}.xml").decode() for place in (1, 2, 3)]
    assert all(ESTIMATE in one.partition("<oddFooter>")[2] for one in below)


def test_a_correction_is_told_in_workbook_and_sheet_as_on_paper(
    workplace: Workplace, tmp_path: Path, clock: SetClock
) -> None:
    locale.use("id")
    wrong, *_others = october(workplace)
    closing.close(workplace, Period.month("2026-10"), [NO_REPORT])
    clock.now = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)
    corrections.correct(workplace, wrong.id, "salah hitung", {"participants": "4"})
    report = reports.month(workplace, "2026-10")
    reports.write_csv(report, tmp_path / "a.csv")
    reports.write_workbook(report, tmp_path / "a.xlsx")
    read = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("Rekap").to_python()
    for found in ([[str(cell) for cell in row] for row in read], rows):
        assert any("Setelah koreksi:" in str(row[0]) for row in found if row)
        assert any("salah hitung" in str(row[0]) for row in found if row)
    assert ["Peserta setelah koreksi", "84"] in [row[:2] for row in read]
    assert -21_500_000 in [row[3] for row in rows]
    assert "-21500000" in [row[3] for row in read if len(row) > 3]
