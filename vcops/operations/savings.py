"""Opening a figure: a row's meetings, one meeting's lines, what is incomplete, and what there was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING

from vcops.domain.adoptions import Adoption, on_day
from vcops.domain.comparing import Comparison, MonthPair, chart_period, month_pairs, year_before
from vcops.domain.groups import Asked, asked_by
from vcops.domain.incomplete import Incomplete, lacks
from vcops.domain.meeting_savings import MeetingSaving, meeting_saving
from vcops.domain.meetings import Meeting, day_number
from vcops.domain.periods import Period
from vcops.domain.same_meeting import twins
from vcops.domain.tally import Grouping, Tally, segments
from vcops.operations.tallies import tally_at, today

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.domain.tariffs import Tariff
    from vcops.operations.workplace import Workplace

__all__ = ["Behind", "behind", "chart", "comparison", "incomplete", "incomplete_at", "of_meeting", "tariff_on"]

MOST = 2000
"""Meetings behind one figure: more than anyone reads, and few enough to be there at once."""


@dataclass(frozen=True, slots=True)
class Behind:
    """One meeting behind a figure: its unit's name and what it saved."""

    meeting: Meeting
    unit: str
    saving: MeetingSaving


def tariff_on(day: int, adoptions: Sequence[Adoption]) -> Tariff | None:
    """Return the tariff in force on a day (YYYYMMDD)."""
    found = on_day(adoptions, day)
    return found.tariff if found else None


def of_meeting(workplace: Workplace, meeting_id: str, tariff_id: str | None = None) -> Behind:
    """Return one meeting's saving; `tariff_id` names a tariff as a what-if. Raises InvalidInput, Conflict."""
    from vcops.operations.closed_tariffs import adoptions_in_force
    from vcops.operations.meeting_changes import held_meeting
    from vcops.operations.tariffs import known

    what_if = known(workplace, tariff_id) if tariff_id else None
    with workplace.store.reading() as connection:
        held = held_meeting(connection, meeting_id, workplace.clock())
        tariff = what_if or tariff_on(held.held_day, adoptions_in_force(connection))
        return Behind(held, _units(connection).get(held.unit_id or "", ""), meeting_saving(held, tariff))


def behind(
    workplace: Workplace, period: Period, by: Grouping | None, key: str, tariff_id: str | None = None
) -> tuple[list[Behind], bool]:
    """Return the meetings that a tally's row counts, each with what it saved, and whether there are still more."""
    from vcops.operations.closed_tariffs import adoptions_in_force
    from vcops.operations.tariffs import known
    from vcops.store.behind import meetings_behind
    from vcops.store.closing import frozen_names

    what_if = known(workplace, tariff_id) if tariff_id else None
    with workplace.store.reading() as connection:
        adoptions = adoptions_in_force(connection)
        as_closed = frozen_names(connection, period).get(by or "")
        found = meetings_behind(connection, (period.first_day, period.last_day), by, key, MOST, as_closed)
        units = _units(connection)
    shown = [
        Behind(
            one, units.get(one.unit_id or "", ""), meeting_saving(one, what_if or tariff_on(one.held_day, adoptions))
        )
        for one in found[:MOST]
    ]
    return shown, len(found) > MOST


def incomplete(workplace: Workplace, period: Period, tariff_id: str | None = None) -> list[Incomplete]:
    """Return the meetings of a period that lack something, in their order."""
    from vcops.operations.tariffs import known

    what_if = known(workplace, tariff_id) if tariff_id else None
    now = day_number(today(workplace))
    with workplace.store.reading() as connection:
        return incomplete_at(connection, period, now, what_if)


def incomplete_at(
    connection: Connection, period: Period, today: int, what_if: Tariff | None = None
) -> list[Incomplete]:
    """Return the same as one moment of the database has it; `today` is YYYYMMDD."""
    from vcops.operations.closed_tariffs import adoptions_in_force
    from vcops.store.behind import meetings_lacking, meetings_with_number

    days = (period.first_day, period.last_day)
    adoptions = adoptions_in_force(connection)
    cut = segments(period, () if what_if else adoptions, what_if)
    asked = reduce(or_, (asked_by(one.tariff) for one in cut), Asked())
    numbered = meetings_with_number(connection, days)
    units = _units(connection)
    pairs = twins(numbered)
    found: dict[str, Incomplete] = {}
    alike = (one for one in numbered if one.id in pairs)
    for one in chain(meetings_lacking(connection, days, today, asked), alike):
        missing = lacks(one, what_if or tariff_on(one.held_day, adoptions), today)
        twin = pairs.get(one.id)
        if missing or twin is not None:
            named = (*missing, "joined") if twin is not None else missing
            found[one.id] = Incomplete(one, units.get(one.unit_id or "", ""), named, twin)
    return sorted(found.values(), key=lambda held: (held.meeting.local_day, held.meeting.id))


def comparison(workplace: Workplace, period: Period, tariff_id: str | None = None) -> Comparison:
    """Return the period before and the same period a year earlier."""
    earlier = period.neighbour(-1)
    year = year_before(period)
    before = _tally(workplace, earlier, tariff_id)
    return Comparison(before, None if year == earlier else _tally(workplace, year, tariff_id))


def chart(workplace: Workplace, period: Period, tariff_id: str | None = None) -> tuple[MonthPair, ...]:
    """Return the months of a period, twelve at least, each beside the same month a year earlier."""
    months = chart_period(period)
    now = _tally(workplace, months, tariff_id, "month")
    return month_pairs(now, _tally(workplace, year_before(months), tariff_id, "month"))


def _tally(workplace: Workplace, period: Period, tariff_id: str | None, by: Grouping | None = None) -> Tally:
    from vcops.operations.tariffs import known

    what_if = known(workplace, tariff_id) if tariff_id else None
    with workplace.store.reading() as connection:
        return tally_at(connection, workplace.clock(), period, by=by, what_if=what_if)


def _units(connection: Connection) -> dict[str, str]:
    from vcops.store import directory

    return {unit.id: unit.name for unit in directory.units(connection)}
