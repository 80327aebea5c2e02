"""`vcops run`: the walk of a procedure without the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vcops.cli.output import complain, document, error_object, say, tell
from vcops.cli.run_compliance import compliance
from vcops.cli.run_shapes import edition_json, line_json, lines_text, run_json, run_text
from vcops.errors import Conflict, InvalidInput, Unreachable
from vcops.locale import _, language
from vcops.operations import directory, runs
from vcops.operations.compliance import compliance_of
from vcops.operations.editions import edition_of_line, edition_of_run
from vcops.operations.meeting_on import meetings_on
from vcops.operations.pace import current_step, timing
from vcops.operations.workplace import Workplace
from vcops.wording.editions import edition_text
from vcops.wording.verdicts import ready_sign, ready_word, standing_sign, standing_word

if TYPE_CHECKING:
    from vcops.domain.runs import Blocker, Run

__all__ = ["run_group"]

_as_json = click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))


@click.group("run", help=_("Walk a procedure without the screen."))
def run_group() -> None:
    """Group of the run commands."""


@run_group.command(help=_("Start a run, or go on with the open one of the same room and meeting."))
@click.argument("procedure")
@click.option("--room", help=_("name or id of the room"))
@click.option("--meeting", help=_("id of the meeting, or the end of it"))
@_as_json
@click.pass_obj
def start(workplace: Workplace, procedure: str, room: str | None, meeting: str | None, as_json: bool) -> None:
    """Start or resume a run."""
    room_id = directory.room(workplace, room).id if room else None
    meeting_id = None
    if meeting:
        from vcops.operations import meetings

        meeting_id = meetings.find(workplace, meeting).id
    _print(workplace, runs.start(workplace, procedure, room_id=room_id, meeting_id=meeting_id), as_json=as_json)


@run_group.command(help=_("The open runs, newest first; --all lists the closed ones too."))
@click.option("--room", help=_("name or id of the room"))
@click.option("--all", "everything", is_flag=True, help=_("closed runs too"))
@_as_json
@click.pass_obj
def status(workplace: Workplace, room: str | None, everything: bool, as_json: bool) -> None:
    """List runs."""
    room_id = directory.room(workplace, room).id if room else None
    found = runs.listing(workplace, room_id, open_only=not everything)
    editions = [edition_of_line(workplace, one) for one in found]
    if as_json:
        document([line_json(one, edition) for one, edition in zip(found, editions, strict=True)])
        return
    for one, edition in zip(found, editions, strict=True):
        if one.closed_at is None and edition is not None and (said := edition_text(edition)):
            tell(f"{one.id[-8:]}: {said}")
    if found:
        say(lines_text(found))
    else:
        tell(_("No run is open. Start one with: vcops run start video-conference --room ROOM"))


@run_group.command(help=_("Answer a step by hand: done, failed, or skipped with a reason."))
@click.argument("run")
@click.argument("step")
@click.option("--done", "outcome", flag_value="done", help=_("it is done"))
@click.option("--fail", "outcome", flag_value="failed", help=_("it did not work"))
@click.option("--skip", "outcome", flag_value="skipped", help=_("leave it out; needs --reason"))
@click.option("--reason", default="", help=_("why it failed or is skipped"))
@click.option("--note", default="", help=_("a remark"))
@click.option("--value", default="", help=_("what was found, for a step that is recorded"))
@click.option(
    "--attach",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help=_("a file whose path, size and SHA-256 are kept; can be given several times"),
)
@_as_json
@click.pass_obj
def step(
    workplace: Workplace,
    run: str,
    step: str,
    outcome: str | None,
    reason: str,
    note: str,
    value: str,
    files: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Answer a step; files alone are attached to one that is answered already."""
    from vcops.domain.runs import Outcome
    from vcops.operations.attachments import attach

    if outcome is None and not value and not files:
        raise InvalidInput("run.no_answer")
    found = runs.find(workplace, run)
    asked = found.procedure.step(step)
    recorded = asked is not None and asked.record is not None and asked.record.kind == "file"
    if not (outcome or value or note or reason or recorded) and found.counting(step):
        after = attach(workplace, found.id, step, files)
    else:
        done = Outcome(outcome or "done")
        after = runs.answer(workplace, found.id, step, done, reason=reason, note=note, value=value, files=files)
    _print_step(workplace, after, step, as_json=as_json)


@run_group.command(help=_("Measure a step's check and keep what it came to."))
@click.argument("run")
@click.argument("step")
@_as_json
@click.pass_obj
def check(workplace: Workplace, run: str, step: str, as_json: bool) -> int:
    """Run a step's check."""
    from vcops.cli.check import measure
    from vcops.cli.check_shapes import check_json, check_text, status_of, trouble_of
    from vcops.domain.checks import CheckFailed, CheckResult
    from vcops.operations.checks import request_for_step

    found = runs.find(workplace, run)
    asked = runs.step_of(found, step)
    if asked.check is None:
        raise InvalidInput("run.not_a_check", step=step)
    room = next((one for one in directory.rooms(workplace) if one.id == found.room_id), None)
    instrument = asked.check.instrument

    def refuse_in_a_meeting() -> None:
        code, meeting = meetings_on(workplace, found.room_id).hinders(instrument)
        if code == "check.meeting_here":  # on another room's link whoever names the step has decided
            raise Conflict(code, meeting=meeting)

    refuse_in_a_meeting()
    request, standard = request_for_step(workplace, found, asked, room), found.standards[asked.check.standard]
    tell(_("Measuring: {title}").format(title=asked.title.said(language())))
    try:
        result = measure(workplace, request, standard, refuse=refuse_in_a_meeting)
    except Unreachable as error:  # nothing to measure with is a finding too
        failed = CheckFailed(error.code, error.params)
        result = CheckResult.unmeasured(request, standard, failed, workplace.clock())
    if result.begun:
        runs.keep_check(workplace, found.id, step, result, counts=not result.stopped)
    if as_json:
        document({"run": found.id, "step": step, **check_json(result)})
    else:
        for line in check_text(result):
            say(line)
    if trouble := trouble_of(result):
        complain(trouble, as_json=False)
    return status_of(result)


