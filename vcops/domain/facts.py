"""What findings are drawn from: the readings of one check by metric, and which of them a rule has explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vcops.domain.checks import JudgedReading
from vcops.domain.metrics import METRICS, Instrument
from vcops.domain.needs import Needs
from vcops.domain.readings import Reading
from vcops.domain.standards import ResolvedStandard, Standard
from vcops.domain.uncertainty import limits, says_nothing
from vcops.domain.verdicts import Verdict
from vcops.errors import Param

__all__ = ["NEVER_SURER", "WRITTEN", "Facts", "Finding", "for_whom", "weighed"]

WRITTEN = ("http-written-bytes", "iperf3-sent-bytes")
"""How an upload is measured where the system does not tell what arrived."""
_BY_NATURE = ("speedtest-whole-phase",)
"""How an instrument measures that counts its slow start and rounds by its threads."""
NEVER_SURER = (*WRITTEN, *_BY_NATURE)
"""No longer measurement makes these surer."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause. The code with what fills its sentence; `verdict` tells how bad it is, PASS that all is well."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    verdict: Verdict = Verdict.WARN


@dataclass(slots=True)
class Facts:
    """The readings by metric. A metric that a rule has explained is not told a second time."""

    judged: Mapping[str, JudgedReading]
    standard: Standard | None
    explained: set[str] = field(default_factory=set)

    @property
    def needs(self) -> Needs | None:
        """What the link is to carry, where the standard was reckoned for it."""
        return self.standard.needs if isinstance(self.standard, ResolvedStandard) else None

    def reading(self, metric: str) -> Reading | None:
        """Return a reading that has a value."""
        one = self.judged.get(metric)
        return one.reading if one and one.reading.value is not None else None

    def number(self, metric: str) -> float | None:
        """Return a reading's value as a number."""
        found = self.reading(metric)
        return None if found is None or found.value is None else float(found.value)

    def bad(self, metric: str) -> Verdict | None:
        """Return WARN or FAIL where a bound is not met."""
        one = self.judged.get(metric)
        return one.verdict if one and one.verdict in (Verdict.WARN, Verdict.FAIL) else None

    def limits(self, metric: str) -> tuple[float | None, float | None]:
        """Return the numbers of `pass` and `warn`."""
        return limits(self.standard, metric)

    def explain(self, *metrics: str) -> None:
        """Say that a finding covers these."""
        self.explained |= set(metrics)

    def said(self, metric: str) -> dict[str, Param]:
        """Return what a sentence on one reading needs."""
        one = self.judged[metric]
        value = one.reading.value
        shown: Param = ("yes" if value else "no") if METRICS[metric].yes_no else value
        return {"metric": metric, "value": shown, "bound": one.pass_text, "subject": one.reading.subject}

    def remaining(self) -> Iterator[Finding]:
        """Yield the bounds that are not met and that no rule explained."""
        for metric, one in self.judged.items():
            verdict = self.bad(metric)
            if verdict and metric not in self.explained:
                yield Finding("finding.not_met", self.said(metric), weighed(one, verdict))

    def uncertain(self) -> Iterator[Finding]:
        """Yield the required readings that no verdict can be given on, and why; those nobody read together."""
        unread: list[str] = []
        for metric, one in self.judged.items():
            if not one.required or one.verdict is not Verdict.UNMEASURED or metric in self.explained:
                continue
            reading, said = one.reading, self.said(metric)
            if reading.value is None and reading.note in (None, "not_measured"):
                unread.append(metric)
            elif reading.value is None:
                yield Finding("finding.not_measured", said | {"note": reading.note}, Verdict.UNMEASURED)
            elif reading.partial:
                yield Finding("finding.cut_short", said, Verdict.UNMEASURED)
            elif reading.low is not None and reading.high is not None:
                more: dict[str, Param] = {"low": reading.low, "high": reading.high, "edge": self.edge(reading)}
                vague = says_nothing(reading, self.limits(metric))
                yield Finding(_why_uncertain(reading.how, vague=vague), said | more, Verdict.UNMEASURED)
        if unread:
            yield Finding("finding.not_read", {"metrics": ",".join(unread)}, Verdict.UNMEASURED)

    def edge(self, reading: Reading) -> float | None:
        """Return the bound that lies within a reading's interval: which of the two is in doubt."""
        low, high = reading.low or 0.0, reading.high or 0.0
        return next((one for one in self.limits(reading.metric) if one is not None and low <= one <= high), None)

    def holds(self, instrument: Instrument) -> Iterator[Finding]:
        """Yield what all of it is good for."""
        needs = self.needs
        if needs is not None and instrument == "connection":
            seen = self.number("loss_pct") is not None
            yield Finding("finding.holds_for" if seen else "finding.holds_unseen", for_whom(needs), Verdict.PASS)
        elif self.standard is not None:
            yield Finding("finding.holds", {"standard": self.standard.id}, Verdict.PASS)


def _why_uncertain(how: str, *, vague: bool) -> str:
    """Return the finding that says what would make a reading surer; of a vague one its interval is not told."""
    if vague:
        return "finding.too_uneven"
    if how in WRITTEN:
        return "finding.written_bytes"
    return "finding.rough_instrument" if how in _BY_NATURE else "finding.not_certain"


def weighed(one: JudgedReading, verdict: Verdict) -> Verdict:
    """An optional part never makes a check fail, so what it finds is not told as if it did."""
    return verdict if one.required else Verdict.WARN


def for_whom(needs: Needs) -> dict[str, Param]:
    """Return for whom a link is to hold, as a sentence needs it."""
    return {"quality": needs.quality, "participants": needs.participants, "platform": needs.platform}
