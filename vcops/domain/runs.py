"""A run: one procedure walked once. Every attempt stays; what stands is folded from them, so a killed run resumes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from vcops.domain.meeting_facts import Facts
from vcops.domain.verdicts import Ready

if TYPE_CHECKING:
    from vcops.domain.checks import PassedOver
    from vcops.domain.evidence import Picture
    from vcops.domain.procedures import Gate, Phase, Procedure, Step
    from vcops.domain.readings import Reading
    from vcops.domain.standards import Standard
    from vcops.domain.texts import Text
    from vcops.domain.verdicts import Verdict

__all__ = [
    "Attachment", "Attempt", "Blocker", "Decision", "Neighbour", "Outcome", "Ready", "Run", "RunLine", "Standing",
    "progress", "readiness", "withdrawn",
]  # fmt: skip


class Outcome(StrEnum):
    """How one attempt at a step ended."""

    DONE = "done"
    FAILED = "failed"
    """Says why in `reason`."""
    SKIPPED = "skipped"
    """Says why in `reason`; blocks the gate where the step is required."""
    MEASURED = "measured"
    """By a probe; `verdict` and `readings` say what it came to."""


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
    """One try at a step: confirmed by hand, recorded, skipped with a reason, or measured.

    `value` is what was recorded, or the source that was measured; `note` of a measurement that failed is its code
    with what fills its sentence (`CheckFailed.from_note`); `passed_over` are the servers it left for that source.
    `stamp` is what the step was answered by where that was a meeting's stamp: `start`, `end`, or a head count's id.
    Attempts of one run are ordered by `at`.
    """

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
    begun_at: datetime | None = None
    """When one came to the step, or its check began; None where nobody saw that."""
    passed_over: tuple[PassedOver, ...] = ()
    stamp: str = ""
    pictures: tuple[Picture, ...] = ()
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
class Attachment:
    """A file that shows that a step was done: where it lies, and its size in bytes and digest at that moment."""

    id: str
    step: str
    path: str
    size: int
    sha256: str
    by: str
    at: datetime


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
    attachments: tuple[Attachment, ...] = ()
    closed_at: datetime | None = None
    draft: bool = False
    """Looked at and not started: nothing of it is stored yet."""
    _counting: Mapping[str, Attempt] = field(init=False, repr=False, compare=False)
    """By step: a walk of 200 steps asks for each of them with every key."""

    def __post_init__(self) -> None:
        """Fold the attempts once."""
        counting = {one.step: one for one in self.attempts if one.undone_at is None}
        object.__setattr__(self, "_counting", counting)

    def steps(self) -> list[Step]:
        """Return the steps that apply to this meeting, in order."""
        return list(self.procedure.steps(self.facts))

    def dropped(self) -> list[Step]:
        """Return the steps that were answered and no longer apply: the meeting was changed, what was done stays."""
        return [
            step
            for step in self.procedure.steps()
            if not step.applies(self.facts) and (self.counting(step.id) or self.attached(step.id))
        ]

    def attached(self, step_id: str) -> list[Attachment]:
        """Return the files attached to a step, oldest first."""
        return [one for one in self.attachments if one.step == step_id]

    def tried(self, step_id: str) -> list[Attempt]:
        """Return every attempt at a step, oldest first, undone ones included."""
        return [one for one in self.attempts if one.step == step_id]

    def counting(self, step_id: str) -> Attempt | None:
        """Return the attempt that counts: the last that was not undone."""
        return self._counting.get(step_id)

    def standing(self, step_id: str) -> Standing:
        """Return where a step stands."""
        attempt = self.counting(step_id)
        return attempt.standing if attempt else Standing.PENDING

    def passed(self) -> frozenset[str]:
        """Return the phases that lie before an open gate and that no gate waited for: nothing waits for them now."""
        opened = [gate for _phase, gate in self.gates() if self.is_open(gate.id)]
        return frozenset(phase.id for gate in opened for phase in self.procedure.unawaited(gate.id))

    def current(self, over: Collection[str] = ()) -> Step | None:
        """Return the first step that nobody has answered yet; one of the phases `over` only where no other waits.

        Phases that an open gate has passed wait for nobody.
        """
        passed = self.passed()
        late: Step | None = None
        for phase in self.procedure.phases:
            if phase.id in passed or (late and phase.id in over):
                continue
            for step in phase.steps:
                if step.applies(self.facts) and self.standing(step.id) is Standing.PENDING:
                    if phase.id not in over:
                        return step
                    late = late or step
        return late

    def last_undoable(self, by: Collection[str] = ()) -> Attempt | None:
        """Return the answer that undo takes back: the newest that counts of those `by` gave, else of all."""
        counting = sorted(self._counting.values(), key=lambda one: one.at, reverse=True)
        return next((one for one in counting if one.by in by), counting[0] if counting else None)

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

    def next_gate(self) -> Gate | None:
        """Return the first gate that is not open, if there is one."""
        return next((gate for _phase, gate in self.gates() if not self.is_open(gate.id)), None)

    def held_up(self) -> int:
        """Return how many steps were answered and stand in the way of the next decision all the same."""
        gate = self.next_gate()
        blockers = self.blockers(gate.id) if gate else []
        return sum(one.standing is not Standing.PENDING for one in blockers)

    def is_open(self, gate_id: str) -> bool:
        """Whether a gate was decided ready, overridden or not, and nothing has spoken against it since."""
        decision = self.decision(gate_id)
        return decision is not None and decision.ready is not Ready.NOT_READY

    @property
    def complete(self) -> bool:
        """Whether every step was answered and every gate is open: nothing is left to do.

        A phase that an open gate passed without waiting for it does not keep the run open. Where nothing applies there
        is nothing to complete: the meeting may still become one that asks for it.
        """
        if self.current() is not None or self.next_gate() is not None:
            return False
        return bool(self.steps() or self.gates())

    def decision(self, gate_id: str) -> Decision | None:
        """Return the last decision at a gate."""
        return next((one for one in reversed(self.decisions) if one.gate == gate_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run in a list. `ready` is the last decision of its last decided gate."""

    id: str
    procedure_id: str
    title: Text
    room_id: str | None
    room: str
    meeting_id: str | None
    meeting: str
    started_at: datetime
    started_by: str
    closed_at: datetime | None
    answered: int
    steps: int
    ready: Ready | None
    version: str = ""
    edition: str = ""
    """Digest of the procedure it froze (`domain.frozen.edition`)."""
    held_up: int = 0
    """Steps that were answered and stand in the way of the next decision."""
    altered: bool = False
    """What it froze was changed in the database since: it cannot be read, and nothing in it is counted."""
    meeting_ended: bool = False
    """The meeting was held: what is still open in the run comes after it."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another run that is walked in the same room: for which meeting, if for any, and who was last at work in it."""

    id: str
    procedure_id: str
    meeting: str
    by: str


