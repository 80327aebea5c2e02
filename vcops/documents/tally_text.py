"""A tally in plain text: the summary, a recap by one thing, and the avoided cost with its basis."""

from __future__ import annotations

from collections.abc import Sequence

from vcops.documents.layout import Column, pairs, table, wrapped
from vcops.domain.savings import SavingLine, Total
from vcops.domain.tally import Tally
from vcops.domain.tariffs import Tariff
from vcops.formats import number, rupiah, rupiah_in_words
from vcops.locale import _, language
from vcops.wording.terms import grouping_name, key_name, kind_name, per_name, period_name, tariff_method_name

__all__ = ["bound_notes", "component_titles", "recap_lines", "saving_texts", "summary_lines", "tally_text"]


def tally_text(tally: Tally, *, what_if: bool = False) -> str:
    """Return a tally for people, at most 80 columns wide."""
    parts = [[_("Tally: {period}").format(period=period_name(tally.period))], summary_lines(tally)]
    if tally.by:
        parts.append(recap_lines(tally))
    parts += saving_texts(tally.totals, what_if=what_if)
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def summary_lines(tally: Tally) -> list[str]:
    """Return meetings and people, and what makes the figures a lower bound."""
    least = _("at least {number}") if tally.lower_bound else "{number}"
    rows = [
        (_("Meetings held"), least.format(number=number(tally.meetings))),
        ("  " + kind_name("hosted"), number(tally.hosted)),
        ("  " + kind_name("attended"), number(tally.attended)),
        ("  " + kind_name(""), number(tally.unstated)),
        (_("Participants"), least.format(number=number(tally.participants))),
    ]
    return [*pairs(rows), *bound_notes(tally)]


def bound_notes(tally: Tally) -> list[str]:
    """Return why the figures can only grow."""
    notes = []
    if tally.overdue:
        notes += wrapped(_("Not counted because not ended yet: {number}.").format(number=number(tally.overdue)))
    if tally.to_come:
        notes += wrapped(_("Planned and still to come: {number}.").format(number=number(tally.to_come)))
    if tally.without_count:
        notes += wrapped(_("Ended without a head count: {number}.").format(number=number(tally.without_count)))
    return notes


def recap_lines(tally: Tally) -> list[str]:
    """Return a table by what the tally is grouped by, with rupiah where one tariff covers all of it."""
    by = tally.by or "unit"
    money = len(tally.totals) == 1
    columns = [
        Column(grouping_name(by), flexible=True),
        Column(_("Meetings"), right=True),
        Column(_("Participants"), right=True),
        *([Column(_("Avoided cost"), right=True)] if money else []),
    ]
    rows = [
        [key_name(by, row.key), number(row.meetings), number(row.participants), *([rupiah(_gross(row.totals))] * money)]
        for row in tally.rows
    ]
    last = [_("Total"), number(tally.meetings), number(tally.participants)]
    return table(columns, [*rows, [*last, *([rupiah(_gross(tally.totals))] * money)]])


def saving_texts(totals: Sequence[Total], *, what_if: bool = False) -> list[list[str]]:
    """Return a block a total: each names its tariff, method, basis and year. They are never added up."""
    if not totals:
        return [[_("Avoided cost: no tariff yet (adopt or type one: vcops tariff).")]]
    return [_total_lines(one, what_if=what_if) for one in totals]


def _total_lines(one: Total, *, what_if: bool) -> list[str]:
    tongue, tariff = language(), one.tariff
    head = pairs([
        (_("Tariff"), f"{tariff.title.said(tongue)} ({tariff.id})"),
        (_("Method"), tariff_method_name(tariff.method)),
        (_("Basis"), tariff.basis.said(tongue)),
        (_("Kind of basis"), _("a regulation") if tariff.regulation else _("an assumption, not a regulation")),
        (_("Fiscal year"), str(one.year)),
        (_("Meetings that save"), number(one.meetings)),
    ])  # fmt: skip
    columns = [
        Column(_("Component"), flexible=True),
        Column(_("Quantity"), right=True),
        Column(_("Rate"), right=True),
        Column(_("Amount"), right=True),
    ]
    titles = component_titles(tariff)
    sums = pairs([
        (_("Gross"), rupiah(one.gross)),
        (_("Own cost"), rupiah(one.own_cost) if one.own_cost else _("not recorded")),
        (_("Net"), rupiah(one.net)),
        (_("In words"), rupiah_in_words(one.net, tongue)),
    ])  # fmt: skip
    return [
        *wrapped(_("Estimate of the avoided cost; not a realisation and not a budget balance")),
        *([_("What if: this tariff is not the office's own")] if what_if else []),
        *head,
        *table(columns, [_line_cells(line, titles) for line in one.lines]),
        *sums,
    ]


def _line_cells(line: SavingLine, titles: dict[str, str]) -> list[str]:
    title = titles.get(line.component, line.component)
    if line.amount is None or line.rate is None or line.per is None:
        return [title, "", "", _("not counted")]
    return [title, f"{number(line.quantity)} {per_name(line.per)}", rupiah(line.rate), rupiah(line.amount)]


def component_titles(tariff: Tariff) -> dict[str, str]:
    """Return the printed name of each component, valued or not, by id."""
    valued = {part.id: part.title.said(language()) for part in tariff.components}
    return valued | {part.id: part.title.said(language()) for part in tariff.not_counted}


def _gross(totals: Sequence[Total]) -> int:
    """Return the one total's amount; a row without meetings that save has none."""
    return totals[0].gross if totals else 0
