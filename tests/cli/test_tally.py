"""`vcops tally`, `tariff`, `report`, `meeting import` and `export` as processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lab.command import CommandLine

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
    assert "start" in ran.err
    assert vcops("tally", "--year", "2026", "--json").json["meetings"] == 0


def test_export_and_import_on_the_command_line(vcops: CommandLine, tmp_path: Path) -> None:
    vcops("meeting", "import", kalbar(tmp_path))
    file = tmp_path / "out.csv"
    assert vcops("meeting", "export", file, "--from", "2020-03", "--json").json["meetings"] == 50
    assert vcops("meeting", "export", file, "--json").json["meetings"] == 395
    other = CommandLine(tmp_path / "other")
    assert other("meeting", "import", file, "--json").json["stored"] == 395
    span = ("--year", "2020", "--tariff", "kalbar-2020", "--by", "unit", "--json")
    assert other("tally", *span).json == vcops("tally", *span).json
