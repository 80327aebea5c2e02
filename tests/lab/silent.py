"""A file that the camera probe opens and never comes back from: a list of films whose only one is a pipe."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["silent_source"]


def silent_source(folder: Path) -> str:
    """Write it into `folder`; return its path. Needs named pipes, that is, POSIX."""
    os.mkfifo(folder / "silent.avi")
    listed = folder / "silent.ffconcat"
    listed.write_text("ffconcat version 1.0\nfile silent.avi\n", encoding="ascii")
    return str(listed)
