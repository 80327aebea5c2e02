"""Disks that have a fault of their own: one that became read-only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["read_only"]


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """Make a folder a disk that cannot be written, not even by root; skip the test where that is not permitted."""
    binding = ["mount", "--bind", str(folder), str(folder)]
    if sys.platform != "linux" or subprocess.run(binding, capture_output=True, check=False).returncode:
        pytest.skip("making a disk read-only is not permitted here")
    subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
