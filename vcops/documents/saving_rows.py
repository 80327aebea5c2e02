"""Each meeting's saving lines as rows of a sheet: the last step from a total to the tariff's item and its basis."""

from __future__ import annotations

from collections.abc import Iterator

from vcops.domain.periods import day_text
from vcops.domain.reports import Report, ReportLine
from vcops.domain.savings import SavingLine
from vcops.locale import _, language
from vcops.wording.savings import ESTIMATE, component_titles, reason_words
from vcops.wording.terms import per_name, tariff_method_name

__all__ = ["saving_rows"]


def saving_rows(report: Report) -> Iterator[list[str]]:
    """Yield a row a meeting and component; the amounts of one tariff and year add up to its gross total."""
    yield [_(ESTIMATE)]
    yield [
        _("No."), _("Date"), _("Meeting"), _("Unit"), _("Component"), _("Quantity"), _("Counted by"), _("Rate"),
        _("Amount"), _("Why"), _("Tariff"), _("Method"), _("Fiscal year"), _("Basis"), _("Source"), _("Letter"),
        _("Evidence"), _("ID"),
    ]  # fmt: skip
    for place, line in enumerate(report.lines, 1):
        yield from _meeting(place, line)


def _meeting(place: int, line: ReportLine) -> Iterator[list[str]]:
    meeting, saving = line.meeting, line.saving
    day = meeting.local_day
    start = [str(place), day_text(day), meeting.title, line.unit]
    end = [meeting.letter, " ".join(meeting.evidence.split()), meeting.id]
    tariff = saving.tariff
    if tariff is None or not saving.lines:
        about = [tariff.id if tariff else "", tariff_method_name("none"), str(saving.year), "", ""]
        yield [*start, "", "", "", "", _("not counted"), reason_words(saving.reason), *about, *end]
        return
    titles = component_titles(tariff)
    sources = {one.id: one.source for one in tariff.components}
    for one in saving.lines:
        about = [
            tariff.id, tariff_method_name(saving.method), str(saving.year), tariff.basis.said(language()),
            sources.get(one.component, ""),
        ]  # fmt: skip
        yield [*start, titles[one.component], *_figures(one), *about, *end]


def _figures(line: SavingLine) -> list[str]:
    if line.amount is None:
        rate = "" if line.rate is None else str(line.rate)
        return ["", per_name(line.per or ""), rate, _("not counted"), reason_words(line.reason)]
    return [str(line.quantity), per_name(line.per or ""), str(line.rate), str(line.amount), reason_words(line.reason)]
