"""Where a walk begins and goes on, from a database and without a screen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vcops.domain.runs import Outcome
from vcops.operations import directory, meetings, runs
from vcops.tui.prepare.walked import read_walk, start_walk


@pytest.fixture
def meeting(workplace) -> str:
    directory.add_room(workplace, {"name": "Garuda"})
    texts = {"title": "Rapat", "date": "2026-12-14", "start": "09:00", "kind": "hosted", "room": "Garuda"}
    return meetings.plan(workplace, texts).id


def test_a_walk_begins_at_what_is_due(workplace, clock, meeting) -> None:
    walked = start_walk(workplace, f"meeting:{meeting}")
    assert walked.next_open() == "request"
    clock.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    again = read_walk(workplace, walked.run.id)
    assert again.over == {"request", "preparation"}
    assert again.next_open() == "power"
    assert again.due(again.run.procedure.step("power")) == datetime(2026, 12, 14, 1, 0, tzinfo=UTC)


def test_whoever_works_in_a_phase_that_is_over_stays_in_it(workplace, clock, meeting) -> None:
    walked = start_walk(workplace, f"meeting:{meeting}")
    clock.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    runs.answer(workplace, walked.run.id, "request", Outcome.DONE, value="005/123")
    assert read_walk(workplace, walked.run.id).next_open("request") == "register"


def test_the_decision_comes_after_the_preflight_and_then_the_hosting(workplace, clock, meeting) -> None:
    run = start_walk(workplace, f"meeting:{meeting}").run
    clock.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    for step in run.procedure.steps_before("go-no-go", run.facts):
        assert read_walk(workplace, run.id).next_open() == step.id
        runs.answer(workplace, run.id, step.id, Outcome.SKIPPED, reason="sebab")
    assert read_walk(workplace, run.id).next_open("test-call") == "gate:go-no-go"
    runs.decide(workplace, run.id, "go-no-go", override=True, reason="perintah")
    decided = read_walk(workplace, run.id)
    assert decided.next_open("gate:go-no-go") == "waiting-room"
    assert decided.next_open() == "waiting-room"


def test_a_failover_does_not_take_the_meetings_walk_away(workplace, meeting) -> None:
    walk = start_walk(workplace, f"meeting:{meeting}").run
    failover = runs.start(workplace, "link-failover", meeting_id=meeting)
    assert start_walk(workplace, f"meeting:{meeting}").run.id == walk.id
    shown = start_walk(workplace, f"run:{failover.id}")
    assert shown.run.procedure.id == "link-failover"
    assert shown.next_open() == "note-start"
    assert shown.next_gate_key() is None
