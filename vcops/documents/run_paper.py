"""A run as a paper: every step with its result, its readings against their bounds, who and when, and the decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from vcops.documents.framing import framed, signatory
from vcops.documents.layout import Column
from vcops.documents.paper import Block, Pairs, Paper, Paragraph, Row, Section, Table
from vcops.documents.run_files import files_sections
from vcops.domain.checks import JudgedReading, judged_again
from vcops.domain.metrics import METRICS
from vcops.domain.procedures import Gate, Phase, Step
from vcops.domain.reports import RunReport
from vcops.domain.runs import Attempt, Decision, Standing
from vcops.formats import clock, clock_zone, long_day, short_day
from vcops.locale import _, language, ngettext
from vcops.wording.metrics import bound_words, metric_name, note_words, unit_word, value_words
from vcops.wording.passed_over import passed_over_words
from vcops.wording.runs import note_of
from vcops.wording.verdicts import outcome_word, ready_word, standing_word, verdict_word

__all__ = ["run_paper"]

_TROUBLE = (Standing.FAIL, Standing.UNMEASURED, Standing.SKIPPED)


def run_paper(report: RunReport) -> Paper:
    """Return the whole record. What nobody answered stands there as to be done."""
    run = report.run
    return framed(
        report,
        title=_("RECORD OF THE CHECKS BEFORE A MEETING") if run.meeting_id else _("RECORD OF A PROCEDURE"),
        subtitle=report.meeting.title if report.meeting else run.procedure.title.said(language()),
        draft=_("*** DRAFT: nothing has been decided yet ***"),
        lead=(Pairs(tuple(row for row in _facts(report) if row[1])),),
        sections=(*_sections(report), *files_sections(report)),
        closing=_("This record is made from what was measured and answered; every attempt is kept."),
        signatories=(signatory(_("Acknowledged,"), report.chief), signatory(_("Checked by,"), report.operator)),
    )


def _facts(report: RunReport) -> Iterator[tuple[str, str]]:
    run, meeting = report.run, report.meeting
    yield (
        _("Procedure"),
        _("{title}, version {version}").format(
            title=run.procedure.title.said(language()), version=run.procedure.version
        ),
    )
    yield _("Room"), report.room.name if report.room else ""
    planned = meeting.start if meeting else None
    yield (
        _("Meeting starts"),
        f"{long_day(planned, report.zone)}, {clock_zone(planned, report.zone)}" if planned else "",
    )
    started = f"{long_day(run.started_at, report.zone)}, {clock_zone(run.started_at, report.zone)}"
    yield _("Begun"), _("{time}, by {name}").format(time=started, name=run.started_by)
    yield _("Record"), run.id[-8:]


def _sections(report: RunReport) -> Iterator[Section]:
    applying = {step.id for step in report.run.steps()}
    number = 0
    for phase in report.run.procedure.phases:
        steps = [step for step in phase.steps if step.id in applying]
        rows = [row for place, step in enumerate(steps, number + 1) for row in _step_rows(report, place, step)]
        number += len(steps)
        if steps and not any(report.run.tried(step.id) for step in steps) and not phase.gate:
            said = ngettext("{count} step, not answered.", "{count} steps, none of them answered.", len(steps))
            yield Section(phase.title.said(language()), (Paragraph(said.format(count=len(steps))),))
        elif rows or phase.gate:
            yield Section(phase.title.said(language()), tuple(_phase_blocks(report, phase, rows)))


def _phase_blocks(report: RunReport, phase: Phase, rows: list[Row]) -> Iterator[Block]:
    if rows:
        columns = (
            Column(_("No."), right=True),
            Column(_("Step and what was measured"), flexible=True),
            Column(_("Value")),
            Column(_("Bound")),
            Column(_("Result")),
            Column(_("By and when")),
        )
        yield Table(columns, tuple(rows))
    if phase.gate:
        yield from _gate_blocks(report, phase.gate)


def _step_rows(report: RunReport, place: int, step: Step) -> Iterator[Row]:
    run, zone = report.run, report.zone
    attempt, standing = run.counting(step.id), run.standing(step.id)
    title = step.title.said(language())
    if not step.required:
        title = _("{step} (optional)").format(step=title)
    value = attempt.value if attempt and not step.check else ""
    style = "trouble" if standing in _TROUBLE and step.required else ""
    yield Row((str(place), title, value, "", standing_word(standing), _by(attempt, run.started_at, zone)), style)
    if attempt is not None:
        standard = run.standards.get(step.standard or "")
        yield from (_reading_row(one) for one in judged_again(attempt.readings, standard))
        source = attempt.value if step.check else ""
        told = [(_("Source"), source), (_("Reason"), attempt.reason), (_("Note"), note_of(attempt))]
        yield from _notes(f"{label}: {text}" for label, text in told if text)
        left = attempt.passed_over
        yield from _notes(passed_over_words(one, attempt.value, measured=not attempt.note) for one in left)
    yield from _notes(_earlier(one, zone) for one in run.tried(step.id) if one is not attempt)


def _notes(texts: Iterable[str]) -> Iterator[Row]:
    for text in texts:
        yield Row(("", text, "", "", "", ""), "note")


def _reading_row(one: JudgedReading) -> Row:
    metric, value = one.reading.metric, one.reading.value
    camera = one.reading.subject if METRICS[metric].instrument == "camera" else ""
    name = ": ".join(said for said in (camera, metric_name(metric), note_words(one.reading.note)) if said)
    shown = value_words(metric, value)
    if value is not None:
        shown = f"{shown} {unit_word(metric)}".rstrip()
    word = verdict_word(one.verdict, unclear=value is not None) if one.verdict else ""
    return Row(("", name, shown, bound_words(one.pass_text), word, ""), "part")


def _earlier(attempt: Attempt, zone: str) -> str:
    """Return an attempt that no longer counts in one line."""
    result = verdict_word(attempt.verdict) if attempt.verdict else outcome_word(attempt.outcome)
    said = _("Taken back: {result}, {by}") if attempt.undone_at else _("Earlier attempt: {result}, {by}")
    return said.format(result=result, by=f"{attempt.by}, {_moment(attempt.at, zone)}")


def _by(attempt: Attempt | None, started: datetime, zone: str) -> str:
    if attempt is None:
        return ""
    same_day = short_day(attempt.at, zone) == short_day(started, zone)
    return f"{attempt.by}, {clock(attempt.at, zone) if same_day else _moment(attempt.at, zone)}"


def _moment(at: datetime, zone: str) -> str:
    return f"{short_day(at, zone)} {clock(at, zone)}"


def _gate_blocks(report: RunReport, gate: Gate) -> Iterator[Block]:
    title = _("Decision: {title}").format(title=gate.title.said(language()))
    decisions = [one for one in report.run.decisions if one.gate == gate.id]
    if not decisions:
        undecided = _("not decided")
        yield Paragraph(f"{title}: {undecided}", strong=True, gap=True)
    for one in decisions:
        word = ready_word(one.ready)
        last = one is decisions[-1]
        shown = word if last else _("{word} (before)").format(word=word)
        yield Paragraph(f"{title}: {shown}", strong=last, gap=True)
        yield Pairs(tuple(row for row in _decision_rows(report, one) if row[1]))


def _decision_rows(report: RunReport, one: Decision) -> Iterator[tuple[str, str]]:
    yield _("By and when"), f"{one.by}, {_moment(one.at, report.zone)}"
    yield _("Reason"), one.reason
    titles = [step.title.said(language()) for step in report.run.procedure.steps() if step.id in one.blockers]
    yield _("In the way"), "; ".join(titles)
