"""By when steps are due, and where whoever opens a run begins although another desk ticked nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from vcops.domain.meeting_facts import Facts
from vcops.domain.pace import Timing, counted_from
from vcops.domain.procedures import Procedure
from vcops.domain.runs import Attempt, Decision, Outcome, Ready, Run, progress
from vcops.domain.workdays import Workdays

START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""Monday, 10.00 WIB."""


def one(name: str, deadline: str | None = None, **more: object) -> dict[str, object]:
    return {"id": name, "title": name, "executors": ["operator"], "deadline": deadline, **more}


def procedure(waits_for: object = ("preflight",), request: str | None = "-1wd", **more: object) -> Procedure:
    gate = {"id": "go", "title": "Go", "deadline": "-15min", "waits_for": waits_for}
    return Procedure.model_validate(
        {
            "id": "p",
            "version": "1",
            "title": "P",
            "executors": [{"id": "operator", "title": "Operator"}],
            "phases": [
                {"id": "request", "title": "R", "steps": [one("letter", request), one("approval", request)]},
                {"id": "preflight", "title": "P", "steps": [one("power", "-60min"), one("link", "-1h")], "gate": gate},
                {"id": "hosting", "title": "H", "steps": [one("admit", "-10min")]},
            ],
            **more,
        }
    )  # fmt: skip


def run(*done: str, ready: Ready | None = None, **more: object) -> Run:
    attempts = tuple(
        Attempt(f"t{number}", step, Outcome.DONE, "Sari", START + timedelta(seconds=number))
        for number, step in enumerate(done)
    )
    decisions = (Decision("d", "go", ready, "Sari", START),) if ready else ()
    return Run("r", procedure(**more), {}, "", START, "Sari", attempts=attempts, decisions=decisions)


def timing(found: Run, planned: datetime | None = START) -> Timing:
    return Timing(counted_from(found, planned, "Asia/Jakarta"), Workdays())


def first(found: Run, before: timedelta, planned: datetime | None = START) -> str | None:
    step = found.current(timing(found, planned).over(found, START - before))
    return step.id if step else None


def test_the_desk_begins_with_the_request_and_the_room_with_the_preflight() -> None:
    assert first(run(), timedelta(days=14)) == "letter"
    assert first(run("letter"), timedelta(days=4)) == "approval"
    assert first(run(), timedelta(minutes=60)) == "power"
    assert first(run("power"), timedelta(minutes=40)) == "link"
    assert first(run(), -timedelta(minutes=20)) == "power"  # late, and still what the decision waits for


def test_without_a_meeting_there_is_no_request() -> None:
    assert first(run(), timedelta(days=14), planned=None) == "power"


def test_a_phase_without_deadlines_is_over_once_a_later_one_has_begun() -> None:
    assert first(run(request=None), timedelta(minutes=60)) == "letter"
    assert first(run("power", request=None), timedelta(minutes=60)) == "link"


def test_the_leftover_comes_last_but_is_not_lost() -> None:
    found = run("power", "link", "admit")
    assert first(found, timedelta(minutes=5)) == "letter"


def test_the_decision_waits_for_the_phases_it_names_only() -> None:
    assert [one.step.id for one in run().blockers("go")] == ["power", "link"]
    assert [one.step.id for one in run(waits_for=None).blockers("go")] == ["letter", "approval", "power", "link"]
    assert [one.id for one in run().procedure.unawaited("go")] == ["request"]
    assert run(waits_for=None).procedure.unawaited("go") == []


def test_what_an_open_decision_passed_does_not_keep_the_run_open() -> None:
    found = run("power", "link", "admit", ready=Ready.READY)
    assert found.complete
    assert found.current() is None
    assert timing(found).over(found, START) == {"request"}
    assert progress(found.steps(), found) == (3, 3)
    assert progress(found.steps(), replace(found, decisions=())) == (3, 5)
    assert not run("power", "link", "admit", ready=Ready.NOT_READY).complete
    assert not run("power", "link", "admit", ready=Ready.READY, waits_for=None).complete


@pytest.mark.parametrize(
    ("waits_for", "code"), [(["preflihgt"], "unknown_phase"), (["hosting"], "later_phase"), ([], "too_short")]
)
def test_a_decision_cannot_wait_for_what_is_not_there_yet(waits_for, code) -> None:
    with pytest.raises(ValidationError) as caught:
        procedure(waits_for=waits_for)
    assert code in str(caught.value.errors()[0]["type"])


def test_what_deadlines_count_from() -> None:
    found = run()
    assert timing(found, None).due(found.procedure.step("power")) is None
    assert timing(found).due(found.procedure.step("power")).at == START - timedelta(minutes=60)
    timed = replace(found, procedure=procedure(counts_from="start"), started_at=START + timedelta(hours=1))
    assert counted_from(timed, START, "Asia/Jakarta") == START + timedelta(hours=1)
    monthly = replace(found, procedure=procedure(counts_from="month"))
    begin = counted_from(monthly, None, "Asia/Jayapura")
    assert begin is not None
    assert begin.isoformat() == "2026-11-01T00:00:00+09:00"


def test_a_step_may_be_for_all_meetings_but_some() -> None:
    text = one("letter", unless={"service": ["vip"]}, when={"mode": ["online"]})
    step = procedure().phases[0].steps[0].model_validate(text)
    assert step.conditional
    assert step.applies(Facts())
    assert not step.applies(Facts(service=frozenset({"vip", "streaming"})))
    assert not step.applies(Facts(mode="hybrid"))
