"""A check: what is asked of a probe, what it tells while it works, and what it came to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from vcops.domain.metrics import METRICS
from vcops.domain.pictures import CheckPicture
from vcops.domain.readings import Reading
from vcops.domain.standards import bound_text, judge, judge_all
from vcops.domain.verdicts import Verdict

if TYPE_CHECKING:
    from vcops.domain.evidence import Keeping, Picture
    from vcops.domain.metrics import Instrument
    from vcops.domain.pictures import Preview
    from vcops.domain.room_cameras import RoomCamera
    from vcops.domain.standards import Requirement, Standard
    from vcops.errors import Param

__all__ = [
    "CheckDone", "CheckEvent", "CheckFailed", "CheckLeft", "CheckProgress", "CheckReading", "CheckRemark",
    "CheckRequest", "CheckResult", "Ending", "JudgedReading", "PassedOver", "conclude", "judged", "judged_again",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """What to measure, and against which standard. An empty text or None leaves the choice to the check.

    `source` (a camera's index, device path, file or URL) and `server` may hold a password: never print them as they
    are. A `server` that was asked for is the only one tried; otherwise `room_server` is, then the machine's, then
    the office's. Each says in front of its address what kind it is; `via`, `profile` and `upload_url` win over that.
    `seconds` bounds the measuring itself, `max_mb` the megabytes (10^6 bytes) that the transfers of a connection check
    may move, both ways and on all the servers it tries together. `quality` and `participants` say what the link is to
    carry on `platform`; `interface` is the name or the source address that every packet leaves by: without one the
    backup `link` takes the machine's own setting. Of a room's several `cameras` each is measured where no `source` is
    named; `camera` is the name of the one that is measured, which its readings keep. A picture goes to the file
    `snapshot`; with `snapshot_if` "empty-room" only where nobody is seen on it. With a `preview` a camera's check tells
    small pictures too, as large and as often as it says; it may be changed meanwhile.
    """

    instrument: Instrument
    standard_id: str | None = None
    source: str = ""
    cameras: tuple[RoomCamera, ...] = ()
    camera: str = ""
    snapshot: str = ""
    snapshot_if: Keeping = "always"
    via: str = ""
    server: str = ""
    room_server: str = ""
    profile: str = ""
    upload_url: str = ""
    platform: str = ""
    quality: str = ""
    participants: int | None = None
    stun: str = ""
    reflector: str = ""
    interface: str = ""
    link: Literal["main", "backup"] = "main"
    microphone: str = ""
    speaker: str = ""
    seconds: float | None = None
    max_mb: float | None = None
    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class JudgedReading:
    """A reading held against its bound. `verdict` is None where the standard does not speak of the metric."""

    reading: Reading
    verdict: Verdict | None = None
    required: bool = False
    pass_text: str | None = None
    warn_text: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the reading as the command line's public shape has it."""
        reading = self.reading
        shown = {
            "metric": reading.metric,
            "value": reading.value,
            "unit": reading.unit,
            "verdict": self.verdict.value if self.verdict else None,
            "required": self.required,
            "pass": self.pass_text,
            "warn": self.warn_text,
            "low": reading.low,
            "high": reading.high,
            "samples": reading.samples,
            "partial": reading.partial,
            "instrument": reading.instrument,
            "how": reading.how,
            "at": reading.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "note": reading.note,
            "subject": reading.subject,
        }
        if METRICS[reading.metric].instrument == "connection":
            shown["bytes_mb"] = reading.bytes_mb
        return shown


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """How far it is. `fraction` is 0 to 1, None where nobody can tell; `code` names what is being done."""

    fraction: float | None
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckRemark:
    """What a person should know before it starts, such as a link that cannot be chosen. The code has its sentence."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckReading:
    """One reading, judged. A later one of the same metric takes the place of an earlier one."""

    judged: JudgedReading

    @property
    def reading(self) -> Reading:
        """What was measured."""
        return self.judged.reading

    @property
    def verdict(self) -> Verdict | None:
        """What it is worth."""
        return self.judged.verdict


@dataclass(frozen=True, slots=True)
class CheckFailed:
    """It could not be measured, or not to the end. The code has its sentence among the errors."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def as_note(self) -> str:
        """Return it as the one line that an attempt keeps: the code, and what fills its sentence as JSON."""
        return f"{self.code} {json.dumps(dict(self.params), ensure_ascii=False)}" if self.params else self.code

    @classmethod
    def from_note(cls, text: str) -> CheckFailed:
        """Read what `as_note` wrote. A text that is something else becomes a code of its own."""
        code, _blank, params = text.partition(" ")
        try:
            found = json.loads(params) if params else {}
        except ValueError:
            return cls(text)
        return cls(code, found) if isinstance(found, dict) else cls(text)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A server that was tried and left for another: `source` fit to be shown, and why it was left."""

    source: str
    why: CheckFailed

    def as_json(self) -> dict[str, str]:
        """Return what an attempt keeps of it."""
        return {"source": self.source, "why": self.why.as_note()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> PassedOver:
        """Read what `as_json` wrote."""
        return cls(str(kept.get("source", "")), CheckFailed.from_note(str(kept.get("why", ""))))


@dataclass(frozen=True, slots=True)
class CheckLeft:
    """A server was left, and `following` is tried: what was read of the one before need not be what counts."""

    passed_over: PassedOver
    following: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check came to. `source` is fit to be shown: passwords are taken out. `seconds` is how long it took.

    The figures are those of `source`; `passed_over` are the servers that were tried as well and did not give them.
    """

    check: Instrument
    source: str
    standard_id: str | None
    verdict: Verdict
    readings: tuple[JudgedReading, ...] = ()
    error: CheckFailed | None = None
    seconds: float = 0.0
    standard: Standard | None = None
    """The standard itself, with its numbers, for who explains the readings."""
    passed_over: tuple[PassedOver, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """What was kept as evidence."""

    @property
    def unclear(self) -> bool:
        """Whether everything required was read, and it is only not certain what it comes to."""
        required = [one for one in self.readings if one.required]
        return self.error is None and bool(required) and all(one.reading.value is not None for one in required)

    @property
    def stopped(self) -> bool:
        """Whether a person ended it before it was through: it is kept, and counts for no step."""
        return self.error is not None and self.error.code == "probe.cancelled"

    @property
    def begun(self) -> bool:
        """Whether anything was begun: what a person stopped while it waited for its turn leaves nothing to keep."""
        return not self.stopped or bool(self.source) or any(one.reading.value is not None for one in self.readings)

    @classmethod
    def unmeasured(
        cls, request: CheckRequest, standard: Standard | None, error: CheckFailed, at: datetime
    ) -> CheckResult:
        """Return the result of a check that could not even begin."""
        return conclude(request, standard, (), Ending(source="", at=at, seconds=0.0, error=error))

    def as_json(
        self,
        error: Mapping[str, str] | None = None,
        findings: Iterable[Mapping[str, str]] = (),
        passed_over: Iterable[Mapping[str, str]] = (),
    ) -> dict[str, Any]:
        """Return the public shape. A face passes the last three in words; without, an error's code is told."""
        if error is None and self.error is not None:
            error = {"code": self.error.code}
        return {
            "check": self.check,
            "source": self.source,
            "standard": self.standard_id,
            "verdict": self.verdict.value,
            "passed_over": [dict(one) for one in passed_over],
            "findings": [dict(one) for one in findings],
            "readings": [one.as_json() for one in self.readings],
            "error": None if error is None else dict(error),
            "seconds": round(self.seconds, 1),
        }


@dataclass(frozen=True, slots=True)
class CheckDone:
    """The last event of every check, also of one that failed."""

    result: CheckResult


CheckEvent = CheckRemark | CheckProgress | CheckLeft | CheckReading | CheckPicture | CheckFailed | CheckDone


def judged(reading: Reading, standard: Standard | None) -> JudgedReading:
    """Hold one reading against the standard's requirement over its metric, where there is one."""
    requirement = standard.requirement(reading.metric) if standard else None
    return JudgedReading(reading) if requirement is None else _held(requirement, reading)


def judged_again(readings: Iterable[Reading], standard: Standard | None) -> list[JudgedReading]:
    """Hold the readings of an attempt against the standard it was made by. A partial one is uncertain."""
    return [_uncertain(judged(one, standard)) if one.partial else judged(one, standard) for one in readings]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a check ended: when, after how long, on which source (fit to be shown), what went wrong, what was left."""

    source: str
    at: datetime
    seconds: float
    error: CheckFailed | None = None
    passed_over: tuple[PassedOver, ...] = ()


def conclude(
    request: CheckRequest, standard: Standard | None, readings: Iterable[Reading], ending: Ending
) -> CheckResult:
    """Judge a whole check.

    A partial reading keeps its value and is UNMEASURED, and a check with an error is never better than that.
    A requirement whose metric was not read appears with an empty value and the note `not_measured`. Without a
    standard nothing is judged: the whole is UNMEASURED.
    """
    found = {one.metric: one for one in readings}
    whole = {name: one for name, one in found.items() if not one.partial}
    verdict, missing = Verdict.UNMEASURED, []
    if standard is not None:
        verdict, _parts = judge_all(standard, whole)
        missing = [one for one in standard.requirements if one.metric not in found]
    if ending.error is not None and verdict.good:
        verdict = Verdict.UNMEASURED
    held = judged_again(found.values(), standard)
    held += [
        _held(one, Reading(one.metric, None, ending.at, note="not_measured", subject=request.camera)) for one in missing
    ]
    order = list(METRICS)
    held.sort(key=lambda one: order.index(one.reading.metric))
    standard_id = standard.id if standard else request.standard_id
    return CheckResult(
        request.instrument,
        ending.source,
        standard_id,
        verdict,
        tuple(held),
        ending.error,
        ending.seconds,
        standard,
        ending.passed_over,
    )


def _uncertain(one: JudgedReading) -> JudgedReading:
    return replace(one, verdict=None if one.verdict is None else Verdict.UNMEASURED)


def _held(requirement: Requirement, reading: Reading) -> JudgedReading:
    metric = METRICS[requirement.metric]
    warn = None if requirement.warn is None else bound_text(metric, requirement.warn)
    verdict = judge(requirement, reading)
    return JudgedReading(reading, verdict, requirement.counts(reading), bound_text(metric, requirement.pass_), warn)
