"""The report and the tally say the same, to the rupiah, on paper that is 80 columns wide."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.lab.clocks import SetClock
from tests.operations.test_tallies import kalbar_meetings, log
from vcops import locale
from vcops.domain.periods import Period
from vcops.domain.runs import Outcome
from vcops.formats import read_rupiah, rupiah
from vcops.operations import demo, directory, meetings, reports, runs, tallies, tariffs
from vcops.operations.workplace import Workplace
from vcops.store.tables import HeadCount, Incident, Unit
from vcops.store.writing import newest_head

ESTIMATE = "Estimasi biaya yang dihindari; bukan realisasi atau sisa anggaran"


def furnished(workplace: Workplace) -> Workplace:
    directory.set_office(workplace, {
        "name": "Dinas Komunikasi dan Informatika", "address": "Jl. Sutan Syahrir 1\nPontianak", "place": "Pontianak",
        "zone": "Asia/Pontianak",
    })  # fmt: skip
    with workplace.store.writing("test") as change:
        unit = change.insert(Unit, {"name": "Badan Perencanaan Pembangunan, Riset, dan Inovasi Daerah Provinsi"})
    rows = [row | {"unit_id": unit} for row in kalbar_meetings()]
    rows[0]["title"] = "Rapat koordinasi penanganan pandemi dengan seluruh kabupaten dan kota " * 3
    log(workplace, rows)
    return workplace


def test_report_and_tally_agree_to_the_rupiah(any_workplace: Workplace, tmp_path: Path) -> None:
    locale.use("id")
    furnished(any_workplace)
    period = Period.between("2020-03", "2020-10")
    report = reports.over(any_workplace, period, "kalbar-2020")
    found = tallies.tally(any_workplace, period, tariff_id="kalbar-2020")
    assert report.tally == found
    assert [recap.by for recap in report.recaps] == ["month", "unit", "kind", "mode"]
    text = reports.as_text(report)
    assert "Bruto         : Rp8.492.500.000" in text
    assert sum(read_rupiah(word) for line in text.splitlines() if line[:3] in MONTHS
               for word in line.split() if word.startswith("Rp")) == found.totals[0].gross  # fmt: skip
    assert "delapan miliar empat ratus sembilan puluh dua juta lima ratus ribu" in " ".join(text.split())
    reports.write_csv(report, tmp_path / "a.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    assert ["Bruto", "", "", "8492500000"] in rows
    assert ["Transportasi", "", "", "tidak dihitung"] in rows
    assert ["Biaya sendiri", "", "", "tidak dicatat"] in rows
    assert "Biaya sendiri : tidak dicatat" in text
    assert sum(int(row[5]) for row in rows if row and row[0][:3] in MONTHS) == 8_492_500_000


MONTHS = {"Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt"}


def test_the_paper_fits_and_names_what_it_must(any_workplace: Workplace) -> None:
    locale.use("id")
    text = reports.as_text(reports.month(furnished(any_workplace), "2020-03", "kalbar-2020"))
    assert max(len(line) for line in text.splitlines()) <= 80
    lines = [line.strip() for line in text.splitlines()]
    for wanted in (
        "DINAS KOMUNIKASI DAN INFORMATIKA", "Jl. Sutan Syahrir 1", "=" * 80, "Periode: Maret 2020",
        "*** SIMULASI: dihitung dengan tarif yang tidak berlaku; bukan laporan kantor ***", ESTIMATE,
        "Pontianak, 23 November 2026",
        "Demikian laporan ini dibuat untuk dipergunakan sebagaimana mestinya.",
    ):  # fmt: skip
        assert wanted in lines
    assert ["Mengetahui,", "Dibuat", "oleh,"] in [line.split() for line in lines]
    assert text.count("tidak dihitung") == 4
    assert "asumsi, bukan peraturan" in text
    assert "Simulasi: tarif ini" in text
    assert "KONSEP" not in text
    assert "CONTOH:" not in text
    with any_workplace.store.reading() as connection:
        head = newest_head(connection)
    assert f"Kode verifikasi data: {head.seq}-{head.hash[:16]}" in text


def test_every_block_of_savings_says_that_it_is_an_estimate(workplace: Workplace) -> None:
    locale.use("id")
    tariffs.adopt(workplace, "kalbar-2020", date(2026, 1, 1))
    texts = {"title": "SSH", "basis": "Pergub 1", "catering": "65000", "method": "per_head"}
    tariffs.type_in(workplace, texts, date(2026, 10, 16))
    log(workplace, [{"local_day": 20261001, "participants": 10}, {"local_day": 20261020, "participants": 10}])
    text = reports.as_text(reports.month(workplace, "2026-10"))
    assert text.count(ESTIMATE) == 3  # each total, and the summary
    assert text.count("Terbilang") == 2
    assert "2 jumlah (tidak dijumlahkan)" in text
    assert rupiah(21_500_000 + 650_000) not in text


def test_without_a_tariff_no_rupiah_are_printed(workplace: Workplace) -> None:
    locale.use("id")
    log(workplace, kalbar_meetings())
    text = reports.as_text(reports.month(workplace, "2020-03"))
    assert "belum ada tarif" in text
    assert "Rp" not in text


def test_a_demonstration_is_marked(open_place: Callable[..., Workplace], tmp_path: Path) -> None:
    locale.use("id")
    place = open_place(demo=True, database=str(tmp_path / "demo.db"))
    report = reports.month(place, "2026-10")
    assert "CONTOH" in reports.as_text(report)
    reports.write_csv(report, tmp_path / "a.csv")
    assert "CONTOH" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_incidents_are_counted_with_the_time_they_took(workplace: Workplace, clock: SetClock) -> None:
    log(workplace, [{"id": "a", "local_day": 20261123, "participants": 5}, {"id": "b", "local_day": 20261223}])
    start = clock.now
    later = clock.move(minutes=12)
    with workplace.store.writing("test") as change:
        change.insert_many(Incident, [
            {"meeting_id": "a", "started_at": start, "recovered_at": later},
            {"meeting_id": "a", "started_at": start},
            {"meeting_id": "a", "started_at": start, "recovered_at": later, "undone_at": later},
            {"meeting_id": "b", "started_at": start, "recovered_at": later},
        ])  # fmt: skip
        change.insert(HeadCount, {"meeting_id": "a", "at": start, "total": 5})
    report = reports.month(workplace, "2026-11")
    assert (len(report.incidents), report.lost.total_seconds()) == (2, 720)
    assert "12 min" in reports.as_text(report)


def test_what_has_not_ended_is_said_and_not_listed(workplace: Workplace) -> None:
    log(workplace, [
        {"local_day": 20261001, "participants": 5, "title": "Selesai"},
        {"local_day": 20261002, "title": "Masih jalan", "state": "running", "ended_at": None},
    ])  # fmt: skip
    text = reports.as_text(reports.month(workplace, "2026-10"))
    assert "at least 1" in text
    assert "Not counted because not ended yet: 1." in text
    assert "Masih jalan" not in text


@pytest.mark.parametrize("tongue", ["id", "en"])
def test_an_empty_month_still_makes_a_report(workplace: Workplace, tongue: str) -> None:
    locale.use(tongue)
    text = reports.as_text(reports.month(workplace, "2026-10"))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert {"id": "Tidak ada rapat", "en": "No meeting ended"}[tongue] in text


def test_a_report_is_of_one_moment_whoever_writes_meanwhile(
    any_workplace: Workplace, open_place: Callable[..., Workplace], monkeypatch: pytest.MonkeyPatch
) -> None:
    from vcops.store import tally

    log(any_workplace, [{"local_day": 20261005}])
    other, count_segment = open_place(database=any_workplace.database_url), tally.count_segment

    def written_meanwhile(*asked: Any) -> Any:
        log(other, [{"local_day": 20261006}])
        return count_segment(*asked)

    monkeypatch.setattr(tally, "count_segment", written_meanwhile)
    made = reports.month(any_workplace, "2026-10")
    assert {made.tally.meetings, *(recap.meetings for recap in made.recaps)} == {len(made.lines)}


def test_a_meeting_has_a_record_of_its_own(any_workplace: Workplace, clock: SetClock) -> None:
    locale.use("id")
    workplace = any_workplace
    tariffs.adopt(workplace, "kalbar-2020")
    directory.add_room(workplace, {"name": "Aula"})
    planned = meetings.plan(
        workplace,
        {
            "title": "Rakor inflasi",
            "date": "2026-11-23",
            "start": "08.30 s.d. 09.30",
            "room": "Aula",
            "unit": "Bappeda",
        },
    )
    run = runs.start(workplace, "video-conference", meeting_id=planned.id)
    first = run.steps()[0]
    runs.answer(workplace, run.id, first.id, Outcome.FAILED, reason="genset mati")
    runs.decide(workplace, run.id, "go-no-go", override=True, reason="pimpinan menunggu")
    assert "KONSEP: rapat ini belum selesai" in reports.as_text(reports.meeting(workplace, planned.id))
    meetings.start(workplace, planned.id)
    clock.move(minutes=5)
    meetings.count(workplace, online=30, in_room=12)
    incident = meetings.incident(workplace, planned.id, text="suara putus")
    clock.move(minutes=7)
    meetings.recover(workplace, incident.id, action="ganti kabel")
    clock.move(minutes=60)
    meetings.end(workplace, planned.id)
    text = reports.as_text(reports.meeting(workplace, planned.id[-6:]))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "KONSEP" not in text
    for said in ("Rakor inflasi", "1 jam 12 menit", "Peserta rapat: 42", "7 menit", "ganti kabel", "genset mati"):
        assert said in text
    assert "SIAP DENGAN CATATAN" in text
    assert "pimpinan menunggu" in text
    assert "Neto          : Rp21.500.000" in text


def test_a_record_without_a_tariff_names_no_rupiah(workplace: Workplace) -> None:
    locale.use("id")
    held = meetings.add(workplace, {"title": "R", "date": "2026-11-20", "start": "08.00", "end": "09.00"})
    text = reports.as_text(reports.meeting(workplace, held.id))
    assert "belum ada tarif" in text
    assert "Rp" not in text


def test_with_two_tariffs_a_recap_keeps_its_rupiah_line_by_line(workplace: Workplace) -> None:
    locale.use("id")
    tariffs.adopt(workplace, "kalbar-2020", date(2026, 1, 1))
    texts = {"title": "SSH", "basis": "Pergub 1", "catering": "65000", "method": "per_head"}
    own = tariffs.type_in(workplace, texts, date(2026, 10, 16)).tariff
    log(workplace, [{"local_day": 20261001, "participants": 10}, {"local_day": 20261020, "participants": 10}])
    text = reports.as_text(reports.month(workplace, "2026-10"))
    assert max(len(line) for line in text.splitlines()) <= 80
    recap = text.partition("2. REKAP")[2].partition("3. REKAP")[0]
    assert f"kalbar-2020, 2026{'Rp21.500.000':>40}".split() in [line.split() for line in recap.splitlines()]
    assert [f"{own.id},", "2026", "Rp650.000"] in [line.split() for line in recap.splitlines()]
    assert "tidak dijumlahkan" in recap
    assert rupiah(21_500_000 + 650_000) not in text


def test_the_sheet_takes_every_total_apart_down_to_its_basis(any_workplace: Workplace, tmp_path: Path) -> None:
    locale.use("id")
    rows: list[dict[str, Any]] = [
        {"local_day": 20200305, "participants": 100, "kind": "hosted", "letter": "005/1", "title": "Satu"},
        {"local_day": 20200306, "participants": 100, "kind": "attended", "title": "Dua"},
        {"local_day": 20200307, "participants": 100, "kind": "hosted", "mode": "on-site", "title": "Tiga"},
    ]
    log(any_workplace, rows)
    report = reports.month(any_workplace, "2020-03", "kalbar-2020")
    reports.write_csv(report, tmp_path / "a.csv")
    read = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    head = next(place for place, row in enumerate(read) if "Komponen" in row and "Alasan" in row)
    lines = [dict(zip(read[head], row, strict=True)) for row in read[head + 1 :] if row]
    amounts = [line["Jumlah"] for line in lines]
    assert sum(int(one) for one in amounts if one.isdigit()) == report.tally.totals[0].gross == 36_500_000
    catering = {line["Rapat"]: line for line in lines if line["Komponen"] == "Konsumsi rapat"}
    assert (catering["Satu"]["Jumlah"], catering["Satu"]["Surat"]) == ("6500000", "005/1")
    assert catering["Satu"]["Sumber"].startswith("100 orang x Rp65.000")
    assert (catering["Dua"]["Jumlah"], catering["Dua"]["Alasan"]) == ("0", "tidak dihemat oleh rapat jenis ini")
    assert (catering["Tiga"]["Jumlah"], catering["Tiga"]["Alasan"]) == ("0", "luring: tidak ada yang dihindari")
    assert amounts.count("tidak dihitung") == 3 * 4


def test_what_nobody_answered_is_no_zero_in_the_sheet(workplace: Workplace, tmp_path: Path) -> None:
    locale.use("id")
    texts = {"title": "SSH", "basis": "Pergub 1", "catering": "65000", "method": "per_head"}
    tariffs.type_in(workplace, texts, date(2026, 1, 1))
    log(workplace, [{"local_day": 20261001, "participants": None, "kind": "hosted"}])
    reports.write_csv(reports.month(workplace, "2026-10"), tmp_path / "a.csv")
    read = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    sums = {row[0]: row[-1] for row in read if row}
    assert (sums["Bruto"], sums["Neto"]) == ("tidak dihitung", "tidak dihitung")
    assert [row[-1] for row in read if row[3:4] == ["ssh-2026"]] == ["tidak dihitung"] * 3


@pytest.mark.parametrize("tongue", ["id", "en"])
def test_a_whole_year_with_walks_and_incidents_fits_the_paper(
    open_place: Callable[..., Workplace], tongue: str
) -> None:
    locale.use(tongue)
    place = open_place()
    demo.furnish(place)
    report = reports.over(place, Period.year("2026"))
    assert report.compliance
    assert report.incidents
    text = reports.as_text(report)
    assert [line for line in text.splitlines() if len(line) > 80] == []
    title = {"id": "KEPATUHAN PADA SOP", "en": "HOW THE PROCEDURE (SOP) WAS KEPT"}[tongue]
    assert set(report.compliance[0].room.split()) <= set(text.partition(title)[2].split())


def test_units_have_one_order_in_a_whole_report(workplace: Workplace) -> None:
    units = [directory.add_unit(workplace, {"name": name}).id for name in ("beta", "Alfa", "Gama")]
    log(workplace, [{"local_day": 20261005 + day, "unit_id": units[unit], "participants": people}
                    for day, (unit, people) in enumerate([(0, 5), (1, 5), (2, 1), (2, 1)])])  # fmt: skip
    locale.use("en")
    text = reports.as_text(reports.month(workplace, "2026-10"))
    for title in ("Units with the most meetings", "Recap by"):
        below = text[text.upper().index(title.upper()) :]
        assert below.index("Gama") < below.index("Alfa") < below.index("beta")
