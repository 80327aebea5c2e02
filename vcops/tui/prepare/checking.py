"""A check under way: what it has told so far. It lives with the place, so it goes on while one is elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from textual.message import Message

from vcops.domain.checks import (
    CheckDone,
    CheckEvent,
    CheckFailed,
    CheckLeft,
    CheckProgress,
    CheckReading,
    CheckResult,
    JudgedReading,
    PassedOver,
)
from vcops.domain.metrics import METRICS
from vcops.domain.pictures import CheckPicture
from vcops.errors import Param
from vcops.tui.prepare.sight import Sight

__all__ = ["CheckEnded", "CheckTold", "RunningCheck", "Sample"]


@dataclass(frozen=True, slots=True)
class Sample:
    """What a connection check told at one moment: what it was doing, and the figures of just then."""

    phase: str
    """The progress code: `connection.download`."""
    mbps: float | None
    latency_ms: float | None


@dataclass(slots=True)
class RunningCheck:
    """One check of one step, and what is known of it now."""

    run_id: str
    step_id: str
    began_at: datetime | None = None
    by: str = ""
    waiting: bool = False
    """Until nothing that it would disturb runs any more."""
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    fraction: float | None = None
    code: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)
    found: dict[str, JudgedReading] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    """The servers that were left before the one that is measured now."""
    failed: CheckFailed | None = None
    result: CheckResult | None = None
    stored: bool = False
    room_id: str | None = None
    allowed: str = ""
    """The code of what would hinder it, where a person has said that it does not."""
    sight: Sight | None = None
    """What its camera sees; None where it has none."""

    def take(self, event: CheckEvent) -> None:
        """Note what was told."""
        match event:
            case CheckProgress(fraction, code, params):
                self.fraction, self.code, self.params = fraction, code, params
                self._sample()
            case CheckLeft(left):
                self.passed_over.append(left)
                self.samples.clear()
                self.found.clear()
            case CheckReading(one):
                self.found[one.reading.metric] = one
            case CheckPicture() if self.sight is not None:
                self.sight.take(event)
            case CheckFailed():
                self.failed = event
            case CheckDone(result):
                self.result = result

    def _sample(self) -> None:
        """Keep what can be plotted; another camera begins anew."""
        if self.code == "check.next_camera":
            self.found.clear()
        mbps, latency = _figure(self.params.get("mbps")), _figure(self.params.get("latency_ms"))
        if mbps is not None or latency is not None:
            self.samples.append(Sample(self.code, mbps, latency))

    @property
    def readings(self) -> list[JudgedReading]:
        """What was read so far, in the registry's order."""
        return [self.found[name] for name in METRICS if name in self.found]

    @property
    def stopped(self) -> bool:
        """Whether a person ended it."""
        return self.stop.is_set()

    @property
    def cut_short(self) -> bool:
        """Whether a person ended it before it was through."""
        return self.stopped and (self.result is None or self.result.error is not None)

    @property
    def worth_keeping(self) -> bool:
        """Whether there is something to store: all that came to its end, and of a stopped one what was read."""
        if self.result is None or not self.cut_short:
            return self.result is not None
        # Not by what is on the screen: another camera, or another server, begins anew there.
        return any(one.reading.value is not None for one in self.result.readings)


def _figure(value: Param) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


class CheckTold(Message):
    """A check told something new."""

    def __init__(self, check: RunningCheck) -> None:
        super().__init__()
        self.check = check


class CheckEnded(CheckTold):
    """A check is over; its result, where it has one, is stored. `title` is its step's."""

    def __init__(self, check: RunningCheck, title: str) -> None:
        super().__init__(check)
        self.title = title
