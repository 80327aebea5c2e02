"""Start, count and end of a meeting answer the steps of its walk that say so, and undo takes the answers back."""

from __future__ import annotations

import pytest

from tests.lab.clocks import SetClock
from vcops.domain.runs import Run, Standing
from vcops.operations import journal, meetings, runs
from vcops.operations.workplace import Workplace

STEPS = ("start", "first-count", "second-count", "end")


def walked(workplace: Workplace) -> tuple[str, str]:
    """Plan a meeting and begin its walk; return both ids."""
    texts = {"title": "Rakor", "date": "2026-11-23", "start": "08.00", "end": "10.00", "mode": "online"}
    planned = meetings.plan(workplace, texts)
    return planned.id, runs.start(workplace, "video-conference", meeting_id=planned.id).id


def done(workplace: Workplace, run_id: str) -> list[str]:
    run: Run = runs.load(workplace, run_id)
    return [one for one in STEPS if run.standing(one) is Standing.PASS]


def test_each_stamp_answers_its_step(any_workplace: Workplace, clock: SetClock) -> None:
    meeting_id, run_id = walked(any_workplace)
    meetings.start(any_workplace, meeting_id)
    assert done(any_workplace, run_id) == ["start"]
    for number in range(3):
        clock.move(minutes=10)
        meetings.count(any_workplace, online=30 + number)
        assert done(any_workplace, run_id) == ["start", "first-count", "second-count"][: 2 + number]
    meetings.end(any_workplace)
    assert done(any_workplace, run_id) == list(STEPS)
    attempts = runs.load(any_workplace, run_id).attempts
    assert [one.step for one in attempts] == list(STEPS)
    assert {one.by for one in attempts} == {"Sari"}
    assert journal.verify(any_workplace).intact


def test_undo_takes_the_answer_back_with_the_stamp(any_workplace: Workplace, clock: SetClock) -> None:
    meeting_id, run_id = walked(any_workplace)
    meetings.start(any_workplace, meeting_id)
    clock.move(minutes=5)
    meetings.count(any_workplace, online=3)
    clock.move(minutes=5)
    meetings.end(any_workplace)
    for code, left in (("end", ["start", "first-count"]), ("count", ["start"]), ("start", [])):
        assert meetings.undo(any_workplace, meeting_id).code == code
        assert done(any_workplace, run_id) == left
    assert len(runs.load(any_workplace, run_id).tried("start")) == 1  # it stays among the attempts
    meetings.start(any_workplace, meeting_id)
    assert done(any_workplace, run_id) == ["start"]


def test_what_a_person_has_answered_is_left_alone(workplace: Workplace) -> None:
    from vcops.domain.runs import Outcome

    meeting_id, run_id = walked(workplace)
    runs.answer(workplace, run_id, "start", Outcome.DONE)
    meetings.start(workplace, meeting_id)
    meetings.undo(workplace, meeting_id)
    assert done(workplace, run_id) == ["start"]
    assert len(runs.load(workplace, run_id).attempts) == 1


def test_a_walk_that_was_altered_holds_up_no_stamp(workplace: Workplace) -> None:
    from vcops.store import tables

    meeting_id, run_id = walked(workplace)
    digest = runs.load(workplace, run_id).digest
    with workplace.store.writing("Sari") as change:
        change.update(tables.Frozen, digest, {"text": "{}"})
    meetings.start(workplace, meeting_id)
    assert meetings.find(workplace, meeting_id).started_at == workplace.clock()


def test_a_stamp_answers_no_step_that_is_measured() -> None:
    from pydantic import ValidationError

    from vcops.domain.procedures import Step

    with pytest.raises(ValidationError, match="a stamp confirms a step"):
        Step.model_validate(
            {"id": "a", "title": "A", "executors": ["o"], "record": {"kind": "text"}, "stamped_by": "start"}
        )
