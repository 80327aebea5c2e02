"""The summary of a tally in lines: meetings and people first, then the avoided cost under each tariff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vcops.formats import number, rupiah, rupiah_in_words
from vcops.locale import _, language
from vcops.tui.plain import Cell
from vcops.tui.widgets.sheet import Row, across, wrapped
from vcops.tui.widgets.table import fit
from vcops.wording.terms import kind_name, per_name, tariff_method_name

if TYPE_CHECKING:
    from vcops.domain.savings import SavingLine, Total
    from vcops.domain.tally import Tally
    from vcops.domain.tariffs import Tariff

__all__ = ["basis_line", "summary"]

_BLANK: Row = ()


def summary(tally: Tally, width: int, *, what_if: bool = False, tariff_key: str = "t") -> list[Row]:
    """Return the lines. Each total stands for itself: amounts of two tariffs or years are never added up."""
    lines = _counts(tally, width)
    for total in tally.totals:
        lines += [_BLANK, *_total(total, width, what_if=what_if)]
    if not tally.totals:
        lines += [_BLANK, *_no_tariff(width, tariff_key)]
        return lines
    if (saving := sum(total.meetings for total in tally.totals)) < tally.meetings:
        rest = _(
            "{count} of the meetings save nothing: on site, never planned face to face, or before any tariff."
        ).format(count=number(tally.meetings - saving))
        lines += [_BLANK, *wrapped(rest, width, "dim")]
    lines += [_BLANK] if saving == tally.meetings else []
    lines += wrapped(_("Estimate of the avoided cost; not a realisation and not a budget balance"), width, "accent")
    return lines


def _counts(tally: Tally, width: int) -> list[Row]:
    kinds = [(tally.hosted, "hosted"), (tally.attended, "attended"), (tally.unstated, "unstated")]
    split = Cell(", ".join(f"{number(count)} {kind_name(kind)}" for count, kind in kinds if count), "dim")
    doubts = _doubts(tally)
    figures = [number(tally.meetings), number(tally.participants)]
    words = [_("meetings ended"), _("people took part")]
    figure, word = (max(len(text) for text in texts) for texts in (figures, words))
    heads = [
        [Cell(f"{one:>{figure}}  ", "strong"), Cell(f"{what:<{word}}")]
        for one, what in zip(figures, words, strict=True)
    ]
    aside = figure + word + 2 + 3
    if aside + max(len(split.text), len(doubts.text)) <= width:
        return [[*head, Cell("   "), said] for head, said in zip(heads, (split, doubts), strict=True)]
    return [
        *heads,
        *wrapped(split.text, width, "dim"),
        *(wrapped(doubts.text, width, doubts.tone) if doubts.text else []),
    ]


def _doubts(tally: Tally) -> Cell:
    """Return what makes the figures a lower bound; else how many meetings are still to come."""
    if not tally.lower_bound:
        return Cell(_("{count} still to come").format(count=number(tally.to_come)) if tally.to_come else "", "dim")
    doubts = [
        (tally.overdue, _("{count} not ended")),
        (tally.without_count, _("{count} without a head count")),
    ]
    said = ", ".join(text.format(count=number(count)) for count, text in doubts if count)
    return Cell(_("{doubts}: a lower bound").format(doubts=said), "warn")


def _no_tariff(width: int, key: str) -> list[Row]:
    return [
        [Cell(_("No tariff yet"), "warn")],
        *wrapped(
            _("Without a tariff of the office's own, meetings and people are tallied and no rupiah."), width, "dim"
        ),
        [
            Cell(f"{key}  ", "accent"),
            Cell(_("adopt one, type one, or try one")),
        ],
    ]


def _total(total: Total, width: int, *, what_if: bool) -> list[Row]:
    tariff = total.tariff
    titles = {one.id: one.title.said(language()) for one in tariff.components}
    titles |= {one.id: one.title.said(language()) for one in tariff.not_counted}
    mark = [Cell(_("WHAT-IF"), "warn"), Cell("  ")] if what_if else []
    counted = " · ".join((tariff_method_name(tariff.method), str(total.year), basis_line(tariff)))
    return [
        across(width, [Cell(tariff.title.said(language()), "strong")], [Cell("  "), *mark, Cell(tariff.id, "dim")]),
        *wrapped(counted, width, "dim"),
        *_components([line for line in total.lines if line.amount is not None], titles, width),
        *_not_counted(
            [titles.get(line.component, line.component) for line in total.lines if line.amount is None], width
        ),
        across(width, [], [Cell("─" * len(rupiah(total.gross)), "dim")]),
        _sum(_("Gross"), total.gross, width),
        _sum(_("Own cost"), total.own_cost, width) if total.own_cost else _no_own_cost(width),
        _sum(_("Net"), total.net, width, "strong"),
        *wrapped(rupiah_in_words(total.net), width, "dim"),
    ]


def _components(lines: Sequence[SavingLine], titles: dict[str, str], width: int) -> list[Row]:
    """Return name, quantity, what is counted, rate and amount, each in its column."""
    quantities = [number(line.quantity) for line in lines]
    words = [per_name(line.per or "") for line in lines]
    rates = [rupiah(line.rate or 0) for line in lines]
    amounts = [rupiah(line.amount or 0) for line in lines]
    quantity, word, rate = (max((len(text) for text in texts), default=0) for texts in (quantities, words, rates))
    rows: list[Row] = []
    for line, *texts in zip(lines, quantities, words, rates, amounts, strict=True):
        times = f"{texts[0]:>{quantity}} {texts[1]:<{word}} × {texts[2]:>{rate}}"
        amount = f"  {texts[3]:>{_AMOUNT}}"
        rows.append(
            across(
                width,
                [Cell(titles.get(line.component, line.component))],
                [Cell("  "), Cell(times, "dim"), Cell(amount)],
            )
        )
    return rows


_AMOUNT = len("Rp999.999.999.999")


def _not_counted(titles: Sequence[str], width: int) -> list[Row]:
    if not titles:
        return []
    said = _("not counted")
    names = wrapped(", ".join(titles), width - len(said) - 2, "dim")
    first = across(width, names[0], [Cell("  "), Cell(said, "dim")])
    return [first, *names[1:]]


def basis_line(tariff: Tariff) -> str:
    """Return on what a tariff rests; an assumption says that it is none of a regulation's, once."""
    basis = tariff.basis.said(language())
    doubt = _("an assumption, not a regulation")
    if not tariff.regulation and "bukan" not in tariff.basis.id:  # else the basis says so itself
        basis = f"{basis} ({doubt})"
    return _("Basis: {basis}").format(basis=basis)


def _no_own_cost(width: int) -> Row:
    return across(width, [Cell(_("Own cost"))], [Cell(_("not recorded"), "dim")])


def _sum(label: str, amount: int, width: int, tone: str = "") -> Row:
    return across(
        width, [Cell(label, tone)], [Cell(fit(rupiah(amount), max(_AMOUNT, len(rupiah(amount))), right=True), tone)]
    )
