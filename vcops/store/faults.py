"""What verifying finds, as a list that does not grow without end."""

from __future__ import annotations

from vcops.domain.journal import Fault

__all__ = ["MOST_FAULTS", "Faults"]

MOST_FAULTS = 500
"""So many faults are listed; a database whose every row was changed needs no longer list."""


class Faults:
    """The list of faults, cut off where it grows without end."""

    def __init__(self) -> None:
        self.kept: list[Fault] = []
        self.more = 0

    def add(self, fault: Fault | None) -> None:
        """Take one fault, or nothing."""
        if fault is None:
            return
        if len(self.kept) < MOST_FAULTS:
            self.kept.append(fault)
        else:
            self.more += 1
