"""A tally in words: the summary, a recap by one thing, and the avoided cost with its basis."""

from __future__ import annotations

from collections.abc import Sequence

from vcops.documents.layout import Column
from vcops.documents.paper import Block, Pairs, Paragraph, Row, Table
from vcops.documents.paper_text import lines_of
from vcops.domain.savings import SavingLine, Total
from vcops.domain.tally import Tally
from vcops.domain.tariffs import Tariff
from vcops.formats import number, rupiah, rupiah_in_words
from vcops.locale import _, language
from vcops.wording.terms import grouping_name, key_name, kind_name, per_name, period_name, tariff_method_name

__all__ = ["component_titles", "recap_blocks", "saving_blocks", "summary_blocks", "tally_text"]


def tally_text(tally: Tally, *, what_if: bool = False) -> str:
    """Return a tally for people, at most 80 columns wide."""
    head = Paragraph(_("Tally: {period}").format(period=period_name(tally.period)))
    parts = [lines_of([head]), lines_of(summary_blocks(tally))]
    if tally.by:
        parts.append(lines_of(recap_blocks(tally)))
    savings = saving_blocks(tally.totals, what_if=what_if)
    if not tally.totals:
        savings = (Paragraph(_("Avoided cost: no tariff yet (adopt or type one: vcops tariff).")),)
    parts.append(lines_of(savings))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def summary_blocks(tally: Tally) -> tuple[Block, ...]:
    """Return meetings and people, and what makes the figures a lower bound."""
    least = _("at least {number}") if tally.lower_bound else "{number}"
    rows = (
        (_("Meetings held"), least.format(number=number(tally.meetings))),
        ("  " + kind_name("hosted"), number(tally.hosted)),
        ("  " + kind_name("attended"), number(tally.attended)),
        ("  " + kind_name(""), number(tally.unstated)),
        (_("Participants"), least.format(number=number(tally.participants))),
    )
    return (Pairs(rows), *_bound_notes(tally))


def _bound_notes(tally: Tally) -> list[Block]:
    """Return why the figures can only grow."""
    notes = [
        (tally.overdue, _("Not counted because not ended yet: {number}.")),
        (tally.to_come, _("Planned and still to come: {number}.")),
        (tally.without_count, _("Ended without a head count: {number}.")),
    ]
    return [Paragraph(said.format(number=number(count))) for count, said in notes if count]


def recap_blocks(tally: Tally) -> tuple[Block, ...]:
    """Return a table by what the tally is grouped by, with rupiah where one tariff covers all of it."""
    by = tally.by or "unit"
    money = len(tally.totals) == 1
    columns = (
        Column(grouping_name(by), flexible=True),
        Column(_("Meetings"), right=True),
        Column(_("Participants"), right=True),
        *([Column(_("Avoided cost"), right=True)] if money else []),
    )
    rows = [
        Row((key_name(by, row.key), number(row.meetings), number(row.participants), *_money(row.totals, show=money)))
        for row in tally.rows
    ]
    last = (_("Total"), number(tally.meetings), number(tally.participants), *_money(tally.totals, show=money))
    return (Table(columns, (*rows, Row(last, "sum"))),)


def saving_blocks(totals: Sequence[Total], *, what_if: bool = False) -> tuple[Block, ...]:
    """Return some blocks a total: each names its tariff, method, basis and year. They are never added up."""
    if not totals:
        return (Paragraph(_("No amount is named: there is no tariff yet.")),)
    return tuple(
        block for place, one in enumerate(totals) for block in _total_blocks(one, what_if=what_if, gap=place > 0)
    )


def _total_blocks(one: Total, *, what_if: bool, gap: bool) -> list[Block]:
    tongue, tariff = language(), one.tariff
    head = Pairs((
        (_("Tariff"), f"{tariff.title.said(tongue)} ({tariff.id})"),
        (_("Method"), tariff_method_name(tariff.method)),
        (_("Basis"), tariff.basis.said(tongue)),
        (_("Kind of basis"), _("a regulation") if tariff.regulation else _("an assumption, not a regulation")),
        (_("Fiscal year"), str(one.year)),
        (_("Meetings that save"), number(one.meetings)),
    ))  # fmt: skip
    columns = [
        Column(_("Component"), flexible=True),
        Column(_("Quantity"), right=True),
        Column(_("Rate"), right=True),
        Column(_("Amount"), right=True),
    ]
    titles = component_titles(tariff)
    sums = Pairs((
        (_("Gross"), rupiah(one.gross)),
        (_("Own cost"), rupiah(one.own_cost) if one.own_cost else _("not recorded")),
        (_("Net"), rupiah(one.net)),
        (_("In words"), rupiah_in_words(one.net, tongue)),
    ))  # fmt: skip
    estimate = _("Estimate of the avoided cost; not a realisation and not a budget balance")
    return [
        Paragraph(estimate, strong=True, gap=gap),
        *([Paragraph(_("What if: this tariff is not the office's own"), strong=True)] if what_if else []),
        head,
        Table.of(columns, [_line_cells(line, titles) for line in one.lines]),
        sums,
    ]


def _line_cells(line: SavingLine, titles: dict[str, str]) -> list[str]:
    title = titles.get(line.component, line.component)
    if line.amount is None or line.rate is None or line.per is None:
        return [title, "", "", _("not counted")]
    return [title, f"{number(line.quantity)} {per_name(line.per)}", rupiah(line.rate), rupiah(line.amount)]


def _money(totals: Sequence[Total], *, show: bool) -> list[str]:
    """Return the one total's amount as a cell, none where it is not shown: nought without meetings that save."""
    return [rupiah(totals[0].gross if totals else 0)] if show else []


def component_titles(tariff: Tariff) -> dict[str, str]:
    """Return the printed name of each component, valued or not, by id."""
    valued = {part.id: part.title.said(language()) for part in tariff.components}
    return valued | {part.id: part.title.said(language()) for part in tariff.not_counted}
