"""Random walks over random procedures, on a real database, while the meeting changes: nothing is lost, no gate lies."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.lab.clocks import SetClock
from tests.operations.test_runs import measured
from vcops.domain.runs import Outcome, Ready, Run, Standing
from vcops.domain.verdicts import Verdict
from vcops.errors import Conflict
from vcops.operations import directory, meetings, runs
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options

WAYS: list[dict[str, Any]] = [
    {},
    {"check": {"instrument": "camera", "standard": "room-camera"}},
    {"record": {"kind": "score"}},
    {"record": {"kind": "number", "metric": "display_count", "standard": "meeting-room"}},
    {"record": {"kind": "choice", "choices": ["Baik", "Buruk"]}},
]
CONDITIONS: list[dict[str, Any]] = [
    {}, {}, {"when": {"service": ["vip"]}}, {"unless": {"service": ["vip", "streaming"]}},
    {"when": {"mode": ["hybrid"]}}, {"when": {"participants_over": 100}},
]  # fmt: skip
STEP = st.tuples(st.sampled_from(WAYS), st.sampled_from(CONDITIONS), st.booleans())
PHASES = st.lists(
    st.tuples(st.lists(STEP, min_size=1, max_size=4), st.booleans(), st.booleans()), min_size=1, max_size=4
)
SERVICES = st.sampled_from(["", "vip", "streaming", "vip streaming"])


def written(phases: list[Any]) -> str:
    """Return a procedure as a file; JSON is YAML too."""
    made: list[dict[str, Any]] = []
    for place, (steps, gated, named) in enumerate(phases):
        phase: dict[str, Any] = {"id": f"p{place}", "title": f"Tahap {place}", "steps": []}
        for number, (way, condition, required) in enumerate(steps):
            one = {"id": f"s{place}{number}", "title": "Langkah", "executors": ["operator"], "required": required}
            phase["steps"].append(one | way | condition)
        if gated:
            phase["gate"] = {"id": f"g{place}", "title": "Keputusan"} | ({"waits_for": [f"p{place}"]} if named else {})
        made.append(phase)
    whole = {"id": "random", "version": "1", "title": "Acak", "executors": [{"id": "operator", "title": "Operator"}]}
    return json.dumps({"procedure": whole | {"phases": made}})


class RandomWalk(RuleBasedStateMachine):
    """Answers, checks, undos, decisions, kills, a clock that jumps, and a meeting that is changed."""

    run: Run
    place: Workplace

    @initialize(phases=PHASES, service=SERVICES)
    def begin(self, phases: list[Any], service: str) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="random-walk")
        self.home = Path(self.folder.name)
        (self.home / "handbook").mkdir()
        (self.home / "handbook" / "random.yaml").write_text(written(phases), encoding="utf-8")
        self.clock = SetClock()
        self.place = open_workplace(Options(home=self.home, who="Sari"), self.clock)
        directory.add_room(self.place, {"name": "Aula"})
        texts = {"title": "Rapat", "date": "2026-11-24", "start": "9", "room": "Aula", "service": service}
        self.meeting = meetings.plan(self.place, texts).id
        self.run = runs.start(self.place, "random", meeting_id=self.meeting)
        self.known: set[str] = set()

    def is_open(self) -> bool:
        return hasattr(self, "run") and self.run.closed_at is None and bool(self.run.steps())

    @precondition(is_open)
    @rule(data=st.data(), outcome=st.sampled_from(["done", "failed", "skipped"]))
    def answer(self, data: st.DataObject, outcome: str) -> None:
        step = data.draw(st.sampled_from(self.run.steps()))
        if step.check and outcome == "done":
            verdict = data.draw(st.sampled_from(list(Verdict)))
            self.run = runs.keep_check(
                self.place, self.run.id, step.id, measured(self.place, verdict), counts=data.draw(st.booleans())
            )
            return
        value = data.draw(st.sampled_from("12")) if step.record and outcome == "done" else ""
        self.run = runs.answer(self.place, self.run.id, step.id, Outcome(outcome), reason="sebab", value=value)

    @precondition(lambda self: self.is_open() and bool(self.run.gates()))
    @rule(data=st.data(), override=st.booleans())
    def decide(self, data: st.DataObject, override: bool) -> None:
        gate = data.draw(st.sampled_from([gate.id for _phase, gate in self.run.gates()]))
        try:
            self.run = runs.decide(self.place, self.run.id, gate, override=override, reason="sebab")
        except Conflict as error:
            if error.code != "run.earlier_gate":
                raise

    @rule()
    def undo(self) -> None:
        try:
            self.run = runs.undo(self.place, self.run.id)
        except Conflict as error:
            if error.code != "run.nothing_to_undo":
                raise

    @rule(service=SERVICES, mode=st.sampled_from(["online", "hybrid"]), participants=st.sampled_from(["20", "400"]))
    def change_the_meeting(self, service: str, mode: str, participants: str) -> None:
        meetings.edit(self.place, self.meeting, {"service": service, "mode": mode, "expected": participants})
        self.run = runs.load(self.place, self.run.id)
        assert self.run.facts.service == frozenset(service.split())
        assert (self.run.facts.mode, self.run.facts.participants) == (mode, int(participants))

    @rule(minutes=st.integers(-90, 90))
    def set_the_clock(self, minutes: int) -> None:
        self.clock.now += timedelta(minutes=minutes)

    @rule()
    def resume(self) -> None:
        """The program is killed and started again, by somebody else."""
        self.place.close()
        self.place = open_workplace(Options(home=self.home, who="Budi"), self.clock)
        assert runs.load(self.place, self.run.id) == self.run

    @invariant()
    def no_gate_is_open_with_a_required_step_missing(self) -> None:
        if not hasattr(self, "run"):
            return
        for _phase, gate in self.run.gates():
            decision = self.run.decision(gate.id)
            if decision is None or decision.ready is Ready.NOT_READY:
                continue
            steps = self.run.procedure.steps_before(gate.id, self.run.facts)
            missing = {
                one.id
                for one in steps
                if one.required and self.run.standing(one.id) not in (Standing.PASS, Standing.WARN)
            }
            assert missing <= (set(decision.blockers) if decision.ready is Ready.OVERRIDE else set())
            assert decision.reason or decision.ready is Ready.READY

    @invariant()
    def no_attempt_is_lost_and_their_order_holds(self) -> None:
        if not hasattr(self, "run"):
            return
        ids = [one.id for one in self.run.attempts]
        assert set(ids) >= self.known
        self.known = set(ids)
        times = [one.at for one in self.run.attempts]
        assert times == sorted(set(times))

    @invariant()
    def what_is_left_to_do_keeps_the_run_open(self) -> None:
        if hasattr(self, "run"):
            assert (self.run.closed_at is not None) == self.run.complete

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.place.close()
            self.folder.cleanup()


TestRandomWalk = RandomWalk.TestCase
TestRandomWalk.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
