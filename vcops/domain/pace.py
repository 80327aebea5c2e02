"""When the steps of a run fall due, and which of its phases are over before anybody ticked them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from vcops.domain.deadlines import Due, parse_deadline, reckon
from vcops.domain.procedures import Gate, Phase, Step
from vcops.domain.runs import Run, Standing
from vcops.domain.workdays import Workdays

__all__ = ["Timing", "counted_from"]


def counted_from(run: Run, planned_start: datetime | None, zone: str) -> datetime | None:
    """Return the moment that a run's deadlines count from, in local time; None where there is no such moment."""
    here = ZoneInfo(zone)
    match run.procedure.counts_from:
        case "start":
            return run.started_at.astimezone(here)
        case "month":
            begun = run.started_at.astimezone(here)
            return begun.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        case _:
            return planned_start.astimezone(here) if planned_start else None


@dataclass(frozen=True, slots=True)
class Timing:
    """The moment that deadlines count from (`counted_from`), and the calendar that counts working days."""

    base: datetime | None
    calendar: Workdays

    def due(self, one: Step | Gate) -> Due | None:
        """Return by when a step or a decision is to be done, and whether that may still move."""
        if one.deadline is None or self.base is None:
            return None
        return reckon(parse_deadline(one.deadline), self.base, self.calendar)

    def over(self, run: Run, now: datetime) -> frozenset[str]:
        """Return the phases that an open decision has passed, and those before the next one whose time is past.

        Only phases that no decision waits for. Whoever opens the walk in the room begins after them, whether or not
        another desk has ticked its steps. Without a moment to count from, as for a room that is checked for no
        meeting, all of them are over.
        """
        gate = run.next_gate()
        phases = run.procedure.unawaited(gate.id) if gate else []
        return run.passed() | {one.id for one in phases if self._is_over(run, one, now)}

    def _is_over(self, run: Run, phase: Phase, now: datetime) -> bool:
        if self.base is None:
            return True
        moments = [found.at for one in phase.steps if one.applies(run.facts) and (found := self.due(one))]
        if moments:
            return max(moments) < now
        order = [one.id for one in run.procedure.phases]
        later = run.procedure.phases[order.index(phase.id) + 1 :]
        return any(run.standing(step.id) is not Standing.PENDING for one in later for step in one.steps)
