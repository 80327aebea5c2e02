"""Readings against their bounds, in aligned columns: sign, metric, value with its unit, bound, word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.cells import cell_len

from vcops.domain.checks import JudgedReading
from vcops.domain.findings import findings
from vcops.domain.metrics import METRICS, Instrument
from vcops.domain.readings import Reading
from vcops.domain.standards import Bound, Standard, bound_text
from vcops.domain.verdicts import Verdict
from vcops.formats.numbers import number
from vcops.locale import _, language, ngettext
from vcops.tui.plain import Cell
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.signs import verdict_tone
from vcops.tui.sentences import finding_words
from vcops.tui.widgets.table import fit
from vcops.wording.metrics import bound_words, metric_name, unit_word, value_words
from vcops.wording.verdicts import verdict_sign, verdict_word

__all__ = [
    "put_bounds", "put_findings", "put_met", "put_reading", "put_running_figures", "shown_value",
]  # fmt: skip

_NAME, _VALUE, _BOUND, _WORD = 40, 11, 10, 14
_WITH_WORD = 64
"""From this width on the verdict's word has a column of its own; below, the sign says it."""
_NEVER = datetime.min.replace(tzinfo=UTC)
"""When a figure was read that still has to come."""


def put_bounds(paper: Paper, standard: Standard, metric: str | None = None) -> None:
    """Put what will be asked for, before anything was measured: all of it, or of one metric alone."""
    shown = [one for one in standard.requirements if metric in (None, one.metric)]
    passes = [f"{_bound(one.metric, one.pass_)} {unit_word(one.metric)}".rstrip() for one in shown]
    warns = ["" if one.warn is None else _bound(one.metric, one.warn) for one in shown]
    meet, warning = _("to meet"), _("warning")
    must, may = (max(map(cell_len, column)) for column in ([meet, *passes], [warning, *warns]))
    wide = paper.width - 2 - (1 + must) - (2 + may)
    title = standard.title.said(language())
    heading = fit(title if cell_len(title) <= wide else _("Standard"), wide, right=False)
    heads = f"{fit(meet, must, right=True)}  {fit(warning, may, right=True)}"
    paper.line(Cell(f"  {heading} {heads}", "dim"))
    for one, passed, warned in zip(shown, passes, warns, strict=True):
        name = metric_name(one.metric)
        if not one.required:
            name = _("{metric} (optional)").format(metric=name)
        _put_beside(
            paper,
            Cell("  "),
            Cell(name),
            wide,
            Cell(" " + fit(passed, must, right=True)),
            Cell("  " + fit(warned, may, right=True), "dim"),
        )


def _put_beside(paper: Paper, sign: Cell, name: Cell, wide: int, *columns: Cell) -> None:
    """Put a name and what stands beside it; a name wider than its column has the line above for itself, uncut."""
    if cell_len(name.text) > wide:
        paper.line(sign, name)
        sign, name = Cell("  "), Cell("")
    paper.line(sign, Cell(fit(name.text, wide, right=False), name.tone), *columns)


def put_running_figures(
    paper: Paper, readings: Sequence[JudgedReading], standard: Standard | None, *, optional: bool
) -> None:
    """Put the figures of a running check beside their bounds: those the standard asks for, a dash where none is yet.

    Without `optional` only the numbers that are required: a low window has no room for more below a plot.

    Nothing is judged before it is measured to the end: a provisional figure has a dot for a sign.
    """
    found = {one.reading.metric: one for one in readings}
    if standard is None:
        for one in readings:
            put_reading(paper, one, running=True)
        return
    for asked in standard.requirements:
        if not optional and (not asked.required or METRICS[asked.metric].yes_no):
            continue
        waiting = JudgedReading(Reading(asked.metric, None, _NEVER), pass_text=_text(asked.metric, asked.pass_))
        put_reading(paper, found.get(asked.metric, waiting), running=True)


def put_reading(paper: Paper, one: JudgedReading, *, running: bool = False) -> None:
    """Put one reading in aligned columns: sign, metric, value with its unit, bound; on a wide paper also the word."""
    word = _WORD + 2 if paper.width >= _WITH_WORD else 0
    wide = min(_NAME, paper.width - 2 - (_VALUE + 1) - (_BOUND + 2) - word)
    unsure = running and (one.reading.partial or one.reading.value is None)
    verdict = None if unsure else one.verdict
    tone = verdict_tone(verdict) if verdict else "dim"
    pieces = [
        Cell(" " + fit(shown_value(one), _VALUE, right=True), "" if unsure or verdict is Verdict.PASS else tone),
        Cell("  " + fit(bound_words(one.pass_text), _BOUND, right=False), "dim"),
    ]
    if word and verdict:
        unclear = verdict is Verdict.UNMEASURED and one.reading.value is not None
        pieces.append(Cell("  " + verdict_word(verdict, unclear=unclear), tone))
    sign = Cell(f"{verdict_sign(verdict) if verdict else '·'} ", tone)
    _put_beside(paper, sign, Cell(metric_name(one.reading.metric), "" if one.pass_text else "dim"), wide, *pieces)


def shown_value(one: JudgedReading) -> str:
    """Return a reading's value with its unit; a dash where nothing was measured."""
    value = value_words(one.reading.metric, one.reading.value)
    return value if one.reading.value is None else f"{value} {unit_word(one.reading.metric)}".rstrip()


def put_findings(
    paper: Paper, instrument: Instrument, readings: Sequence[JudgedReading], standard: Standard | None
) -> None:
    """Put what the readings come to, what falls short first: each in a sentence with its remedy."""
    for one in findings(instrument, readings, standard):
        tone = verdict_tone(one.verdict)
        paper.paragraph(finding_words(one, standard), lead=Cell(f"{verdict_sign(one.verdict)} ", tone))


def put_met(paper: Paper, readings: Sequence[JudgedReading], key: str) -> None:
    """Put what passes as one line: how many. `key` shows them all."""
    met = sum(one.verdict is Verdict.PASS for one in readings)
    every = _("{key}: every reading").format(key=key)
    if not met:
        paper.paragraph(every, "dim")
        return
    said = ngettext("{count} is met", "{count} are met", met).format(count=number(met))
    paper.ends([Cell(f"{verdict_sign(Verdict.PASS)} {said}", verdict_tone(Verdict.PASS))], Cell(every, "dim"))


def _text(metric: str, bound: Bound) -> str:
    return bound_text(METRICS[metric], bound)


def _bound(metric: str, bound: Bound) -> str:
    return bound_words(_text(metric, bound))
