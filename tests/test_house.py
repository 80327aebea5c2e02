"""The house stands: imports only go down, help stays light, the files stay small, the wheel carries everything."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[1]
HEAVY = {"textual", "pydantic", "sqlalchemy", "sqlmodel", "httpx", "yaml", "cv2", "numpy", "alembic", "typst"}
LONGEST = 400
"""Lines of a file before it certainly holds two subjects."""


def test_imports_only_go_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from vcops.cli.main import run; status = run(sys.argv[1:]);"
        f"print('LOADED', status, sorted({HEAVY!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED 0 []"


@pytest.mark.parametrize("file", sorted((ROOT / "vcops").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_holds_one_subject(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(text)), "say in one line what the file is for"


def test_the_wheel_carries_the_handbook_and_the_catalogs(tmp_path: Path) -> None:
    building = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(building, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "out")
    assert "vcops/locale/id/LC_MESSAGES/vcops.mo" in names
    assert any(name.startswith("vcops/sops/procedures/") for name in names)
    assert not any(name.startswith("tests/") for name in names)
    listing = [sys.executable, "-m", "vcops", "--home", str(tmp_path / "home"), "--lang", "id", "sop", "list"]
    alone = {"PYTHONPATH": str(tmp_path / "out"), "PATH": ""}
    done = subprocess.run(listing, cwd=tmp_path / "out", env=alone, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "video-conference" in done.stdout