def readiness(blockers: Iterable[Blocker], *, override: bool) -> Ready:
    """Return what a gate's decision comes to. An override where nothing stands in the way is none."""
    if not any(True for _one in blockers):
        return Ready.READY
    return Ready.OVERRIDE if override else Ready.NOT_READY


def withdrawn(run: Run) -> list[tuple[Gate, list[Blocker]]]:
    """Return the open gates that what happened since speaks against, with what stands in the way now.

    A ready gate falls as soon as a required step before it no longer passes; an overridden one when a step stands in
    the way that the override did not know of.
    """
    fallen = []
    for _phase, gate in run.gates():
        decision = run.decision(gate.id)
        if decision is None or not run.is_open(gate.id):
            continue
        blockers = run.blockers(gate.id)
        if {one.step.id for one in blockers} - set(decision.blockers):
            fallen.append((gate, blockers))
    return fallen


def progress(steps: Iterable[Step], run: Run) -> tuple[int, int]:
    """Return how many of the steps were answered, and how many there are.

    Nobody is asked any more for what lies open in a phase that an open gate has passed: it is not among them.
    """
    passed = run.passed()
    gone = {step.id for phase in run.procedure.phases if phase.id in passed for step in phase.steps}
    found = [(step.id, run.standing(step.id) is not Standing.PENDING) for step in steps]
    return sum(done for _id, done in found), sum(done or name not in gone for name, done in found)
