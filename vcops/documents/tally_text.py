"""A tally in plain text: the summary, a recap by one thing, and the avoided cost with its basis."""

from __future__ import annotations

from collections.abc import Sequence

from vcops.documents.layout import Column, pairs, table, wrapped
from vcops.domain.savings import OwnLine, SavingLine, Total
from vcops.domain.tally import Tally, TallyRow
from vcops.formats import number, rupiah, rupiah_in_words
from vcops.locale import _, language
from vcops.wording.savings import (
    ESTIMATE,
    component_titles,
    count_methods_said,
    open_words,
    own_title,
)
from vcops.wording.terms import grouping_name, key_name, kind_name, period_name, tariff_method_name, unit_word

__all__ = ["bound_notes", "recap_lines", "saving_texts", "summary_lines", "tally_text"]


def tally_text(tally: Tally, *, what_if: bool = False) -> str:
    """Return a tally for people, at most 80 columns wide."""
    parts = [[_("Tally: {period}").format(period=period_name(tally.period))], summary_lines(tally)]
    if tally.by:
        parts.append(recap_lines(tally))
    parts += saving_texts(tally.totals, what_if=what_if, least=tally.lower_bound)
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
    if counted := count_methods_said(tally):
        rows.append((_("How they were counted"), counted))
    return [*pairs(rows), *bound_notes(tally)]


def bound_notes(tally: Tally) -> list[str]:
    """Return what the figures leave out, and why they can only grow."""
    notes = []
    if tally.overdue:
        notes += wrapped(_("Not counted because not ended yet: {number}.").format(number=number(tally.overdue)))
    if tally.to_come:
        notes += wrapped(_("Planned and still to come: {number}.").format(number=number(tally.to_come)))
    if tally.without_count:
        notes += wrapped(_("Ended without a head count: {number}.").format(number=number(tally.without_count)))
    if tally.joined:
        said = _("Entries of other rooms that count with another entry of the same meeting: {number}.")
        notes += wrapped(said.format(number=number(tally.joined)))
    if tally.without_tariff and tally.totals:
        said = _("Held on days without a tariff, so without an amount: {number}.")
        notes += wrapped(said.format(number=number(tally.without_tariff)))
    return notes


def recap_lines(tally: Tally) -> list[str]:
    """Return a table by what the tally is grouped by.

    Where several tariffs cover it, each amount stands in a line of its own below the row, with its tariff and year:
    they are never added up.
    """
    by = tally.by or "unit"
    columns = [
        Column(grouping_name(by), flexible=True),
        Column(_("Meetings"), right=True),
        Column(_("Participants"), right=True),
        *([Column(_("Avoided cost"), right=True)] if tally.totals else []),
    ]
    several = len(tally.totals) > 1
    rows: list[list[str]] = []
    for row in tally.rows:
        rows += _recap_row(key_name(by, row.key), row, several=several, money=bool(tally.totals))
    rows += _recap_row(_("Total"), tally, several=several, money=bool(tally.totals))
    notes = wrapped(_("Amounts under different tariffs or years are not added up.")) if several else []
    return [*table(columns, rows), *notes]


def _recap_row(name: str, row: Tally | TallyRow, *, several: bool, money: bool) -> list[list[str]]:
    first = [name, number(row.meetings), number(row.participants)]
    if not money:
        return [first]
    if not several:
        return [[*first, _amount(row.totals[0]) if row.totals else "-"]]
    under = [[f"  {one.tariff.id}, {one.year}", "", "", _amount(one)] for one in row.totals]
    return [[*first, "" if under else "-"], *under]


def _amount(one: Total) -> str:
    """Return the gross amount; "not counted" where nothing of it could be valued, since that is not Rp0."""
    return rupiah(one.gross) if one.valued else _("not counted")


def saving_texts(totals: Sequence[Total], *, what_if: bool = False, least: bool = False) -> list[list[str]]:
    """Return a block a total: each names its tariff, method, basis and year. They are never added up.

    `least`: more was held than was counted, so that every amount is a lower bound.
    """
    if not totals:
        return [[_("Avoided cost: no tariff yet (adopt or type one: vcops tariff).")]]
    return [_total_lines(one, what_if=what_if, least=least or one.lower_bound) for one in totals]


def _total_lines(one: Total, *, what_if: bool, least: bool) -> list[str]:
    tongue, tariff = language(), one.tariff
    head = pairs([
        (_("Tariff"), f"{tariff.title.said(tongue)} ({tariff.id})"),
        (_("Method"), tariff_method_name(tariff.method)),
        (_("Basis"), tariff.basis.said(tongue)),
        (_("Kind of basis"), _("a regulation") if tariff.regulation else _("an assumption, not a regulation")),
        (_("Fiscal year"), str(one.year)),
        (_("Meetings that save"), number(one.meetings)),
    ])  # fmt: skip
    bound = _("at least {number}") if least else "{number}"
    columns = [
        Column(_("Component"), flexible=True),
        Column(_("Quantity"), right=True),
        Column(_("Rate"), right=True),
        Column(_("Amount"), right=True),
    ]
    titles = component_titles(tariff)
    sums = pairs([
        (_("Gross"), bound.format(number=_amount(one)) if one.valued else _amount(one)),
        *_kind_pairs(one),
        (_("Own cost"), rupiah(one.own_cost) if one.own else _("not recorded")),
        *((f"  {own_title(tariff, line)}", _own_said(line)) for line in one.own),
        *(
            [
                (_("Net"), bound.format(number=rupiah(one.net))),
                (_("In words"), bound.format(number=rupiah_in_words(one.net, tongue))),
            ]
            if one.valued
            else [(_("Net"), _("not counted"))]
        ),
    ])  # fmt: skip
    left_out = [part for words in open_words(one) for part in wrapped(words, indent="  ")]
    return [
        *wrapped(_(ESTIMATE)),
        *([_("What if: this tariff is not the office's own")] if what_if else []),
        *head,
        *table(columns, [_line_cells(line, titles) for line in one.lines]),
        *left_out,
        *sums,
    ]


def _kind_pairs(one: Total) -> list[tuple[str, str]]:
    """Return what hosted, attended and unstated meetings have in the gross amount, where there are several kinds."""
    if len(one.kinds) < 2 or not one.valued:
        return []
    return [
        (f"  {kind_name(share.kind)}", _("{amount}, {meetings} meetings").format(
            amount=rupiah(share.gross), meetings=number(share.meetings)))
        for share in one.kinds
    ]  # fmt: skip


def _own_said(line: OwnLine) -> str:
    return f"{number(line.quantity)} {unit_word(line.per, line.quantity)} x {rupiah(line.rate)} = {rupiah(line.amount)}"


def _line_cells(line: SavingLine, titles: dict[str, str]) -> list[str]:
    title = titles.get(line.component, line.component)
    if line.amount is None or line.rate is None or line.per is None:
        return [title, "", "", _("not counted")]
    return [
        title,
        f"{number(line.quantity)} {unit_word(line.per, line.quantity)}",
        rupiah(line.rate),
        rupiah(line.amount),
    ]
