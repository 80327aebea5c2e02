"""A clock that stands still until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["FIRST_MOMENT", "SetClock"]

FIRST_MOMENT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday 23 November 2026, 08.00 WIB."""


class SetClock:
    """Call it for the time; `move(minutes=5)` to let time pass, `now = ...` to set it."""

    def __init__(self, now: datetime = FIRST_MOMENT) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> datetime:
        """Let time pass; the words are those of `timedelta`."""
        self.now += timedelta(**span)
        return self.now
