"""`vcops standard`: list, show, validate."""

from __future__ import annotations

from tests.cli.test_sop import office_file

OWN = """\
standard:
  id: room-camera
  title: Kamera kami
  instrument: camera
  requirements:
    - {metric: fps, pass: 30, source: kantor}
"""


def test_the_standards_in_force(vcops) -> None:
    found = {one["id"]: one["instrument"] for one in vcops("standard", "list", "--json").json}
    assert found == {
        "room-camera": "camera",
        "room-connection": "connection",
        "room-sound": "sound",
        "platform-reachable": "platform",
        "meeting-room": "room",
    }


def test_a_standard_with_its_sources(vcops) -> None:
    shown = vcops("standard", "show", "room-camera", "--json").json
    assert {one["metric"]: one["pass"] for one in shown["requirements"]}["luma_mean"] == [70, 180]
    assert all(one["source"] and one["remedy"]["en"] for one in shown["requirements"])
    said = vcops("standard", "show", "room-camera", lang="id").out
    assert ">= 1280" in said
    assert "Sumber:" in said


def test_a_standard_in_numbers(vcops) -> None:
    def bounds(*words: object) -> dict[str, object]:
        shown = vcops("standard", "show", "room-connection", *words, "--json").json
        return {one["metric"]: (one["pass"], one["warn"]) for one in shown["requirements"][:2]}

    assert bounds("--platform", "zoom", "--quality", "1080p")["upload_mbps"] == (4.5, 3.0)
    assert bounds("--platform", "meet", "--participants", 2)["download_mbps"] == (3.9, 2.6)
    said = vcops("standard", "show", "room-connection", "--platform", "meet", "--participants", 30, lang="id").out
    assert "Dihitung untuk: 720p, 30 peserta, Google Meet" in said
    assert ">= 4.8" in said
    assert "bila terukur" in said
    assert vcops("standard", "show", "room-connection", "--platform", "webex", "--quality", "4k").status == 2


def test_the_office_overrides_by_id(vcops) -> None:
    office_file(vcops, OWN)
    (own,) = [one for one in vcops("standard", "list", "--json").json if one["own"]]
    assert (own["id"], own["title"], own["requirements"]) == ("room-camera", "Kamera kami", 1)


def test_validate_wants_a_standard(vcops, tmp_path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(OWN, encoding="utf-8")
    assert vcops("standard", "validate", file).status == 0
    file.write_text("tariff: {}\n", encoding="utf-8")
    ran = vcops("standard", "validate", file, "--json")
    assert ran.status == 2
    assert "handbook.other_kind" in {one["code"] for one in ran.json["faults"]}


def test_a_standard_that_can_never_pass_is_refused(vcops, tmp_path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(OWN.replace("fps, pass: 30", "identical_frames_pct, pass: -1"), encoding="utf-8")
    ran = vcops("standard", "validate", file)
    assert ran.status == 2
    assert "line 6" in ran.err
    assert "can never be met" in ran.err
