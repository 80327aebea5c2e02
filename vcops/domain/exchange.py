"""What an import did, or would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vcops.errors import InvalidInput

__all__ = ["ImportFault", "ImportResult", "NearName"]


@dataclass(frozen=True, slots=True)
class ImportFault:
    """One fault of one row. `heading` is the column as the file calls it."""

    line: int
    heading: str
    error: InvalidInput


@dataclass(frozen=True, slots=True)
class NearName:
    """A new name very like another, in the database or the same file: perhaps a slip of the keyboard."""

    column: str
    new: str
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What came of a file. With faults, or as a dry run, nothing was stored."""

    file: str
    encoding: str = ""
    rows: int = 0
    stored: int = 0
    already_there: int = 0
    repeats: int = 0
    new_units: tuple[str, ...] = ()
    new_rooms: tuple[str, ...] = ()
    near: tuple[NearName, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    faults: tuple[ImportFault, ...] = ()
    dry_run: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the shape of `vcops meeting import --json`; the faults are added by the face, in words."""
        return {
            "file": self.file,
            "encoding": self.encoding or None,
            "rows": self.rows,
            "stored": self.stored,
            "already_there": self.already_there,
            "repeats": self.repeats,
            "new_units": list(self.new_units),
            "new_rooms": list(self.new_rooms),
            "near": [{"column": one.column, "new": one.new, "known": one.known} for one in self.near],
            "unknown_columns": list(self.unknown_columns),
            "dry_run": self.dry_run,
        }
