"""`vcops sop`: list, show, validate, schema."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from vcops.handbook import read_text, shipped_folder

BROKEN = """\
standard:
  id: room-camera
  title: Kamera
  instrument: camera
  requirements:
    - metric: fsp
      pass: 24
      source: kantor
    - metric: luma_mean
      pass: [180, 70]
      source: kantor
"""


def office_file(vcops, text: str, name: str = "camera.yaml"):
    folder = vcops.home / "handbook"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_procedures_in_force(vcops) -> None:
    found = {one["id"]: one for one in vcops("sop", "list", "--json").json}
    assert set(found) == {
        "video-conference", "room-inspection", "link-failover", "facility-survey", "monthly-closing",
    }  # fmt: skip
    assert not any(one["own"] for one in found.values())
    assert len({one["digest"] for one in found.values()}) == 5
    assert "Penyelenggaraan rapat virtual" in vcops("sop", "list", lang="id").out


def test_a_procedure_in_full(vcops) -> None:
    shown = vcops("sop", "show", "video-conference", "--json").json
    assert shown["phases"][2]["gate"] | {"title": ""} == {
        "id": "go-no-go", "title": "", "deadline": "-15min", "executors": ["supervisor"], "waits_for": ["preflight"],
    }  # fmt: skip
    said = vcops("sop", "show", "video-conference", lang="id").out
    assert "Ukur sambungan utama" in said
    assert "Teknisi jaringan" in said


def test_an_unknown_procedure_names_the_nearest(vcops) -> None:
    ran = vcops("sop", "show", "video-confrence", "--json")
    assert ran.status == 2
    assert ran.json["error"]["code"] == "handbook.unknown_id_near"
    assert "video-conference" in ran.err


def test_validate_tells_every_fault_with_its_line(vcops, tmp_path) -> None:
    file = tmp_path / "camera.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    ran = vcops("sop", "validate", file)
    assert ran.status == 2
    assert ran.out == ""
    first, second = ran.err.splitlines()
    assert f"{file}, line 6, column 7: the metric fsp is unknown. Did you mean fps?" in first
    assert f"{file}, line 10, column 7:" in second
    shown = vcops("sop", "validate", file, "--json")
    assert (shown.status, shown.json["valid"]) == (2, False)
    assert [(one["line"], one["key"]) for one in shown.json["faults"]] == [(6, "metric"), (10, "pass")]


def test_validate_says_so_in_indonesian(vcops, tmp_path) -> None:
    file = tmp_path / "camera.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    assert (
        "baris 6, kolom 7: metrik fsp tidak dikenal. Apakah maksudnya fps?"
        in vcops("sop", "validate", file, lang="id").err
    )


def test_what_ships_is_valid(vcops) -> None:
    for file in shipped_folder().glob("*/*.yaml"):
        ran = vcops("sop", "validate", file, "--json")
        assert (ran.status, ran.json["faults"]) == (0, [])


def test_a_missing_file_is_one_sentence(vcops, tmp_path) -> None:
    ran = vcops("sop", "validate", tmp_path / "none.yaml")
    assert ran.status == 2
    assert len(ran.err.splitlines()) == 1


def test_the_schema_is_one_and_fits_what_ships(vcops) -> None:
    schema = vcops("sop", "schema").json
    jsonschema.Draft202012Validator.check_schema(schema)
    text = (shipped_folder() / "standards" / "room-camera.yaml").read_text(encoding="utf-8")
    jsonschema.validate(yaml.safe_load(text), schema)
    assert set(schema["properties"]) == {"procedure", "standard", "tariff", "platform", "holidays"}


def test_a_faulty_office_file_is_told_and_stops_nothing(vcops) -> None:
    office_file(vcops, BROKEN)
    ran = vcops("sop", "list", "--json")
    assert ran.status == 0
    assert ran.json
    assert "line 6" in ran.err


def test_a_new_procedure_is_valid_and_runs(vcops) -> None:
    made = vcops("sop", "new", "apel-pagi", "--json").json
    text = (vcops.home / "handbook" / "apel-pagi.yaml").read_text(encoding="utf-8")
    assert made == {"id": "apel-pagi", "file": str(vcops.home / "handbook" / "apel-pagi.yaml")}
    assert text.startswith("# yaml-language-server: $schema=schema.json\n# Prosedur kantor sendiri.")
    assert vcops("sop", "validate", made["file"], "--json").json["valid"]
    schema = json.loads((vcops.home / "handbook" / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(read_text(text.encode(), "x").tree.plain())
    assert vcops("run", "start", "apel-pagi", "--json").json["procedure"] == "apel-pagi"


def test_a_new_file_with_a_shipped_id_is_a_copy_to_edit(vcops) -> None:
    file = vcops("sop", "new", "link-failover", "--json").json["file"]
    assert vcops("sop", "validate", file, "--json").json == {
        "file": file, "kind": "procedure", "id": "link-failover", "valid": True, "faults": [], "hints": [],
    }  # fmt: skip
    own = {one["id"]: one["own"] for one in vcops("sop", "list", "--json").json}
    assert [name for name, mine in own.items() if mine] == ["link-failover"]


def test_new_overwrites_nothing(vcops) -> None:
    file = office_file(vcops, "procedure: {id: broken}\n", "mine.yaml")
    for name, status, code in (("mine", 1, "handbook.file_exists"), ("Apel Pagi", 2, "handbook.not_a_name")):
        ran = vcops("sop", "new", name, "--json")
        assert (ran.status, ran.json["error"]["code"]) == (status, code)
    assert file.read_text(encoding="utf-8") == "procedure: {id: broken}\n"
    assert vcops("sop", "new", "other").status == 0
    assert vcops("sop", "new", "other", "--json").json["error"]["code"] == "handbook.own_exists"


def test_the_offices_days_are_validated_by_line(vcops) -> None:
    file = office_file(vcops, "holidays:\n  days:\n    - {date: 2026-13-01, name: Salah}\n", "holidays.yaml")
    ran = vcops("sop", "validate", file)
    assert ran.status == 2
    assert f"{file}, line 3, column 8" in ran.err


def test_what_is_printed_in_place_of_a_spoilt_file_is_said(vcops, tmp_path) -> None:
    text = (shipped_folder() / "procedures" / "link-failover.yaml").read_text(encoding="utf-8")
    file = office_file(vcops, text.replace('version: "', "version: [", 1), "link-failover.yaml")
    line = next(at for at, one in enumerate(text.splitlines(), start=1) if "version:" in one) + 1
    for words in (("print", "link-failover", "--pdf", tmp_path / "form.pdf"), ("show", "link-failover")):
        ran = vcops("sop", *words)
        assert ran.status == 0
        said = [one for one in ran.err.splitlines() if one.startswith("vcops: ")]
        assert len(said) == 1
        assert said[0].startswith(f"vcops: {file}, line {line}, column ")
        assert said[0].endswith("Until the file is corrected, the shipped one is used in its place.")
    assert (tmp_path / "form.pdf").stat().st_size > 1000
    assert f"{file}, baris {line}" in vcops("sop", "show", "link-failover", lang="id").err
    started = vcops("run", "start", "link-failover")
    assert f"The shipped procedure is used: link-failover.yaml, line {line}, has a fault." in started.err


def test_an_own_procedure_with_a_fault_is_not_said_to_be_unknown(vcops) -> None:
    file = vcops("sop", "new", "apel-pagi", "--json").json["file"]
    text = (vcops.home / "handbook" / "apel-pagi.yaml").read_text(encoding="utf-8")
    office_file(vcops, text.replace("minutes: 5 ", "minutes: lima "), "apel-pagi.yaml")
    ran = vcops("sop", "show", "apel-pagi", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "handbook.not_a_number")
    assert file in ran.err


def test_wrong_references_are_named_beside_wrong_types(vcops, tmp_path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        """\
procedure:
  id: mine
  version: "1"
  title: Uji
  executors:
    - {id: operator, title: Operator}
  phases:
    - id: only
      title: Satu
      steps:
        - id: power
          title: Daya
          executors: [operatr]
          minutes: lima
        - id: camera
          title: Kamera
          executors: [operator]
          check: {instrument: camera, standard: room-camra}
      gate: {id: go, title: Siap, executors: [pimpinan], waits_for: [onli]}
