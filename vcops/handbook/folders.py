"""Where YAML lies: the folder that ships, in an editable install and in a wheel, and the files of any folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import vcops

__all__ = ["Seen", "have_changed", "seen_in", "shipped_folder", "yaml_files"]

Seen = Mapping[Path, tuple[int, int] | None]
"""Folders and files with the time of their last change (ns) and their size (bytes); None for one that is not there."""

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


def seen_in(folder: Path) -> Seen:
    """Return what tells later whether a YAML file of the folder was written, added or taken away."""
    folders = [folder, *(one for one in folder.glob("*") if one.is_dir())]
    return {path: _seen(path) for path in (*folders, *yaml_files(folder))}


def have_changed(seen: Seen) -> bool:
    """Whether any of it is not as it was seen. Asks for each known path and searches nothing."""
    return any(_seen(path) != before for path, before in seen.items())


def _seen(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
