"""How well a procedure was kept: done in time, right the first time, overridden, and the time each step took."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vcops.domain.runs import Outcome, Ready

if TYPE_CHECKING:
    from vcops.domain.deadlines import Due
    from vcops.domain.procedures import Gate, Step
    from vcops.domain.runs import Attempt, Run
    from vcops.domain.texts import Text

__all__ = ["Compliance", "RoomMonth", "StepTime", "of_run", "together"]


@dataclass(frozen=True, slots=True)
class StepTime:
    """The minutes that one step took, each time it was seen from its beginning, beside its standard time."""

    step: str
    title: Text
    standard: float
    took: tuple[float, ...]

    @property
    def median(self) -> float:
        """The minutes in the middle."""
        from statistics import median  # imports fractions and decimals, for which most reports have no use

        return median(self.took)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """Counts, so that several runs can be added up; a share without anything to count is None."""

    runs: int = 0
    answered: int = 0
    """Steps that were answered and apply; skipped ones are not among them."""
    first_right: int = 0
    """Of these, the first answer that was not taken back passed."""
    due: int = 0
    """Required steps with a deadline that were answered, or that a decision waits for and that are past.

    What another desk left unticked is no proof that it was late: nobody waits for it.
    """
    in_time: int = 0
    """Of these, done by then. One that nobody answered was not."""
    decided: int = 0
    overridden: int = 0
    """Of the decisions that count, those that went ahead in spite of something."""
    times: tuple[StepTime, ...] = ()

    @property
    def in_time_share(self) -> float | None:
        """The share done in time, 0 to 1."""
        return self.in_time / self.due if self.due else None

    @property
    def first_right_share(self) -> float | None:
        """The share that was right the first time, 0 to 1."""
        return self.first_right / self.answered if self.answered else None

    @property
    def overridden_share(self) -> float | None:
        """The share of decisions that were overrides, 0 to 1."""
        return self.overridden / self.decided if self.decided else None

    def as_json(self) -> dict[str, Any]:
        """Return the counts, the shares, and for each step the minutes it took beside its standard."""
        counts = ("runs", "answered", "first_right", "due", "in_time", "decided", "overridden")
        shares = ("in_time_share", "first_right_share", "overridden_share")
        return {
            **{name: getattr(self, name) for name in counts},
            **{name: None if (one := getattr(self, name)) is None else round(one, 4) for name in shares},
            "times": [
                {"step": one.step, "standard_minutes": one.standard, "median_minutes": round(one.median, 2),
                 "times": len(one.took)}
                for one in self.times
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoomMonth:
    """The figures of one room's walks in one month (YYYY-MM); `room` is empty for walks without one."""

    room: str
    month: str
    figures: Compliance


def of_run(run: Run, due_of: Callable[[Step | Gate], Due | None], now: datetime) -> Compliance:
    """Return the figures of one run; `due_of` tells by when a step was to be done."""
    answered = first_right = due = in_time = 0
    times: list[StepTime] = []
    awaited = {
        step.id
        for _phase, gate in run.gates()
        for phase in run.procedure.phases_before(gate.id)
        for step in phase.steps
    }
    for step in run.steps():
        tried = [one for one in run.tried(step.id) if one.undone_at is None and one.outcome is not Outcome.SKIPPED]
        answered += bool(tried)
        first_right += bool(tried) and tried[0].standing.opens
        if (
            step.required
            and (until := due_of(step))
            and (tried or (step.id in awaited and until.at < now))
            and not _skipped(run, step)
        ):
            due += 1
            in_time += any(one.standing.opens and one.at <= until.at for one in tried)
        if step.minutes is not None and (took := tuple(_minutes(tried))):
            times.append(StepTime(step.id, step.title, step.minutes, took))
    decisions = [decision.ready for _phase, gate in run.gates() if (decision := run.decision(gate.id))]
    return Compliance(
        runs=1, answered=answered, first_right=first_right, due=due, in_time=in_time, decided=len(decisions),
        overridden=decisions.count(Ready.OVERRIDE), times=tuple(times),
    )  # fmt: skip


def together(figures: Iterable[Compliance]) -> Compliance:
    """Add up the figures of several runs."""
    found = list(figures)
    times: dict[str, StepTime] = {}
    for one in (each for figure in found for each in figure.times):
        before = times.get(one.step)
        times[one.step] = StepTime(one.step, one.title, one.standard, (before.took if before else ()) + one.took)
    return Compliance(
        runs=sum(one.runs for one in found),
        answered=sum(one.answered for one in found),
        first_right=sum(one.first_right for one in found),
        due=sum(one.due for one in found),
        in_time=sum(one.in_time for one in found),
        decided=sum(one.decided for one in found),
        overridden=sum(one.overridden for one in found),
        times=tuple(times.values()),
    )


def _skipped(run: Run, step: Step) -> bool:
    """Whether it was left out with a reason: that is neither in time nor late."""
    counting = run.counting(step.id)
    return counting is not None and counting.outcome is Outcome.SKIPPED


def _minutes(tried: Iterable[Attempt]) -> Iterable[float]:
    return ((one.at - one.begun_at).total_seconds() / 60 for one in tried if one.begun_at is not None)
