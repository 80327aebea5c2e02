"""`vcops sop`: list, show, validate, schema."""

from __future__ import annotations

import jsonschema
import yaml

from vcops.handbook import shipped_folder

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
    (one,) = vcops("sop", "list", "--json").json
    assert (one["id"], one["own"]) == ("video-conference", False)
    assert "Penyelenggaraan rapat virtual" in vcops("sop", "list", lang="id").out


def test_a_procedure_in_full(vcops) -> None:
    shown = vcops("sop", "show", "video-conference", "--json").json
    assert shown["phases"][0]["gate"]["id"] == "go-no-go"
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
    assert set(schema["properties"]) == {"procedure", "standard", "tariff", "platform"}


def test_a_faulty_office_file_is_told_and_stops_nothing(vcops) -> None:
    office_file(vcops, BROKEN)
    ran = vcops("sop", "list", "--json")
    assert ran.status == 0
    assert ran.json
    assert "line 6" in ran.err
