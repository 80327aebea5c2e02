"""A run: one procedure walked once. Every attempt stays; what stands is folded from them, so a killed run resumes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vcops.domain.procedures import Facts, Gate, Phase, Procedure, Step
from vcops.domain.readings import Reading
from vcops.domain.standards import Standard
from vcops.domain.verdicts import Ready, Verdict

__all__ = ["Attempt", "Blocker", "Decision", "Outcome", "Ready", "Run", "Standing", "progress"]


class Outcome(StrEnum):
    """How one attempt at a step ended."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    MEASURED = "measured"


class Standing(StrEnum):
    """Where a step stands now. The last four are also verdicts."""

    PENDING = "pending"
    SKIPPED = "skipped"
    PASS = "pass"  # noqa: S105
    WARN = "warn"
    UNMEASURED = "unmeasured"
    FAIL = "fail"

    @property
    def opens(self) -> bool:
        """Whether a gate lets it through."""
        return self in (Standing.PASS, Standing.WARN)


_WORST_FIRST = (Standing.FAIL, Standing.UNMEASURED, Standing.SKIPPED, Standing.PENDING)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a step: confirmed by hand, recorded, skipped with a reason, or measured."""

    id: str
    step: str
    outcome: Outcome
    by: str
    at: datetime
    verdict: Verdict | None = None
    readings: tuple[Reading, ...] = ()
    reason: str = ""
    note: str = ""
    value: str = ""
    undone_at: datetime | None = None

    @property
    def standing(self) -> Standing:
        """Where the step stands if this is the attempt that counts."""
        if self.outcome is Outcome.SKIPPED:
            return Standing.SKIPPED
        if self.verdict is not None:
            return Standing(self.verdict.value)
        return Standing.PASS if self.outcome is Outcome.DONE else Standing.FAIL


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided at a gate, with the steps that stood in the way."""

    id: str
    gate: str
    ready: Ready
    by: str
    at: datetime
    reason: str = ""
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocker:
    """A required step that keeps a gate shut, and how it stands."""

    step: Step
    standing: Standing


@dataclass(frozen=True, slots=True)
class Run:
    """A procedure as it was when the run started, its standards, and all that happened since."""

    id: str
    procedure: Procedure
    standards: Mapping[str, Standard]
    digest: str
    started_at: datetime
    started_by: str
    facts: Facts = field(default_factory=Facts)
    room_id: str | None = None
    meeting_id: str | None = None
    attempts: tuple[Attempt, ...] = ()
    decisions: tuple[Decision, ...] = ()
    closed_at: datetime | None = None

    def steps(self) -> list[Step]:
        """Return the steps that apply to this meeting, in order."""
        return list(self.procedure.steps(self.facts))

    def tried(self, step_id: str) -> list[Attempt]:
        """Return every attempt at a step, oldest first, undone ones included."""
        return [one for one in self.attempts if one.step == step_id]

    def counting(self, step_id: str) -> Attempt | None:
        """Return the attempt that counts: the last that was not undone."""
        return next((one for one in reversed(self.tried(step_id)) if one.undone_at is None), None)

    def standing(self, step_id: str) -> Standing:
        """Return where a step stands."""
        attempt = self.counting(step_id)
        return attempt.standing if attempt else Standing.PENDING

    def current(self) -> Step | None:
        """Return the first step that nobody has answered yet."""
        return next((one for one in self.steps() if self.standing(one.id) is Standing.PENDING), None)

    def last_undoable(self) -> Attempt | None:
        """Return the answer that undo takes back: the newest that was not undone."""
        return next((one for one in reversed(self.attempts) if one.undone_at is None), None)

    def gates(self) -> list[tuple[Phase, Gate]]:
        """Return the gates with the phases they end."""
        return [(phase, phase.gate) for phase in self.procedure.phases if phase.gate]

    def blockers(self, gate_id: str) -> list[Blocker]:
        """Return the required steps that keep a gate shut, worst first, in the procedure's order within."""
        found = [
            Blocker(step, standing)
            for step in self.procedure.steps_before(gate_id, self.facts)
            if step.required and not (standing := self.standing(step.id)).opens
        ]
        return sorted(found, key=lambda one: _WORST_FIRST.index(one.standing))

    def decision(self, gate_id: str) -> Decision | None:
        """Return the last decision at a gate."""
        return next((one for one in reversed(self.decisions) if one.gate == gate_id), None)


def progress(steps: Iterable[Step], run: Run) -> tuple[int, int]:
    """Return how many of the steps were answered, and how many there are."""
    standings = [run.standing(step.id) for step in steps]
    return sum(one is not Standing.PENDING for one in standings), len(standings)
