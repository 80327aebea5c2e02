"""Tallying a period: meetings, people, and the avoided cost under the tariffs in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from vcops.domain.meetings import day_number
from vcops.domain.periods import Period
from vcops.domain.tally import Grouping, Tally, add_up, segments

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.domain.tariffs import Tariff
    from vcops.operations.workplace import Workplace

__all__ = ["current_month", "day_at", "tallies_at", "tally", "tally_at", "today"]


def tally(workplace: Workplace, period: Period, *, by: Grouping | None = None, tariff_id: str | None = None) -> Tally:
    """Return the period added up, in rows by `by`. `tariff_id` names a handbook tariff as a what-if.

    Raises InvalidInput for an unknown tariff, StorageError.
    """
    from vcops.operations.tariffs import known

    what_if = known(workplace, tariff_id) if tariff_id else None
    with workplace.store.reading() as connection:
        return tally_at(connection, workplace.clock(), period, by=by, what_if=what_if)


def tally_at(
    connection: Connection, now: datetime, period: Period, *, by: Grouping | None = None, what_if: Tariff | None = None
) -> Tally:
    """Return the period added up as one moment of the database has it. Raises StorageError."""
    return tallies_at(connection, now, period, (by,), what_if=what_if)[0]


def tallies_at(
    connection: Connection,
    now: datetime,
    period: Period,
    groupings: Sequence[Grouping | None],
    *,
    what_if: Tariff | None = None,
) -> list[Tally]:
    """Return the same once a grouping; what they have in common is asked once. Raises StorageError."""
    from vcops.operations.adjustments import adjustments_at
    from vcops.operations.closed_tariffs import adoptions_in_force
    from vcops.store.closing import frozen_names
    from vcops.store.tally import count_joined, count_not_ended, count_segment, count_to_come

    adoptions = adoptions_in_force(connection)
    cut = segments(period, () if what_if else adoptions, what_if)
    day = day_number(day_at(connection, now))
    as_closed = frozen_names(connection, period)
    mine, here = adjustments_at(connection, period, adoptions, what_if)
    not_ended = count_not_ended(connection, period.first_day, period.last_day)
    to_come = count_to_come(connection, max(period.first_day, day), period.last_day)
    joined = count_joined(connection, period.first_day, period.last_day)
    return [
        replace(
            add_up(
                period,
                [(segment, count_segment(connection, segment, by, as_closed.get(by or ""))) for segment in cut],
                by=by,
                not_ended=not_ended,
                to_come=to_come,
                joined=joined,
                today=day,
            ),
            adjustments=mine,
            booked_here=here,
        )
        for by in groupings
    ]


def current_month(workplace: Workplace) -> Period:
    """Return the month it is in the office's zone."""
    return Period.of(today(workplace))


def today(workplace: Workplace) -> date:
    """Return the day it is in the office's zone."""
    with workplace.store.reading() as connection:
        return day_at(connection, workplace.clock())


def day_at(connection: Connection, now: datetime) -> date:
    """Return the day it is in the office's zone."""
    from vcops.store import directory

    return now.astimezone(ZoneInfo(directory.office(connection).zone)).date()