""",
        encoding="utf-8",
    )
    ran = vcops("sop", "validate", file, "--json")
    assert ran.status == 2
    assert [(one["code"], one["line"]) for one in ran.json["faults"]] == [
        ("handbook.unknown_executor_near", 13),
        ("handbook.not_a_number", 14),
        ("handbook.unknown_standard_near", 18),
        ("handbook.unknown_executor", 19),
        ("handbook.unknown_phase_near", 19),
    ]


def test_a_tariff_is_called_one_where_its_name_is_wrong(vcops) -> None:
    ran = vcops("tariff", "new", "a b", lang="id")
    assert (ran.status, "id tarif" in ran.err, "prosedur" in ran.err) == (2, True, False)


@pytest.mark.parametrize("group", ["sop", "standard"])
def test_validate_hints_at_a_text_that_a_comment_cuts_short(vcops, tmp_path, group: str) -> None:
    file = tmp_path / "camera.yaml"
    file.write_text(
        "standard:\n  id: kamera\n  title: Kamera #1\n  instrument: camera\n  requirements:\n"
        "    - {metric: fps, pass: 24, source: kantor}\n",
        encoding="utf-8",
    )
    ran = vcops(group, "validate", file)
    assert ran.status == 0
    assert "no faults" in ran.out
    assert f"{file}, line 3, column 17: title ends before this # and reads “Kamera”." in ran.err
    shown = vcops(group, "validate", file, "--json").json
    assert shown["valid"]
    assert [(one["code"], one["line"], one["column"]) for one in shown["hints"]] == [("handbook.cut_by_comment", 3, 17)]
