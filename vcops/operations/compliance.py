"""How well the procedure was kept, by room and month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from vcops.domain.compliance import Compliance, of_run, together
from vcops.domain.periods import Period
from vcops.domain.procedures import USUAL
from vcops.errors import Conflict
from vcops.operations import directory
from vcops.operations.pace import timing

if TYPE_CHECKING:
    from vcops.domain.runs import Run
    from vcops.operations.workplace import Workplace

__all__ = ["RoomMonth", "by_room_and_month", "compliance_of"]


@dataclass(frozen=True, slots=True)
class RoomMonth:
    """The figures of one room's walks in one month (YYYY-MM); `room` is empty for walks without one."""

    room: str
    month: str
    figures: Compliance


def compliance_of(workplace: Workplace, run: Run) -> Compliance:
    """Return the figures of one run. Raises StorageError."""
    return of_run(run, timing(workplace, run).due, workplace.clock())


def by_room_and_month(
    workplace: Workplace, period: Period, room_id: str | None = None, *, procedure_id: str = USUAL
) -> list[RoomMonth]:
    """Return the figures of the walks begun in a period, rooms by name, newest month first.

    A walk whose frozen procedure was altered in the database is left out. Raises StorageError.
    """
    from vcops.store import run_glances, runs

    here = ZoneInfo(directory.office(workplace).zone)
    begin, end = _moments(period, here)
    names = {one.id: one.name for one in directory.rooms(workplace)}
    found: dict[tuple[str, str], list[Compliance]] = defaultdict(list)
    with workplace.store.reading() as connection:
        ids = run_glances.started_between(connection, procedure_id, begin, end, room_id)
    for run_id in ids:
        try:
            with workplace.store.reading() as connection:
                run = runs.run(connection, run_id)
        except Conflict:
            continue
        if run is not None and run.attempts:
            month = f"{run.started_at.astimezone(here):%Y-%m}"
            found[names.get(run.room_id or "", ""), month].append(compliance_of(workplace, run))
    rows = [RoomMonth(room, month, together(figures)) for (room, month), figures in found.items()]
    rows.sort(key=lambda one: one.month, reverse=True)
    return sorted(rows, key=lambda one: one.room.lower())


def _moments(period: Period, here: ZoneInfo) -> tuple[datetime, datetime]:
    """Return where a period's first day begins, and where the day after its last one does, in UTC."""
    first, last = (
        datetime(day // 10_000, day // 100 % 100, day % 100, tzinfo=here) for day in (period.first_day, period.last_day)
    )
    return first.astimezone(UTC), (last + timedelta(days=1)).astimezone(UTC)
