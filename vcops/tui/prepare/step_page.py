"""The right side of a walk: one step, what to do, what was measured, what was tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from vcops.domain.files import FileState
from vcops.domain.procedures import Step
from vcops.domain.runs import Attempt, Outcome, Standing
from vcops.formats.dates import clock, span
from vcops.formats.numbers import number
from vcops.locale import _, language
from vcops.tui.plain import Cell
from vcops.tui.prepare.checking import RunningCheck
from vcops.tui.prepare.commands import key_of
from vcops.tui.prepare.due import due_words
from vcops.tui.prepare.live import put_running
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.readings import put_bounds, put_findings, put_met, put_reading
from vcops.tui.prepare.signs import attempt_cell, remedy_words, standing_cell, trouble_words, value_words
from vcops.tui.prepare.sound_meter import put_listening
from vcops.tui.prepare.walked import Walked
from vcops.tui.sentences import explain
from vcops.wording.attachments import attachment_words
from vcops.wording.passed_over import passed_over_words

__all__ = ["Look", "step_page"]

_NAMED = ("camera", "connection")
"""What keeps with its attempt what was measured, as people named it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one looks at: a step of a walk, its check where one runs now, and what it is measured with."""

    walked: Walked
    step: Step
    check: RunningCheck | None
    source: str
    """Fit to be shown; empty where nobody has named anything."""
    now: datetime
    tall: bool = False
    """Whether the window is high enough for a larger plot."""
    unnamed: Step | None = None
    """The first step that measures a link for which nobody has named a server."""
    since: datetime | None = None
    """When one came to the step, where it waits."""


def step_page(look: Look, width: int) -> Paper:
    """Return the page.

    What was read comes before what was to be done: whoever has measured wants the figures.
    """
    walked, step, check = look.walked, look.step, look.check
    paper = Paper(width)
    paper.paragraph(step.title.said(language()), "strong")
    attempt = walked.run.counting(step.id)
    if check is not None:
        put_under_way = put_listening if step.sounds else put_running
        put_under_way(paper, check, walked.standard(step), tall=look.tall)
    else:
        _put_standing(paper, walked, step, attempt)
        _put_before(paper, look, attempt)
        if attempt is not None:
            _put_found(paper, walked, step, attempt)
            if step.sounds and not walked.run.standing(step.id).opens:
                _put_hearing(paper)
    paper.blank()
    if step.instruction:
        paper.paragraph(step.instruction.said(language()))
    if step.reason:
        paper.paragraph(step.reason.said(language()), "dim")
    if (standard := walked.standard(step)) and check is None and not step.sounds and not walked.measured(step):
        paper.blank()
        put_bounds(paper, standard, step.record.metric if step.record else None)
    if look.unnamed and look.unnamed is not step and not walked.run.attempts:
        paper.blank()
        _put_unnamed(paper, look.unnamed)
    paper.blank()
    _put_deadline(paper, walked, step, look.now)
    _put_own_time(paper, look)
    for label, text in _facts(walked, step):
        paper.paragraph(text, "dim", lead=Cell(f"{label}: ", "dim"))
    _put_attempts(paper, walked, step)
    _put_attached(paper, walked, step)
    return paper


def _put_standing(paper: Paper, walked: Walked, step: Step, attempt: Attempt | None) -> None:
    if not walked.applies(step):
        paper.paragraph(_("It no longer applies, since the meeting was changed. What was done stays on record."), "dim")
    if attempt is None:
        duty = "" if step.required else _("optional")
        paper.ends([standing_cell(Standing.PENDING)], Cell(duty, "dim"))
        return
    paper.ends_with_name(attempt_cell(attempt), attempt.by, clock(attempt.at, walked.zone))


def _put_found(paper: Paper, walked: Walked, step: Step, attempt: Attempt) -> None:
    if attempt.reason:
        paper.paragraph(attempt.reason, lead=Cell("  "))
    if attempt.value and step.record and not attempt.readings:
        _put_recorded(paper, step, attempt)
    if attempt.outcome is Outcome.MEASURED and attempt.note:
        paper.blank()
        paper.paragraph(trouble_words(attempt), "warn")
        if step.check and not step.sounds:
            paper.paragraph(_("Another camera or server: press {key}.").format(key=key_of("source")))
    elif attempt.note:
        paper.paragraph(_("Note: {text}").format(text=attempt.note), lead=Cell("  "))
    standard, readings = walked.standard(step), walked.readings(step, attempt)
    if any(one.reading.value is not None for one in readings):
        paper.blank()
        if step.check:
            put_findings(paper, step.check.instrument, readings, standard)
            put_met(paper, readings, key_of("readings"))
            return
        for one in readings:
            put_reading(paper, one)
        if any(one.verdict and one.verdict.rank for one in readings):
            put_findings(paper, "room", readings, standard)


def _put_sounding(paper: Paper, look: Look, attempt: Attempt | None) -> None:
    """Put the devices of a step with sound before anything was tried; afterwards what was found comes first."""
    if attempt is not None:
        return
    paper.paragraph(look.source, lead=Cell(_("Sound devices") + ": ", "dim"))
    if look.step.record:
        paper.line(Cell(_("Enter plays the test tone and then asks."), "dim"))
    _put_hearing(paper)


def _put_hearing(paper: Paper) -> None:
    """Put what else one can do at a step with sound."""
    said = _("{hear} hear yourself · {other} other devices")
    paper.line(Cell(said.format(hear=key_of("playback"), other=key_of("source")), "dim"))


def _put_recorded(paper: Paper, step: Step, attempt: Attempt) -> None:
    paper.paragraph(value_words(step, attempt), "strong", lead=Cell("  "))
    if remedy := remedy_words(step, attempt):
        paper.paragraph(remedy, lead=Cell("  "))


def _put_before(paper: Paper, look: Look, attempt: Attempt | None) -> None:
    """Put what it was measured with, else what it will be, and what one should know of that."""
    walked, step = look.walked, look.step
    if step.sounds:
        _put_sounding(paper, look, attempt)
        return
    used = attempt.value if attempt and step.check and step.check.instrument in _NAMED else ""
    if step.check and (look.source or not walked.run.standing(step.id).opens):
        _put_source(paper, step, used or look.source)
    passed_over = attempt.passed_over if attempt else ()
    for one in passed_over:
        left = passed_over_words(one, used, measured=bool(attempt and not attempt.note))
        paper.paragraph(left, "dim", lead=Cell("! ", "warn"))
    if used and look.source not in ("", used, *(one.source for one in passed_over)):
        paper.paragraph(look.source, "dim", lead=Cell(_("Named now") + ": ", "dim"))
    for code in walked.remarks.get(step.id, ()):
        if code != "check.no_server":  # said already, with the keys
            said = explain(code, {})
            paper.paragraph(f"{said.message} {said.remedy}".rstrip(), "dim", lead=Cell("! ", "warn"))


def _put_source(paper: Paper, step: Step, source: str) -> None:
    assert step.check is not None
    labels = {"camera": _("Camera"), "platform": _("Platform")}
    label = labels.get(step.check.instrument, _("Measured against"))
    if source:
        paper.paragraph(source, lead=Cell(f"{label}: ", "dim"))
        return
    missing = {
        "camera": _("This room has no camera named yet: Enter asks for it."),
        "connection": _(
            "No server to measure against is named yet: Enter asks for one, {key} changes it. Any LibreSpeed server"
            " will do, best one of the office's own; the README tells how to get one: “Servers to measure against”."
        ).format(key=key_of("source")),
        "platform": _("No meeting platform is named yet: Enter asks for it."),
    }
    paper.paragraph(missing.get(step.check.instrument, ""), "warn", lead=Cell("! ", "warn"))


def _put_unnamed(paper: Paper, step: Step) -> None:
    """Say before the walk begins that a link cannot be measured yet, while there is time to change that."""
    said = _("No server is named to measure the link against. At “{step}” {key} names one.")
    said = said.format(step=step.title.said(language()), key=key_of("source"))
    paper.paragraph(said, "warn", lead=Cell("! ", "warn"))


def _put_deadline(paper: Paper, walked: Walked, step: Step, now: datetime) -> None:
    until = walked.timing.due(step)
    if until is None:
        return
    late = until.at < now and walked.run.standing(step.id) is Standing.PENDING
    time = due_words(until, now, walked.zone)
    text = _("Done by: {time}, already past") if late else _("Done by: {time}")
    paper.paragraph(text.format(time=time), "warn" if late else "dim")


def _put_own_time(paper: Paper, look: Look) -> None:
    """Put the step's standard time, and while it waits how much of it has run: late is said, not shouted."""
    standard, since = look.step.minutes, look.since
    if standard is None:
        return
    if since is None or not look.walked.is_open(look.step.id):
        paper.line(Cell(_("Standard time: {time}").format(time=span(timedelta(minutes=standard))), "dim"))
        return
    gone = max(timedelta(0), look.now - since)  # the clock may have been set back
    minutes = number(gone // timedelta(minutes=1))
    said = _("Standard time: {minutes} of {standard}").format(
        minutes=minutes, standard=span(timedelta(minutes=standard))
    )
    over = gone - timedelta(minutes=standard)
    if over >= timedelta(minutes=1):
        paper.line(Cell(f"{said}  ", "dim"), Cell(_("{time} over").format(time=span(over)), "warn"))
    else:
        paper.line(Cell(said, "dim"))


def _facts(walked: Walked, step: Step) -> Iterator[tuple[str, str]]:
    tongue = language()
    titles = {one.id: one.title.said(tongue) for one in walked.run.procedure.executors}
    yield _("Carried out by"), ", ".join(titles[one] for one in step.executors)
    if step.needs:
        yield _("At hand"), ", ".join(one.said(tongue) for one in step.needs)
    if step.output:
        yield _("Output"), step.output.said(tongue)
    if step.evidence:
        yield _("Evidence"), step.evidence.said(tongue)
    if step.remarks:
        yield _("Remarks"), step.remarks.said(tongue)


def _put_attempts(paper: Paper, walked: Walked, step: Step) -> None:
    """Put what was tried, newest first. The one that counts is told above; alone it needs no list."""
    tried = walked.run.tried(step.id)
    if len(tried) < 2 and not any(one.undone_at for one in tried):
        return
    paper.blank()
    paper.line(Cell(_("Attempts"), "strong"))
    for one in reversed(tried):
        shown = attempt_cell(one)
        why = "  ".join(text for text in (_taken_back(one), one.reason, _note(one)) if text)
        paper.line(
            Cell(f"{clock(one.at, walked.zone)}  ", "dim"),
            Cell(shown.text, "dim" if one.undone_at else shown.tone),
            Cell(f"  {one.by}", "dim"),
            Cell(f"  {why}" if why else "", "dim"),
        )


def _put_attached(paper: Paper, walked: Walked, step: Step) -> None:
    """Put the files that show it, each with what became of it."""
    files = walked.run.attached(step.id)
    if not files:
        return
    paper.blank()
    paper.line(Cell(_("Attached"), "strong"))
    for one in files:
        state = walked.files.get(one.id, FileState.SAME)
        tone = "" if state is FileState.SAME else "warn"
        paper.ends_with_name(Cell(attachment_words(one, state), tone), one.by, clock(one.at, walked.zone))


def _note(one: Attempt) -> str:
    """Return a person's note, or why a measurement did not come to its end."""
    if one.note and one.outcome is Outcome.MEASURED:
        return "" if one.undone_at else trouble_words(one, remedy=False)
    return one.note


def _taken_back(one: Attempt) -> str:
    if one.undone_at is None:
        return ""
    return _("(stopped)") if one.outcome is Outcome.MEASURED and one.note else _("(taken back)")
