"""The report of a month or another period: put together, and rendered as text or as a sheet."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.domain.meetings import Incident, MeetingState
from vcops.domain.periods import Period
from vcops.domain.reports import Report, ReportLine
from vcops.domain.tally import Grouping, Tally

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["as_text", "month", "over", "tally_as_text", "write_csv", "write_text"]


def month(workplace: Workplace, text: str, tariff_id: str | None = None) -> Report:
    """Return the report of a month, `2026-10`. Raises InvalidInput, StorageError."""
    return over(workplace, Period.month(text), tariff_id)


def over(workplace: Workplace, period: Period, tariff_id: str | None = None) -> Report:
    """Return the report of a period; `tariff_id` names a tariff as a what-if. Raises InvalidInput, StorageError.

    All of it, also the journal's newest entry that is printed, is of one moment, whoever writes meanwhile.
    """
    from vcops.operations.tallies import tally_at
    from vcops.operations.tariffs import known
    from vcops.store import directory
    from vcops.store.sheets import incidents_between, meetings_between
    from vcops.store.writing import newest_head

    groupings: tuple[Grouping, ...] = ("unit", "kind", "mode")
    if len(period.months) > 1:
        groupings = ("month", *groupings)
    now = workplace.clock()
    what_if = known(workplace, tariff_id) if tariff_id else None
    with workplace.store.reading() as connection:
        units = {unit.id: unit.name for unit in directory.units(connection)}
        rooms = {room.id: room.name for room in directory.rooms(connection)}
        held = [
            ReportLine(one, units.get(one.unit_id or "", ""), rooms.get(one.room_id or "", ""))
            for one in meetings_between(connection, period.first_day, period.last_day)
            if one.state is MeetingState.ENDED
        ]
        incidents = incidents_between(connection, period.first_day, period.last_day)
        return Report(
            office=directory.office(connection),
            period=period,
            made_at=now,
            tally=tally_at(connection, now, period, what_if=what_if),
            recaps=tuple(tally_at(connection, now, period, by=by, what_if=what_if) for by in groupings),
            lines=tuple(held),
            incidents=len(incidents),
            lost=sum((_lasted(one) for one in incidents), timedelta(0)),
            head=newest_head(connection),
            demo=workplace.demo,
            what_if=tariff_id is not None,
        )


def as_text(report: Report) -> str:
    """Return the report as plain text, at most 80 columns wide, in the language in use."""
    from vcops.documents import report_text

    return report_text(report)


def tally_as_text(tally: Tally, *, what_if: bool = False) -> str:
    """Return a tally as plain text, in the language in use."""
    from vcops.documents import tally_text

    return tally_text(tally, what_if=what_if)


def write_csv(report: Report, path: Path) -> None:
    """Write the report as a sheet that the office's spreadsheet opens as a table. Raises StorageError."""
    from vcops.documents import report_rows
    from vcops.exchange import write_csv as write
    from vcops.locale import language

    # A spreadsheet set to Indonesian takes the comma for a decimal sign and parts cells at the semicolon.
    write(path, report_rows(report), separator=";" if language() == "id" else ",")


def write_text(report: Report, path: Path) -> None:
    """Write the report as plain text, UTF-8, whole or not at all. Raises StorageError."""
    from vcops.exchange import write_whole

    write_whole(path, as_text(report))


def _lasted(incident: Incident) -> timedelta:
    return incident.recovered_at - incident.started_at if incident.recovered_at else timedelta(0)
