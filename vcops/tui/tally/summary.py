"""The summary of a tally in lines: meetings and people first, then the avoided cost under each tariff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from vcops.domain.comparing import change_percent
from vcops.domain.eligibility import Reason
from vcops.formats import number, rupiah, rupiah_in_words
from vcops.locale import _, language
from vcops.tui.plain import Cell
from vcops.tui.tally.closing import after_lines
from vcops.tui.widgets.sheet import Row, across, wrapped
from vcops.tui.widgets.table import fit
from vcops.wording.savings import (
    ESTIMATE,
    at_least,
    change_words,
    component_titles,
    count_methods_said,
    open_words,
    own_title,
)
from vcops.wording.terms import kind_name, period_name, tariff_method_name, unit_word

if TYPE_CHECKING:
    from vcops.domain.comparing import Comparison
    from vcops.domain.savings import SavingLine, Total
    from vcops.domain.tally import Tally
    from vcops.domain.tariffs import Tariff

__all__ = ["basis_line", "compared", "not_counted", "summary"]

_BLANK: Row = ()


def summary(
    tally: Tally,
    width: int,
    *,
    what_if: bool = False,
    keys: Mapping[str, str] | None = None,
    beside: Comparison | None = None,
) -> list[Row]:
    """Return the lines. Each total stands for itself: amounts of two tariffs or years are never added up.

    `keys` are how `tally.tariff` and `tally.incomplete` are pressed; `beside` is what the period is compared with.
    """
    pressed = {"tally.tariff": "t", "tally.incomplete": "i"} | dict(keys or {})
    lines = [*_counts(tally, width), *_notes(tally, width, pressed["tally.incomplete"])]
    lines += after_lines(tally, width)
    if beside is not None:
        lines += wrapped(compared(tally, beside), width, "dim")
    if not tally.totals:
        return [*lines, _BLANK, *_no_tariff(width, pressed["tally.tariff"])]
    lines += [_BLANK, *wrapped(_(ESTIMATE), width, "accent")]
    for place, total in enumerate(tally.totals):
        lines += [*([_BLANK] if place else []), *_total(total, width, what_if=what_if, least=tally.lower_bound)]
    saving = sum(total.meetings for total in tally.totals)
    for count, text in (
        (tally.without_tariff, _("{count} of the meetings were held on days without a tariff.")),
        (
            tally.meetings - saving - tally.without_tariff,
            _("{count} of the meetings save nothing: on site, or never planned face to face."),
        ),
    ):
        lines += wrapped(text.format(count=number(count)), width, "dim") if count > 0 else []
    return lines


def compared(tally: Tally, beside: Comparison) -> str:
    """Return the meetings of the period before and of a year earlier, with the change since."""
    parts = []
    for other in (beside.before, beside.year_before):
        if other is not None:
            since = change_words(change_percent(tally.meetings, other.meetings))
            said = _("{period}: {meetings} meetings").format(
                period=period_name(other.period), meetings=number(other.meetings)
            )
            parts.append(said + since)
    return "  ·  ".join(parts)


def _counts(tally: Tally, width: int) -> list[Row]:
    kinds = [(tally.hosted, "hosted"), (tally.attended, "attended"), (tally.unstated, "unstated")]
    split = Cell(", ".join(f"{number(count)} {kind_name(kind)}" for count, kind in kinds if count), "dim")
    doubts = Cell(count_methods_said(tally), "dim")
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


def _notes(tally: Tally, width: int, key: str) -> list[Row]:
    """Return what makes the figures a lower bound and the key that lists it, what is to come, what counts once."""
    unanswered = sum(count for total in tally.totals for line in total.lines for _reason, count in line.unanswered)
    doubts = [
        (tally.overdue, _("{count} not ended")),
        (tally.without_count, _("{count} without a head count")),
        (tally.no_length, _("{count} of 0 minutes")),
        (unanswered, _("{count} amounts not counted")),
    ]
    rest = [
        (tally.to_come, _("{count} still to come")),
        (tally.joined, _("{count} entries count with another room's")),
    ]
    told = ", ".join(text.format(count=number(count)) for count, text in rest if count)
    if not tally.lower_bound:
        return wrapped(told, width, "dim") if told else []
    said = ", ".join(text.format(count=number(count)) for count, text in doubts if count)
    warning = _("{doubts}: a lower bound").format(doubts=said)
    right = [Cell(f"  {key}", "accent"), Cell(" " + _("list them"), "dim")]
    left = [Cell(warning, "warn"), Cell(f"  ·  {told}" if told else "", "dim")]
    if _fits(left, right, width):
        return [across(width, left, right)]
    rows = wrapped(warning, width, "warn")
    sentence = len(rows) - 1
    rows += wrapped(told, width, "dim") if told else []
    # The key stands where a sentence ends: in the middle of one it would be read as part of it.
    ends = next((one for one in (sentence, len(rows) - 1) if _fits(rows[one], right, width)), None)
    if ends is None:
        return [*rows, across(width, (), right)]
    rows[ends] = across(width, rows[ends], right)
    return rows


def _fits(left: Row, right: Row, width: int) -> bool:
    return sum(cell_len(one.text) for one in (*left, *right)) <= width


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


def _total(total: Total, width: int, *, what_if: bool, least: bool) -> list[Row]:
    tariff = total.tariff
    titles = component_titles(tariff)
    bound = _("{sum}, at least") if least else "{sum}"
    words = at_least(rupiah_in_words(total.net, language()), least)
    known = total.net if total.valued else None
    rule = max(len(rupiah(total.gross)), len(rupiah(total.net))) if total.valued else len(_("not counted"))
    mark = [Cell(_("WHAT-IF"), "warn"), Cell("  ")] if what_if else []
    counted = " · ".join((tariff_method_name(tariff.method), str(total.year), basis_line(tariff)))
    return [
        across(width, [Cell(tariff.title.said(language()), "strong")], [Cell("  "), *mark, Cell(tariff.id, "dim")]),
        *wrapped(counted, width, "dim"),
        *_components([line for line in total.lines if line.amount is not None], titles, width),
        *_open(total, titles, width),
        *not_counted([titles[line.component] for line in total.lines if line.reason is Reason.NOT_VALUED], width),
        across(width, [], [Cell("─" * rule, "dim")]),
        _sum(
            bound.format(sum=_("Gross")) if total.valued else _("Gross"), total.gross if total.valued else None, width
        ),
        *_kinds(total, width),
        *_own(total, width),
        _sum(bound.format(sum=_("Net")) if total.valued else _("Net"), known, width, "strong"),
        *(wrapped(words, width, "dim") if total.valued else ()),
    ]


def _open(total: Total, titles: dict[str, str], width: int) -> list[Row]:
    """Return what is not counted because a question is open: the items, how many meetings, and which question."""
    without = [titles[line.component] for line in total.lines if line.unanswered and line.amount is None]
    rows = not_counted(without, width, "warn")
    for words in open_words(total):
        rows += [[Cell("  "), *row] for row in wrapped(words, width - 2, "warn")]
    return rows


def _kinds(total: Total, width: int) -> list[Row]:
    """Return what hosted, attended and unstated meetings have in the gross amount, where there are several."""
    if len(total.kinds) < 2 or not total.valued:
        return []
    shares = ", ".join(f"{kind_name(share.kind)} {rupiah(share.gross)}" for share in total.kinds)
    return [[Cell("  "), *row] for row in wrapped(shares, width - 2, "dim")]


def _own(total: Total, width: int) -> list[Row]:
    if not total.own:
        return [across(width, [Cell(_("Own cost"))], [Cell(_("not recorded"), "dim")])]
    rows = [_sum(_("Own cost"), total.own_cost, width)]
    for line in total.own:
        times = f"{number(line.quantity)} {unit_word(line.per, line.quantity)} × {rupiah(line.rate)}"
        rows.append(across(width, [Cell(f"  {own_title(total.tariff, line)}: {times}", "dim")], []))
    return rows


def _components(lines: Sequence[SavingLine], titles: dict[str, str], width: int) -> list[Row]:
    """Return name, quantity, what is counted, rate and amount, each in its column."""
    quantities = [number(line.quantity) for line in lines]
    words = [unit_word(line.per or "", line.quantity) for line in lines]
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
                [Cell(titles[line.component])],
                [Cell("  "), Cell(times, "dim"), Cell(amount)],
            )
        )
    return rows


_AMOUNT = len("Rp999.999.999.999")


def not_counted(titles: Sequence[str], width: int, tone: str = "dim") -> list[Row]:
    """Return the costs of which no amount is told: those that a basis names without a value, or that are open."""
    if not titles:
        return []
    said = _("not counted")
    names = wrapped(", ".join(titles), width - len(said) - 2, "dim" if tone == "dim" else "")
    first = across(width, names[0], [Cell("  "), Cell(said, tone)])
    return [first, *names[1:]]


def basis_line(tariff: Tariff) -> str:
    """Return on what a tariff rests; an assumption says that it is none of a regulation's, once."""
    basis = tariff.basis.said(language())
    doubt = _("an assumption, not a regulation")
    if not tariff.regulation and "bukan" not in tariff.basis.id:  # else the basis says so itself
        basis = f"{basis} ({doubt})"
    return _("Basis: {basis}").format(basis=basis)


def _sum(label: str, amount: int | None, width: int, tone: str = "") -> Row:
    said = _("not counted") if amount is None else rupiah(amount)
    return across(width, [Cell(label, tone)], [Cell(fit(said, max(_AMOUNT, len(said)), right=True), tone)])
