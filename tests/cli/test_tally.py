"""`vcops tally`, `tariff`, `report`, `meeting import` and `export` as processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lab.command import CommandLine, Forker

HEADER = "date,start,end,title,unit,room,kind,mode,participants,count_method,platform,notes\n"


def kalbar(tmp_path: Path) -> Path:
    """The example document as a sheet: 395 meetings of 100 people over eight months."""
    file = tmp_path / "kalbar.csv"
    rows = [
        f"2020-{3 + number % 8:02}-{1 + number % 28:02},09:00,10:00,Rapat {number},Bappeda,,hosted,daring,100,,,\n"
        for number in range(395)
    ]
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    return file


def test_from_a_sheet_to_the_rupiah(vcops: CommandLine, tmp_path: Path) -> None:
    first = vcops("meeting", "import", kalbar(tmp_path), "--json")
    assert (first.status, first.json["stored"], first.json["new_units"]) == (0, 395, ["Bappeda"])
    again = vcops("meeting", "import", kalbar(tmp_path), "--json")
    assert (again.json["stored"], again.json["already_there"]) == (0, 395)
    span = ("--from", "2020-03", "--to", "2020-10")
    plain = vcops("tally", *span, "--json").json
    assert (plain["meetings"], plain["participants"], plain["totals"], plain["rows"]) == (395, 39_500, [], [])
    found = vcops("tally", *span, "--by", "month", "--tariff", "kalbar-2020", "--json").json
    assert found["totals"][0]["gross"] == 8_492_500_000
    assert len(found["rows"]) == 8
    text = vcops("tally", *span, "--by", "unit", "--tariff", "kalbar-2020", lang="id").out
    assert "Rp8.492.500.000" in text
    assert "tidak dihitung" in text
    report = vcops("report", "period", *span, "--tariff", "kalbar-2020", lang="id").out
    assert "Bruto         : Rp8.492.500.000" in report
    assert "belum ada tarif" in vcops("report", "month", "2020-03", lang="id").out


def test_an_adopted_tariff_is_in_force(vcops: CommandLine, tmp_path: Path) -> None:
    assert vcops("tariff", "list", "--json").json[0]["in_force"] is False
    assert vcops("tariff", "adopt", "kalbar-2020", "--from", "1 Maret 2020", "--json").json["from"] == "2020-03-01"
    vcops("meeting", "import", kalbar(tmp_path))
    (total,) = vcops("tally", "--year", "2020", "--json").json["totals"]
    assert (total["tariff"], total["net"]) == ("kalbar-2020", 8_492_500_000)
    (listed,) = vcops("tariff", "list", "--json").json
    assert (listed["id"], listed["in_force"], listed["adopted"]) == (
        "kalbar-2020", True, [{"from": "2020-03-01", "to": None}],
    )  # fmt: skip
    refused = vcops("tariff", "adopt", "kalbar-2020", "--from", "2020-01-01")
    assert refused.status == 1
    assert "2020-03-02" in refused.err


def test_tariffs_are_shown_and_validated(vcops: CommandLine, tmp_path: Path) -> None:
    assert "Rp15.000.000" in vcops("tariff", "show", "kalbar-2020").out
    assert vcops("tariff", "show", "kalbar-2020", "--json").json["method"] == "flat"
    file = tmp_path / "t.yaml"
    file.write_text("tariff: {id: x, title: X}\n", encoding="utf-8")
    bad = vcops("tariff", "validate", file, "--json")
    assert (bad.status, bad.json["valid"]) == (2, False)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["tally", "--month", "2026-13"], 2),
        (["tally", "--month", "2026-10", "--year", "2026"], 2),
        (["tally", "--tariff", "none"], 2),
        (["tally", "--by", "colour"], 2),
        (["tariff", "adopt", "none"], 2),
        (["tariff", "adopt", "kalbar-2020", "--from", "5/10/26"], 2),
        (["report", "month", "October"], 2),
        (["meeting", "import", "no-such-file.csv"], 2),
        (["report", "month", "2026-10", "--csv", "no-such-folder/x.csv"], 5),
    ],
)
def test_what_is_wrong_is_one_sentence_and_a_status(vcops: CommandLine, words: list[str], status: int) -> None:
    ran = vcops(*words)
    assert ran.status == status
    assert ran.err.startswith("vcops: ")
    assert "Traceback" not in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_the_current_month_needs_no_option(vcops: CommandLine) -> None:
    found = vcops("tally", "--json").json
    assert found["from"] == found["to"]
    assert found["meetings"] == 0


def test_a_faulty_sheet_names_line_and_column_and_stores_nothing(vcops: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        HEADER + "2026-10-05,09:00,10:00,Baik,,,,,1,,,\n2026-10-05,25:99,,Buruk,,,,,,,,\n", encoding="utf-8"
    )
    dry = vcops("meeting", "import", file, "--dry-run", "--json")
    assert dry.status == 2
    assert [(one["line"], one["column"], one["value"]) for one in dry.json["faults"]] == [(3, "start", "25:99")]
    ran = vcops("meeting", "import", file)
    assert ran.status == 2
    assert "line 3" in ran.err
    assert "baris 3, start: 25:99 bukan" in vcops("meeting", "import", file, lang="id").err
    assert "start" in ran.err
    assert vcops("tally", "--year", "2026", "--json").json["meetings"] == 0


def test_export_and_import_on_the_command_line(vcops: CommandLine, tmp_path: Path, forker: Forker | None) -> None:
    vcops("meeting", "import", kalbar(tmp_path))
    file = tmp_path / "out.csv"
    assert vcops("meeting", "export", file, "--from", "2020-03", "--json").json["meetings"] == 50
    assert vcops("meeting", "export", file, "--json").json["meetings"] == 395
    other = CommandLine(tmp_path / "other", forker)
    assert other("meeting", "import", file, "--json").json["stored"] == 395
    span = ("--year", "2020", "--tariff", "kalbar-2020", "--by", "unit", "--json")
    assert other("tally", *span).json == vcops("tally", *span).json


# -- savings that can be taken apart ----------------------------------------------------------------------------


def test_a_new_tariff_is_valid_as_it_stands_and_every_fault_has_its_place(vcops: CommandLine) -> None:
    made = vcops("tariff", "new", "kantor-2026", "--json").json
    file = Path(made["file"])
    assert (made["id"], file.parent.name) == ("kantor-2026", "tariffs")
    assert vcops("tariff", "validate", file, "--json").json["valid"] is True
    shown = vcops("tariff", "show", "kantor-2026", lang="id").out
    for words in ("Yang berhak:", "rapat 120 menit atau lebih", "Biaya sendiri:", "Lisensi rapat"):
        assert words in shown
    assert vcops("tariff", "new", "kantor-2026").status == 1
    text = file.read_text(encoding="utf-8")
    faulty = text.replace("other_unit: [snack]", "other_unit: [snak]").replace("amount: 100000", "amount: 100.000", 1)
    faulty = faulty.replace("id: lodging", "id: per-diem").replace("outside: [meal, snack]", "outside: [snack]")
    file.write_text(faulty, encoding="utf-8")
    lines = faulty.splitlines()

    def line_of(part: str, which: int = 0) -> int:
        return [number for number, line in enumerate(lines, 1) if part in line][which]

    first = vcops("tariff", "validate", file, "--json").json["faults"]
    assert {(one["line"], one["key"]) for one in first} == {(line_of("amount: 100.000"), "amount")}
    file.write_text(faulty.replace("amount: 100.000", "amount: 100000"), encoding="utf-8")
    found = vcops("tariff", "validate", file, "--json")
    assert found.status == 2
    assert {(one["line"], one["code"]) for one in found.json["faults"]} == {
        (line_of("id: per-diem", 1), "handbook.duplicate_id"),
        (line_of("[snak]"), "handbook.eligibility_unknown"),
        (line_of("id: meal"), "handbook.eligibility_missing"),
    }


MEETING = ("--date", "2026-10-05", "--start", "09.00", "--end", "12.00", "--kind", "hosted", "--participants", "40")


def test_a_meetings_lines_are_shown_with_basis_and_reason(vcops: CommandLine) -> None:
    vcops("tariff", "new", "kantor-2026")
    made = vcops("meeting", "add", *MEETING, "--title", "Rapat", "--mode", "hybrid", "--in-room", "10", "--json").json
    alone = vcops("meeting", "show", made["id"], "--json").json["savings"]
    assert [(one["component"], one["amount"], one["reason"], one["method"]) for one in alone] == [
        (None, None, "no-tariff", "none")
    ]
    answers = ("--outside-agencies", "ya", "--would-be-face-to-face", "ya", "--other-units", "tidak")
    assert vcops("meeting", "edit", made["id"], *answers).status == 0
    shown = vcops("meeting", "show", made["id"], "--tariff", "kantor-2026", "--json").json
    assert shown["other_units"] is False
    lines = {one["component"]: one for one in shown["savings"]}
    assert lines["meal"] == {
        "component": "meal", "tariff": "kantor-2026", "method": "itemised", "basis": "Nomor dan tahun peraturan",
        "year": 2026, "per": "participant", "quantity": 30, "rate": 10_000, "amount": 300_000, "reason": None,
        "source": "Lampiran, butir dan halaman",
    }  # fmt: skip
    assert (lines["transport"]["amount"], lines["transport"]["reason"]) == (None, "travellers-open")
    assert (lines["photocopying"]["amount"], lines["photocopying"]["reason"]) == (None, "not-valued")
    tally = vcops("tally", "--month", "2026-10", "--tariff", "kantor-2026", "--json").json
    (total,) = tally["totals"]
    assert (total["gross"], total["method"]) == (600_000, "itemised")
    assert total["not_counted"] == ["transport", "per-diem", "lodging", "photocopying"]
    assert tally["lower_bound"] is True
    assert [(one["component"], one["reason"], one["meetings"]) for one in tally["unanswered"]] == [
        (name, "travellers-open", 1) for name in ("transport", "per-diem", "lodging")
    ]
    assert tally["count_methods"]["claimed"] == {"meetings": 1, "participants": 40}
    text = vcops("tally", "--month", "2026-10", "--tariff", "kantor-2026", lang="id").out
    assert "belum dijawab berapa orang yang akan bepergian" in " ".join(text.split())
    assert "sekurang-kurangnya Rp600.000" in text
    assert "Estimasi biaya yang dihindari" in vcops("meeting", "show", made["id"], lang="id").out


def test_two_rooms_entries_are_joined_and_parted(vcops: CommandLine) -> None:
    one, other = (vcops("meeting", "add", *MEETING, "--title", name, "--json").json["id"] for name in ("A", "B"))
    assert vcops("meeting", "same", other, one, "--json").json["same_as"] == one
    found = vcops("tally", "--month", "2026-10", "--json").json
    assert (found["meetings"], found["participants"], found["joined"]) == (1, 40, 1)
    assert vcops("meeting", "same", other, "--apart").status == 0
    assert vcops("tally", "--month", "2026-10", "--json").json["meetings"] == 2
    assert vcops("meeting", "same", other).status == 2
    assert vcops("meeting", "same", other, other).status == 2
