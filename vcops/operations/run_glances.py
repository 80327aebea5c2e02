"""What a walk asks often: whether anything has changed, and who else is at work in the same room."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vcops.domain.runs import Neighbour, Run
    from vcops.operations.workplace import Workplace

__all__ = ["AT_WORK", "neighbours", "newest_entry", "run_of_meeting"]

AT_WORK = timedelta(hours=1)
"""Whoever has done nothing for so long is not taken to be at work: a run stays open until its last paper is in."""


def newest_entry(workplace: Workplace) -> int:
    """Return a number that stays while nothing in the database changes. Raises StorageError."""
    from vcops.store import run_glances

    with workplace.store.reading() as connection:
        return run_glances.newest_entry(connection)


def neighbours(workplace: Workplace, run: Run) -> list[Neighbour]:
    """Return the other runs that are walked in the same room just now. Raises StorageError."""
    from vcops.store import run_glances

    if run.room_id is None or run.closed_at is not None:
        return []
    with workplace.store.reading() as connection:
        return run_glances.neighbours(connection, run.id, run.room_id, workplace.clock() - AT_WORK)


def run_of_meeting(workplace: Workplace, procedure_id: str, meeting_id: str) -> str | None:
    """Return the meeting's walk in the room where it is held now, open or closed; None where there is none yet."""
    from vcops.operations import meetings
    from vcops.store import run_glances

    room_id = meetings.details(workplace, meeting_id).meeting.room_id
    with workplace.store.reading() as connection:
        return run_glances.run_of_meeting(connection, procedure_id, meeting_id, room_id)
