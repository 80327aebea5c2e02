"""What one walk shows: the run with its meeting and its room, and the moments that follow from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from vcops.domain.checks import JudgedReading, judged_again
from vcops.domain.editions import Edition
from vcops.domain.files import FileState
from vcops.domain.meetings import Meeting
from vcops.domain.pace import Timing
from vcops.domain.people import Office, Room
from vcops.domain.procedures import Gate, Step
from vcops.domain.runs import Attempt, Neighbour, Ready, Run, Standing, progress
from vcops.domain.standards import Standard
from vcops.errors import InvalidInput
from vcops.locale import language
from vcops.operations.meeting_on import MeetingsOn
from vcops.operations.own_machine import OWN_MACHINE, leads_here

if TYPE_CHECKING:
    from vcops.operations.sound import SoundDevices
    from vcops.operations.workplace import Workplace

__all__ = [
    "GATE", "Walked", "begin_walk", "draft_of", "is_outdated", "open_procedure", "open_walk", "read_again", "read_walk",
]  # fmt: skip

GATE = "gate:"
"""Before a gate's id in the key of its line; a step's key is its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A run as it stands, with what it is for."""

    run: Run
    meeting: Meeting | None
    moved_to: str = ""
    """The room where the meeting is held now, where that is not the one this run checks."""
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
    meetings_on: MeetingsOn = field(default_factory=MeetingsOn)
    edition: Edition | None = None
    standards_left_out: tuple[InvalidInput, ...] = ()
    """Faults for which a standard of the office's was left out that this procedure is judged by."""
    files: Mapping[str, FileState] = field(default_factory=dict)
    """What became of each attached file, by the attachment's id."""
    neighbours: tuple[tuple[str, str], ...] = ()
    """What else the room is being checked for just now, and by whom."""
    seen: int = 0
    """The number of the journal's newest entry when this was read."""
    handbook: object = field(default=None, compare=False, repr=False)
    """The handbook as it was then: another object is another reading of its files."""

    def keys(self) -> list[str]:
        """Return the lines of the walk in order: what is asked, and last the steps that ceased to apply."""
        return self._asked() + [one.id for one in self.run.dropped()]

    def _asked(self) -> list[str]:
        """Return the steps that apply, in order, each gate after its phase."""
        applying = {one.id for one in self.run.steps()}
        keys: list[str] = []
        for phase in self.run.procedure.phases:
            keys += [one.id for one in phase.steps if one.id in applying]
            keys += [GATE + phase.gate.id] if phase.gate else []
        return keys

    def applies(self, step: Step) -> bool:
        """Whether a step is still asked for; what was answered before the meeting was changed is only shown."""
        return step.applies(self.run.facts)

    def is_open(self, key: str) -> bool:
        """Whether a line still waits for someone."""
        if key.startswith(GATE):
            return not self.run.is_open(key.removeprefix(GATE))
        return self.run.standing(key) is Standing.PENDING

    def is_settled(self, gate: Gate) -> bool:
        """Whether a decision was made and there is no other to make: ready, and nothing stands in the way."""
        decision = self.run.decision(gate.id)
        return decision is not None and decision.ready is Ready.READY and not self.run.blockers(gate.id)

    def next_open(self, after: str = "", busy: Collection[str] = ()) -> str | None:
        """Return the next line that waits, from `after` on; where none waits behind it, the first that waits at all.

        What is left before the decision that `after` stands before comes first, and of that last what is `busy`
        being measured. A decision waits only when every step it waits for was answered. Steps of phases that are over
        come last, except to whoever is at work in one; those that an open decision has passed wait for nobody.
        """
        keys = self._asked()
        start = keys.index(after) + 1 if after in keys else 0
        early = {GATE + gate.id for _phase, gate in self.run.gates() if self._is_early(gate)}
        waiting = [key for key in keys[start:] + keys[:start] if self.is_open(key) and key not in early]
        passed = self._steps_of(self.run.passed())
        waiting = [key for key in waiting if key not in passed]
        over = self._steps_of(one for one in self.over if after not in self._steps_of([one]))
        near = self._near(keys, after)
        waiting.sort(key=lambda key: (key in over, key not in near, key in busy))
        return waiting[0] if waiting else None

    def _near(self, keys: list[str], after: str) -> set[str]:
        """Return the lines from the decision before a step to the one behind it."""
        if after not in keys or after.startswith(GATE):
            return set(keys)
        gates = [place for place, key in enumerate(keys) if key.startswith(GATE)]
        at = keys.index(after)
        first = max((one + 1 for one in gates if one < at), default=0)
        return set(keys[first : min((one for one in gates if one > at), default=len(keys)) + 1])

    def steps_around(self, key: str) -> list[Step]:
        """Return the applying steps of the phase in which a line stands; of all that a decision waits for at one."""
        if key.startswith(GATE):
            return list(self.run.procedure.steps_before(key.removeprefix(GATE), self.run.facts))
        phase = next((one for one in self.run.procedure.phases if any(step.id == key for step in one.steps)), None)
        return [one for one in phase.steps if self.applies(one)] if phase else []

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

    def progress(self) -> tuple[int, int, int]:
        """Return how many steps are done with, how many there are, and how many were answered and stand in the way.

        Of those that the next decision waits for; of all where none is left.
        """
        gate = self.run.next_gate()
        steps = self.run.procedure.steps_before(gate.id, self.run.facts) if gate else self.run.steps()
        answered, whole = progress(steps, self.run)
        held_up = self.run.held_up()
        return answered - held_up, whole, held_up

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
    from vcops.operations.run_glances import newest_entry

    seen = newest_entry(workplace)  # before the rest: what changes in between is read once more
    return replace(_complete(workplace, runs.load(workplace, run_id)), seen=seen)


