"""Every procedure that ships is walked to its end by the same engine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vcops.domain.checks import CheckResult
from vcops.domain.procedures import Step
from vcops.domain.runs import Outcome, Ready, Run
from vcops.domain.verdicts import Verdict
from vcops.operations import directory, meetings, runs

VALUES = {"number": "10", "text": "tertulis", "choice": "1", "score": "4", "file": "foto.jpg sha256:0"}


def answered(workplace, run: Run, step: Step) -> Run:
    if step.check:
        result = CheckResult(step.check.instrument, "x", step.check.standard, Verdict.PASS)
        return runs.keep_check(workplace, run.id, step.id, result)
    value = VALUES[step.record.kind] if step.record else ""
    return runs.answer(workplace, run.id, step.id, Outcome.DONE, value=value)


def walked(workplace, run: Run) -> Run:
    for phase in run.procedure.phases:
        for step in phase.steps:
            if step.applies(run.facts):
                run = answered(workplace, run, step)
        if phase.gate:
            run = runs.decide(workplace, run.id, phase.gate.id)
            assert run.decision(phase.gate.id).ready is Ready.READY
    return run


@pytest.fixture
def room_id(workplace) -> str:
    return directory.add_room(workplace, {"name": "Garuda", "backup_link": "yes"}).id


@pytest.mark.parametrize(
    "procedure", ["video-conference", "room-inspection", "link-failover", "facility-survey", "monthly-closing"]
)
def test_it_is_walked_to_its_end(workplace, room_id, procedure) -> None:
    run = walked(workplace, runs.start(workplace, procedure, room_id=room_id))
    assert run.closed_at is not None


@pytest.mark.parametrize("mode", ["online", "hybrid", "on-site"])
@pytest.mark.parametrize("kind", ["hosted", "attended"])
def test_a_meeting_reaches_ready_from_its_preflight_alone(workplace, room_id, kind, mode) -> None:
    texts = {"title": "Rapat", "date": "2026-12-01", "start": "09:00", "kind": kind, "mode": mode, "room": "Garuda"}
    run = runs.start(workplace, "video-conference", meeting_id=meetings.plan(workplace, texts).id)
    for step in run.procedure.steps_before("go-no-go", run.facts):
        run = answered(workplace, run, step)
    run = runs.decide(workplace, run.id, "go-no-go")
    assert run.decision("go-no-go").ready is Ready.READY
    assert run.current().id in {"waiting-room", "join", "house-rules", "start"}


def test_the_monthly_closing_goes_on_until_its_month_is_over(workplace, clock) -> None:
    first = runs.start(workplace, "monthly-closing")  # 23 November
    clock.move(days=7)
    assert runs.start(workplace, "monthly-closing").id == first.id
    clock.move(days=1)  # 1 December
    assert runs.start(workplace, "monthly-closing").id != first.id
    assert runs.load(workplace, first.id).closed_at is not None


def test_the_failover_is_timed_from_its_start_not_from_the_meeting(workplace, room_id, clock) -> None:
    from vcops.operations.pace import timing

    texts = {"title": "Rapat", "date": "2026-12-01", "start": "09:00", "room": "Garuda"}
    meeting = meetings.plan(workplace, texts).id
    run = runs.start(workplace, "link-failover", meeting_id=meeting)
    step = run.procedure.step("verify")
    assert timing(workplace, run).due(step).at == clock() + timedelta(minutes=5)
    assert run.gates() == []
