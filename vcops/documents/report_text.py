"""The report as plain text, 80 columns wide: letterhead, recaps, detail, savings, signature."""

from __future__ import annotations

from collections.abc import Iterator

from vcops.documents.layout import WIDTH, Column, centred, pairs, table, wrapped
from vcops.documents.tally_text import recap_lines, saving_texts, summary_lines
from vcops.domain.meetings import Meeting
from vcops.domain.reports import Report, ReportLine
from vcops.formats import clock, long_day, number, span
from vcops.locale import _
from vcops.wording.terms import grouping_name, kind_name, mode_name, period_name

__all__ = ["report_text"]

_SIGNATURE = 40
"""The column at which place, date and signature stand."""


def report_text(report: Report) -> str:
    """Return the whole report."""
    blocks = [_letterhead(report), _title(report), *_sections(report), _closing(report), _signature(report)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _marks(report: Report) -> list[str]:
    found = []
    if report.demo:
        found += centred(_("*** EXAMPLE: not the data of any office ***"))
    if report.draft:
        found += centred(_("*** DRAFT: this period is not closed ***"))
    return found


def _letterhead(report: Report) -> list[str]:
    office = report.office
    name = centred(office.name.upper()) if office.name else []
    address = [line for part in office.address.splitlines() for line in centred(part)]
    return [*_marks(report), *name, *address, "=" * WIDTH]


def _title(report: Report) -> list[str]:
    return [
        *centred(_("REPORT ON THE VIRTUAL MEETING SERVICE")),
        *centred(_("Period: {period}").format(period=period_name(report.period))),
    ]


def _sections(report: Report) -> Iterator[list[str]]:
    number_now = 1
    for title, body in _numbered(report):
        yield [f"{number_now}. {title.upper()}", *body]
        number_now += 1


def _numbered(report: Report) -> Iterator[tuple[str, list[str]]]:
    yield _("Summary"), summary_lines(report.tally)
    for recap in report.recaps:
        yield _("Recap by {grouping}").format(grouping=grouping_name(recap.by or "")), recap_lines(recap)
    yield _("Meetings in detail"), _detail(report)
    yield _("Incidents"), _incidents(report)
    blocks = saving_texts(report.tally.totals, what_if=report.what_if)
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


def _closing(report: Report) -> list[str]:
    return [
        *wrapped(_("This report is made to be used as it should be.")),
        *wrapped(_("Data verification code: {code} (the journal's newest entry)").format(code=report.code)),
    ]


def _signature(report: Report) -> list[str]:
    place = report.office.place or "." * 16
    made = long_day(report.made_at, report.office.zone).partition(", ")[2]
    dots = "." * 30
    lines = [f"{place}, {made}", _("Acknowledged,"), dots, "", "", "", dots, _("NIP {dots}").format(dots="." * 26)]
    return [*((" " * _SIGNATURE + line).rstrip() for line in lines), *_marks(report)]
