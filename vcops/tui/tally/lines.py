"""One meeting's saving in lines: the figures of each component, where its rate comes from, and why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcops.domain.eligibility import Reason
from vcops.formats import long_day, number, rupiah
from vcops.locale import _, language
from vcops.tui.plain import Cell
from vcops.tui.tally.summary import basis_line, not_counted
from vcops.tui.widgets.sheet import Row, across, wrapped
from vcops.wording.savings import ESTIMATE, component_titles, own_title, reason_words
from vcops.wording.terms import kind_name, mode_name, tariff_method_name, unit_word

if TYPE_CHECKING:
    from vcops.domain.savings import SavingLine
    from vcops.domain.tariffs import Tariff
    from vcops.operations.savings import Behind

__all__ = ["saving_lines"]

_BLANK: Row = ()


def saving_lines(opened: Behind, width: int, *, what_if: bool = False) -> list[Row]:
    """Return the lines: which meeting, under which tariff and regulation, then component by component."""
    saving, held = opened.saving, opened.meeting
    day = long_day(held.start, held.zone) if held.start else ""
    about = [day, opened.unit, kind_name(held.kind.value), mode_name(held.mode.value)]
    lines: list[Row] = wrapped(" · ".join(one for one in about if one), width, "dim")
    lines += wrapped(_(ESTIMATE), width, "accent")
    tariff = saving.tariff
    if tariff is None or not saving.lines:
        lines += [_BLANK, [Cell(_("not counted"), "warn"), Cell(f": {reason_words(saving.reason)}")]]
    else:
        lines += [_BLANK, *_tariff(tariff, saving.method, saving.year, width, what_if=what_if)]
        for line in saving.lines:
            lines += _component(line, tariff, width) if line.per else []
        lines += not_counted([one.title.said(language()) for one in tariff.not_counted], width)
        if tariff.not_counted:
            lines += [[Cell("  "), *row] for row in wrapped(reason_words(Reason.NOT_VALUED), width - 2, "dim")]
        lines += _sums(opened, width)
    for label, text in ((_("Letter"), held.letter), (_("Evidence"), held.evidence)):
        if text:
            lines += [_BLANK] if label == _("Letter") else []
            lines += wrapped(f"{label}: {' '.join(text.split())}", width, "dim")
    return lines


def _tariff(tariff: Tariff, method: str, year: int, width: int, *, what_if: bool) -> list[Row]:
    mark = [Cell(_("WHAT-IF"), "warn"), Cell("  ")] if what_if else []
    said = " · ".join((tariff_method_name(method), str(year), basis_line(tariff)))
    title = tariff.title.said(language())
    return [
        across(width, [Cell(title, "strong")], [Cell("  "), *mark, Cell(tariff.id, "dim")]),
        *wrapped(said, width, "dim"),
    ]


def _component(line: SavingLine, tariff: Tariff, width: int) -> list[Row]:
    title = component_titles(tariff)[line.component]
    if line.amount is None:
        rows = [across(width, [Cell(title)], [Cell("  "), Cell(_("not counted"), "warn")])]
    else:
        times = f"{number(line.quantity)} {unit_word(line.per or '', line.quantity)} × {rupiah(line.rate or 0)}"
        rows = [across(width, [Cell(title)], [Cell(f"  {times}", "dim"), Cell(f"  {rupiah(line.amount):>17}")])]
    source = next((one.source for one in tariff.components if one.id == line.component), "")
    for text, tone in ((reason_words(line.reason), "warn" if line.unanswered else "dim"), (source, "dim")):
        rows += [[Cell("  "), *row] for row in wrapped(text, width - 2, tone)] if text else []
    return rows


def _sums(opened: Behind, width: int) -> list[Row]:
    saving = opened.saving
    tariff = saving.tariff
    label = _("{sum}, at least").format(sum=_("Gross")) if saving.open and saving.valued else _("Gross")
    said = rupiah(saving.gross) if saving.valued else _("not counted")
    rows = [
        across(width, [], [Cell("─" * len(said), "dim")]),
        across(width, [Cell(label, "strong")], [Cell(said, "strong")]),
    ]
    for line in saving.own if tariff else ():
        assert tariff is not None
        name = _("Own cost: {name}").format(name=own_title(tariff, line))
        rows.append(across(width, [Cell(name, "dim")], [Cell(rupiah(line.amount), "dim")]))
    if tariff and any(one.per == "month" for one in tariff.own_costs):
        rows += wrapped(_("Own costs a month are not shared out among the meetings."), width, "dim")
    return rows
