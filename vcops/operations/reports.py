"""The report of a month or another period: put together, and rendered as text or as a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vcops.domain.groups import asked_by, group_of
from vcops.domain.meeting_savings import meeting_saving
from vcops.domain.meetings import MeetingState
from vcops.domain.periods import Period
from vcops.domain.reports import MeetingReport, Report, ReportLine
from vcops.domain.savings import Total, total
from vcops.domain.tally import Grouping, Tally, in_order

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.documents.paper import Paper
    from vcops.domain.meeting_savings import MeetingSaving
    from vcops.domain.meetings import Meeting
    from vcops.domain.runs import Run
    from vcops.domain.tariffs import Tariff
    from vcops.operations.workplace import Workplace

_ASSIGNMENT = "team"
"""The step of the shipped procedure whose answer is the number of the letter of assignment."""

__all__ = [
    "as_text",
    "meeting",
    "month",
    "over",
    "saving_as_text",
    "tally_as_text",
    "title_of",
    "write_csv",
    "write_text",
    "write_workbook",
]


def month(workplace: Workplace, text: str, tariff_id: str | None = None) -> Report:
    """Return the report of a month, `2026-10`. Raises InvalidInput, StorageError."""
    return over(workplace, Period.month(text), tariff_id)


def over(workplace: Workplace, period: Period, tariff_id: str | None = None) -> Report:
    """Return the report of a period; `tariff_id` names a tariff as a what-if. Raises InvalidInput, StorageError.

    All of it, also the journal's newest entry that is printed, is of one moment, whoever writes meanwhile.
    """
    from vcops.operations.compliance import figures_at
    from vcops.operations.report_parts import incidents_at, months_at, photos_at
    from vcops.operations.signatories import signers
    from vcops.operations.tallies import tallies_at, tally_at
    from vcops.operations.tariffs import known
    from vcops.store import directory
    from vcops.store.closing import closings
    from vcops.store.writing import newest_head

    groupings: tuple[Grouping, ...] = ("unit", "kind", "mode")
    if len(period.months) > 1:
        groupings = ("month", *groupings)
    now = workplace.clock()
    what_if = known(workplace, tariff_id) if tariff_id else None
    with workplace.store.reading() as connection:
        closed = closings(connection, period)
        chief, operator = signers(connection, "")
        photos, photos_left = photos_at(workplace, connection, period)
        tally, *recaps = tallies_at(connection, now, period, (None, *groupings), what_if=what_if)
        return Report(
            office=directory.office(connection),
            period=period,
            made_at=now,
            tally=tally,
            recaps=tuple(in_order(one) for one in recaps),
            lines=_lines(connection, period, what_if),
            incidents=incidents_at(connection, period),
            before=tally_at(connection, now, period.neighbour(-1), what_if=what_if),
            months=months_at(connection, now, period, what_if=what_if),
            compliance=tuple(figures_at(workplace, connection, period)),
            photos=photos,
            photos_left=photos_left,
            closings=() if what_if else tuple(closed),
            draft=what_if is not None or len(closed) < len(period.months),
            head=newest_head(connection),
            demo=workplace.demo,
            what_if=tariff_id is not None,
            chief=chief,
            operator=operator,
        )


def _lines(connection: Connection, period: Period, what_if: Tariff | None) -> tuple[ReportLine, ...]:
    """Return the meetings that were held, each with what it saved; units and rooms as they were called when closed."""
    from vcops.operations.closed_tariffs import adoptions_in_force
    from vcops.operations.savings import tariff_on
    from vcops.store import directory
    from vcops.store.closing import frozen_names
    from vcops.store.sheets import meetings_between

    as_closed = frozen_names(connection, period)
    units = {unit.id: unit.name for unit in directory.units(connection)} | as_closed.get("unit", {})
    rooms = {room.id: room.name for room in directory.rooms(connection)} | as_closed.get("room", {})
    adoptions = adoptions_in_force(connection)
    return tuple(
        ReportLine(
            one,
            units.get(one.unit_id or "", ""),
            rooms.get(one.room_id or "", ""),
            meeting_saving(one, what_if or tariff_on(one.held_day, adoptions)),
        )
        for one in meetings_between(connection, period.first_day, period.last_day)
        if one.state is MeetingState.ENDED and one.belongs_to is None
    )


def meeting(workplace: Workplace, text: str, tariff_id: str | None = None) -> MeetingReport:
    """Return one meeting's record of proceedings, by its id or the id's end: all of it of one moment.

    Raises InvalidInput, Conflict, StorageError.
    """
    from vcops.operations.meeting_changes import held_meeting
    from vcops.operations.meetings import details_at
    from vcops.operations.signatories import signers
    from vcops.operations.tariffs import known
    from vcops.store import directory
    from vcops.store.writing import newest_head

    what_if = known(workplace, tariff_id) if tariff_id else None
    now = workplace.clock()
    with workplace.store.reading() as connection:
        details = details_at(connection, held_meeting(connection, text, now), now)
        run = _newest_run(connection, details.meeting.id)
        chief, operator = signers(connection, run.started_by if run else details.meeting.created_by)
        return MeetingReport(
            office=directory.office(connection),
            made_at=now,
            head=newest_head(connection),
            draft=details.meeting.state in (MeetingState.PLANNED, MeetingState.RUNNING),
            demo=workplace.demo,
            what_if=tariff_id is not None,
            details=details,
            run=run,
            assignment=_assignment(run),
            chief=chief,
            operator=operator,
            total=_saved_by(connection, details.meeting, what_if),
        )


def _assignment(run: Run | None) -> str:
    """Return the number of the team's letter of assignment, as the walk through the procedure recorded it."""
    attempt = run.counting(_ASSIGNMENT) if run else None
    return attempt.value if attempt else ""


