"""The report as rows of a sheet: numbers stay numbers, blocks are parted by an empty row."""

from __future__ import annotations

from collections.abc import Iterator

from vcops.documents.framing import WHAT_IF
from vcops.documents.paper_sheet import section_rows
from vcops.documents.report_paper import closing_sections, code_words, corrected_words, hours
from vcops.documents.saving_rows import saving_rows
from vcops.domain.periods import day_text
from vcops.domain.reports import Report
from vcops.domain.savings import Total
from vcops.domain.tally import Tally
from vcops.locale import _, language
from vcops.wording.savings import ESTIMATE, LOWER_BOUNDS, component_titles, open_words, own_title
from vcops.wording.terms import (
    count_method_name,
    grouping_name,
    key_name,
    kind_name,
    mode_name,
    period_name,
    tariff_method_name,
)

__all__ = ["report_rows"]


def report_rows(report: Report) -> list[list[str]]:
    """Return the rows, in the language in use."""
    rows = [*_head(report), []]
    rows += _summary(report)
    for recap in report.recaps:
        rows += [[], *_recap(recap)]
    rows += [[], *_detail(report)]
    for total in report.tally.totals:
        rows += [[], *_total(total)]
    if report.tally.totals:
        rows += [[], *saving_rows(report)]
    if not report.tally.totals:
        rows += [[], [_("Avoided cost"), _("no tariff yet")]]
    return rows + section_rows(closing_sections(report))


def _head(report: Report) -> Iterator[list[str]]:
    if report.demo:
        yield [_("*** EXAMPLE: not the data of any office ***")]
    if report.what_if:
        yield [_(WHAT_IF)]
    elif report.draft:
        yield [_("*** DRAFT: this period is not closed ***")]
    yield [report.office.name]
    yield [_("REPORT ON THE VIRTUAL MEETING SERVICE")]
    yield [_("Period: {period}").format(period=period_name(report.period))]
    yield [code_words(report)]
    if report.corrected:
        yield [corrected_words()]


def _summary(report: Report) -> Iterator[list[str]]:
    tally = report.tally
    yield [_("Meetings held"), str(tally.meetings)]
    yield [kind_name("hosted"), str(tally.hosted)]
    yield [kind_name("attended"), str(tally.attended)]
    yield [kind_name(""), str(tally.unstated)]
    yield [_("Participants"), str(tally.participants)]
    yield [_("Not ended"), str(tally.overdue)]
    yield [_("Planned and still to come"), str(tally.to_come)]
    yield [_("Without a head count"), str(tally.without_count)]
    yield [_("Of 0 minutes"), str(tally.no_length)]
    yield [_("Entries that count with another of the same meeting"), str(tally.joined)]
    yield [_("Held on days without a tariff"), str(tally.without_tariff)]
    for name, (meetings, people) in tally.count_methods.items():
        if meetings:
            yield [_("Participants: {method}").format(method=count_method_name(name)), str(people)]
    yield [_("Incidents noted"), str(len(report.incidents))]
    if tally.lower_bound:
        yield [_(LOWER_BOUNDS)]


def _recap(recap: Tally) -> Iterator[list[str]]:
    by = recap.by or "unit"
    yield [grouping_name(by), _("Meetings"), _("Participants"), _("Tariff"), _("Fiscal year"), _("Avoided cost")]
    for row in recap.rows:
        start = [key_name(by, row.key), str(row.meetings), str(row.participants)]
        if not row.totals:
            yield [*start, "", "", ""]
        for total in row.totals:  # one row a tariff: they are never added up
            yield [*start, total.tariff.id, str(total.year), _sum(total, total.gross)]
            start = [start[0], "", ""]


def _detail(report: Report) -> Iterator[list[str]]:
    yield [
        _("No."), _("Date"), _("Time"), _("Meeting"), _("Unit"), _("Room"), _("Kind"), _("Mode"), _("Participants"),
        _("How counted"),
    ]  # fmt: skip
    for place, line in enumerate(report.lines, 1):
        meeting, day = line.meeting, line.meeting.local_day
        yield [
            str(place),
            day_text(day),
            hours(meeting),
            meeting.title,
            line.unit,
            line.room,
            kind_name(meeting.kind),
            mode_name(meeting.mode),
            "" if meeting.participants is None else str(meeting.participants),
            count_method_name(meeting.count_method or ""),
        ]


def _total(total: Total) -> Iterator[list[str]]:
    tongue, tariff = language(), total.tariff
    yield [_(ESTIMATE)]
    yield [_("Tariff"), tariff.id, tariff.title.said(tongue)]
    yield [_("Method"), tariff_method_name(tariff.method)]
    yield [_("Basis"), tariff.basis.said(tongue)]
    yield [_("Fiscal year"), str(total.year)]
    yield [_("Component"), _("Quantity"), _("Rate"), _("Amount")]
    titles = component_titles(tariff)
    for line in total.lines:
        if line.amount is None:
            yield [titles[line.component], "", "", _("not counted")]
        else:
            yield [titles[line.component], str(line.quantity), str(line.rate), str(line.amount)]
    for words in open_words(total):
        yield ["", "", "", words]
    yield [_("Gross"), "", "", _sum(total, total.gross)]
    for own in total.own:
        yield [own_title(tariff, own), str(own.quantity), str(own.rate), str(own.amount)]
    yield [_("Own cost"), "", "", str(total.own_cost) if total.own else _("not recorded")]
    yield [_("Net"), "", "", _sum(total, total.net)]


def _sum(total: Total, amount: int) -> str:
    """Return an amount as a number; "not counted" where nothing of the total could be valued, since that is not Rp0."""
    return str(amount) if total.valued else _("not counted")
