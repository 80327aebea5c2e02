"""The first page of a report: the few numbers that are looked for, the months as bars, what was saved under what."""

from __future__ import annotations

from collections.abc import Iterator

from vcops.documents.layout import Column
from vcops.documents.paper import Bar, Block, Chart, Figure, Figures, Paragraph, Row, Table
from vcops.documents.tally_text import amount_words, note_blocks
from vcops.domain.comparing import MonthPair, change_percent
from vcops.domain.compliance import together
from vcops.domain.reports import Report
from vcops.domain.savings import Total
from vcops.domain.tally import Tally
from vcops.formats import month_name, number, rupiah, rupiah_in_words, span
from vcops.locale import _, language
from vcops.wording.compliance import headings, share_words
from vcops.wording.savings import ESTIMATE, LOWER_BOUNDS, at_least, change_words, count_methods_said
from vcops.wording.terms import key_name, kind_name, period_name, tariff_method_name

__all__ = ["report_summary"]

_UNITS = 5
"""Units named on the first page; all of them stand in the recap."""


def report_summary(report: Report) -> tuple[Block, ...]:
    """Return the blocks of the summary; they fit a page of A4."""
    figures = (_meetings(report), _people(report), _saved(report), _disturbed(report), _kept(report), _lacking(report))
    return (
        Figures(figures),
        *note_blocks(report.tally),
        *_savings(report),
        *_chart(report),
        *_most(report),
    )


def _meetings(report: Report) -> Figure:
    tally = report.tally
    kinds = (("hosted", tally.hosted), ("attended", tally.attended), ("", tally.unstated))
    return Figure(
        _("Meetings held"),
        number(tally.meetings),
        _before(tally),
        tuple((kind_name(kind), number(count)) for kind, count in kinds),
        _since(report, tally.meetings, report.before.meetings if report.before else 0),
    )


def _people(report: Report) -> Figure:
    tally = report.tally
    counted = count_methods_said(tally)
    return Figure(
        _("Participants"),
        number(tally.participants),
        _before(tally),
        ((_("How they were counted"), counted),) if counted else (),
        _since(report, tally.participants, report.before.participants if report.before else 0),
    )


def _saved(report: Report) -> Figure:
    """Return what was saved, where it is one amount: those of several tariffs or years stand in the table below."""
    totals = report.tally.totals
    if not totals:
        return Figure(_("Avoided cost"), _("no tariff yet"))
    if len(totals) > 1:
        return Figure(_("Avoided cost"), _("{count} amounts").format(count=len(totals)), note=_("never added up"))
    (one,) = totals
    own = rupiah(one.own_cost) if one.own else _("not recorded")
    net = at_least(rupiah(one.net), report.tally.lower_bound) if one.valued else _("not counted")
    return Figure(
        _("Avoided cost"),
        amount_words(one),
        _before(report.tally) if one.valued else "",
        ((_("Own cost"), own), (_("Net"), net)),
    )


def _disturbed(report: Report) -> Figure:
    lost = ((_("Time until recovered"), span(report.lost)),) if report.lost else ()
    return Figure(_("Incidents noted"), number(len(report.incidents)), parts=lost)


def _kept(report: Report) -> Figure:
    """Return how the procedure was kept in all rooms and months together."""
    every = together(one.figures for one in report.compliance)
    if not every.runs:
        return Figure(_("Procedure walked"), number(0))
    _month, _walks, in_time, right, overridden = headings()
    parts = tuple(zip((in_time, right, overridden), share_words(every), strict=True))
    return Figure(_("Procedure walked"), number(every.runs), parts=parts)


def _lacking(report: Report) -> Figure:
    tally = report.tally
    parts = ((_("without an end"), tally.overdue), (_("without a head count"), tally.without_count))
    return Figure(
        _("Incomplete"),
        number(tally.overdue + tally.without_count),
        parts=tuple((name, number(count)) for name, count in parts if count),
    )


def _before(tally: Tally) -> str:
    return _("at least") if tally.lower_bound else ""


def _since(report: Report, now: int, before: int) -> str:
    """Return how it was in the period before; nothing where nothing was held then."""
    if report.before is None or not report.before.meetings:
        return ""
    said = _("{period}: {value}{change}")
    return said.format(
        period=period_name(report.before.period), value=number(before), change=change_words(change_percent(now, before))
    )


def _savings(report: Report) -> Iterator[Block]:
    """Yield a row a total, with what it rests on; amounts of two tariffs or years are never added up."""
    totals = report.tally.totals
    if not totals:
        return
    columns = (
        Column(_("Tariff, method and basis"), flexible=True),
        Column(_("Year")),
        Column(_("Meetings"), right=True),
        Column(_("Gross"), right=True),
        Column(_("Net"), right=True),
    )
    yield Paragraph(_(ESTIMATE), strong=True, gap=True)
    yield Table(columns, tuple(Row(_savings_cells(one)) for one in totals))
    if report.tally.lower_bound:
        yield Paragraph(_(LOWER_BOUNDS))
    if len(totals) == 1 and totals[0].valued:
        words = at_least(rupiah_in_words(totals[0].net, language()), report.tally.lower_bound)
        yield Paragraph(_("Net, in words: {words}.").format(words=words))


def _savings_cells(one: Total) -> tuple[str, ...]:
    tariff, tongue = one.tariff, language()
    rests = f"{tariff.title.said(tongue)}; {tariff_method_name(tariff.method)}; {tariff.basis.said(tongue)}"
    net = rupiah(one.net) if one.valued else _("not counted")
    return (rests, str(one.year), number(one.meetings), amount_words(one), net)


def _chart(report: Report) -> Iterator[Block]:
    """Yield the meetings of each month; those of the period strong, the others for comparison."""
    months = report.months
    if not any(one.now for one in months):
        return
    bars = tuple(_bar(report, place, one) for place, one in enumerate(months))
    title = _("Meetings held a month, {first} to {last}").format(
        first=month_name(months[0].month), last=month_name(months[-1].month)
    )
    said = ", ".join(f"{month_name(one.month)} {bar.shown}" for one, bar in zip(months, bars, strict=True))
    yield Chart(title, f"{title}: {said}", bars)


def _most(report: Report) -> Iterator[Block]:
    """Yield the units that met most, where there are more than a glance takes in."""
    recap = next((one for one in report.recaps if one.by == "unit"), None)
    if recap is None or len(recap.rows) < 2:
        return
    columns = (
        Column(_("Units with the most meetings"), flexible=True),
        Column(_("Meetings"), right=True),
        Column(_("Participants"), right=True),
    )
    rows = recap.rows[:_UNITS]  # the report's own order has them first
    cells = [(key_name("unit", one.key), number(one.meetings), number(one.participants)) for one in rows]
    yield Table.of(columns, cells)


def _bar(report: Report, place: int, one: MonthPair) -> Bar:
    meetings = one.now.meetings if one.now else 0
    begins = place == 0 or one.month.endswith("-01")
    return Bar(
        month_name(one.month)[:3],
        meetings,
        number(meetings),
        one.month[:4] if begins else "",
        report.period.first <= one.month <= report.period.last,
    )
