"""The pace of a run: by when its steps are to be done, and where whoever opens it now begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcops.domain.pace import Timing, counted_from
from vcops.operations import directory
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.domain.meetings import Meeting
    from vcops.domain.people import Room
    from vcops.domain.procedures import Step
    from vcops.domain.runs import Run

__all__ = ["current_step", "timing", "timing_of"]


def timing(workplace: Workplace, run: Run) -> Timing:
    """Return what the deadlines of a run count from and by, read from the database. Raises StorageError."""
    from vcops.operations import meetings

    meeting = meetings.details(workplace, run.meeting_id).meeting if run.meeting_id else None
    room = directory.room(workplace, run.room_id) if run.room_id else None
    return timing_of(workplace, run, meeting, room)


def timing_of(workplace: Workplace, run: Run, meeting: Meeting | None, room: Room | None) -> Timing:
    """Return the same for a run whose meeting and room are at hand."""
    from vcops.domain.workdays import Workdays

    zone = meeting.zone if meeting else room.zone if room else directory.office(workplace).zone
    base = counted_from(run, meeting.planned_start if meeting else None, zone)
    if base is None or not any((one.deadline or "").endswith("wd") for one in run.steps()):
        return Timing(base, Workdays())  # nothing counts working days: the holidays need not be known

    from vcops.operations.workdays import calendar

    return Timing(base, calendar(workplace, base.year))


def current_step(workplace: Workplace, run: Run) -> Step | None:
    """Return the step that somebody who opens the run now should see first. Raises StorageError."""
    return run.current(timing(workplace, run).over(run, workplace.clock()))
