"""Readings against their bounds, in aligned columns: sign, metric, value with its unit, bound, word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from vcops.domain.checks import JudgedReading
from vcops.domain.metrics import METRICS
from vcops.domain.standards import Bound, Requirement, Standard, bound_text
from vcops.domain.verdicts import Verdict
from vcops.locale import _, language
from vcops.tui.plain import Cell
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.signs import verdict_tone
from vcops.tui.widgets.table import fit
from vcops.wording.metrics import bound_words, metric_name, note_words, unit_word, value_words
from vcops.wording.verdicts import verdict_sign, verdict_word

__all__ = ["put_bounds", "put_readings", "put_remedies", "remedy_of"]

_VALUE, _BOUND, _WORD = 11, 10, 14
_WITH_WORD = 64
"""From this width on the verdict's word has a column of its own; below, the lines under the table say it."""
_WORST_FIRST = (Verdict.FAIL, Verdict.UNMEASURED, Verdict.WARN)


def put_bounds(paper: Paper, standard: Standard, metric: str | None = None) -> None:
    """Put what will be asked for, before anything was measured: all of it, or of one metric alone."""
    wide = paper.width - 2 - 2 * (_BOUND + 3)
    title = standard.title.said(language())
    heading = fit(title if cell_len(title) <= wide else _("Standard"), wide, right=False)
    must, may = fit(_("to meet"), _BOUND, right=True), fit(_("warning"), _BOUND, right=True)
    paper.line(Cell(f"  {heading} {must}   {may}", "dim"))
    for one in standard.requirements:
        if metric not in (None, one.metric):
            continue
        name = metric_name(one.metric)
        if not one.required:
            name = _("{metric} (optional)").format(metric=name)
        warn = "" if one.warn is None else _bound(one.metric, one.warn)
        paper.line(
            Cell("  " + fit(name, wide, right=False) + " "),
            Cell(fit(_bound(one.metric, one.pass_), _BOUND, right=True)),
            Cell("   " + fit(warn, _BOUND, right=True), "dim"),
        )


def put_readings(
    paper: Paper, readings: Iterable[JudgedReading], standard: Standard | None, *, running: bool = False
) -> None:
    """Put what was read. While it runs nothing is judged yet: a provisional figure has a dot for a sign."""
    word = _WORD + 2 if paper.width >= _WITH_WORD else 0
    wide = paper.width - 2 - (_VALUE + 1) - (_BOUND + 2) - word
    for one in readings:
        verdict = None if running and one.reading.partial else one.verdict
        tone = verdict_tone(verdict) if verdict else "dim"
        sign = verdict_sign(verdict) if verdict else "·"
        requirement = standard.requirement(one.reading.metric) if standard else None
        value = value_words(one.reading.metric, one.reading.value)
        if one.reading.value is not None:
            value = f"{value} {unit_word(one.reading.metric)}".rstrip()
        pieces = [
            Cell(f"{sign} ", tone),
            Cell(fit(metric_name(one.reading.metric), wide, right=False), "" if requirement else "dim"),
            Cell(" " + fit(value, _VALUE, right=True), "" if verdict is Verdict.PASS else tone),
            Cell("  " + fit(bound_words(one.pass_text), _BOUND, right=False), "dim"),
        ]
        if word and verdict:
            pieces.append(Cell("  " + verdict_word(verdict), tone))
        paper.line(*pieces)


def put_remedies(paper: Paper, readings: Sequence[JudgedReading], standard: Standard | None) -> None:
    """Put a line for everything that fell short, worst first: the verdict's word, the metric, what to do."""
    for verdict in _WORST_FIRST:
        for one in readings:
            if one.verdict is not verdict:
                continue
            requirement = standard.requirement(one.reading.metric) if standard else None
            note = f" ({said})" if (said := note_words(one.reading.note)) else ""
            remedy = remedy_of(requirement) if one.reading.value is not None else ""
            said = f"{verdict_word(verdict)}: {metric_name(one.reading.metric)}{note}. {remedy}".strip()
            paper.paragraph(said, lead=Cell(f"{verdict_sign(verdict)} ", verdict_tone(verdict)))


def _bound(metric: str, bound: Bound) -> str:
    return bound_words(bound_text(METRICS[metric], bound))


def remedy_of(requirement: Requirement | None) -> str:
    """Return what to do when a requirement is not met, in the language in use."""
    return requirement.remedy.said(language()) if requirement and requirement.remedy else ""
