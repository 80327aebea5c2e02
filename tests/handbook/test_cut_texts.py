"""A ` #` that cuts a text short is hinted at with its place; words that are looked up and remarks are not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from vcops.handbook import open_handbook, tree, validate_file
from vcops.handbook.folders import shipped_folder, yaml_files
from vcops.handbook.template import new_page_text

STANDARD = """\
standard:
  id: my-camera # kantor
  title: Kamera é ruang #1
  about: "Kamera #2"   # dalam kutip
  instrument: camera # dicari
  requirements:
    - metric: fps # dicari
      pass: 24 # angka
      source: kantor     # menurut edaran
    - {metric: frame_height_px, pass: 720, source: tangga#7}
    - metric: noise_sigma
      pass: 6
      source: Nota dinas
        lama #12
"""


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_a_text_that_a_comment_ends_is_hinted_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loader: type) -> None:
    monkeypatch.setattr(tree, "_LOADER", loader)
    file = tmp_path / "camera.yaml"
    file.write_text(STANDARD, encoding="utf-8")
    page = validate_file(file, open_handbook(tmp_path / "none"))
    assert page.faults == ()
    assert page.document is not None
    told = [tuple(one.params[name] for name in ("line", "column", "key", "value")) for one in page.hints]
    assert told == [(3, 25, "title", "Kamera é ruang"), (14, 14, "source", "Nota dinas lama")]


def test_a_text_of_a_list_and_one_beside_a_fault_are_hinted_at(tmp_path: Path) -> None:
    file = tmp_path / "sop.yaml"
    file.write_text(
        "procedure:\n  id: apel\n  steps: 3\n  cover:\n    warnings:\n      - Ruang #2 terkunci\n", encoding="utf-8"
    )
    page = validate_file(file, open_handbook(tmp_path / "none"))
    assert page.faults
    assert [(one.params["line"], one.params["key"]) for one in page.hints] == [(6, "warnings")]


def test_what_ships_and_what_is_begun_has_no_hint(tmp_path: Path) -> None:
    for kind in ("procedure", "tariff"):
        (tmp_path / f"{kind}.yaml").write_text(new_page_text(kind, "baru", {}), encoding="utf-8")
    handbook = open_handbook(tmp_path / "none")
    for file in (*yaml_files(shipped_folder()), *yaml_files(tmp_path)):
        assert validate_file(file, handbook).hints == (), file
