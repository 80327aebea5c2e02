"""`vcops close|verify|correct`, as scripts and a supervisor meet them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.lab.command import CommandLine

ADD = ("meeting", "add", "--kind", "hosted", "--date")


@pytest.fixture
def october(vcops: CommandLine) -> list[str]:
    """The ids of two meetings of October 2024: one lacks its report only, one also an end and a unit."""
    whole = vcops(*ADD, "2024-10-05", "--start", "09.00", "--end", "10.00", "--title", "Rapat [b]5", "--unit", "Bidang",
                  "--participants", "40", "--json").json  # fmt: skip
    lacking = vcops(*ADD, "2024-10-06", "--start", "09.00", "--title", "Rapat 6", "--json").json
    return [whole["id"], lacking["id"]]


def closed(vcops: CommandLine) -> Any:
    return vcops("--as", "Kabid", "close", "2024-10", "--accept", "tidak ada laporan penyedia", "--json").json


def test_an_incomplete_month_exits_1_and_lists(vcops: CommandLine, october: list[str]) -> None:
    ran = vcops("close", "2024-10", lang="id")
    assert ran.status == 1
    assert "jumlah peserta belum dicocokkan dengan laporan penyedia (1)" in ran.out
    assert "belum dijawab; tidak ada yang ditutup" in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    found = vcops("close", "2024-10", "--json")
    assert found.status == 1
    assert found.json["error"]["code"] == "closing.incomplete"
    assert {(one["what"], one["meeting"]) for one in found.json["incomplete"]} == {
        ("end", october[1]), ("unit", october[1]), ("reconciled", october[0]),
    }  # fmt: skip
    seen = vcops("close", "2024-10", "--dry-run", "--json")
    assert (seen.status, seen.json["kinds"]) == (0, {"end": 1, "unit": 1, "reconciled": 1})
    assert vcops("close", "2024-10", "--answer", "end").status == 2
    assert vcops("close", "2024-10", "--answer", "end=").status == 2
    some = vcops("close", "2024-10", "--answer", f"{october[1][-6:]}=lupa", "--json")
    assert (some.status, some.json["error"]["code"]) == (1, "closing.incomplete")
    done = vcops("close", "2024-10", "--answer", f"{october[1][-6:]}=lupa", "--answer", "reconciled=tidak ada")
    assert done.status == 0
    assert "no end" not in done.out
    assert "lupa" in done.out


def test_a_closed_month_is_refused_with_4_and_a_remedy(vcops: CommandLine, october: list[str]) -> None:
    made = closed(vcops)
    assert (made["closed"], made["closed_by"], made["corrected"]) == (True, "Kabid", False)
    ran = vcops("meeting", "edit", october[0], "--participants", "41", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (4, "closing.closed")
    assert "October 2024" in ran.err
    assert "vcops correct" in ran.err
    assert vcops(*ADD, "2024-10-09", "--start", "09.00", "--title", "x").status == 4
    assert vcops("close", "2024-10").status == 4
    report = vcops("report", "month", "2024-10", lang="id").out
    assert "KONSEP" not in report
    assert f"Kode verifikasi data, bukan tanda tangan elektronik: {made['code']}" in report
    assert "KONSEP" in vcops("report", "month", "2024-09", lang="id").out
    tried = vcops("report", "month", "2024-10", "--tariff", "kalbar-2020", lang="id").out
    assert "KONSEP" not in tried
    assert "SIMULASI" in tried


def test_a_slip_is_no_alteration_and_an_alteration_is_named(vcops: CommandLine, october: list[str]) -> None:
    made = closed(vcops)
    code = made["code"]
    found = vcops("verify", code.lower().replace("-", ""), "--json")
    assert (found.status, found.json["intact"], found.json["month"]) == (0, True, "2024-10")
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert vcops("verify", wrong).status == 2
    assert vcops("verify", "2024-09").status == 1
    with closing(sqlite3.connect(vcops.home / "vcops.db", isolation_level=None)) as connection:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE meeting SET participants = 400")
        connection.execute("DROP TRIGGER vcops_lock_meeting_update")
        connection.execute("UPDATE meeting SET participants = 400 WHERE id = ?", (october[0],))
    ran = vcops("verify", "2024-10", lang="id")
    assert ran.status == 1
    assert "Trigger vcops_lock_meeting_update pada tabel meeting hilang: selama itu perubahan tidak ditolak." in ran.out
    assert f"Rapat {october[0][-6:]} dari 'Rapat [b]5': participants saat bulan ditutup '40', kini '400'." in ran.out
    (whole,) = vcops("verify", "--json").json
    assert [one["code"] for one in whole["faults"]] == ["lock.missing", "closed.field"]
    assert vcops("journal", "--verify").status == 1


def test_a_code_whose_closing_is_gone_without_a_trace_is_said_to_be_of_none_held_here(
    vcops: CommandLine, october: list[str]
) -> None:
    code = closed(vcops)["code"]
    assert vcops("verify", code).status == 0
    with closing(sqlite3.connect(vcops.home / "vcops.db", isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        first = connection.execute("SELECT min(seq) FROM journal WHERE entity = 'closing'").fetchone()
        connection.execute("DELETE FROM journal WHERE seq >= ?", first)
        connection.execute("DELETE FROM closed_row")
        connection.execute("DELETE FROM closing")
    ran = vcops("verify", code, lang="id")
    assert ran.status == 1
    assert f"Kode {code} dicetak untuk penutupan Oktober 2024 yang tidak ada" in ran.err
    assert "vcops close" not in ran.err
    bare = vcops("verify", lang="id")
    assert bare.status == 1
    assert "Trigger vcops_lock_meeting_update pada tabel meeting hilang" in bare.out
    (found,) = vcops("verify", "--json").json
    assert (found["month"], found["intact"]) == (None, False)
    assert {one["code"] for one in found["faults"]} == {"lock.missing"}


def test_the_code_on_a_draft_leads_back_to_its_entry_of_the_journal(vcops: CommandLine, october: list[str]) -> None:
    draft = vcops("report", "month", "2024-10").out
    (code,) = re.findall(r"\b\d+-[0-9a-f]{16}\b", draft)
    found = vcops("verify", f" {code.upper()} ", "--json")
    assert (found.status, found.json["intact"], found.json["entry"]) == (0, True, int(code.split("-")[0]))
    ran = vcops("verify", code, lang="id")
    assert ran.status == 0
    assert "adalah entri terakhir saat kertas itu dicetak" in ran.out
    number, start = code.split("-")
    for other in (f"{number}-{start[::-1]}", f"{int(number) + 1}-{start}"):
        ran = vcops("verify", other, "--json")
        assert (ran.status, ran.json["known"], ran.json["intact"]) == (1, False, False)
    with closing(sqlite3.connect(vcops.home / "vcops.db", isolation_level=None)) as connection:
        connection.execute("UPDATE journal SET actor = 'Lain' WHERE seq = 2")
    ran = vcops("verify", code, "--json")
    assert (ran.status, ran.json["known"]) == (1, True)
    assert [(one["code"], one["seq"]) for one in ran.json["faults"]] == [("journal.edited", 2)]


def test_a_correction_is_told_on_both_months(vcops: CommandLine, october: list[str]) -> None:
    vcops("tariff", "adopt", "kalbar-2020", "--from", "2024-01-01")
    assert vcops("correct", october[0], "--reason", "x").status == 1
    closed(vcops)
    assert vcops("correct", october[0]).status == 2
    done = vcops("correct", october[0], "--reason", "salah hitung", "--participants", "4", "--json")
    assert (done.status, done.json["belongs_to"], done.json["replaced_by"]["participants"]) == (0, "2024-10", 4)
    assert vcops("correct", october[0], "--reason", "lagi").status == 1
    late = vcops(*ADD, "2024-10-20", "--start", "09.00", "--end", "10.00", "--title", "Terlupa", "--participants", "7",
                 "--late", "--json").json  # fmt: skip
    assert late["belongs_to"] == 202410
    lines = {one["id"]: one for one in vcops("meeting", "list", "--json").json}
    assert (lines[october[0]]["corrected"], lines[october[0]]["belongs_to"]) == (True, None)
    assert (lines[late["id"]]["corrected"], lines[late["id"]]["belongs_to"]) == (False, 202410)
    listed = vcops("meeting", "list", lang="id").out
    assert "susulan Oktober 2024" in next(line for line in listed.splitlines() if "Terlupa" in line)
    assert "dikoreksi" in next(line for line in listed.splitlines() if october[0][-8:] in line)
    assert "susulan Oktober 2024" in vcops("meeting", "show", late["id"], lang="id").out
    shown = vcops("meeting", "show", october[0], lang="id").out
    assert "dikoreksi" in shown
    assert "salah hitung" in shown
    tally = vcops("tally", "--month", "2024-10", "--json").json
    assert (tally["meetings"], tally["after_corrections"]["meetings"]) == (1, 2)
    assert [(one["kind"], one["participants"]) for one in tally["corrections"]] == [
        ("reversal", -40), ("late", 4), ("late", 7),
    ]  # fmt: skip
    report = vcops("report", "month", "2024-10", lang="id").out
    assert "SETELAH KOREKSI" in report
    assert "salah hitung" in report
    assert max(len(line) for line in report.splitlines()) <= 80
    booked = late["local_day"] // 100
    month = vcops("report", "month", f"{booked // 100}-{booked % 100:02}", lang="id").out
    assert "ENTRI UNTUK BULAN SEBELUMNYA" in month
    assert vcops("verify", "2024-10", "--json").json["corrected"]


def test_a_report_is_signed_after_its_month(vcops: CommandLine, october: list[str]) -> None:
    early = vcops("close", "2024-10", "--accept", "ya", "--signed-on", "31/10/2024", "--json")
    assert (early.status, early.json["error"]["code"]) == (2, "closing.signed_early")
    assert "Oktober 2024" in vcops("close", "2024-10", "--accept", "ya", "--signed-on", "1/10/2024", lang="id").err
    assert vcops("verify", "2024-10").status == 1  # nothing was closed for it
    done = vcops("close", "2024-10", "--accept", "ya", "--signed-on", "1/11/2024", "--json")
    assert (done.status, done.json["signed_on"]) == (0, "2024-11-01")


def test_figures_after_correction_stay_lower_bounds(vcops: CommandLine, october: list[str]) -> None:
    vcops("tariff", "adopt", "kalbar-2020", "--from", "2024-01-01")
    closed(vcops)
    vcops("correct", october[0], "--reason", "salah hitung", "--participants", "4")
    assert vcops("tally", "--month", "2024-10", "--json").json["after_corrections"]["lower_bound"] is True
    for arguments in (("tally", "--month", "2024-10"), ("report", "month", "2024-10")):
        said = vcops(*arguments, lang="id").out
        (line,) = [line for line in said.splitlines() if "Peserta setelah koreksi" in line]
        assert line.endswith("sekurang-kurangnya 4")
        assert re.search(r"Neto setelah koreksi [^\n]*sekurang-kurangnya Rp", " ".join(said.split()))


def test_asking_for_copies_closes_no_month(vcops: CommandLine, october: list[str]) -> None:
    asked = vcops("close", "2024-10", "--copies", "--accept", "ya", "--json")
    assert (asked.status, asked.json["error"]["code"]) == (1, "closing.open")
    assert not vcops("close", "2024-10", "--dry-run", "--json").json["closed"]


def test_copies_go_to_a_second_folder_and_say_where_they_cannot(
    vcops: CommandLine, october: list[str], tmp_path: Path
) -> None:
    made = closed(vcops)
    assert made["copies"] == []
    asked = vcops("close", "2024-10", "--copies")
    assert (asked.status, "closing_copies" in asked.err) == (1, True)
    folder = tmp_path / "second"
    vcops.home.joinpath("config.toml").write_text(f'closing_copies = "{folder.as_posix()}"\n')
    again = vcops("close", "2024-10", "--copies", "--number", "007", "--signed-on", "3/11/2024", "--json").json
    assert (again["number"], again["signed_on"]) == ("007", "2024-11-03")
    names = {Path(one).name for one in again["copies"]}
    endings = {".pdf", ".xlsx", ".csv", ".txt"}
    assert names == {"vcops-2024-10.db", "digest-2024-10.txt", *(f"laporan-2024-10{one}" for one in endings)}
    assert made["digest"] in (folder / "2024-10" / "digest-2024-10.txt").read_text(encoding="utf-8")
    paper = folder / "2024-10" / "laporan-2024-10.pdf"
    found = vcops("verify", paper, "--json").json
    assert (found["intact"], found["given"], found["filed"]) == (True, made["code"], False)
    signed = tmp_path / "ttd.pdf"
    signed.write_bytes(paper.read_bytes() + b"\n% a signature is added behind\n")
    assert vcops("close", "2024-10", "--signed", signed).status == 0
    assert (folder / "2024-10" / "arsip-2024-10.pdf").read_bytes() == signed.read_bytes()
    filed = folder / "2024-10" / "arsip-2024-10.pdf"
    assert vcops("close", "2024-10", "--signed", filed).status == 0, "it lies where it belongs already"
    assert filed.read_bytes() == signed.read_bytes()
    assert vcops("verify", signed, "--json").json["filed"] is True
    ran = vcops("verify", signed)
    assert "only the tool that made it can tell" in ran.out
    (tmp_path / "in-the-way").write_text("x")
    vcops.home.joinpath("config.toml").write_text(f'closing_copies = "{(tmp_path / "in-the-way").as_posix()}"\n')
    failed = vcops("close", "2024-10", "--copies", "--json")
    assert (failed.status, failed.json["error"]["code"], failed.json["closed"]) == (5, "closing.copies_failed", True)
    assert vcops("verify", tmp_path / "nothing.pdf").status == 2


def test_that_no_second_folder_is_set_is_said_at_the_closing_and_not_again(
    vcops: CommandLine, october: list[str], tmp_path: Path
) -> None:
    first = vcops("close", "2024-10", "--accept", "tidak ada laporan penyedia")
    assert (first.status, "no second folder is set" in first.err) == (0, True)
    signed = tmp_path / "ttd.pdf"
    signed.write_bytes(b"%PDF-1.7\n")
    filed = vcops("close", "2024-10", "--signed", signed)
    assert (filed.status, filed.err) == (0, "")
    assert "SHA-256" in filed.out
    assert vcops("close", "2024-10", "--number", "007").err == ""
