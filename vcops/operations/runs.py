"""Walking a procedure: start or resume a run, answer its steps, keep its checks, decide at its gates.

Every deed is one journalled transaction and returns the run as it stands afterwards; a killed program loses nothing
that was acknowledged. Attempts and decisions of a run get times that strictly grow, even where the machine's clock
stands still or goes back, because their order is what a run is folded from.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vcops.domain.frozen import edition
from vcops.domain.procedures import Step
from vcops.domain.runs import Outcome, Run, RunLine, progress
from vcops.domain.texts import Text
from vcops.errors import Conflict, InvalidInput, Refused
from vcops.operations.attachments import attach_to, look_at
from vcops.operations.ids import Codes, whole_id
from vcops.operations.recording import read_record
from vcops.operations.run_changes import attempted, decided, loaded, opened, settled, taken_back
from vcops.operations.run_starting import begun, rehearse, sketch, start
from vcops.operations.typed import clean_lines
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from pathlib import Path

    from vcops.domain.checks import CheckResult
    from vcops.store.runs import Heading
    from vcops.store.writing import Change

__all__ = [
    "answer", "decide", "find", "keep_check", "listing", "load", "rehearse", "sketch", "start", "step_of", "undo",
]  # fmt: skip

_CODES = Codes("run.short_tail", "run.unknown", "run.ambiguous")


def load(workplace: Workplace, run_id: str) -> Run:
    """Return a run by its full id. Raises InvalidInput where there is none, Conflict if its procedure was altered."""
    from vcops.store import runs

    with workplace.store.reading() as connection:
        found = runs.run(connection, run_id)
    if found is None:
        raise InvalidInput("run.unknown", value=run_id)
    return found


def find(workplace: Workplace, text: str) -> Run:
    """Return a run by its id or the last characters of it, four at the least. Raises InvalidInput, Conflict."""
    from vcops.store import runs

    with workplace.store.reading() as connection:
        run_id = whole_id(text, lambda tail: runs.ids_ending_in(connection, tail), _CODES)
    return load(workplace, run_id)


def listing(
    workplace: Workplace, room_id: str | None = None, *, open_only: bool = False, most: int = 50
) -> list[RunLine]:
    """Return runs, newest first. One whose frozen procedure was changed is marked and hides none of the others."""
    from vcops.store import runs

    with workplace.store.reading() as connection:
        ids = runs.run_ids(connection, room_id=room_id, open_only=open_only, most=most)
        found: list[Run | Heading] = []
        for run_id in ids:
            try:
                found += [one for one in [runs.run(connection, run_id)] if one]
            except Conflict:
                found.append(runs.heading(connection, run_id))
        rooms, meetings, ended = runs.names_of(connection, found)
    editions = {one.digest: one.procedure for one in found if isinstance(one, Run)}
    digests = {digest: edition(procedure) for digest, procedure in editions.items()}
    return [
        _line(
            one,
            rooms.get(one.room_id or "", ""),
            meetings.get(one.meeting_id or "", ""),
            digests[one.digest] if isinstance(one, Run) else "",
            meeting_ended=one.meeting_id in ended,
        )
        for one in found
    ]


def answer(  # noqa: PLR0913 - the three texts of a step's form
    workplace: Workplace,
    run_id: str,
    step_id: str,
    outcome: Outcome,
    *,
    reason: str = "",
    note: str = "",
    value: str = "",
    files: Sequence[Path] = (),
    by: str = "",
    begun_at: datetime | None = None,
    draft: Run | None = None,
) -> Run:
    """Keep a person's answer to a step: done, failed or skipped. Every answer stays; the newest counts.

    A skip needs a reason. A step that is measured cannot be confirmed by hand, only failed or skipped; one that is
    recorded needs its value, which for a file is the first of `files`: they are attached to the step. `by` did it,
    where that is not who works here; `begun_at` is when they came to it. A `draft` is what `sketch` returned: the run
    starts with the answer. Raises InvalidInput, Refused, Conflict.
    """
    reason = clean_lines(reason)
    looked_at = [look_at(one) for one in files]
    if outcome is Outcome.SKIPPED and not reason:
        raise InvalidInput("run.skip_reason", step=step_id)
    with workplace.store.writing(workplace.who) as change:
        run = opened(begun(workplace, change, run_id, draft))
        step = step_of(run, step_id)
        if step.record and step.record.kind == "file" and looked_at:
            value = value or looked_at[0].named
        kept = {"outcome": outcome.value, "reason": reason, "note": clean_lines(note)} | _doer(change, by, begun_at)
        attach_to(change, run, step_id, looked_at, by=str(kept["by"]))
        return attempted(change, run, step_id, kept | _answered(run, step, outcome, value, change.now))


def keep_check(  # noqa: PLR0913 - who measured, and since when
    workplace: Workplace,
    run_id: str,
    step_id: str,
    result: CheckResult,
    *,
    counts: bool = True,
    by: str = "",
    begun_at: datetime | None = None,
) -> Run:
    """Keep a measurement as an attempt at a step, also one that failed. Raises InvalidInput, Conflict.

    One that a person stopped is kept and does not count: where the step stood before, it stands. One whose step has
    ceased to apply while it was measured is kept too.
    """
    from vcops.store import runs

    with workplace.store.writing(workplace.who) as change:
        run = opened(loaded(change, run_id))
        step = run.procedure.step(step_id) or step_of(run, step_id)
        if step.check is None or step.check.instrument != result.check or step.check.standard != result.standard_id:
            raise Conflict("run.other_check", step=step_id, check=result.check)
        kept = {
            "outcome": Outcome.MEASURED.value,
            "verdict": result.verdict.value,
            "readings": runs.write_readings(one.reading for one in result.readings),
            "pictures": runs.write_pictures(result.pictures),
            "note": result.error.as_note() if result.error else "",
            "value": result.source,
            "passed_over": runs.write_passed_over(result.passed_over),
            "undone_at": None if counts else change.now,
            **_doer(change, by, begun_at),
        }
        return attempted(change, run, step_id, kept)


def undo(workplace: Workplace, run_id: str, *, attempt_id: str = "") -> Run:
    """Take back the newest answer: it stays on record, and no longer counts. Opens a closed run again.

    `attempt_id` names another one, for whoever walks together with somebody. Raises Conflict where there is nothing
    left to take back.
    """
    with workplace.store.writing(workplace.who) as change:
        run = loaded(change, run_id)
        last = run.last_undoable()
        if attempt_id:
            last = next((one for one in run.attempts if one.id == attempt_id and one.undone_at is None), None)
        if last is None:
            raise Conflict("run.nothing_to_undo")
        return taken_back(change, run_id, last)


def decide(  # noqa: PLR0913 - an override has a name and a reason
    workplace: Workplace,
    run_id: str,
    gate_id: str,
    *,
    override: bool = False,
    refuse: bool = False,
    reason: str = "",
    by: str = "",
    draft: Run | None = None,
) -> Run:
    """Decide at a gate: ready, ready with an override and its reason, or not ready. Each decision is kept.

    Who decides may always `refuse`, also where nothing stands in the way, and says why. `by` decided, where that is
    not who works here; a `draft` starts with the decision. Raises InvalidInput for a gate that is not there, an
    override or a refusal without a reason, or both at once, Conflict where an earlier gate is still shut.
    """
    reason = clean_lines(reason)
    if override and refuse:
        raise InvalidInput("run.both_ways")
    if (override or refuse) and not reason:
        raise InvalidInput("run.override_reason" if override else "run.refusal_reason")
    with workplace.store.writing(workplace.who) as change:
        run = opened(begun(workplace, change, run_id, draft))
        gates = [gate.id for _phase, gate in run.gates()]
        if gate_id not in gates:
            raise InvalidInput("run.unknown_gate", value=gate_id, expected=", ".join(gates))
        shut = next((gate for gate in gates[: gates.index(gate_id)] if not run.is_open(gate)), None)
        if shut is not None:
            raise Conflict("run.earlier_gate", gate=shut)
        blockers = run.blockers(gate_id)
        why = {"override": reason if override else "", "refusal": reason if refuse else ""}
        decided(change, run, gate_id, blockers, **why, by=clean_lines(by))
        return settled(change, loaded(change, run.id))


def _doer(change: Change, by: str, begun_at: datetime | None) -> dict[str, Any]:
    """Return who did it and since when. A beginning after its end is a clock that was set back: it tells nothing."""
    begun = begun_at if begun_at is not None and begun_at <= change.now else None
    return {"by": clean_lines(by) or change.actor, "begun_at": begun}


def step_of(run: Run, step_id: str) -> Step:
    """Return a step that applies to this run. Raises InvalidInput that names the nearest."""
    steps = {step.id: step for step in run.steps()}
    if step_id in steps:
        return steps[step_id]
    if run.procedure.step(step_id) is not None:
        raise InvalidInput("run.step_not_applicable", value=step_id)
    near = difflib.get_close_matches(step_id, steps, n=1)
    code = "run.unknown_step_near" if near else "run.unknown_step"
    raise InvalidInput(code, value=step_id, nearest=near[0] if near else "", expected=", ".join(steps))


def _answered(run: Run, step: Step, outcome: Outcome, value: str, now: datetime) -> dict[str, Any]:
    """Return the columns that depend on what kind of step it is."""
    from vcops.store import runs

    if outcome is Outcome.MEASURED or (step.check and outcome is Outcome.DONE):
        raise Refused("run.must_be_measured", step=step.id)
    if value.strip() and step.record is None:
        raise InvalidInput("run.value_unasked", step=step.id)
    if step.record is None or outcome is Outcome.SKIPPED or (outcome is Outcome.FAILED and not value.strip()):
        return {}
    typed, verdict, readings = read_record(run, step.id, step.record, value, now)
    judged = verdict.value if verdict and outcome is Outcome.DONE else None
    return {"value": typed, "verdict": judged, "readings": runs.write_readings(readings)}


def _line(run: Run | Heading, room: str, meeting: str, edition: str, *, meeting_ended: bool) -> RunLine:
    procedure_id = run.procedure.id if isinstance(run, Run) else run.procedure_id
    line = RunLine(
        id=run.id,
        procedure_id=procedure_id,
        title=Text(id=procedure_id),
        room_id=run.room_id,
        room=room,
        meeting_id=run.meeting_id,
        meeting=meeting,
        started_at=run.started_at,
        started_by=run.started_by,
        closed_at=run.closed_at,
        answered=0,
        steps=0,
        ready=None,
        altered=True,
        meeting_ended=meeting_ended,
    )
    if not isinstance(run, Run):
        return line
    answered, steps = progress(run.steps(), run)
    decisions = [decision for _phase, gate in run.gates() if (decision := run.decision(gate.id))]
    return replace(
        line,
        title=run.procedure.title,
        answered=answered,
        steps=steps,
        ready=decisions[-1].ready if decisions else None,
        held_up=run.held_up(),
        altered=False,
        version=run.procedure.version,
        edition=edition,
    )
