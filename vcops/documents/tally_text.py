"""A tally in words: the summary, a recap by one thing, and the avoided cost with its basis."""

from __future__ import annotations

from collections.abc import Sequence

from vcops.documents.adjustment_rows import adjustment_blocks
from vcops.documents.layout import Column
from vcops.documents.paper import Block, Pairs, Paragraph, Row, Table
from vcops.documents.paper_text import lines_of
from vcops.domain.savings import OwnLine, SavingLine, Total
from vcops.domain.tally import Tally, TallyRow
from vcops.formats import number, rupiah, rupiah_in_words
from vcops.locale import _, language
from vcops.wording.savings import (
    ESTIMATE,
    LOWER_BOUNDS,
    at_least,
    component_titles,
    count_methods_said,
    open_words,
    own_title,
)
from vcops.wording.terms import grouping_name, key_name, kind_name, period_name, tariff_method_name, unit_word

__all__ = ["amount_words", "note_blocks", "recap_blocks", "saving_blocks", "summary_blocks", "tally_text"]


def tally_text(tally: Tally, *, what_if: bool = False) -> str:
    """Return a tally for people, at most 80 columns wide."""
    head = Paragraph(_("Tally: {period}").format(period=period_name(tally.period)))
    parts = [lines_of([head]), lines_of(summary_blocks(tally))]
    if tally.by:
        parts.append(lines_of(recap_blocks(tally)))
    savings = saving_blocks(tally.totals, what_if=what_if, least=tally.lower_bound)
    if not tally.totals:
        savings = (Paragraph(_("Avoided cost: no tariff yet (adopt or type one: vcops tariff).")),)
    parts.append(lines_of(savings))
    if entries := adjustment_blocks(tally):
        parts.append(lines_of(entries))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def summary_blocks(tally: Tally) -> tuple[Block, ...]:
    """Return meetings and people, and what makes the figures a lower bound."""
    least = tally.lower_bound
    counted = count_methods_said(tally)
    rows = (
        (_("Meetings held"), at_least(number(tally.meetings), least)),
        ("  " + kind_name("hosted"), number(tally.hosted)),
        ("  " + kind_name("attended"), number(tally.attended)),
        ("  " + kind_name(""), number(tally.unstated)),
        (_("Participants"), at_least(number(tally.participants), least)),
        *([(_("How they were counted"), counted)] if counted else []),
    )
    return (Pairs(rows), *note_blocks(tally))


def note_blocks(tally: Tally) -> list[Block]:
    """Return what the figures leave out, and why they can only grow."""
    notes = [
        (tally.overdue, _("Not counted because not ended yet: {number}.")),
        (tally.to_come, _("Planned and still to come: {number}.")),
        (tally.without_count, _("Ended without a head count: {number}.")),
        (tally.no_length, _("Lasted 0 minutes, so start or end is wrong: {number}.")),
        (tally.joined, _("Entries of other rooms that count with another entry of the same meeting: {number}.")),
        (
            tally.without_tariff if tally.totals else 0,
            _("Held on days without a tariff, so without an amount: {number}."),
        ),
    ]
    return [Paragraph(said.format(number=number(count))) for count, said in notes if count]


def recap_blocks(tally: Tally) -> tuple[Block, ...]:
    """Return a table by what the tally is grouped by.

    Where several tariffs cover it, each amount stands in a line of its own below the row, with its tariff and year:
    they are never added up.
    """
    by = tally.by or "unit"
    columns = (
        Column(grouping_name(by), flexible=True),
        Column(_("Meetings"), right=True),
        Column(_("Participants"), right=True),
        *([Column(_("Avoided cost"), right=True)] if tally.totals else []),
    )
    several = len(tally.totals) > 1
    rows = [
        one
        for row in tally.rows
        for one in _recap_rows(key_name(by, row.key), row, several=several, money=bool(tally.totals))
    ]
    last = _recap_rows(_("Total"), tally, several=several, money=bool(tally.totals), style="sum")
    notes = [Paragraph(_("Amounts under different tariffs or years are not added up."))] if several else []
    notes += [Paragraph(_(LOWER_BOUNDS))] if tally.lower_bound else []
    return (Table(columns, (*rows, *last)), *notes)


