"""A paper on its way out of a printer: how far it is, and what the printer says meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["JobState", "PrintStage"]


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    """In the queue: others are before it, or the printer does not take anything now."""
    HELD = "held"
    """In the queue of a printer that was stopped: it prints when somebody lets it go on."""
    PRINTING = "printing"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    HANDED_OVER = "handed-over"
    """With the system, which tells no more of it."""

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it by itself."""
        return self not in {JobState.WAITING, JobState.HELD, JobState.PRINTING}


@dataclass(frozen=True, slots=True)
class PrintStage:
    """One look at a job. `reasons` are the printer's own, by their names in IPP (RFC 8011): `media-empty`, `paused`.

    `said` is what the printer says in its own words, which may be empty.
    """

    state: JobState
    reasons: tuple[str, ...] = ()
    said: str = ""