def _complete(workplace: Workplace, run: Run) -> Walked:
    """Return a run with its meeting and its room."""
    from vcops.operations import directory, meetings
    from vcops.operations.attachments import states_of
    from vcops.operations.demands import platform_of_meeting
    from vcops.operations.editions import edition_of_run, standards_left_out
    from vcops.operations.meeting_on import meetings_on
    from vcops.operations.pace import timing_of
    from vcops.operations.run_glances import neighbours
    from vcops.operations.sound import devices_of

    held = meetings.details(workplace, run.meeting_id) if run.meeting_id else None
    meeting = held.meeting if held else None
    room = directory.room(workplace, run.room_id) if run.room_id else None
    office = directory.office(workplace)
    zone = meeting.zone if meeting else room.zone if room else office.zone
    platform = platform_of_meeting(workplace, meeting) or office.platform
    timing = timing_of(workplace, run, meeting, room)
    return Walked(
        run=run,
        meeting=meeting,
        moved_to=held.room.name if held and held.room and held.room.id != run.room_id else "",
        room=room,
        office=office,
        zone=zone,
        platform=platform,
        timing=timing,
        over=timing.over(run, workplace.clock()),
        devices=devices_of(workplace),
        remarks=_remarks(workplace, run, room),
        meetings_on=meetings_on(workplace, run.room_id),
        edition=edition_of_run(workplace, run),
        standards_left_out=standards_left_out(workplace, run),
        handbook=workplace.handbook,
        files=states_of(run),
        neighbours=tuple((_named(workplace, one), one.by) for one in neighbours(workplace, run)),
    )


def _named(workplace: Workplace, neighbour: Neighbour) -> str:
    """Return what another run is for: its meeting, else its procedure by its title."""
    procedure = workplace.handbook.procedures.get(neighbour.procedure_id)
    return neighbour.meeting or (procedure.title.said(language()) if procedure else neighbour.procedure_id)


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


def open_walk(workplace: Workplace, subject: str) -> Walked:
    """Open the walk of `run:ID`, `meeting:ID` or `room:ID`; where there is none yet a draft of it, and store nothing.

    A meeting has one walk from request to close-down: a finished one is shown again. One that was moved to another
    room is walked there from the start: what was measured in the first room says nothing of the second. Other
    procedures walked for the same meeting, such as a failover, are opened by their run. Raises InvalidInput, Conflict.
    """
    from vcops.operations.room_checks import PROCEDURE
    from vcops.operations.run_glances import run_of_meeting

    kind, _colon, name = subject.partition(":")
    if kind == "run":
        workplace.renew_handbook()
        return read_walk(workplace, name)
    if kind == "meeting":
        found = run_of_meeting(workplace, PROCEDURE, name)
        return open_walk(workplace, f"run:{found}") if found else open_procedure(workplace, PROCEDURE, None, name)
    return open_procedure(workplace, PROCEDURE, name, None)


def open_procedure(workplace: Workplace, procedure_id: str, room_id: str | None, meeting_id: str | None) -> Walked:
    """Open the walk of a procedure in a room or for a meeting: the open one, else a draft.

    A procedure of the month is walked for no room. Raises InvalidInput, Conflict.
    """
    from vcops.operations import handbooks, runs
    from vcops.operations.run_glances import newest_entry

    workplace.renew_handbook()
    if handbooks.procedure(workplace, procedure_id).counts_from == "month":
        room_id = meeting_id = None
    seen = newest_entry(workplace)
    run = runs.sketch(workplace, procedure_id, room_id=room_id, meeting_id=meeting_id)
    return replace(_complete(workplace, run), seen=seen)


def read_again(workplace: Workplace, walked: Walked) -> Walked:
    """Read a walk as it stands now; a draft that somebody else has begun meanwhile is their run."""
    from vcops.operations import runs
    from vcops.operations.run_glances import newest_entry

    run = walked.run
    if not run.draft:
        return read_walk(workplace, run.id)
    seen = newest_entry(workplace)
    room_id = None if run.meeting_id else run.room_id  # the meeting may have been moved to another room
    found = runs.sketch(workplace, run.procedure.id, room_id=room_id, meeting_id=run.meeting_id)
    found = replace(found, id=run.id) if found.draft else found
    return replace(_complete(workplace, found), seen=seen)


def is_outdated(workplace: Workplace, walked: Walked) -> bool:
    """Whether anything was stored, or a file of the handbook written, since a walk was read. Raises StorageError."""
    from vcops.operations.run_glances import newest_entry

    workplace.renew_handbook()
    return walked.handbook is not workplace.handbook or newest_entry(workplace) != walked.seen


def draft_of(walked: Walked) -> Run | None:
    """Return the run of a walk that was only looked at, which is to start with what is stored first; else None."""
    return walked.run if walked.run.draft else None


def begin_walk(workplace: Workplace, walked: Walked) -> Walked:
    """Start the run of a draft: something is about to be measured for it. Raises InvalidInput, Conflict."""
    from vcops.operations import runs

    run = walked.run
    begun = runs.start(workplace, run.procedure.id, room_id=run.room_id, meeting_id=run.meeting_id, run_id=run.id)
    return read_walk(workplace, begun.id)
