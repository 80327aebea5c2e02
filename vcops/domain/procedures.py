"""A procedure: a standard operating procedure as data, with the fields of PermenPANRB 35/2012.

An office must be able to type its own signed SOP into YAML with exactly these fields, and run it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from vcops.domain.deadlines import DeadlineText
from vcops.domain.meeting_facts import Facts
from vcops.domain.metrics import METRICS
from vcops.domain.standards import MetricName
from vcops.domain.texts import Bilingual, Closed, Identifier, Text, fault, from_plain, raise_faults, repeated
from vcops.domain.verdicts import USUAL

__all__ = [
    "USUAL", "Automatic", "Condition", "Cover", "Executor", "Gate", "Official", "Phase", "Procedure",
    "Reasons", "Record", "StampName", "Step",
]  # fmt: skip


StampName = Literal["start", "count", "end"]
"""A stamp of the meeting that answers a step: its start, a head count, its end."""


class Official(Closed):
    """Who approved it (disahkan oleh)."""

    position: str = Field(description="Jabatan")
    name: str = Field(default="", description="Nama; empty until it is signed")
    nip: str = Field(default="", description="NIP, 18 digits")


class Cover(Closed):
    """The cover block (identitas SOP) that PermenPANRB 35/2012 asks for."""

    number: str = Field(default="", description="Nomor SOP, free text")
    made: date | None = Field(default=None, description="Tanggal pembuatan")
    revised: date | None = Field(default=None, description="Tanggal revisi")
    effective: date | None = Field(default=None, description="Tanggal efektif")
    approved_by: Official | None = Field(default=None, description="Disahkan oleh")
    legal_basis: tuple[Text, ...] = Field(default=(), description="Dasar hukum")
    qualification: tuple[Text, ...] = Field(default=(), description="Kualifikasi pelaksana")
    related: tuple[Text, ...] = Field(default=(), description="Keterkaitan dengan SOP lain")
    equipment: tuple[Text, ...] = Field(default=(), description="Peralatan/perlengkapan")
    warnings: tuple[Text, ...] = Field(default=(), description="Peringatan")
    recording: tuple[Text, ...] = Field(default=(), description="Pencatatan dan pendataan")


class Executor(Closed):
    """A role that carries out steps (pelaksana): one column of the official table."""

    id: Identifier = Field(description="Short name that steps refer to: operator")
    title: Text = Field(description="The column's heading")


class Condition(Closed):
    """When a step applies. Every key that is given must hold; a list holds when one of its words does."""

    kind: tuple[Literal["hosted", "attended", "unstated"], ...] | None = Field(
        default=None, min_length=1, description="Hosted by the office, or another's that it attends"
    )
    mode: tuple[Literal["online", "hybrid", "on-site"], ...] | None = Field(
        default=None, min_length=1, description="How people take part"
    )
    service: tuple[Literal["vip", "streaming", "inter-agency"], ...] | None = Field(
        default=None, min_length=1, description="Class of service; an ordinary meeting has none of them"
    )
    backup_link: bool | None = Field(default=None, description="Whether the room has a second link")
    participants_over: int | None = Field(default=None, ge=0, description="More people expected than this")

    def holds(self, facts: Facts) -> bool:
        """Whether the step applies to such a meeting."""
        return (
            (self.kind is None or (facts.kind or "unstated") in self.kind)
            and (self.mode is None or facts.mode in self.mode)
            and (self.service is None or not facts.service.isdisjoint(self.service))
            and (self.backup_link is None or facts.backup_link == self.backup_link)
            and (self.participants_over is None or (facts.participants or 0) > self.participants_over)
        )


class Automatic(Closed):
    """An automatic check: which probe measures, and the standard its readings are held against."""

    instrument: Literal["camera", "connection", "sound", "platform"] = Field(description="Which probe measures")
    standard: Identifier = Field(description="Id of the standard that judges the readings")
    link: Literal["main", "backup"] = Field(default="main", description="For a connection: which of the room's links")


class _Choice(Bilingual):
    """One answer of several, and what it is worth where that is not all the same."""

    verdict: Literal["pass", "warn", "fail"] | None = Field(
        default=None, description="What this answer means for the step; without it the step is done"
    )
    remedy: Text | None = Field(default=None, description="What to do after this answer")


Choice = Annotated[_Choice, BeforeValidator(from_plain, json_schema_input_type=str | _Choice)]
"""A text to choose, as plain as any other or with a verdict and a remedy."""


class Record(Closed):
    """What a person types or chooses at a step."""

    kind: Literal["number", "text", "choice", "score", "file"] = Field(description="score: a whole number from 1 to 5")
    label: Text | None = Field(default=None, description="What is asked, beside the field to fill in")
    choices: tuple[Choice, ...] = Field(default=(), description="For a choice: what may be chosen")
    plays: Literal["test-tone"] | None = Field(
        default=None, description="What is played into the loudspeaker before it is asked, for someone to listen to"
    )
    metric: MetricName | None = Field(default=None, description="For a number: the metric it is a reading of")
    standard: Identifier | None = Field(default=None, description="For a number with a metric: what it is judged by")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        raise_faults(self._faults())
        return self

    def choice(self, value: str) -> _Choice | None:
        """Return the choice that was stored as this value."""
        return next((one for one in self.choices if one.id == value), None)

    def _faults(self) -> Iterator[PydanticCustomError]:
        if (self.kind == "choice") != bool(self.choices):
            yield fault("handbook.record_choices", "choices belong to a record of kind 'choice'", at=("choices",))
        if (self.metric is None) != (self.standard is None):
            at = "metric" if self.metric else "standard"
            yield fault("handbook.record_half", "metric and standard are written together", at=(at,))
        if self.metric is not None and (self.kind != "number" or METRICS[self.metric].yes_no):
            yield fault(
                "handbook.record_not_number", "'{metric}' needs kind 'number'", at=("metric",), metric=self.metric
            )


class Step(Closed):
    """One activity (kegiatan) with its quality standard (mutu baku)."""

    id: Identifier = Field(description="Short name, unique in the procedure: main-link")
    title: Text = Field(description="Kegiatan")
    executors: tuple[Identifier, ...] = Field(min_length=1, description="Pelaksana: ids out of `executors`")
    instruction: Text | None = Field(default=None, description="What to do, in the words of the person doing it")
    reason: Text | None = Field(default=None, description="Why it is done")
    needs: tuple[Text, ...] = Field(default=(), description="Kelengkapan: the inputs that must be at hand")
    minutes: float | None = Field(default=None, gt=0, description="Waktu: the step's standard time")
    output: Text | None = Field(default=None, description="Output")
    remarks: Text | None = Field(default=None, description="Keterangan")
    evidence: Text | None = Field(default=None, description="What shows afterwards that it was done")
    required: bool = Field(default=True, description="Whether a gate waits for it")
    deadline: DeadlineText | None = Field(
        default=None, description="Done by then, relative to the planned start: -60min, -14wd, +1d"
    )
    when: Condition | None = Field(default=None, description="Applies only to such meetings")
    unless: Condition | None = Field(default=None, description="Does not apply to such meetings")
    check: Automatic | None = Field(default=None, description="Measured by a probe")
    record: Record | None = Field(
        default=None, description="Recorded by a person; without check and record it is confirmed"
    )
    stamped_by: StampName | None = Field(
        default=None,
        description="Answered by the meeting's own stamp: its start, its end, or a head count; the first count answers"
        " the first step that waits for one, the second count the second",
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.check and self.record:
            raise fault("handbook.check_and_record", "a step is measured or recorded, not both", at=("record",))
        if self.stamped_by and (self.check or self.record):
            raise fault("handbook.stamped_not_confirmed", "a stamp confirms a step", at=("stamped_by",))
        return self

    @property
    def conditional(self) -> bool:
        """Whether it hangs on the meeting."""
        return self.when is not None or self.unless is not None

    def applies(self, facts: Facts) -> bool:
        """Whether it belongs to the run of such a meeting."""
        return (self.when is None or self.when.holds(facts)) and (self.unless is None or not self.unless.holds(facts))

    @property
    def sounds(self) -> bool:
        """Whether a microphone or a loudspeaker of this machine is used for it."""
        if self.record is not None:
            return self.record.plays is not None
        return self.check is not None and self.check.instrument == "sound"

    @property
    def standard(self) -> str | None:
        """The id of the standard its readings are judged by."""
        return self.check.standard if self.check else self.record.standard if self.record else None


class Gate(Closed):
    """A named point after a phase where someone decides: ready or not."""

    id: Identifier = Field(description="Short name, unique in the procedure: go-no-go")
    title: Text = Field(description="What is decided (keputusan)")
    deadline: DeadlineText | None = Field(default=None, description="Decided by then, relative to the planned start")
    executors: tuple[Identifier, ...] = Field(
        default=(), description="Who decides: ids out of `executors`; without it whoever did the step before"
    )
    waits_for: tuple[Identifier, ...] | None = Field(
        default=None,
        min_length=1,
        description="Ids of the phases whose required steps it waits for; without it all since the decision before",
    )


class Phase(Closed):
    """A stretch of the procedure, with the gate that may end it."""

    id: Identifier = Field(description="Short name, unique in the procedure: preflight")
    title: Text = Field(description="Heading of the phase")
    steps: tuple[Step, ...] = Field(min_length=1, description="Activities in the order they are done")
    gate: Gate | None = Field(default=None, description="The decision that ends the phase")


class Reasons(Closed):
    """The office's usual reasons, one key away where one is asked for. Without them the program's own are offered."""

    skipped: tuple[Text, ...] = Field(default=(), max_length=9, description="Why a step is left out")
    failed: tuple[Text, ...] = Field(default=(), max_length=9, description="Why a step did not work")
    overridden: tuple[Text, ...] = Field(default=(), max_length=9, description="Why a room is READY WITH A NOTE")
    refused: tuple[Text, ...] = Field(default=(), max_length=9, description="Why somebody decides NOT READY")


class Procedure(Closed):
    """A whole SOP."""

    id: Identifier = Field(description="Unique name; the office's file of the same id overrides the shipped one")
    version: str = Field(min_length=1, description="Free text, in quotes; a run freezes the version it started with")
    title: Text = Field(description="Judul SOP")
    purpose: Text | None = Field(default=None, description="Tujuan")
    counts_from: Literal["meeting", "start", "month"] = Field(
        default="meeting",
        description="What deadlines count from: the meeting's planned start, the start of the run, or the first day"
        " of the month in which the run starts; a run without a meeting lasts a day, or that month",
    )
    cover: Cover = Field(default=Cover(), description="Identitas SOP, as PermenPANRB 35/2012 asks for it")
    executors: tuple[Executor, ...] = Field(min_length=1, description="Pelaksana: one column each in the table")
    phases: tuple[Phase, ...] = Field(min_length=1, description="Stretches of the procedure, in order")
    reasons: Reasons = Field(default=Reasons(), description="Alasan yang lazim, at most nine of each kind")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        raise_faults(self._faults())
        return self

    def _faults(self) -> Iterator[PydanticCustomError]:
        yield from _repeats([(("executors", place), one.id) for place, one in enumerate(self.executors)])
        yield from _repeats([(("phases", place), one.id) for place, one in enumerate(self.phases)])
        yield from _repeats([(at, step.id) for at, step in self.places()])
        yield from _repeats(
            [(("phases", place, "gate"), one.gate.id) for place, one in enumerate(self.phases) if one.gate]
        )
        known = {one.id for one in self.executors}
        found = [(at, one.executors) for at, one in self.places()]
        gates = [(place, one.gate) for place, one in enumerate(self.phases) if one.gate]
        found += [(("phases", place, "gate"), one.executors) for place, one in gates]
        for at, executors in found:
            for column, name in enumerate(executors):
                if name not in known:
                    yield fault(
                        "handbook.unknown_executor",
                        "the executor '{value}' is not listed",
                        at=(*at, "executors", column),
                        value=name,
                        known=", ".join(sorted(known)),
                    )
        yield from self._waiting_faults()

    def _waiting_faults(self) -> Iterator[PydanticCustomError]:
        """Yield the phases that a decision waits for and that are not there, or come only after it."""
        names = [one.id for one in self.phases]
        for place, phase in enumerate(self.phases):
            for column, name in enumerate((phase.gate.waits_for if phase.gate else None) or ()):
                at = ("phases", place, "gate", "waits_for", column)
                if name not in names:
                    known = ", ".join(names[: place + 1])
                    yield fault("handbook.unknown_phase", "no phase '{value}'", at=at, value=name, known=known)
                elif names.index(name) > place:
                    yield fault("handbook.later_phase", "'{value}' comes later", at=at, value=name)

    def steps(self, facts: Facts | None = None) -> Iterator[Step]:
        """Yield the steps in order; with facts only those that apply."""
        for phase in self.phases:
            for step in phase.steps:
                if facts is None or step.applies(facts):
                    yield step

    def step(self, step_id: str) -> Step | None:
        """Return the step of that id."""
        return next((one for one in self.steps() if one.id == step_id), None)

    def phases_before(self, gate_id: str) -> list[Phase]:
        """Return the phases that a gate looks back on: those it names, else all up to it since the gate before."""
        held: list[Phase] = []
        for place, phase in enumerate(self.phases):
            held.append(phase)
            if phase.gate is None:
                continue
            if phase.gate.id == gate_id:
                named = phase.gate.waits_for
                return held if named is None else [one for one in self.phases[: place + 1] if one.id in named]
            held = []
        return []

    def steps_before(self, gate_id: str, facts: Facts) -> Iterator[Step]:
        """Yield the applying steps that a gate looks back on."""
        for phase in self.phases_before(gate_id):
            yield from (one for one in phase.steps if one.applies(facts))

    def unawaited(self, gate_id: str) -> list[Phase]:
        """Return the phases before a gate that neither it nor any other gate waits for: another desk's work."""
        gates = [one.gate.id for one in self.phases if one.gate]
        awaited = {one.id for gate in gates for one in self.phases_before(gate)}
        place = next((at for at, one in enumerate(self.phases) if one.gate and one.gate.id == gate_id), 0)
        return [one for one in self.phases[:place] if one.id not in awaited]

    def places(self) -> Iterator[tuple[tuple[str | int, ...], Step]]:
        """Yield every step with the path to it inside the document."""
        for number, phase in enumerate(self.phases):
            for place, step in enumerate(phase.steps):
                yield ("phases", number, "steps", place), step


def _repeats(found: list[tuple[tuple[str | int, ...], str]]) -> Iterator[PydanticCustomError]:
    for place in repeated([name for _at, name in found]):
        at, name = found[place]
        yield fault("handbook.duplicate_id", "duplicate id '{id}'", at=(*at, "id"), id=name)
