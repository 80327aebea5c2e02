"""What one walk shows: the run with its meeting and its room, and the moments that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from vcops.domain.checks import JudgedReading, judged_again
from vcops.domain.meetings import Meeting
from vcops.domain.pace import Timing
from vcops.domain.people import Office, Room
from vcops.domain.procedures import Gate, Step
from vcops.domain.runs import Attempt, Run, Standing, progress
from vcops.domain.standards import Standard
from vcops.operations.own_machine import OWN_MACHINE, leads_here

if TYPE_CHECKING:
    from vcops.operations.sound import SoundDevices
    from vcops.operations.workplace import Workplace

__all__ = ["GATE", "Walked", "complete_walk", "read_walk", "start_walk"]

GATE = "gate:"
"""Before a gate's id in the key of its line; a step's key is its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A run as it stands, with what it is for."""

    run: Run
    meeting: Meeting | None
    room: Room | None
    office: Office
    zone: str
    platform: str
    """The platform whose reach is checked: the meeting's where it is one that can be reached, else the office's."""
    timing: Timing
    over: frozenset[str]
    """Phases of another desk whose time is past: a walk does not begin in them."""
    devices: SoundDevices
    """The microphone and the loudspeaker of this machine."""
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What one should know before a step measures a link, and of the server it was measured against: codes, by step."""

    def keys(self) -> list[str]:
        """Return the lines of the walk in order: steps that apply, each gate after its phase."""
        applying = {one.id for one in self.run.steps()}
        keys: list[str] = []
        for phase in self.run.procedure.phases:
            keys += [one.id for one in phase.steps if one.id in applying]
            keys += [GATE + phase.gate.id] if phase.gate else []
        return keys

    def is_open(self, key: str) -> bool:
        """Whether a line still waits for someone."""
        if key.startswith(GATE):
            return not self.run.is_open(key.removeprefix(GATE))
        return self.run.standing(key) is Standing.PENDING

    def next_open(self, after: str = "") -> str | None:
        """Return the next line that waits, from `after` on; where none waits behind it, the first that waits at all.

        A decision waits only when every step it waits for was answered. Steps of phases that are over
        come last, except to whoever is at work in one; those that an open decision has passed wait for nobody.
        """
        keys = self.keys()
        start = keys.index(after) + 1 if after in keys else 0
        early = {GATE + gate.id for _phase, gate in self.run.gates() if self._is_early(gate)}
        waiting = [key for key in keys[start:] + keys[:start] if self.is_open(key) and key not in early]
        passed = self._steps_of(self.run.passed())
        waiting = [key for key in waiting if key not in passed]
        over = self._steps_of(one for one in self.over if after not in self._steps_of([one]))
        return next((key for key in waiting if key not in over), waiting[0] if waiting else None)

    def _steps_of(self, phases: Iterable[str]) -> set[str]:
        """Return the ids of all steps in some phases."""
        wanted = set(phases)
        return {step.id for one in self.run.procedure.phases if one.id in wanted for step in one.steps}

    def _is_early(self, gate: Gate) -> bool:
        """Whether a decision still waits for an answer, or for the decision before it."""
        gates = [one.id for _phase, one in self.run.gates()]
        before = gates[: gates.index(gate.id)]
        steps = self.run.procedure.steps_before(gate.id, self.run.facts)
        return any(self.is_open(GATE + one) for one in before) or any(self.is_open(step.id) for step in steps)

    def next_gate_key(self) -> str | None:
        """Return the gate that is to be decided next, else the last one."""
        gate = self.run.next_gate()
        if gate is not None:
            return GATE + gate.id
        gates = self.run.gates()
        return GATE + gates[-1][1].id if gates else None

    def progress(self) -> tuple[int, int]:
        """Return how many steps are answered of those the next decision waits for; of all where none is left."""
        gate = self.run.next_gate()
        steps = self.run.procedure.steps_before(gate.id, self.run.facts) if gate else self.run.steps()
        return progress(steps, self.run)

    def due(self, one: Step | Gate) -> datetime | None:
        """Return by when a step or a decision is to be done."""
        found = self.timing.due(one)
        return found.at if found else None

    def standard(self, step: Step) -> Standard | None:
        """Return the standard that judges a step, as it was when the run started."""
        return self.run.standards.get(step.standard or "")

    def measured(self, step: Step) -> Attempt | None:
        """Return the attempt at a step that counts where it has figures to show."""
        attempt = self.run.counting(step.id)
        return attempt if attempt and any(one.value is not None for one in attempt.readings) else None

    def without_server(self, sources: Mapping[str, str]) -> Step | None:
        """Return the first open step that measures a link and for which `sources` names no server."""
        for step in self.run.steps():
            if step.check and step.check.instrument == "connection" and self.is_open(step.id) and not sources[step.id]:
                return step
        return None

    def readings(self, step: Step, attempt: Attempt) -> list[JudgedReading]:
        """Return an attempt's readings held against the standard. A partial one is uncertain."""
        return judged_again(attempt.readings, self.standard(step))


