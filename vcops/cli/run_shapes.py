"""A run as the JSON of `vcops run`, and as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vcops.cli.check_shapes import passed_over_json
from vcops.cli.output import error_object
from vcops.cli.shapes import moment_text
from vcops.cli.table import table
from vcops.domain.checks import CheckFailed
from vcops.domain.runs import Outcome
from vcops.locale import _, language
from vcops.operations.attachments import state_of
from vcops.wording.attachments import attachment_words
from vcops.wording.runs import note_of
from vcops.wording.verdicts import outcome_word, ready_sign, ready_word, standing_sign, standing_word

if TYPE_CHECKING:
    from vcops.domain.pace import Timing
    from vcops.domain.procedures import Gate, Step
    from vcops.domain.runs import Attachment, Attempt, Run, RunLine
    from vcops.domain.workdays import Holiday
    from vcops.operations.editions import Edition

__all__ = ["edition_json", "line_json", "lines_text", "run_json", "run_text"]


def edition_json(edition: Edition | None) -> dict[str, Any] | None:
    """Return which edition of its procedure a run walks and what is in force now; None where it cannot be read."""
    if edition is None:
        return None
    return {
        "state": edition.state.value,
        "version": edition.version,
        "digest": edition.digest,
        "now_version": edition.now_version or None,
        "now_digest": edition.now_digest or None,
        "left_out": error_object(edition.left_out) if edition.left_out else None,
    }


def line_json(line: RunLine, edition: Edition | None = None) -> dict[str, Any]:
    """Return one run of a list."""
    return {
        "id": line.id,
        "procedure": line.procedure_id,
        "title": line.title.said(language()),
        "room": line.room or None,
        "meeting": line.meeting_id,
        "started_at": moment_text(line.started_at),
        "started_by": line.started_by,
        "closed_at": moment_text(line.closed_at),
        "answered": line.answered,
        "steps": line.steps,
        "ready": line.ready.value if line.ready else None,
        "altered": line.altered,
        "version": line.version or None,
        "edition": edition_json(edition),
    }


def lines_text(lines: Sequence[RunLine]) -> str:
    """Return a list of runs as aligned lines."""
    headings = (_("run"), _("procedure"), _("for"), _("steps"), _("decision"))
    return table(headings, [_cells(line) for line in lines], right=(3,))


def _cells(line: RunLine) -> tuple[str, ...]:
    decided = f"{ready_sign(line.ready)} {ready_word(line.ready)}" if line.ready else _("not decided")
    if line.altered:
        decided = _("altered in the database")
    where = line.meeting or line.room or "-"
    return line.id[-8:], line.procedure_id, where, f"{line.answered}/{line.steps}", decided


def run_json(run: Run, timing: Timing | None = None) -> dict[str, Any]:
    """Return a whole run: each step with where it stands and every attempt, each gate with its decisions.

    With a timing also by when each is due.
    """
    return {
        "id": run.id,
        "procedure": run.procedure.id,
        "version": run.procedure.version,
        "digest": run.digest,
        "room": run.room_id,
        "meeting": run.meeting_id,
        "started_at": moment_text(run.started_at),
        "started_by": run.started_by,
        "closed_at": moment_text(run.closed_at),
        "steps": [_step_json(run, step) | _due_json(step, timing) for step in run.steps()],
        "no_longer_applies": [_step_json(run, step) for step in run.dropped()],
        "gates": [_gate_json(run, gate) | _due_json(gate, timing) for _phase, gate in run.gates()],
    }


def run_text(run: Run) -> Iterator[str]:
    """Yield the lines of a whole run."""
    speaking = language()
    yield f"{run.procedure.title.said(speaking)}  {run.id[-8:]}"
    applying = {step.id for step in run.steps()}
    for phase in run.procedure.phases:
        yield ""
        yield phase.title.said(speaking).upper()
        for step in phase.steps:
            if step.id in applying:
                yield from _step_text(run, step)
        if phase.gate:
            yield _gate_text(run, phase.gate)
    if dropped := run.dropped():
        yield ""
        yield _("No longer applies").upper()
        for step in dropped:
            yield from _step_text(run, step)


def _due_json(one: Step | Gate, timing: Timing | None) -> dict[str, Any]:
    due = timing.due(one) if timing else None
    return {
        "deadline": one.deadline,
        "due": moment_text(due.at) if due else None,
        "due_certain": due.certain if due else None,
        "due_moved_by": [_holiday_json(holiday) for holiday in due.estimated] if due else [],
        "due_joint_leave_unknown": list(due.unsettled) if due else [],
    }


def _holiday_json(holiday: Holiday) -> dict[str, Any]:
    return {"day": holiday.day.isoformat(), "name": holiday.name.said(language()), "estimated": holiday.estimated}


def _step_text(run: Run, step: Step) -> Iterator[str]:
    standing = run.standing(step.id)
    yield f"  {standing_sign(standing)} {standing_word(standing):<18} {step.id:<22} {step.title.said(language())}"
    tried = run.tried(step.id)
    for attempt in tried:
        said = "; ".join(one for one in (attempt.value, attempt.reason, note_of(attempt)) if one)
        undone = _undone(attempt)
        if said or undone or len(tried) > 1:
            yield f"      {outcome_word(attempt.outcome)}  {attempt.by}  {said}  {undone}".rstrip()
    for one in run.attached(step.id):
        yield f"      {attachment_words(one, state_of(one))}"


def _undone(attempt: Attempt) -> str:
    """Return why an attempt does not count; empty where nothing keeps it from counting."""
    if attempt.undone_at is None:
        return ""
    return _("does not count") if attempt.outcome is Outcome.MEASURED and attempt.note else _("taken back")


def _gate_text(run: Run, gate: Gate) -> str:
    decision = run.decision(gate.id)
    title = _("Decision: {title}").format(title=gate.title.said(language()))
    if decision is None:
        return f"  ◇ {title}: " + _("not decided")
    reason = f" ({decision.reason})" if decision.reason else ""
    return f"  {ready_sign(decision.ready)} {title}: {ready_word(decision.ready)}{reason}"


def _step_json(run: Run, step: Step) -> dict[str, Any]:
    way = "check" if step.check else f"record:{step.record.kind}" if step.record else "confirm"
    return {
        "id": step.id,
        "title": step.title.said(language()),
        "required": step.required,
        "way": way,
        "standing": run.standing(step.id).value,
        "attempts": [_attempt_json(one) for one in run.tried(step.id)],
        "attachments": [_attachment_json(one) for one in run.attached(step.id)],
    }


def _attempt_json(attempt: Attempt) -> dict[str, Any]:
    return {
        "outcome": attempt.outcome.value,
        "verdict": attempt.verdict.value if attempt.verdict else None,
        "by": attempt.by,
        "at": moment_text(attempt.at),
        "begun_at": moment_text(attempt.begun_at),
        "reason": attempt.reason,
        "note": CheckFailed.from_note(attempt.note).code if attempt.outcome is Outcome.MEASURED else attempt.note,
        "value": attempt.value,
        "passed_over": [passed_over_json(one) for one in attempt.passed_over],
        "undone_at": moment_text(attempt.undone_at),
        "readings": [one.as_json() for one in attempt.readings],
        "pictures": [one.as_json() for one in attempt.pictures],
    }


def _attachment_json(one: Attachment) -> dict[str, Any]:
    return {
        "path": one.path,
        "size": one.size,
        "sha256": one.sha256,
        "by": one.by,
        "at": moment_text(one.at),
        "state": state_of(one).value,
    }


def _gate_json(run: Run, gate: Gate) -> dict[str, Any]:
    decision = run.decision(gate.id)
    return {
        "id": gate.id,
        "title": gate.title.said(language()),
        "ready": decision.ready.value if decision else None,
        "by": decision.by if decision else None,
        "at": moment_text(decision.at) if decision else None,
        "reason": decision.reason if decision else "",
        "blockers": [{"step": one.step.id, "standing": one.standing.value} for one in run.blockers(gate.id)],
        "decisions": sum(one.gate == gate.id for one in run.decisions),
    }
