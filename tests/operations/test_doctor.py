"""The doctor on real installations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vcops.operations import directory, doctor
from vcops.operations.workplace import Workplace


def test_a_faulty_file_of_the_office_is_named(workplace: Workplace) -> None:
    folder = workplace.handbook_folder / "standards"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("standard:\n  id: mine\n  wrong: 1\n", encoding="utf-8")
    (found,) = [one for one in doctor.examine(workplace) if one.subject == "doctor.handbook"]
    assert found.state == "warn"
    assert found.error is not None
    assert "mine.yaml" in str(found.error)


def test_each_faulty_file_of_the_office_is_named_once(workplace: Workplace) -> None:
    folder = workplace.handbook_folder / "standards"
    folder.mkdir(parents=True)
    for name in ("a", "b", "c"):
        (folder / f"{name}.yaml").write_text(f"standard:\n  id: {name}\n  wrong: 1\n  worse: 2\n", encoding="utf-8")
    found = [one.error for one in doctor.examine(workplace) if one.subject == "doctor.handbook"]
    assert [Path(str(one.params["file"])).name for one in found if one] == ["a.yaml", "b.yaml", "c.yaml"]


def test_it_says_which_servers_are_named(open_place: Callable[..., Workplace], tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    config = tmp_path / "office" / "config.toml"
    config.write_text('servers = ["http://sari:rahasia@speed.example.go.id"]\nstun = ["stun.example.go.id"]\n')
    place = open_place()
    directory.set_office(place, {"measure_servers": "http://lain.example.go.id"})
    told = {one.subject: one for one in doctor.examine(place)}
    named = told["doctor.servers"].params["value"]
    assert named == "http://sari:***@speed.example.go.id, http://lain.example.go.id"
    assert told["doctor.stun"].params["value"] == "stun.example.go.id"


def test_no_server_is_worth_a_look(workplace: Workplace) -> None:
    told = {one.subject: one.state for one in doctor.examine(workplace)}
    assert (told["doctor.no_servers"], told["doctor.no_stun"]) == ("warn", "ok")
