"""Attached files, and how one compares with what it was when it was attached."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["FileState"]


class FileState(StrEnum):
    """What became of an attached file."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    """It is not there, or cannot be read on this machine."""
