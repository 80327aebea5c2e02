"""A period's report as a paper: summary, recaps, detail, incidents, how the procedure was kept, savings, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vcops.documents.adjustment_rows import adjustment_sections
from vcops.documents.framing import framed, signatory
from vcops.documents.layout import Column
from vcops.documents.paper import Block, Pairs, Paper, Paragraph, Picture, Pictures, Section, Table
from vcops.documents.report_summary import report_summary
from vcops.documents.tally_text import recap_blocks, saving_blocks
from vcops.domain.compliance import together
from vcops.domain.files import FileState
from vcops.domain.meetings import Meeting
from vcops.domain.reports import Photo, Report, ReportIncident, ReportLine
from vcops.formats import clock, month_name, number, short_day, span
from vcops.locale import _, language
from vcops.wording.closing import CODE_IS, answer_words
from vcops.wording.compliance import headings, share_words, slowest, time_words
from vcops.wording.savings import ESTIMATE
from vcops.wording.terms import grouping_name, kind_name, mode_name, period_name

__all__ = ["closing_sections", "code_words", "corrected_words", "draft_word", "hours", "report_paper"]

_CODES = 3
"""Verification codes that a small QR code holds so that a telephone still reads it."""


def report_paper(report: Report) -> Paper:
    """Return the whole report."""
    closed = not report.draft and bool(report.closings)
    return framed(
        report,
        title=_("REPORT ON THE VIRTUAL MEETING SERVICE"),
        subtitle=_("Period: {period}").format(period=period_name(report.period)),
        number=_("Number:"),
        numbered=report.number,
        draft="" if report.what_if else _("*** DRAFT: this period is not closed ***"),
        lead=(Paragraph(corrected_words(), strong=True),) if report.corrected else (),
        sections=tuple(_sections(report)),
        closing=_("This report is made to be used as it should be."),
        signatories=(
            signatory(_("Acknowledged,"), report.chief),
            signatory(_("Made by,"), report.operator),
        ),
        signing_date=report.signing_date,
        annex=tuple(_annex(report)),
        code=code_words(report),
        codes=tuple(one.code for one in report.closings) if closed else (),
        qr="\n".join(_qr_lines(report)) if closed else "",
        watermark=draft_word(report),
        notice=_(ESTIMATE) if report.tally.totals else "",
    )


def draft_word(report: Report) -> str:
    """Return the one word for a paper that is no final report; nothing for one that is."""
    return _("WHAT IF") if report.what_if else _("DRAFT") if report.draft else ""


def corrected_words() -> str:
    """Return what stands above the figures of a month that a later one corrects."""
    return _("After correction: a later month holds entries that belong to this period.")


def code_words(report: Report) -> str:
    """Return the line that says which data the paper was made from. It is no signature, and says so."""
    if report.draft or not report.closings:
        return _("Data verification code: {code} (the journal's newest entry)").format(code=report.code)
    codes = ", ".join(one.code for one in report.closings[:_CODES])
    if len(report.closings) > _CODES:
        codes = _("those of {count} months, see the last section").format(count=len(report.closings))
    return f"{_(CODE_IS)}: {codes}"


def _qr_lines(report: Report) -> Iterator[str]:
    """Yield what the QR code holds: the codes, of one month also its whole digest; nothing where they are too many."""
    if len(report.closings) <= _CODES:
        yield from (one.code for one in report.closings)
    if len(report.closings) == 1:
        yield f"sha256:{report.closings[0].digest}"


def _sections(report: Report) -> Iterator[Section]:
    yield Section(_("Summary"), report_summary(report))
    for place, recap in enumerate(report.recaps):
        title = _("Recap by {grouping}").format(grouping=grouping_name(recap.by or ""))
        # The summary has its page to itself, unless there is nothing to sum up.
        yield Section(title, recap_blocks(recap), page=place == 0 and report.tally.meetings > 0)
    yield Section(_("Meetings in detail"), (_detail(report),))
    yield Section(_("Incidents"), tuple(_incidents(report)))
    yield Section(_("How the procedure (SOP) was kept"), tuple(_compliance(report)))
    savings = saving_blocks(report.tally.totals, what_if=report.what_if, least=report.tally.lower_bound)
    yield Section(_("Avoided cost"), savings)
    yield from closing_sections(report)


def closing_sections(report: Report) -> Iterator[Section]:
    """Yield what was booked for another month, what was answered at the closing, and the codes of several months."""
    yield from adjustment_sections(report.tally)
    if answers := [line for one in report.closings for line in answer_words(one.answers)]:
        yield Section(_("Answered at the closing"), tuple(Paragraph(line) for line in answers))
    if len(report.closings) > 1:
        yield Section(_("Verification codes"), (_codes(report),))


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
    years = report.period.first[:4] != report.period.last[:4]
    return Table.of(columns, [_detail_cells(place, line, years) for place, line in enumerate(report.lines, 1)])


def _detail_cells(place: int, line: ReportLine, years: bool) -> list[str]:
    meeting = line.meeting
    day = meeting.local_day
    date = f"{day % 100:02}/{day // 100 % 100:02}" + (f"/{day // 10_000 % 100:02}" if years else "")
    people = "-" if meeting.participants is None else number(meeting.participants)
    kind = f"{kind_name(meeting.kind)}, {mode_name(meeting.mode)}"
    return [str(place), date, hours(meeting), meeting.title, line.unit, kind, people]


def hours(meeting: Meeting) -> str:
    """Return `09.00-10.30` in the meeting's zone."""
    times = [clock(one, meeting.zone) for one in (meeting.started_at, meeting.ended_at) if one]
    return "-".join(times)


