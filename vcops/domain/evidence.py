"""Pictures that a camera check leaves as evidence: which are kept at all, and what the record says of one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

__all__ = ["DAYS_KEPT", "KEEPING", "Keeping", "Picture"]

Keeping = Literal["off", "empty-room", "always"]
"""Whether pictures are kept: none, only such that nobody can be seen on, or every one."""
KEEPING: tuple[Keeping, ...] = ("off", "empty-room", "always")
DAYS_KEPT = 30
"""For how many days where the office says nothing else."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. `file` is its place inside the data folder; its SHA-256 tells whether it is still the same.

    After `deleted_at` the file is gone, and the record of it stays.
    """

    file: str
    sha256: str
    camera: str = ""
    deleted_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values; `from_json` reads them back."""
        at = self.deleted_at
        return asdict(self) | {"deleted_at": at and at.astimezone(UTC).isoformat().replace("+00:00", "Z")}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Picture:
        """Read what `as_json` wrote."""
        at = data.get("deleted_at")
        return cls(**(data | {"deleted_at": datetime.fromisoformat(at) if at else None}))