@run_group.command(help=_("Take the newest answer back; it stays on record."))
@click.argument("run")
@_as_json
@click.pass_obj
def undo(workplace: Workplace, run: str, as_json: bool) -> None:
    """Undo the last answer."""
    found = runs.find(workplace, run)
    last = found.last_undoable()
    after = runs.undo(workplace, found.id)
    _print_step(workplace, after, last.step if last else "", as_json=as_json)


@run_group.command(
    help=_(
        "Decide, and record the decision: ready, ready with a note and its reason, or not ready (exit status 1)."
        " To look without deciding: vcops run show RUN."
    )
)
@click.argument("run")
@click.option("--gate", "gate_id", default="", help=_("which decision; without it the first that is open"))
@click.option(
    "--override", is_flag=True, help=_("decide READY WITH A NOTE although steps stand in the way; needs --reason")
)
@click.option(
    "--not-ready",
    "refuse",
    is_flag=True,
    help=_("decide NOT READY, also where nothing stands in the way; needs --reason"),
)
@click.option("--reason", default="", help=_("why"))
@_as_json
@click.pass_obj
def gate(workplace: Workplace, run: str, gate_id: str, override: bool, refuse: bool, reason: str, as_json: bool) -> int:
    """Decide at a gate."""
    from vcops.domain.verdicts import Ready

    found = runs.find(workplace, run)
    if not gate_id:
        waiting = found.next_gate()
        if waiting is None:
            raise InvalidInput("run.no_gate")
        gate_id = waiting.id
    after = runs.decide(workplace, found.id, gate_id, override=override, refuse=refuse, reason=reason)
    decision = after.decision(gate_id)
    ready = decision.ready if decision else Ready.NOT_READY
    blockers = after.blockers(gate_id)
    shut = ready is Ready.NOT_READY
    trouble = Conflict("run.refused") if refuse else Conflict("run.not_ready", steps=_ids(blockers))
    if as_json:
        gates: list[dict[str, Any]] = run_json(after)["gates"]
        shown = next(one for one in gates if one["id"] == gate_id)
        document({"run": after.id, **shown, "error": error_object(trouble) if shut else None})
    else:
        say(f"{ready_sign(ready)} {ready_word(ready)}")
        for one in blockers:
            title = one.step.title.said(language())
            say(f"  {standing_sign(one.standing)} {standing_word(one.standing):<18} {one.step.id:<22} {title}")
        if decision is not None:
            told = _("Recorded: this decision, by {by}. Every decision stays on record; the newest counts.")
            tell(told.format(by=decision.by))
    return complain(trouble, as_json=False) if shut else 0


def _ids(blockers: list[Blocker]) -> str:
    return ", ".join(one.step.id for one in blockers)


@run_group.command(help=_("A whole run: every step with all its attempts, every decision; with --pdf as a record."))
@click.argument("run")
@click.option("--pdf", "file", metavar="FILE", type=click.Path(path_type=Path), help=_("write a PDF"))
@_as_json
@click.pass_obj
def show(workplace: Workplace, run: str, file: Path | None, as_json: bool) -> None:
    """Show a run."""
    found = runs.find(workplace, run)
    if file is not None:
        from vcops.operations.papers import print_run

        print_run(workplace, found.id, file)
        tell(_("Written: {file}").format(file=file))
    if as_json or file is None:
        _print(workplace, found, as_json=as_json)


run_group.add_command(compliance)


def _print(workplace: Workplace, run: Run, *, as_json: bool) -> None:
    edition = edition_of_run(workplace, run)
    if as_json:
        current = current_step(workplace, run)
        whole = run_json(run, timing(workplace, run))
        document(
            {
                **whole,
                "current": current.id if current else None,
                "edition": edition_json(edition),
                "compliance": compliance_of(workplace, run).as_json(),
            }
        )
        return
    if run.closed_at is None and (said := edition_text(edition)):
        tell(said)
    for line in run_text(run):
        say(line)


def _print_step(workplace: Workplace, run: Run, step_id: str, *, as_json: bool) -> None:
    steps: list[dict[str, Any]] = run_json(run)["steps"]
    shown: dict[str, Any] = next((one for one in steps if one["id"] == step_id), {})
    if as_json:
        document({"run": run.id, **shown})
        return
    standing = run.standing(step_id)
    say(f"{standing_sign(standing)} {standing_word(standing)}  {shown.get('title', step_id)}")
    current = current_step(workplace, run)
    if current:
        tell(_("Next: {step} ({title})").format(step=current.id, title=current.title.said(language())))
