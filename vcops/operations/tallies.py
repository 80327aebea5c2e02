"""Tallying a period: meetings, people, and the avoided cost under the tariffs in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vcops.domain.meetings import day_number
from vcops.domain.periods import Period
from vcops.domain.tally import Grouping, Tally, add_up, segments

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["current_month", "tally", "today"]


def tally(workplace: Workplace, period: Period, *, by: Grouping | None = None, tariff_id: str | None = None) -> Tally:
    """Return the period added up, in rows by `by`. `tariff_id` names a handbook tariff as a what-if.

    Raises InvalidInput for an unknown tariff, StorageError.
    """
    from vcops.operations.tariffs import adoptions, known
    from vcops.store.tally import count_not_ended, count_segment, count_to_come

    what_if = known(workplace, tariff_id) if tariff_id else None
    cut = segments(period, () if what_if else adoptions(workplace), what_if)
    now = max(period.first_day, day_number(today(workplace)))
    with workplace.store.reading() as connection:
        counted = [(segment, count_segment(connection, segment, by)) for segment in cut]
        not_ended = count_not_ended(connection, period.first_day, period.last_day)
        to_come = count_to_come(connection, now, period.last_day)
    return add_up(period, counted, by=by, not_ended=not_ended, to_come=to_come)


def current_month(workplace: Workplace) -> Period:
    """Return the month it is in the office's zone."""
    return Period.of(today(workplace))


def today(workplace: Workplace) -> date:
    """Return the day it is in the office's zone."""
    from zoneinfo import ZoneInfo

    from sqlalchemy import select

    from vcops.store.tables import Office, table_of

    with workplace.store.reading() as connection:
        zone = connection.execute(select(table_of(Office).c.zone)).scalar() or "Asia/Jakarta"
    return workplace.clock().astimezone(ZoneInfo(zone)).date()
