"""A period's report as plain text, 80 columns wide: recaps, detail, incidents, savings."""

from __future__ import annotations

from collections.abc import Iterator

from vcops.documents.frame import framed, numbered
from vcops.documents.layout import Column, centred, pairs, table
from vcops.documents.tally_text import recap_lines, saving_texts, summary_lines
from vcops.domain.meetings import Meeting
from vcops.domain.reports import Report, ReportLine
from vcops.formats import clock, number, span
from vcops.locale import _
from vcops.wording.terms import grouping_name, kind_name, mode_name, period_name

__all__ = ["hours", "report_text"]


def report_text(report: Report) -> str:
    """Return the whole report."""
    title = [
        *centred(_("REPORT ON THE VIRTUAL MEETING SERVICE")),
        *centred(_("Period: {period}").format(period=period_name(report.period))),
    ]
    return framed(report, title, numbered(_sections(report)), draft=_("*** DRAFT: this period is not closed ***"))


def _sections(report: Report) -> Iterator[tuple[str, list[str]]]:
    yield _("Summary"), summary_lines(report.tally)
    for recap in report.recaps:
        yield _("Recap by {grouping}").format(grouping=grouping_name(recap.by or "")), recap_lines(recap)
    yield _("Meetings in detail"), _detail(report)
    yield _("Incidents"), _incidents(report)
    blocks = saving_texts(report.tally.totals, what_if=report.what_if, least=report.tally.lower_bound)
    yield _("Avoided cost"), "\n\n".join("\n".join(block) for block in blocks).splitlines()


def _detail(report: Report) -> list[str]:
    if not report.lines:
        return [_("No meeting ended in this period.")]
    columns = [
        Column(_("No."), right=True),
        Column(_("Date")),
        Column(_("Time")),
        Column(_("Meeting"), flexible=True),
        Column(_("Unit"), flexible=True),
        Column(_("Kind"), flexible=True),
        Column(_("People"), right=True),
    ]
    return table(columns, [_detail_cells(place, line) for place, line in enumerate(report.lines, 1)])


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


def _incidents(report: Report) -> list[str]:
    rows = [(_("Incidents noted"), number(report.incidents))]
    if report.lost:
        rows.append((_("Time until recovered, together"), span(report.lost)))
    return pairs(rows)
