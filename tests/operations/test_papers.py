"""The record of a run, of a meeting and of handing over kit: what they say, and what they leave blank."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.documents.reading import assert_archival, pages_of, said_by
from tests.lab.clocks import SetClock
from vcops import locale
from vcops.domain.checks import CheckFailed, CheckRequest, CheckResult, Ending, conclude
from vcops.domain.meetings import Meeting
from vcops.domain.readings import Reading
from vcops.domain.runs import Outcome
from vcops.errors import Conflict, InvalidInput, StorageError
from vcops.operations import attachments, directory, meetings, papers, reports, runs, tariffs
from vcops.operations.workplace import Workplace


@pytest.fixture
def held(workplace: Workplace, clock: SetClock) -> Meeting:
    """An hour-long meeting that was prepared, counted twice, disturbed once, and has ended."""
    locale.use("id")
    directory.set_office(workplace, {"name": "Dinas Kominfo", "address": "Jl. Contoh 1", "place": "Pontianak"})
    directory.add_room(workplace, {"name": "Aula", "kit": "Kamera PTZ, 2 mikrofon meja; layar 75 inci"})
    directory.add_person(workplace, {"name": "Sari", "position": "Pranata Komputer", "role": "operator"})
    directory.add_person(
        workplace, {"name": "Budi", "position": "Kepala Bidang", "role": "kepala", "nip": "197001011990031001"}
    )
    tariffs.adopt(workplace, "kalbar-2020")
    meeting = meetings.plan(workplace, {
        "title": "Rakor #inflasi", "date": "2026-11-23", "start": "08.30 s.d. 09.30", "room": "Aula", "unit": "Bappeda",
    })  # fmt: skip
    run = runs.start(workplace, "video-conference", meeting_id=meeting.id)
    runs.answer(workplace, run.id, "team", Outcome.DONE, value="094/77/KOMINFO")
    runs.answer(workplace, run.id, "power", Outcome.FAILED, reason="genset mati")
    runs.decide(workplace, run.id, "go-no-go", override=True, reason="pimpinan menunggu")
    meetings.start(workplace, meeting.id)
    clock.move(minutes=5)
    meetings.count(workplace, online=30, in_room=12)
    incident = meetings.incident(workplace, meeting.id, text="suara putus")
    clock.move(minutes=7)
    meetings.recover(workplace, incident.id, action="ganti kabel")
    clock.move(minutes=60)
    meetings.end(workplace, meeting.id)
    return meeting


def run_of(workplace: Workplace) -> str:
    return runs.listing(workplace)[0].id


def printed(workplace: Workplace, meeting: Meeting, tmp_path: Path, *, handover: bool = False) -> bytes:
    write = papers.print_handover if handover else papers.print_meeting
    write(workplace, reports.meeting(workplace, meeting.id), tmp_path / "a.pdf")
    return (tmp_path / "a.pdf").read_bytes()


def test_the_record_of_a_meeting_says_what_was_entered(workplace: Workplace, held: Meeting, tmp_path: Path) -> None:
    pdf = printed(workplace, held, tmp_path)
    assert_archival(pdf, "id", "20261123")
    shown = said_by(pdf)
    opening = (
        "Pada hari ini Senin tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam (23/11/2026),"
        " pukul 08.00 sampai dengan 09.12 WIB, bertempat di Aula, telah dilaksanakan rapat virtual: Rakor #inflasi."
    )
    for wanted in (
        opening, "094/77/KOMINFO",
        "Kamera PTZ, 2 mikrofon meja; layar 75 inci", "dihitung petugas", "Peserta rapat: 42.",
        "7 menit", "ganti kabel", "SIAP DENGAN CATATAN", "pimpinan menunggu", "genset mati", "TIDAK MEMENUHI",
        "Kepala Bidang", "Budi", "NIP 197001011990031001", "Pranata Komputer", "Sari", "Pontianak, 23 November 2026",
        "Estimasi biaya yang dihindari; bukan realisasi atau sisa anggaran", "Rp21.500.000", "tidak dihitung",
    ):  # fmt: skip
        assert wanted in shown
    assert "ditandatangani" not in shown
    assert "KONSEP" not in shown


def test_text_and_pdf_of_a_record_say_the_same(workplace: Workplace, held: Meeting, tmp_path: Path) -> None:
    text = reports.as_text(reports.meeting(workplace, held.id))
    words = set(re.findall(r"[\w.,#/()]+", text)) - {"." * count for count in range(1, 40)}
    shown = said_by(printed(workplace, held, tmp_path)).lower()
    assert not {word for word in words if word.lower().strip(".") not in shown}


def test_a_record_of_a_meeting_about_which_nothing_is_known_leaves_fields(workplace: Workplace, tmp_path: Path) -> None:
    locale.use("id")
    meeting = meetings.plan(workplace, {"title": "Kosong", "date": "2026-11-25", "start": "09.00"})
    shown = said_by(printed(workplace, meeting, tmp_path))
    assert "KONSEP: rapat ini belum selesai" in shown
    assert "pukul .................... sampai dengan ...................., bertempat di ...................." in shown
    assert "None" not in shown
    assert "Rp" not in shown
    assert "Sari" not in shown


def test_two_heads_are_no_head(workplace: Workplace, held: Meeting, tmp_path: Path) -> None:
    directory.add_person(workplace, {"name": "Citra", "role": "Kepala"})
    shown = said_by(printed(workplace, held, tmp_path))
    assert "Budi" not in shown
    assert "Citra" not in shown


def test_a_cancelled_meeting_is_not_said_to_have_been_held(workplace: Workplace, tmp_path: Path) -> None:
    locale.use("id")
    meeting = meetings.plan(workplace, {"title": "Batal", "date": "2026-11-25", "start": "09.00"})
    meetings.cancel(workplace, meeting.id, "pimpinan berhalangan")
    shown = said_by(printed(workplace, meeting, tmp_path))
    assert "telah dilaksanakan" not in shown
    assert "dibatalkan dan tidak dilaksanakan: Batal" in shown
    assert "pimpinan berhalangan" in shown


def test_kit_is_handed_over_item_by_item(workplace: Workplace, held: Meeting, tmp_path: Path) -> None:
    pdf = printed(workplace, held, tmp_path, handover=True)
    assert_archival(pdf, "id", "20261123")
    shown = said_by(pdf)
    for wanted in (
        "Kamera PTZ",
        "2 mikrofon meja 2",
        "layar 75 inci",
        "PIHAK PERTAMA",
        "PIHAK KEDUA",
        "☐ baik ☐ rusak",
    ):
        assert wanted in shown
    assert shown.count("☐ baik") == 6
    assert "Rakor #inflasi" in shown


def test_a_room_without_kit_gets_rows_to_write_in(workplace: Workplace, tmp_path: Path) -> None:
    meeting = meetings.plan(workplace, {"title": "R", "date": "2026-11-25", "start": "09.00"})
    assert said_by(printed(workplace, meeting, tmp_path, handover=True)).count("☐ good") == 16


# -- the record of a run ----------------------------------------------------------------------------------------------


def test_the_record_of_a_run(workplace: Workplace, held: Meeting, tmp_path: Path, clock: SetClock) -> None:
    run = runs.load(workplace, run_of(workplace))
    standard = run.standards["room-camera"]
    request = CheckRequest(instrument="camera", source="0", standard_id=standard.id)
    readings = [
        Reading("frame_height_px", 480, clock(), instrument="uji", subject="Depan"),
        Reading("fps", 12.5, clock(), instrument="uji", partial=True, note="too_short"),
    ]
    result = conclude(request, standard, readings, Ending(source="Kamera #1", at=clock(), seconds=8))
    runs.keep_check(workplace, run.id, "camera", result)
    papers.print_run(workplace, run.id, tmp_path / "a.pdf")
    pdf = (tmp_path / "a.pdf").read_bytes()
    assert_archival(pdf, "id", "20261123")
    shown = said_by(pdf)
    for wanted in (
        "CATATAN PEMERIKSAAN RAPAT VIRTUAL", "Rakor #inflasi", "Aula", "Depan: Tinggi gambar 480 px ≥ 720",
        "12,5", "BELUM PASTI", "Kamera #1", "genset mati", "TIDAK MEMENUHI", "pimpinan menunggu",
        "Keputusan: Siap atau belum siap: SIAP DENGAN CATATAN", "Periksa daya dan kabel", "Sari", "Budi",
    ):  # fmt: skip
        assert wanted in shown, wanted
    assert "belum dikerjakan" in shown
    assert "KONSEP" not in shown


def test_every_attempt_of_a_run_is_kept_on_paper(workplace: Workplace, tmp_path: Path, clock: SetClock) -> None:
    locale.use("id")
    run = runs.start(workplace, "video-conference")
    runs.answer(workplace, run.id, "power", Outcome.FAILED, reason="mati")
    clock.move(minutes=1)
    runs.answer(workplace, run.id, "power", Outcome.DONE, note="UPS baru")
    clock.move(minutes=1)
    runs.answer(workplace, run.id, "room", Outcome.DONE)
    runs.undo(workplace, run.id)
    papers.print_run(workplace, run.id, tmp_path / "a.pdf")
    shown = said_by((tmp_path / "a.pdf").read_bytes())
    assert "KONSEP: belum ada keputusan" in shown
    assert "UPS baru" in shown
    assert "Percobaan sebelumnya" in shown
    assert "Ditarik kembali" in shown


def test_a_check_that_failed_says_why(workplace: Workplace, tmp_path: Path) -> None:
    run = runs.start(workplace, "video-conference")
    request = CheckRequest(instrument="camera", source="7", standard_id="room-camera")
    failed = CheckFailed("camera.no_device", {"source": "7"})
    result = CheckResult.unmeasured(request, run.standards["room-camera"], failed, workplace.clock())
    runs.keep_check(workplace, run.id, "camera", result)
    papers.print_run(workplace, run.id, tmp_path / "a.pdf")
    shown = said_by((tmp_path / "a.pdf").read_bytes())
    assert "NOT MEASURED" in shown
    assert "camera" in shown.lower()


def test_the_same_paper_twice_is_the_same_file(workplace: Workplace, held: Meeting, tmp_path: Path) -> None:
    first = printed(workplace, held, tmp_path)
    assert printed(workplace, held, tmp_path) == first
    for name in ("a.pdf", "b.pdf"):
        papers.print_run(workplace, run_of(workplace), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_an_example_is_marked_on_every_page(open_place: Callable[..., Workplace], tmp_path: Path) -> None:
    locale.use("id")
    place = open_place(demo=True, database=str(tmp_path / "demo.db"))
    meeting = meetings.plan(place, {"title": "R", "date": "2026-11-25", "start": "09.00"})
    pages = pages_of(printed(place, meeting, tmp_path))
    papers.print_procedure(place, "video-conference", tmp_path / "sop.pdf")
    papers.print_procedure(place, "video-conference", tmp_path / "saku.pdf", pocket=True)
    pages += [page for name in ("sop", "saku") for page in pages_of((tmp_path / f"{name}.pdf").read_bytes())]
    assert all("CONTOH: bukan data kantor mana pun" in page for page in pages)


# -- files --------------------------------------------------------------------------------------------------------


def test_what_cannot_be_written_leaves_the_old_file_whole(workplace: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "sop.pdf"
    papers.print_procedure(workplace, "link-failover", file)
    before = file.read_bytes()
    (tmp_path / "sop.pdf.new").mkdir()  # where the new one would be put together
    with pytest.raises(StorageError, match=r"export\.cannot_write"):
        papers.print_procedure(workplace, "video-conference", file)
    assert file.read_bytes() == before


def test_a_procedure_and_a_run_that_are_not_there(workplace: Workplace, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="link-failover"):
        papers.print_procedure(workplace, "link-failovr", tmp_path / "a.pdf")
    with pytest.raises((InvalidInput, Conflict)):
        papers.print_run(workplace, "0" * 32, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_an_own_template_and_logo_lie_in_the_handbook(workplace: Workplace, tmp_path: Path, held: Any) -> None:
    folder = workplace.handbook_folder
    (folder / "templates").mkdir(parents=True)
    own = '#import "base.typ": *\n#show: sheet.with(data.title)\n#logo(1cm) Kantor kami: #data.title'
    (folder / "templates" / "paper.typ").write_text(own, encoding="utf-8")
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', encoding="utf-8"
    )
    assert "Kantor kami: BERITA ACARA" in said_by(printed(workplace, held, tmp_path))


def test_the_record_of_a_run_lists_its_files_with_size_and_digest(
    workplace: Workplace, held: Meeting, tmp_path: Path
) -> None:
    del held
    files = {name: tmp_path / name for name in ("foto-aula.jpg", "surat.pdf")}
    for name, file in files.items():
        file.write_bytes(name.encode() * 100)
    attachments.attach(workplace, run_of(workplace), "power", files.values())
    digests = [hashlib.sha256(one.read_bytes()).hexdigest() for one in files.values()]
    files["surat.pdf"].unlink()
    papers.print_run(workplace, run_of(workplace), tmp_path / "run.pdf")
    pdf = (tmp_path / "run.pdf").read_bytes()
    assert_archival(pdf, "id", "20261123")
    shown = said_by(pdf)
    for wanted in ("LAMPIRAN", "foto-aula.jpg", "1,3 kB", "surat.pdf", "900 byte", "tidak ditemukan lagi"):
        assert wanted in shown
    for digest in digests:
        assert f"SHA-256 {digest}" in shown.replace("\n", "")