def _newest_run(connection: Connection, meeting_id: str) -> Run | None:
    from vcops.store import runs

    newest = runs.run_ids(connection, meeting_id=meeting_id, most=1)
    return runs.run(connection, newest[0]) if newest else None


def _saved_by(connection: Connection, held: Meeting, what_if: Tariff | None) -> Total | None:
    """Return what one meeting saved: the same arithmetic as a tally of nothing else."""
    from vcops.operations.closed_tariffs import adoptions_in_force
    from vcops.operations.savings import tariff_on

    tariff = what_if or tariff_on(held.held_day, adoptions_in_force(connection))
    if held.state is not MeetingState.ENDED or held.same_as is not None or tariff is None:
        return None
    return total(tariff, held.held_day // 10_000, [group_of(held, asked_by(tariff))])


def as_text(report: Report | MeetingReport) -> str:
    """Return a report or a record as plain text, at most 80 columns wide, in the language in use."""
    from vcops.documents.paper_text import paper_text

    return paper_text(_paper(report))


def title_of(report: Report | MeetingReport) -> str:
    """Return what a report is called, for a printer's queue."""
    told = _paper(report)
    return f"{told.title}: {told.subtitle}"


def _paper(report: Report | MeetingReport) -> Paper:
    from vcops.documents.meeting_paper import meeting_paper
    from vcops.documents.report_paper import report_paper

    return meeting_paper(report) if isinstance(report, MeetingReport) else report_paper(report)


def tally_as_text(tally: Tally, *, what_if: bool = False) -> str:
    """Return a tally as plain text, in the language in use."""
    from vcops.documents.tally_text import tally_text

    return tally_text(tally, what_if=what_if)


def saving_as_text(saving: MeetingSaving) -> str:
    """Return what one meeting saved, line by line, in the language in use."""
    from vcops.documents.saving_text import saving_text

    return saving_text(saving)


def write_csv(report: Report | MeetingReport, path: Path) -> None:
    """Write the report as a sheet that the office's spreadsheet opens as a table. Raises StorageError."""
    from vcops.documents.paper_sheet import paper_rows
    from vcops.documents.report_sheet import report_rows
    from vcops.exchange import write_csv as write
    from vcops.locale import language

    # A spreadsheet set to Indonesian takes the comma for a decimal sign and parts cells at the semicolon.
    rows = paper_rows(_paper(report)) if isinstance(report, MeetingReport) else report_rows(report)
    write(path, rows, separator=";" if language() == "id" else ",")


def write_workbook(report: Report | MeetingReport, path: Path) -> None:
    """Write the report as XLSX, its figures as formulas over the rows behind them. Raises StorageError."""
    from vcops.documents.paper_sheet import paper_book
    from vcops.documents.report_book import write_book
    from vcops.exchange import writing_whole

    with writing_whole(path) as stream:
        if isinstance(report, MeetingReport):
            paper_book(_paper(report), stream, report.made_at, report.office.paper)
        else:
            write_book(report, stream)


def write_text(report: Report | MeetingReport, path: Path) -> None:
    """Write the report as plain text, UTF-8, whole or not at all. Raises StorageError."""
    from vcops.exchange import write_whole

    write_whole(path, as_text(report))
