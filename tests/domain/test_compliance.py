"""How well a procedure was kept, counted from the attempts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.domain.test_runs import NOW, attempt, run
from vcops.domain.compliance import Compliance, of_run, together
from vcops.domain.deadlines import Due
from vcops.domain.runs import Decision, Outcome, Ready
from vcops.domain.verdicts import Verdict


def due_at(minutes: float) -> Due:
    return Due(NOW + timedelta(minutes=minutes))


def figures(*attempts, due: Due | None = None, now: datetime = NOW, **more) -> Compliance:
    return of_run(run(*attempts, **more), lambda _step: due, now)


def test_in_time_is_what_passed_by_its_deadline() -> None:
    found = figures(attempt(1, "a1"), attempt(9, "a2"), due=due_at(5), now=NOW + timedelta(minutes=10))
    assert (found.due, found.in_time) == (4, 1), "two answered, two past that a decision waits for, one it does not"
    early = figures(attempt(1, "a1"), due=due_at(5))
    assert (early.due, early.in_time, early.in_time_share) == (1, 1, 1.0), "what is not due yet does not count"


def test_a_failure_put_right_in_time_is_in_time_and_not_right_at_once() -> None:
    found = figures(attempt(1, "a1", Outcome.FAILED), attempt(2, "a1"), due=due_at(5))
    assert (found.in_time, found.first_right, found.answered) == (1, 0, 1)
    late = figures(attempt(1, "a1", Outcome.FAILED), attempt(6, "a1"), due=due_at(5))
    assert (late.due, late.in_time) == (1, 0)


def test_what_was_taken_back_or_skipped_counts_neither_way() -> None:
    slip = replace(attempt(1, "a1", Outcome.FAILED), undone_at=NOW)
    found = figures(slip, attempt(2, "a1"), attempt(3, "a2", Outcome.SKIPPED), due=due_at(5))
    assert (found.answered, found.first_right, found.due, found.in_time) == (1, 1, 1, 1)


def test_a_check_that_warns_is_right_and_one_that_could_not_be_made_is_not() -> None:
    found = figures(
        attempt(1, "a1", Outcome.MEASURED, verdict=Verdict.WARN),
        attempt(2, "a2", Outcome.MEASURED, verdict=Verdict.UNMEASURED),
    )
    assert (found.answered, found.first_right, found.due) == (2, 1, 0)


def test_the_decision_that_counts_is_counted_once() -> None:
    decisions = (
        Decision("1", "first", Ready.OVERRIDE, "Sari", NOW, "x"),
        Decision("2", "first", Ready.READY, "Sari", NOW + timedelta(minutes=1)),
        Decision("3", "second", Ready.OVERRIDE, "Sari", NOW + timedelta(minutes=2), "x"),
    )
    found = figures(decisions=decisions)
    assert (found.decided, found.overridden, found.overridden_share) == (2, 1, 0.5)


def test_the_time_of_a_step_stands_beside_its_standard_and_adds_up_over_runs() -> None:
    begun = replace(attempt(7, "a1"), begun_at=NOW)
    first = figures(begun, attempt(8, "a2"), minutes=5)
    second = figures(replace(attempt(3, "a1"), begun_at=NOW), minutes=5)
    (both,) = together([first, second]).times
    assert (both.step, both.standard, both.took, both.median) == ("a1", 5, (7.0, 3.0), 5.0)
    assert together([first, second]).runs == 2


def test_where_there_is_nothing_to_count_there_is_no_share() -> None:
    nothing = together([])
    assert (nothing.in_time_share, nothing.first_right_share, nothing.overridden_share) == (None, None, None)
    assert nothing.as_json()["in_time_share"] is None


@pytest.mark.parametrize("count", [1, 3])
def test_adding_up_is_adding(count: int) -> None:
    one = figures(attempt(1, "a1"), due=due_at(5), minutes=5)
    many = together([one] * count)
    assert (many.answered, many.due, many.in_time) == (count * one.answered, count * one.due, count * one.in_time)
