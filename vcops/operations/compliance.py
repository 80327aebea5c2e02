"""How well the procedure was kept, by room and month."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from vcops.domain.compliance import Compliance, RoomMonth, of_run, together
from vcops.domain.meetings import Meeting
from vcops.domain.periods import Period, as_date
from vcops.domain.verdicts import USUAL
from vcops.errors import Conflict

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.domain.people import Room
    from vcops.domain.runs import Run
    from vcops.operations.workplace import Workplace

__all__ = ["by_room_and_month", "compliance_of", "figures_at", "unaltered"]


def compliance_of(workplace: Workplace, run: Run) -> Compliance:
    """Return the figures of one run. Raises StorageError."""
    from vcops.operations.pace import timing

    return of_run(run, timing(workplace, run).due, workplace.clock())


def by_room_and_month(
    workplace: Workplace, period: Period, room_id: str | None = None, *, procedure_id: str = USUAL
) -> list[RoomMonth]:
    """Return the figures of the walks begun in a period, rooms by name, newest month first.

    A walk whose frozen procedure was altered in the database is left out. Raises StorageError.
    """
    with workplace.store.reading() as connection:
        return figures_at(workplace, connection, period, room_id, procedure_id=procedure_id)


def figures_at(
    workplace: Workplace,
    connection: Connection,
    period: Period,
    room_id: str | None = None,
    *,
    procedure_id: str = USUAL,
) -> list[RoomMonth]:
    """Return the same as one moment of the database has it. Raises StorageError."""
    from vcops.store import directory, run_glances

    office = directory.office(connection)
    here = ZoneInfo(office.zone)
    rooms = {one.id: one for one in directory.rooms(connection)}
    found: dict[tuple[str, str], list[Compliance]] = defaultdict(list)
    for run_id in run_glances.started_between(connection, procedure_id, *_moments(period, here), room_id):
        run = unaltered(connection, run_id)
        if run is not None and run.attempts:
            room = rooms.get(run.room_id or "")
            month = f"{run.started_at.astimezone(here):%Y-%m}"
            found[room.name if room else "", month].append(_figures(workplace, connection, run, room))
    rows = [RoomMonth(room, month, together(figures)) for (room, month), figures in found.items()]
    rows.sort(key=lambda one: one.month, reverse=True)
    return sorted(rows, key=lambda one: one.room.lower())


def unaltered(connection: Connection, run_id: str) -> Run | None:
    """Return a run; None where what it froze was altered in the database, which `journal --verify` names."""
    from vcops.store import runs  # what reads a procedure is imported where one was walked

    try:
        return runs.run(connection, run_id)
    except Conflict:
        return None


def _figures(workplace: Workplace, connection: Connection, run: Run, room: Room | None) -> Compliance:
    from vcops.operations.pace import timing_of
    from vcops.store.records import by_id

    meeting = by_id(connection, Meeting, run.meeting_id)
    return of_run(run, timing_of(workplace, run, meeting, room).due, workplace.clock())


def _moments(period: Period, here: ZoneInfo) -> tuple[datetime, datetime]:
    """Return where a period's first day begins, and where the day after its last one does, in UTC."""
    first, last = (datetime.combine(as_date(day), time(), here) for day in (period.first_day, period.last_day))
    return first.astimezone(UTC), (last + timedelta(days=1)).astimezone(UTC)
