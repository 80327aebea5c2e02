"""A run is folded from its attempts: what stands, what keeps a gate shut, when a decision falls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.domain.test_procedures import procedure
from vcops.domain.meeting_facts import Facts
from vcops.domain.procedures import Procedure
from vcops.domain.runs import (
    Attempt,
    Decision,
    Outcome,
    Ready,
    Run,
    Standing,
    progress,
    readiness,
    withdrawn,
)
from vcops.domain.verdicts import Verdict

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def attempt(number: int, step: str, outcome: Outcome = Outcome.DONE, **more: object) -> Attempt:
    return Attempt(f"t{number}", step, outcome, "Sari", NOW + timedelta(minutes=number), **more)


def run(*attempts: Attempt, decisions: tuple[Decision, ...] = (), **step: object) -> Run:
    return Run("r", procedure(**step), {}, "", NOW, "Sari", attempts=attempts, decisions=decisions)


@pytest.mark.parametrize(
    ("outcome", "verdict", "standing"),
    [
        (Outcome.DONE, None, "pass"),
        (Outcome.FAILED, None, "fail"),
        (Outcome.SKIPPED, None, "skipped"),
        (Outcome.SKIPPED, Verdict.PASS, "skipped"),
        (Outcome.DONE, Verdict.WARN, "warn"),
        (Outcome.DONE, Verdict.FAIL, "fail"),
        (Outcome.MEASURED, Verdict.PASS, "pass"),
        (Outcome.MEASURED, Verdict.UNMEASURED, "unmeasured"),
        (Outcome.MEASURED, None, "fail"),
    ],
)
def test_where_an_attempt_leaves_a_step(outcome, verdict, standing) -> None:
    assert attempt(1, "a1", outcome, verdict=verdict).standing is Standing(standing)


def test_the_newest_answer_counts_and_undoing_it_brings_the_one_before_back() -> None:
    first, second = attempt(1, "a1", Outcome.FAILED), attempt(2, "a1")
    found = run(first, second)
    assert found.standing("a1") is Standing.PASS
    back = replace(found, attempts=(first, replace(second, undone_at=NOW)))
    assert back.standing("a1") is Standing.FAIL
    assert [one.id for one in back.tried("a1")] == ["t1", "t2"]
    assert back.last_undoable() == first


def test_the_next_step_is_the_first_without_an_answer() -> None:
    assert run().current().id == "a1"
    assert run(attempt(1, "a1", Outcome.SKIPPED)).current().id == "a2"
    done = run(*(attempt(n, one) for n, one in enumerate(["a1", "a2", "b1", "c1", "d1"])))
    assert done.current() is None
    assert progress(done.steps(), done) == (5, 5)


def test_where_nothing_applies_nothing_is_complete() -> None:
    """A meeting may still become one that asks for it; a run that is closed asks nobody any more."""
    never = {"when": {"service": ["vip"]}}
    steps = [{"id": one, "title": "Satu", "executors": ["operator"], **never} for one in ("a1", "a2")]
    text = {
        "id": "p", "version": "1", "title": "P", "executors": [{"id": "operator", "title": "Operator"}],
        "phases": [{"id": "only", "title": "Satu", "steps": steps}],
    }  # fmt: skip
    found = Run("r", Procedure.model_validate(text), {}, "", NOW, "Sari")
    assert (found.steps(), found.current(), found.next_gate()) == ([], None, None)
    assert not found.complete
    asked = replace(found, facts=Facts(service=frozenset({"vip"})))
    assert not asked.complete
    assert replace(asked, attempts=(attempt(1, "a1"), attempt(2, "a2"))).complete


def test_what_keeps_a_gate_shut_comes_worst_first() -> None:
    found = run(attempt(1, "b1", Outcome.SKIPPED), attempt(2, "c1", Outcome.FAILED))
    assert [(one.step.id, one.standing.value) for one in found.blockers("second")] == [
        ("c1", "fail"),
        ("b1", "skipped"),
    ]
    assert [one.step.id for one in found.blockers("first")] == ["a1", "a2"]


def test_an_optional_step_keeps_no_gate_shut() -> None:
    assert run(required=False).blockers("first") == []


def test_a_step_that_does_not_apply_keeps_no_gate_shut() -> None:
    found = run(when={"mode": ["hybrid"]})
    assert found.blockers("first") == []
    assert found.steps() == []


def test_an_override_of_nothing_is_none() -> None:
    assert readiness([], override=True) is Ready.READY
    blockers = run().blockers("first")
    assert readiness(blockers, override=True) is Ready.OVERRIDE
    assert readiness(blockers, override=False) is Ready.NOT_READY


def test_a_decision_falls_when_something_new_speaks_against_it() -> None:
    passed = (attempt(1, "a1"), attempt(2, "a2"))
    ready = Decision("d", "first", Ready.READY, "Sari", NOW)
    assert withdrawn(run(*passed, decisions=(ready,))) == []
    ((gate, blockers),) = withdrawn(run(*passed, attempt(3, "a2", Outcome.FAILED), decisions=(ready,)))
    assert (gate.id, [one.step.id for one in blockers]) == ("first", ["a2"])


def test_an_override_stands_for_what_it_knew_of() -> None:
    override = Decision("d", "first", Ready.OVERRIDE, "Sari", NOW, "must", ("a1",))
    known = (attempt(1, "a1", Outcome.FAILED), attempt(2, "a2"))
    assert withdrawn(run(*known, decisions=(override,))) == []
    assert withdrawn(run(*known, attempt(3, "a2", Outcome.FAILED), decisions=(override,)))


def test_the_newest_decision_counts() -> None:
    decisions = (
        Decision("d1", "first", Ready.READY, "Sari", NOW),
        Decision("d2", "first", Ready.NOT_READY, "Sari", NOW),
    )
    assert not run(decisions=decisions).is_open("first")
    assert run(decisions=decisions[:1]).is_open("first")
    assert run(decisions=decisions[:1]).next_gate().id == "second"
