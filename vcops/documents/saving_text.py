"""What one meeting saved, line by line, in plain text."""

from __future__ import annotations

from vcops.documents.layout import Column, pairs, table, wrapped
from vcops.domain.meeting_savings import MeetingSaving
from vcops.domain.savings import SavingLine
from vcops.domain.tariffs import Tariff
from vcops.formats import number, rupiah
from vcops.locale import _, language
from vcops.wording.savings import ESTIMATE, component_titles, own_title, reason_words
from vcops.wording.terms import tariff_method_name, unit_word

__all__ = ["saving_text"]


def saving_text(saving: MeetingSaving) -> str:
    """Return the lines with their basis, at most 80 columns wide; a sentence where there is nothing to count."""
    tariff = saving.tariff
    head = [_("Avoided cost"), *wrapped(_(ESTIMATE))]
    if tariff is None or not saving.lines:
        return "\n".join([*head, _("not counted") + ": " + reason_words(saving.reason)]) + "\n"
    columns = [
        Column(_("Component"), flexible=True),
        Column(_("Quantity"), right=True),
        Column(_("Rate"), right=True),
        Column(_("Amount"), right=True),
        Column(_("Why"), flexible=True),
    ]
    facts = pairs([
        (_("Tariff"), f"{tariff.title.said(language())} ({tariff.id})"),
        (_("Method"), tariff_method_name(saving.method)),
        (_("Basis"), tariff.basis.said(language())),
        (_("Fiscal year"), str(saving.year)),
    ])  # fmt: skip
    least = _("at least {number}") if saving.open else "{number}"
    gross = least.format(number=rupiah(saving.gross)) if saving.valued else _("not counted")
    sums = pairs([
        (_("Gross"), gross),
        *((own_title(tariff, line), rupiah(line.amount)) for line in saving.own),
    ])  # fmt: skip
    lines = table(columns, [_cells(line, tariff) for line in saving.lines])
    return "\n".join([*head, *facts, *lines, *sums]) + "\n"


def _cells(line: SavingLine, tariff: Tariff) -> list[str]:
    title = component_titles(tariff)[line.component]
    if line.amount is None or line.rate is None:
        return [title, "", "", _("not counted"), reason_words(line.reason)]
    quantity = f"{number(line.quantity)} {unit_word(line.per or '', line.quantity)}"
    return [title, quantity, rupiah(line.rate), rupiah(line.amount), reason_words(line.reason)]
