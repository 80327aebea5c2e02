"""Where a walk begins and goes on, from a database and without a screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vcops.domain.runs import Outcome
from vcops.operations import directory, meetings, runs
from vcops.operations.run_glances import newest_entry
from vcops.tui.prepare.walked import Walked, begin_walk, open_walk, read_again, read_walk


@pytest.fixture
def meeting(workplace) -> str:
    directory.add_room(workplace, {"name": "Garuda"})
    texts = {"title": "Rapat", "date": "2026-12-14", "start": "09:00", "kind": "hosted", "room": "Garuda"}
    return meetings.plan(workplace, texts).id


def begun(workplace, subject: str) -> Walked:
    return begin_walk(workplace, open_walk(workplace, subject))


def test_a_walk_begins_at_what_is_due(workplace, clock, meeting) -> None:
    walked = begun(workplace, f"meeting:{meeting}")
    assert walked.next_open() == "request"
    clock.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    again = read_walk(workplace, walked.run.id)
    assert again.over == {"request", "preparation"}
    assert again.next_open() == "power"
    assert again.due(again.run.procedure.step("power")) == datetime(2026, 12, 14, 1, 0, tzinfo=UTC)


def test_whoever_works_in_a_phase_that_is_over_stays_in_it(workplace, clock, meeting) -> None:
    walked = begun(workplace, f"meeting:{meeting}")
    clock.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    runs.answer(workplace, walked.run.id, "request", Outcome.DONE, value="005/123")
    assert read_walk(workplace, walked.run.id).next_open("request") == "register"


def test_the_decision_comes_after_the_preflight_and_then_the_hosting(workplace, clock, meeting) -> None:
    run = begun(workplace, f"meeting:{meeting}").run
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
    walk = begun(workplace, f"meeting:{meeting}").run
    failover = runs.start(workplace, "link-failover", meeting_id=meeting)
    assert open_walk(workplace, f"meeting:{meeting}").run.id == walk.id
    shown = open_walk(workplace, f"run:{failover.id}")
    assert shown.run.procedure.id == "link-failover"
    assert shown.next_open() == "note-start"
    assert shown.next_gate_key() is None


@pytest.mark.parametrize("kind", ["meeting", "room"])
def test_whoever_only_looks_stores_nothing(workplace, meeting, kind) -> None:
    (room,) = directory.rooms(workplace)
    before = newest_entry(workplace)
    walked = open_walk(workplace, f"{kind}:{meeting if kind == 'meeting' else room.id}")
    again = read_again(workplace, walked)
    assert (newest_entry(workplace), runs.listing(workplace)) == (before, [])
    assert walked.run.draft
    assert again.run.id == walked.run.id
    assert walked.next_open() is not None
    assert walked.neighbours == ()
    started = begin_walk(workplace, walked).run
    assert (started.id, started.draft) == (walked.run.id, False)
    assert (started.procedure, started.facts, started.standards) == (
        walked.run.procedure, walked.run.facts, walked.run.standards,
    )  # fmt: skip
    assert read_again(workplace, walked).run == started


def test_two_who_looked_walk_one_run(workplace, meeting) -> None:
    first, second = (open_walk(workplace, f"meeting:{meeting}") for _both in range(2))
    started = begin_walk(workplace, first).run
    assert begin_walk(workplace, second).run == started
    assert len(runs.listing(workplace)) == 1


def test_a_room_that_is_looked_at_on_the_next_day_keeps_yesterdays_run_open(workplace, clock, meeting) -> None:
    (room,) = directory.rooms(workplace)
    yesterday = begun(workplace, f"room:{room.id}").run
    clock.now += timedelta(days=1)
    walked = open_walk(workplace, f"room:{room.id}")
    assert walked.run.draft
    assert runs.load(workplace, yesterday.id).closed_at is None
    begin_walk(workplace, walked)
    assert runs.load(workplace, yesterday.id).closed_at is not None


def test_what_was_answered_and_stands_in_the_way_is_not_done_with(workplace, clock, meeting) -> None:
    clock.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    walked = begun(workplace, f"meeting:{meeting}")
    _done, whole, _held_up = walked.progress()
    required = [one.id for one in walked.run.procedure.steps_before("go-no-go", walked.run.facts) if one.required]
    runs.answer(workplace, walked.run.id, required[0], Outcome.DONE)
    for step in required[1:3]:
        runs.answer(workplace, walked.run.id, step, Outcome.SKIPPED, reason="sebab")
    assert read_walk(workplace, walked.run.id).progress() == (1, whole, 2)
    (line,) = runs.listing(workplace)
    assert (line.answered, line.held_up) == (3, 2)
    runs.decide(workplace, walked.run.id, "go-no-go", override=True, reason="perintah")
    assert read_walk(workplace, walked.run.id).progress()[2] == 0