def _recap_rows(name: str, row: Tally | TallyRow, *, several: bool, money: bool, style: str = "") -> list[Row]:
    first = (name, number(row.meetings), number(row.participants))
    if not money:
        return [Row(first, style)]
    if not several:
        return [Row((*first, amount_words(row.totals[0]) if row.totals else "-"), style)]
    under = [Row((f"  {one.tariff.id}, {one.year}", "", "", amount_words(one)), "part") for one in row.totals]
    return [Row((*first, "" if under else "-"), style), *under]


def amount_words(one: Total) -> str:
    """Return the gross amount; "not counted" where nothing of it could be valued, since that is not Rp0."""
    return rupiah(one.gross) if one.valued else _("not counted")


def saving_blocks(totals: Sequence[Total], *, what_if: bool = False, least: bool = False) -> tuple[Block, ...]:
    """Return some blocks a total: each names its tariff, method, basis and year. They are never added up.

    `least`: more was held than was counted, so that every amount is a lower bound.
    """
    if not totals:
        return (Paragraph(_("No amount is named: there is no tariff yet.")),)
    return tuple(
        block
        for place, one in enumerate(totals)
        for block in _total_blocks(one, what_if=what_if, least=least or one.lower_bound, gap=place > 0)
    )


def _total_blocks(one: Total, *, what_if: bool, least: bool, gap: bool) -> list[Block]:
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
    return [
        Paragraph(_(ESTIMATE), strong=True, gap=gap),
        *([Paragraph(_("What if: this tariff is not the office's own"), strong=True)] if what_if else []),
        head,
        Table.of(columns, [_line_cells(line, titles) for line in one.lines]),
        *(Paragraph(words) for words in open_words(one)),
        Pairs(tuple(_sums(one, least=least))),
    ]


def _sums(one: Total, *, least: bool) -> list[tuple[str, str]]:
    """Return gross, own cost and net. Where nothing could be valued there is no net amount, and no words for it."""
    bound = least and one.valued
    words = rupiah_in_words(one.net, language())
    net = [(_("Net"), at_least(rupiah(one.net), bound)), (_("In words"), at_least(words, bound))]
    return [
        (_("Gross"), at_least(amount_words(one), bound)),
        *_kind_pairs(one),
        (_("Own cost"), rupiah(one.own_cost) if one.own else _("not recorded")),
        *((f"  {own_title(one.tariff, line)}", _own_said(line)) for line in one.own),
        *(net if one.valued else [(_("Net"), _("not counted"))]),
    ]


def _kind_pairs(one: Total) -> list[tuple[str, str]]:
    """Return what hosted, attended and unstated meetings have in the gross amount, where there are several kinds."""
    if len(one.kinds) < 2 or not one.valued:
        return []
    said = _("{amount}, {meetings} meetings")
    return [
        (f"  {kind_name(share.kind)}", said.format(amount=rupiah(share.gross), meetings=number(share.meetings)))
        for share in one.kinds
    ]


def _own_said(line: OwnLine) -> str:
    units = f"{number(line.quantity)} {unit_word(line.per, line.quantity)}"
    return f"{units} x {rupiah(line.rate)} = {rupiah(line.amount)}"


def _line_cells(line: SavingLine, titles: dict[str, str]) -> list[str]:
    title = titles[line.component]
    if line.amount is None or line.rate is None or line.per is None:
        return [title, "", "", _("not counted")]
    units = f"{number(line.quantity)} {unit_word(line.per, line.quantity)}"
    return [title, units, rupiah(line.rate), rupiah(line.amount)]
