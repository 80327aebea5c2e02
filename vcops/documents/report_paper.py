"""A period's report as a paper: recaps, detail, incidents, savings."""

from __future__ import annotations

from collections.abc import Iterator

from vcops.documents.adjustment_rows import adjustment_sections
from vcops.documents.framing import framed, signatory
from vcops.documents.layout import Column
from vcops.documents.paper import Block, Pairs, Paper, Paragraph, Section, Table
from vcops.documents.tally_text import recap_blocks, saving_blocks, summary_blocks
from vcops.domain.meetings import Meeting
from vcops.domain.reports import Report, ReportLine
from vcops.formats import clock, number, span
from vcops.locale import _
from vcops.wording.closing import answer_words
from vcops.wording.terms import grouping_name, kind_name, mode_name, period_name

__all__ = ["hours", "report_paper"]


def report_paper(report: Report) -> Paper:
    """Return the whole report."""
    return framed(
        report,
        title=_("REPORT ON THE VIRTUAL MEETING SERVICE"),
        subtitle=_("Period: {period}").format(period=period_name(report.period)),
        draft=_("*** DRAFT: this period is not closed ***"),
        sections=tuple(_sections(report)),
        closing=_("This report is made to be used as it should be."),
        signatories=(signatory(_("Acknowledged,"), report.chief),),
    )


def _sections(report: Report) -> Iterator[Section]:
    yield Section(_("Summary"), summary_blocks(report.tally))
    for recap in report.recaps:
        title = _("Recap by {grouping}").format(grouping=grouping_name(recap.by or ""))
        yield Section(title, recap_blocks(recap))
    yield Section(_("Meetings in detail"), (_detail(report),))
    yield Section(_("Incidents"), (_incidents(report),))
    yield Section(
        _("Avoided cost"), saving_blocks(report.tally.totals, what_if=report.what_if, least=report.tally.lower_bound)
    )
    yield from adjustment_sections(report.tally)
    if answers := [line for one in report.closings for line in answer_words(one.answers)]:
        yield Section(_("Answered at the closing"), tuple(Paragraph(line) for line in answers))


def _detail(report: Report) -> Block:
    if not report.lines:
        return Paragraph(_("No meeting ended in this period."))
    columns = [
        Column(_("No."), right=True),
        Column(_("Date")),
        Column(_("Time")),
        Column(_("Meeting"), flexible=True),
        Column(_("Unit"), flexible=True),
        Column(_("Kind"), flexible=True),
        Column(_("People"), right=True),
    ]
    return Table.of(columns, [_detail_cells(place, line) for place, line in enumerate(report.lines, 1)])


def _detail_cells(place: int, line: ReportLine) -> list[str]:
    meeting = line.meeting
    day = meeting.local_day
    people = "-" if meeting.participants is None else number(meeting.participants)
    kind = f"{kind_name(meeting.kind)}, {mode_name(meeting.mode)}"
    return [str(place), f"{day % 100:02}/{day // 100 % 100:02}", hours(meeting), meeting.title, line.unit, kind, people]


def hours(meeting: Meeting) -> str:
    """Return `09.00-10.30` in the meeting's zone."""
    times = [clock(one, meeting.zone) for one in (meeting.started_at, meeting.ended_at) if one]
    return "-".join(times)


def _incidents(report: Report) -> Block:
    rows = [(_("Incidents noted"), number(report.incidents))]
    if report.lost:
        rows.append((_("Time until recovered, together"), span(report.lost)))
    return Pairs(tuple(rows))
