"""Where YAML lies: the folder that ships, in an editable install and in a wheel, and the files of any folder."""

from __future__ import annotations

from pathlib import Path

import vcops

__all__ = ["shipped_folder", "yaml_files"]

_SUFFIXES = (".yaml", ".yml")


def shipped_folder() -> Path:
    """Return the `sops` folder: inside the package in a wheel, beside it in an editable install."""
    package = Path(vcops.__file__).parent
    inside = package / "sops"
    return inside if inside.is_dir() else package.parent / "sops"


def yaml_files(folder: Path) -> list[Path]:
    """Return a folder's YAML files and those one folder deeper, sorted; none where there is no such folder.

    No deeper: an office that points at the wrong folder should not wait while a whole disk is searched.
    """
    found = [path for pattern in ("*", "*/*") for path in folder.glob(pattern)]
    return sorted(path for path in found if path.suffix.lower() in _SUFFIXES and path.is_file())
