"""How the procedure that a run froze compares with the one in force now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vcops.errors import InvalidInput

__all__ = ["Edition", "EditionState"]


class EditionState(StrEnum):
    """How what a run froze compares with the handbook."""

    SAME = "same"
    NEWER = "newer"
    """The handbook holds another text under the same id; the run goes on by the one it started with."""
    GONE = "gone"
    """The handbook holds no procedure of that id any more, or the office's file has a fault."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a run walks (`version`, `digest`), and what is in force now; both empty where nothing is.

    `left_out` is the first fault of the office's own file of that id, where it was left out for it.
    """

    state: EditionState
    version: str
    digest: str
    now_version: str = ""
    now_digest: str = ""
    left_out: InvalidInput | None = None
