"""What a procedure's conditions may ask about a meeting."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may ask about the meeting a run is for."""

    kind: str = ""
    mode: str = "online"
    service: frozenset[str] = field(default_factory=frozenset)
    participants: int | None = None
    backup_link: bool = False
