"""A run follows its meeting: what applies changes at once, what was done stays, what it said of a room falls."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.lab.clocks import SetClock
from tests.operations.test_runs import measured
from vcops.domain.checks import CheckFailed, CheckResult
from vcops.domain.procedures import USUAL
from vcops.domain.runs import Outcome, Ready, Standing
from vcops.operations import directory, meetings, runs, today
from vcops.operations.checks import request_for_step
from vcops.operations.pace import timing
from vcops.operations.run_glances import neighbours, newest_entry, run_of_meeting
from vcops.operations.workplace import Workplace

PLANNED = {"title": "Rapat", "date": "2026-11-23", "start": "09:00", "end": "11:00", "room": "Aula"}


@pytest.fixture
def place(any_workplace: Workplace) -> Workplace:
    directory.add_room(any_workplace, {"name": "Aula"})
    return any_workplace


def walked(place: Workplace, **more: str) -> tuple[str, str]:
    """Plan a meeting and start its walk; return both ids."""
    meeting = meetings.plan(place, PLANNED | more)
    return meeting.id, runs.start(place, USUAL, meeting_id=meeting.id).id


def steps(place: Workplace, run_id: str) -> set[str]:
    return {one.id for one in runs.load(place, run_id).steps()}


def test_a_higher_class_of_service_asks_more_at_once(place: Workplace) -> None:
    meeting_id, run_id = walked(place)
    assert "leader-seat" not in steps(place, run_id)
    meetings.edit(place, meeting_id, {"service": "vip streaming"})
    assert {"leader-seat", "stream"} <= steps(place, run_id)


def test_what_was_answered_stays_when_it_no_longer_applies(place: Workplace) -> None:
    meeting_id, run_id = walked(place, service="vip")
    before = runs.answer(place, run_id, "leader-seat", Outcome.DONE, note="dua kursi")
    meetings.edit(place, meeting_id, {"service": ""})
    after = runs.load(place, run_id)
    assert "leader-seat" not in steps(place, run_id)
    assert [one.id for one in after.dropped()] == ["leader-seat"]
    assert after.attempts == before.attempts
    meetings.edit(place, meeting_id, {"service": "vip"})
    again = runs.load(place, run_id)
    assert (again.standing("leader-seat"), again.dropped()) == (Standing.PASS, [])


def test_a_check_that_ends_after_its_step_ceased_to_apply_is_kept(place: Workplace) -> None:
    meeting_id, run_id = walked(place)
    meetings.edit(place, meeting_id, {"mode": "on-site"})
    run = runs.keep_check(place, run_id, "camera", measured(place))
    assert "camera" not in steps(place, run_id)
    assert [one.id for one in run.dropped()] == ["camera"]


def ready(place: Workplace, run_id: str) -> None:
    """Skip what the decision waits for and decide all the same."""
    run = runs.load(place, run_id)
    for step in run.procedure.steps_before("go-no-go", run.facts):
        runs.answer(place, run_id, step.id, Outcome.SKIPPED, reason="tidak perlu")
    assert runs.decide(place, run_id, "go-no-go", override=True, reason="pimpinan memutuskan").is_open("go-no-go")


def test_a_decision_falls_when_the_meeting_asks_for_more(place: Workplace) -> None:
    meeting_id, run_id = walked(place)
    ready(place, run_id)
    meetings.edit(place, meeting_id, {"service": "vip"})
    run = runs.load(place, run_id)
    assert not run.is_open("go-no-go")
    newest = run.decision("go-no-go")
    assert newest is not None
    assert (newest.ready, "leader-seat" in newest.blockers) == (Ready.NOT_READY, True)


def test_counting_heads_in_a_running_meeting_takes_nothing_back(place: Workplace) -> None:
    meeting_id, run_id = walked(place)
    ready(place, run_id)
    meetings.start(place, meeting_id)
    meetings.count(place, meeting_id, online=480)
    run = runs.load(place, run_id)
    assert run.is_open("go-no-go")
    assert "capacity" not in steps(place, run_id)


def test_deadlines_follow_a_meeting_that_is_moved_and_the_run_goes_on(place: Workplace) -> None:
    meeting_id, run_id = walked(place)
    runs.answer(place, run_id, "power", Outcome.DONE)
    power = next(one for one in runs.load(place, run_id).steps() if one.id == "power")
    before = timing(place, runs.load(place, run_id)).due(power)
    meetings.edit(place, meeting_id, {"start": "10:30"})
    after = timing(place, runs.load(place, run_id)).due(power)
    assert before is not None
    assert after is not None
    assert (after.at - before.at).total_seconds() == 90 * 60
    meetings.cancel(place, meeting_id, "pimpinan berhalangan")
    assert runs.answer(place, run_id, "room", Outcome.DONE).standing("room") is Standing.PASS


def test_a_meeting_in_another_room_is_walked_there(place: Workplace) -> None:
    directory.add_room(place, {"name": "Ruang Utama"})
    meeting_id, run_id = walked(place)
    runs.answer(place, run_id, "power", Outcome.DONE)
    assert run_of_meeting(place, USUAL, meeting_id) == run_id
    meetings.edit(place, meeting_id, {"room": "Ruang Utama"})
    assert run_of_meeting(place, USUAL, meeting_id) is None
    other = runs.start(place, USUAL, meeting_id=meeting_id)
    assert (other.attempts, run_of_meeting(place, USUAL, meeting_id)) == ((), other.id)
    assert len(runs.load(place, run_id).attempts) == 1


def test_whoever_else_works_in_the_room_is_known_for_an_hour(place: Workplace, clock: SetClock) -> None:
    _meeting, run_id = walked(place)
    (room,) = directory.rooms(place)
    other = runs.start(place, "room-inspection", room_id=room.id)
    runs.answer(place, other.id, "power", Outcome.DONE, by="Budi")
    (seen,) = neighbours(place, runs.load(place, run_id))
    assert (seen.id, seen.procedure_id, seen.meeting, seen.by) == (other.id, "room-inspection", "", "Budi")
    assert neighbours(place, runs.load(place, other.id)) == [], "nobody has done anything in it yet"
    runs.answer(place, run_id, "power", Outcome.DONE)
    (back,) = neighbours(place, runs.load(place, other.id))
    assert (back.id, back.meeting) == (run_id, "Rapat")
    clock.now += timedelta(hours=2)
    assert neighbours(place, runs.load(place, run_id)) == []


def test_what_was_measured_by_itself_is_nobodys_work(place: Workplace, clock: SetClock) -> None:
    _meeting, run_id = walked(place)
    (room,) = directory.rooms(place)
    other = runs.start(place, USUAL, room_id=room.id)
    step = next(one for one in other.steps() if one.check)
    result = CheckResult.unmeasured(
        request_for_step(place, other, step, room), other.standards[step.standard or ""], CheckFailed("x"), clock.now
    )
    runs.keep_check(place, other.id, step.id, result)  # as `check room` does
    assert neighbours(place, runs.load(place, run_id)) == []
    runs.keep_check(place, other.id, step.id, result, begun_at=clock.now)  # somebody came to the step
    assert [one.id for one in neighbours(place, runs.load(place, run_id))] == [other.id]


def test_every_change_has_a_new_number(place: Workplace) -> None:
    _meeting, run_id = walked(place)
    before = newest_entry(place)
    runs.load(place, run_id)
    assert newest_entry(place) == before
    runs.answer(place, run_id, "power", Outcome.DONE)
    assert newest_entry(place) > before


def test_an_inspection_says_nothing_of_the_room_s_readiness_for_a_meeting(place: Workplace) -> None:
    (room,) = directory.rooms(place)
    inspection = runs.start(place, "room-inspection", room_id=room.id)
    gate = inspection.gates()[0][1].id
    for step in inspection.procedure.steps_before(gate, inspection.facts):
        runs.answer(place, inspection.id, step.id, Outcome.SKIPPED, reason="tidak perlu")
    runs.decide(place, inspection.id, gate, override=True, reason="layak")
    (line,) = today.overview(place).rooms
    assert (line.ready, line.open_run, line.run_id) == (None, False, None)
    usual = runs.start(place, USUAL, room_id=room.id)
    ready(place, usual.id)
    (line,) = today.overview(place).rooms
    assert (line.ready, line.open_run, line.run_id) == (Ready.OVERRIDE, True, usual.id)