def read_walk(workplace: Workplace, run_id: str) -> Walked:
    """Read a walk from the database. Raises InvalidInput where there is none."""
    from vcops.operations import runs

    return complete_walk(workplace, runs.load(workplace, run_id))


def complete_walk(workplace: Workplace, run: Run) -> Walked:
    """Return a run with its meeting and its room."""
    from vcops.operations import directory, meetings
    from vcops.operations.demands import platform_of_meeting
    from vcops.operations.pace import timing_of
    from vcops.operations.sound import devices_of

    meeting = meetings.details(workplace, run.meeting_id).meeting if run.meeting_id else None
    room = directory.room(workplace, run.room_id) if run.room_id else None
    office = directory.office(workplace)
    zone = meeting.zone if meeting else room.zone if room else office.zone
    platform = platform_of_meeting(workplace, meeting) or office.platform
    timing = timing_of(workplace, run, meeting, room)
    return Walked(
        run=run,
        meeting=meeting,
        room=room,
        office=office,
        zone=zone,
        platform=platform,
        timing=timing,
        over=timing.over(run, workplace.clock()),
        devices=devices_of(workplace),
        remarks=_remarks(workplace, run, room),
    )


def _remarks(workplace: Workplace, run: Run, room: Room | None) -> dict[str, tuple[str, ...]]:
    from vcops.operations import asking
    from vcops.operations.checks import request_for_step

    found: dict[str, tuple[str, ...]] = {}
    for step in run.steps():
        if step.check is None or step.check.instrument != "connection":
            continue
        if (attempt := run.counting(step.id)) and attempt.value:
            found[step.id] = (OWN_MACHINE,) if leads_here(attempt.value) else ()
        elif not run.standing(step.id).opens:
            found[step.id] = asking.remarks(workplace, request_for_step(workplace, run, step, room))
    return found


def start_walk(workplace: Workplace, subject: str) -> Walked:
    """Open the walk of `run:ID`, `meeting:ID` or `room:ID`, starting it where there is none yet.

    A meeting has one walk from request to close-down: a finished one is shown again. Other procedures walked for the
    same meeting, such as a failover, are opened by their run. Raises InvalidInput, Conflict.
    """
    from vcops.operations import runs
    from vcops.operations.room_checks import PROCEDURE

    kind, _colon, name = subject.partition(":")
    if kind == "run":
        return read_walk(workplace, name)
    if kind == "room":
        return complete_walk(workplace, runs.start(workplace, PROCEDURE, room_id=name))
    lines = (one for one in runs.listing(workplace) if one.procedure_id == PROCEDURE)
    finished = next((one.id for one in lines if one.meeting_id == name), None)
    if finished is not None:
        return read_walk(workplace, finished)
    return complete_walk(workplace, runs.start(workplace, PROCEDURE, meeting_id=name))
