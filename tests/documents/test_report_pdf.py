"""The printed period: its first page, what every page says, its code, paper, photographs, an office's template."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader

from tests.documents.reading import assert_archival, pages_of, said_by
from tests.operations.test_runs import write_small
from tests.operations.test_tallies import kalbar_meetings, log
from vcops import locale
from vcops.domain.closings import Closing
from vcops.domain.meetings import Incident
from vcops.domain.periods import Period
from vcops.domain.reports import Report, ReportIncident
from vcops.errors import InvalidInput
from vcops.exchange.pdf_codes import codes_in
from vcops.operations import attachments, directory, meetings, papers, reports, runs, signatories, tariffs
from vcops.operations.workplace import Workplace
from vcops.store.tables import Unit

ESTIMATE = "Estimasi biaya yang dihindari; bukan realisasi atau sisa anggaran"
CLOSING = Closing(
    id="1", month=202003, digest="5b" * 32, closed_at=datetime(2020, 4, 2, tzinfo=UTC), closed_by="Sari",
    number="045/117/2020", signed_on=20200403,
)  # fmt: skip


@pytest.fixture
def office(workplace: Workplace) -> Workplace:
    locale.use("id")
    directory.set_office(workplace, {
        "name": "Dinas Komunikasi dan Informatika", "address": "Jl. Sutan Syahrir 1", "place": "Pontianak",
    })  # fmt: skip
    tariffs.adopt(workplace, "kalbar-2020", date(2020, 1, 1))
    log(workplace, kalbar_meetings())
    return workplace


def pdf_of(place: Workplace, report: Report, tmp_path: Path, **how: str) -> bytes:
    file = tmp_path / "laporan.pdf"
    papers.print_report(place, report, file, **how)  # type: ignore[arg-type]
    return file.read_bytes()


def closed(report: Report) -> Report:
    return replace(report, closings=(CLOSING,), draft=False)


def test_every_page_says_that_it_is_a_draft_and_that_amounts_are_estimates(office: Workplace, tmp_path: Path) -> None:
    pages = pages_of(pdf_of(office, reports.over(office, Period.between("2020-03", "2020-10")), tmp_path))
    assert len(pages) > 10
    for place, page in enumerate(pages, 1):
        assert "KONSEP: periode ini belum ditutup" in page
        assert page.count("KONSEP") >= 2  # below the text, and across the page
        assert ESTIMATE in page
        assert f"Halaman {place} dari {len(pages)}" in page


def test_a_closed_month_bears_its_code_number_and_date_and_no_draft(office: Workplace, tmp_path: Path) -> None:
    made = pdf_of(office, closed(reports.month(office, "2020-03")), tmp_path)
    for page in pages_of(made):
        assert "KONSEP" not in page
        assert f"Kode verifikasi data, bukan tanda tangan elektronik: {CLOSING.code}" in page
    said = said_by(made)
    assert "Nomor: 045/117/2020" in said
    assert "Pontianak, 3 April 2020" in said


def test_a_telephone_reads_the_code_of_a_closed_month(office: Workplace, tmp_path: Path) -> None:
    made = pdf_of(office, closed(reports.month(office, "2020-03")), tmp_path)
    pages = pypdfium2.PdfDocument(made)
    for page in pages:
        picture = np.asarray(page.render(scale=3).to_numpy())[:, :, :3]
        read, *_rest = cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(picture[-360:]))
        assert read.splitlines() == [CLOSING.code, f"sha256:{CLOSING.digest}"]
    pages.close()


def test_the_file_of_a_year_bears_the_code_of_every_month(office: Workplace, tmp_path: Path) -> None:
    months = tuple(replace(CLOSING, id=str(month), month=202000 + month) for month in range(3, 11))
    report = replace(reports.over(office, Period.between("2020-03", "2020-10")), closings=months, draft=False)
    pdf_of(office, report, tmp_path)
    assert codes_in(tmp_path / "laporan.pdf") == [one.code for one in months]


def test_it_is_an_archival_file_and_the_same_twice(office: Workplace, tmp_path: Path) -> None:
    report = closed(reports.month(office, "2020-03"))
    first = pdf_of(office, report, tmp_path)
    assert first == pdf_of(office, report, tmp_path)
    assert_archival(first, "id", "20261123")
    assert any("Maret 2020" in one for one in alternatives(first))


def alternatives(pdf: bytes) -> list[str]:
    """What the file says of its figures to who cannot see them."""
    found: list[str] = []
    waiting = [PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found += [str(node["/Alt"])] if "/Alt" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return found


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", ["a4", "f4"])
def test_the_summary_has_the_first_page_to_itself_whatever_it_holds(
    office: Workplace, tmp_path: Path, language: str, size: str
) -> None:
    long = "Badan Perencanaan Pembangunan, Riset, dan Inovasi Daerah Unit Pelaksana Teknis " * 6
    with office.store.writing("test") as change:
        units = [change.insert(Unit, {"name": f"{place} {long}"}) for place in range(6)]
    log(office, [{"local_day": 20200302, "unit_id": unit, "participants": 9} for unit in units])
    locale.use(language)
    made = pdf_of(office, reports.month(office, "2020-03"), tmp_path, size=size)
    first, second, *_others = pages_of(made)
    assert "1. " + {"id": "RINGKASAN", "en": "SUMMARY"}[language] in first
    assert "5 Badan" not in first  # the sixth unit stands in the recap alone
    assert {"id": "2. REKAP PER UNIT KERJA", "en": "2. RECAP BY UNIT"}[language] in second
    box = PdfReader(io.BytesIO(made)).pages[0].mediabox
    assert [round(float(one) * 25.4 / 72) for one in box[2:]] == {"a4": [210, 297], "f4": [215, 330]}[size]


def test_the_office_chooses_its_paper(office: Workplace, tmp_path: Path) -> None:
    directory.set_office(office, {"paper": "folio"})
    box = PdfReader(io.BytesIO(pdf_of(office, reports.month(office, "2020-03"), tmp_path))).pages[0].mediabox
    assert round(float(box[3]) * 25.4 / 72) == 330


def test_an_empty_month_is_short_and_whole(workplace: Workplace, tmp_path: Path) -> None:
    locale.use("id")
    pages = pages_of(pdf_of(workplace, reports.month(workplace, "2026-10"), tmp_path))
    assert len(pages) <= 2
    assert "Tidak ada rapat yang berakhir" in " ".join(pages)
    assert "Rp" not in " ".join(pages)


@pytest.mark.parametrize("size", ["a4", "f4"])
@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_nobody_signs_a_page_that_says_nothing(workplace: Workplace, tmp_path: Path, count: int, size: str) -> None:
    locale.use("id")
    signatories.put(workplace, "made", {"name": "Budi", "position": "Sekretaris"})
    if count:
        tariffs.adopt(workplace, "kalbar-2020", date(2026, 1, 1))
    log(workplace, [{"local_day": 20261001 + place, "participants": 9} for place in range(count)])
    last = pages_of(pdf_of(workplace, reports.month(workplace, "2026-10"), tmp_path, size=size))[-1]
    assert "Demikian laporan ini" in last
    assert "BIAYA YANG DIHINDARI" in last.partition("Demikian")[0]


def test_incidents_are_listed_with_what_was_done(office: Workplace, tmp_path: Path) -> None:
    at = datetime(2020, 3, 4, 2, 0, tzinfo=UTC)
    incident = Incident(
        id="1", meeting_id="m", started_at=at, text="#suara putus", action="*ganti* kabel",
        recovered_at=at.replace(minute=9), by="",
    )  # fmt: skip
    report = replace(
        reports.month(office, "2020-03"), incidents=(ReportIncident(incident, "Rakor [b]", "Asia/Jakarta"),)
    )
    said = said_by(pdf_of(office, report, tmp_path))
    for text in ("04/03/2020", "09.00", "Rakor [b]", "#suara putus", "*ganti* kabel", "9 menit"):
        assert text in said


def test_an_acting_official_and_one_on_behalf_sign(office: Workplace, tmp_path: Path) -> None:
    signatories.put(office, "acknowledged", {"name": "Siti", "position": "Kepala Dinas", "capacity": "Plt."})
    signatories.put(
        office, "made", {"name": "Budi", "position": "Sekretaris", "capacity": "a.n.", "principal": "Kepala Bidang"}
    )
    said = said_by(pdf_of(office, reports.month(office, "2020-03"), tmp_path))
    assert "Plt. Kepala Dinas" in said
    assert "a.n. Kepala Bidang Sekretaris" in said


def test_photographs_stand_in_the_annex_and_a_changed_one_is_named(workplace: Workplace, tmp_path: Path) -> None:
    locale.use("id")
    write_small(workplace.places.config)
    held = meetings.add(workplace, {"title": "Rakor", "date": "2026-11-20", "start": "08.00", "end": "09.00"})
    run = runs.start(workplace, "small", meeting_id=held.id)
    files = [tmp_path / name for name in ("a.jpg", "b.png", "broken.jpg", "changed.jpg", "notes.txt")]
    picture = np.full((30, 40, 3), 90, np.uint8)
    for file in files[:2] + files[3:4]:
        cv2.imwrite(str(file), picture)
    files[1].write_bytes(files[0].read_bytes())  # of another kind than its name says
    files[2].write_bytes(b"\xff\xd8\xff\xe0 no picture")
    files[4].write_text("no picture at all")
    attachments.attach(workplace, run.id, run.steps()[0].id, files)
    files[3].write_bytes(b"something else")
    report = reports.month(workplace, "2026-11")
    assert [Path(one.path).name for one in report.photos] == ["a.jpg", "b.png", "broken.jpg", "changed.jpg"]
    made = pdf_of(workplace, report, tmp_path)
    assert "LAMPIRAN: FOTO" in said_by(made)
    assert "changed.jpg berubah sejak dilampirkan" in said_by(made)
    shown = [image for page in PdfReader(io.BytesIO(made)).pages for image in page.images]
    assert len(shown) == 2
    assert "LAMPIRAN: FOTO" in reports.as_text(report)


def test_a_faulty_template_of_the_office_is_named_and_the_shipped_one_is_not_used(
    office: Workplace, tmp_path: Path
) -> None:
    folder = office.handbook_folder / "templates"
    folder.mkdir(parents=True)
    (folder / "report.typ").write_text('#import "blocks.typ": *\n\n#tidak-ada', encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        pdf_of(office, reports.month(office, "2020-03"), tmp_path)
    assert caught.value.code == "paper.template"
    assert (caught.value.params["file"], caught.value.params["line"]) == (str(folder / "report.typ"), 3)
    assert not (tmp_path / "laporan.pdf").exists()
    (folder / "report.typ").write_text('#import "blocks.typ": *\n#show: sheet.with(data.title)\nKami: #data.subtitle')
    assert said_by(pdf_of(office, reports.month(office, "2020-03"), tmp_path)) == "Kami: Periode: Maret 2020"