def _incidents(report: Report) -> Iterator[Block]:
    if not report.incidents:
        yield Paragraph(_("None was noted."))
        return
    rows = [(_("Incidents noted"), number(len(report.incidents)))]
    if report.lost:
        rows.append((_("Time until recovered, together"), span(report.lost)))
    yield Pairs(tuple(rows))
    columns = [
        Column(_("Date")),
        Column(_("Time")),
        Column(_("Meeting"), flexible=True),
        Column(_("What happened"), flexible=True),
        Column(_("What was done"), flexible=True),
        Column(_("Lasted")),
    ]
    yield Table.of(columns, [_incident_cells(one) for one in report.incidents])


def _incident_cells(one: ReportIncident) -> list[str]:
    noted = one.incident
    lasted = span(one.lasted) if one.lasted is not None else _("not recovered")
    at = noted.started_at
    return [short_day(at, one.zone), clock(at, one.zone), one.meeting, noted.text, noted.action, lasted]


def _compliance(report: Report) -> Iterator[Block]:
    if not report.compliance:
        yield Paragraph(_("Nothing was walked in this period."))
        return
    _month, walks, in_time, right, overridden = headings()
    several = len(report.period.months) > 1
    columns = [
        Column(_("Room"), flexible=True),
        *([Column(_("Month"))] if several else []),
        *(Column(_capital(one), right=True) for one in (walks, in_time, right, overridden)),
    ]
    rows = [
        [
            one.room or "-",
            *([f"{month_name(one.month)[:3]} {one.month[:4]}"] if several else []),
            number(one.figures.runs),
            *share_words(one.figures),
        ]
        for one in report.compliance
    ]
    yield Table.of(columns, rows)
    if late := slowest(together(one.figures for one in report.compliance)):
        yield Paragraph(_("Steps that took longer than their standard:"), gap=True)
        yield from (Paragraph(f"– {time_words(one)}") for one in late)


def _codes(report: Report) -> Block:
    columns = [Column(_("Month"), flexible=True), Column(_("Number"), flexible=True), Column(_("Code"))]
    rows = [[period_name(one.period), one.number, one.code] for one in report.closings]
    return Table.of(columns, rows)


def _annex(report: Report) -> Iterator[Section]:
    if not report.photos:
        return
    shown: list[Block] = [Pictures(tuple(_picture(one) for one in report.photos))]
    if report.photos_left:
        said = _("{count} more photographs are kept with the procedures and not printed here.")
        shown.append(Paragraph(said.format(count=number(report.photos_left))))
    yield Section(_("Annex: photographs"), tuple(shown), page=True)


def _picture(photo: Photo) -> Picture:
    step = photo.step.said(language()) if photo.step else ""
    when = f"{short_day(photo.at, photo.zone)} {clock(photo.at, photo.zone)}"
    said = [photo.meeting, *([step] if step else []), when]
    if photo.state is FileState.GONE:
        said.append(_("the file {file} is not there").format(file=Path(photo.path).name))
    elif photo.state is FileState.CHANGED:
        said.append(_("the file {file} was changed since and is not shown").format(file=Path(photo.path).name))
    return Picture(photo.path if photo.state is FileState.SAME else "", "; ".join(said))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
