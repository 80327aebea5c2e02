"""The office's folder over what ships: overriding by id, and faults that never take the program down."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handbook.test_faults import PROCEDURE, STANDARD
from vcops.handbook import have_changed, open_handbook, read_page, seen_in, shipped_folder, validate_file

CAMERA = STANDARD.replace("my-camera", "room-camera")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "handbook"
    folder.mkdir()
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_office_overrides_by_id(own: Path) -> None:
    write(own, "standards/kamera.yml", CAMERA)
    handbook = open_handbook(own)
    assert handbook.faults == ()
    assert [one.metric for one in handbook.standards["room-camera"].requirements] == ["fps"]
    assert handbook.own == {("standard", "room-camera")}
    assert "video-conference" in handbook.procedures


def test_a_faulty_file_leaves_the_shipped_one_in_force(own: Path) -> None:
    file = write(own, "camera.yaml", CAMERA.replace("fps", "fsp"))
    handbook = open_handbook(own)
    assert handbook.standards["room-camera"].requirement("first_frame_ms") is not None
    (found,) = handbook.faults
    assert (found.code, found.params["file"], found.params["line"]) == ("handbook.unknown_metric_near", str(file), 6)


def test_the_same_id_twice_in_one_folder_is_a_fault(own: Path) -> None:
    first = write(own, "a.yaml", STANDARD)
    second = write(own, "b.yaml", STANDARD.replace("pass: 24", "pass: 30"))
    handbook = open_handbook(own)
    (found,) = handbook.faults
    assert found.code == "handbook.same_id"
    assert (found.params["file"], found.params["other"], found.params["line"]) == (str(second), str(first), 2)
    assert handbook.standards["my-camera"].requirements[0].pass_ == 24


def test_a_step_needs_its_standard(own: Path) -> None:
    checked = PROCEDURE.replace("deadline: -60min", "check: {instrument: camera, standard: room-camra}")
    write(own, "mine.yaml", checked)
    handbook = open_handbook(own)
    assert "mine" not in handbook.procedures
    (found,) = handbook.faults
    assert (found.code, found.params["line"], found.params["nearest"]) == (
        "handbook.unknown_standard_near",
        17,
        "room-camera",
    )


def test_a_step_needs_a_standard_for_its_instrument(own: Path) -> None:
    checked = PROCEDURE.replace("deadline: -60min", "check: {instrument: camera, standard: room-connection}")
    write(own, "mine.yaml", checked)
    (found,) = open_handbook(own).faults
    assert (found.code, found.params["expected"]) == ("handbook.standard_instrument", "camera")


def test_an_override_that_would_strand_the_shipped_procedure_is_left_out(own: Path) -> None:
    other = CAMERA.replace("instrument: camera", "instrument: connection").replace("fps", "download_mbps")
    write(own, "camera.yaml", other)
    handbook = open_handbook(own)
    assert [one.code for one in handbook.faults] == ["handbook.override_instrument"]
    assert handbook.standards["room-camera"].instrument == "camera"
    assert "video-conference" in handbook.procedures


def test_an_own_procedure_with_a_broken_link_gives_way_to_the_shipped(own: Path) -> None:
    text = PROCEDURE.replace("id: mine", "id: video-conference")
    write(own, "mine.yaml", text.replace("deadline: -60min", "check: {instrument: camera, standard: none-such}"))
    handbook = open_handbook(own)
    assert [one.code for one in handbook.faults] == ["handbook.unknown_standard"]
    assert len(list(handbook.procedures["video-conference"].steps())) > 30
    assert not handbook.own


def test_validate_looks_beside_the_file_too(own: Path) -> None:
    handbook = open_handbook(own)
    file = write(own, "x.yaml", PROCEDURE.replace("deadline: -60min", "check: {instrument: camera, standard: nope}"))
    assert [one.code for one in validate_file(file, handbook).faults] == ["handbook.unknown_standard"]
    for shipped in (shipped_folder() / "procedures").glob("*.yaml"):
        assert validate_file(shipped, handbook).faults == ()


def test_other_files_in_the_folder_are_none_of_its_business(own: Path) -> None:
    write(own, "notes.txt", "not: [yaml")
    write(own, "deep/er/x.yaml".replace("er/", ""), STANDARD)
    handbook = open_handbook(own)
    assert handbook.faults == ()
    assert "my-camera" in handbook.standards


def test_the_folder_need_not_exist(tmp_path: Path) -> None:
    assert open_handbook(tmp_path / "none").faults == ()


def test_a_page_knows_what_it_is(own: Path) -> None:
    page = read_page(write(own, "x.yaml", STANDARD))
    assert (page.kind, page.document.id) == ("standard", "my-camera")


SHIPPED = (shipped_folder() / "procedures" / "video-conference.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("mine.yaml", SHIPPED.replace("version:", "versoin:", 1), ("procedure", "video-conference")),
        ("mine.yaml", SHIPPED.replace("phases:", "phases: [", 1), ("procedure", "video-conference")),
        ("link-failover.yaml", "procedure:\n  title: {id: 'Tanpa id\n", ("procedure", "link-failover")),
        ("kami.yaml", '{"procedure": {"id": "kami", "version": }}', ("procedure", "kami")),
        ("camera.yaml", CAMERA.replace("fps", "fsp"), ("standard", "room-camera")),
        ("sound.yaml", CAMERA.replace("id: room-camera", "id: room-sound"), ("standard", "room-sound")),
        ("mine.yaml", PROCEDURE.replace("deadline: -60min", "check: {instrument: camera, standard: x}"),
         ("procedure", "mine")),
    ],
)  # fmt: skip
def test_what_a_faulty_file_was_to_be_is_known(own: Path, name: str, text: str, key: tuple[str, str]) -> None:
    file = write(own, name, text)
    handbook = open_handbook(own)
    assert set(handbook.left_out) == {key}
    assert handbook.left_out[key] in handbook.faults
    assert handbook.left_out[key].params["file"] == str(file)
    assert key not in handbook.own


@pytest.mark.parametrize("text", ["", "\x00", "- a\n- b\n", "prosedur: {id: mine}\n"])
def test_a_file_that_tells_nothing_hides_nothing(own: Path, text: str) -> None:
    write(own, "mine.yaml", text)
    handbook = open_handbook(own)
    assert handbook.faults
    assert handbook.left_out == {}


def test_a_page_that_is_in_force_is_not_left_out(own: Path) -> None:
    write(own, "a.yaml", CAMERA)
    write(own, "b.yaml", CAMERA.replace("fps", "fsp"))
    handbook = open_handbook(own)
    assert (handbook.left_out, handbook.own) == ({}, {("standard", "room-camera")})


def test_what_was_written_since_is_noticed(own: Path) -> None:
    for change in (
        lambda: write(own, "a.yaml", CAMERA),
        lambda: write(own, "a.yaml", CAMERA.replace("24", "25.0")),
        lambda: write(own, "standards/b.yaml", STANDARD),
        lambda: write(own, "standards/c.yaml", STANDARD),
        (own / "a.yaml").unlink,
    ):
        seen = seen_in(own)
        assert not have_changed(seen)
        change()
        assert have_changed(seen)
    nowhere = seen_in(own / "none")
    assert not have_changed(nowhere)
    (own / "none").mkdir()
    assert have_changed(nowhere)
