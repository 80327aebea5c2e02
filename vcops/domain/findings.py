"""What stands in the way, found in the readings of a check: causes rather than numbers, worst first.

Pure, so that an attempt that was kept explains itself again. `vcops.wording.findings` makes the sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vcops.domain.checks import JudgedReading
from vcops.domain.metrics import METRICS, Instrument
from vcops.domain.needs import Needs
from vcops.domain.readings import Reading
from vcops.domain.standards import ResolvedStandard, Standard
from vcops.domain.verdicts import Verdict, whole
from vcops.errors import Param

__all__ = ["NEVER_SURER", "Finding", "findings"]

WEAK_WIFI_DBM = -70.0
"""Below this a Wi-Fi signal is weak: 802.11 clients commonly roam away at about -70 dBm (proposed)."""
RISE_MS = 100.0
"""A rise of the latency under load that two people talking notice: G.114's 150 ms less an idle 50 ms (proposed)."""
_LEAST_RISE_MS = 1.0
"""Less is no rise at all: it would be told as 0 ms."""
_SHORT = (("upload_mbps", "up"), ("download_mbps", "down"))
_LOSSES = ("loss_pct", "loss_up_pct", "loss_down_pct")
WRITTEN = ("http-written-bytes", "iperf3-sent-bytes")
"""How an upload is measured where the system does not tell what arrived."""
_BY_NATURE = ("speedtest-whole-phase",)
"""How an instrument measures that counts its slow start and rounds by its threads."""
NEVER_SURER = (*WRITTEN, *_BY_NATURE)
"""No longer measurement makes these surer."""
_LOADED = ("latency_loaded_up_ms", "latency_loaded_down_ms")


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause. The code with what fills its sentence; `verdict` tells how bad it is, PASS that all is well."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    verdict: Verdict = Verdict.WARN


def findings(
    instrument: Instrument, readings: Sequence[JudgedReading], standard: Standard | None = None
) -> tuple[Finding, ...]:
    """Return what a check comes to, worst first; among equals what explains the others comes first.

    The last resort is one finding for each bound that is not met. Where everything required is met, one PASS finding
    says what holds. Without readings there is nothing to find.
    """
    facts = _Facts({one.reading.metric: one for one in readings}, standard)
    if not any(one.reading.value is not None for one in readings):
        return ()
    found: list[Finding] = []
    if instrument in ("connection", "platform"):
        for rule in _RULES:
            found += rule(facts)
    found += facts.remaining()
    found += facts.uncertain()
    if whole(one.verdict for one in readings if one.required and one.verdict).good:
        found += facts.holds(instrument)
    return tuple(sorted(found, key=lambda one: -one.verdict.rank))  # sorting is stable: the rules' order stays


@dataclass(slots=True)
class _Facts:
    """The readings by metric. A metric that a rule has explained is not told a second time."""

    judged: Mapping[str, JudgedReading]
    standard: Standard | None
    explained: set[str] = field(default_factory=set)

    @property
    def needs(self) -> Needs | None:
        return self.standard.needs if isinstance(self.standard, ResolvedStandard) else None

    def reading(self, metric: str) -> Reading | None:
        """Return a reading that has a value."""
        one = self.judged.get(metric)
        return one.reading if one and one.reading.value is not None else None

    def number(self, metric: str) -> float | None:
        found = self.reading(metric)
        return None if found is None or found.value is None else float(found.value)

    def bad(self, metric: str) -> Verdict | None:
        """Return WARN or FAIL where a bound is not met."""
        one = self.judged.get(metric)
        return one.verdict if one and one.verdict in (Verdict.WARN, Verdict.FAIL) else None

    def limits(self, metric: str) -> tuple[float | None, float | None]:
        """Return the numbers of `pass` and `warn`."""
        asked = self.standard.requirement(metric) if self.standard else None
        both = (asked.pass_, asked.warn) if asked else (None, None)
        passing, warn = (float(one) if isinstance(one, int | float) else None for one in both)
        return passing, warn

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
                yield Finding("finding.not_met", self.said(metric), _weight(one, verdict))

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
                yield Finding(_why_uncertain(reading.how), said | more, Verdict.UNMEASURED)

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
            yield Finding("finding.holds_for" if seen else "finding.holds_unseen", _for_whom(needs), Verdict.PASS)
        elif self.standard is not None:
            yield Finding("finding.holds", {"standard": self.standard.id}, Verdict.PASS)


def _why_uncertain(how: str) -> str:
    """Return the finding that says what would make a reading surer."""
    if how in WRITTEN:
        return "finding.written_bytes"
    return "finding.rough_instrument" if how in _BY_NATURE else "finding.not_certain"


def _weight(one: JudgedReading, verdict: Verdict) -> Verdict:
    """An optional part never makes a check fail, so what it finds is not told as if it did."""
    return verdict if one.required else Verdict.WARN


def _for_whom(needs: Needs) -> dict[str, Param]:
    return {"quality": needs.quality, "participants": needs.participants, "platform": needs.platform}


def _portal(facts: _Facts) -> Iterator[Finding]:
    found = facts.reading("captive_portal")
    if found and found.value:
        facts.explain("captive_portal", "hosts_reachable_pct", "http_status")
        yield Finding("finding.captive_portal", {"subject": found.subject}, facts.bad("captive_portal") or Verdict.WARN)


def _loss(facts: _Facts) -> Iterator[Finding]:
    """Loss comes before capacity: one lost packet in a hundred ruins any measurement of it over TCP."""
    worst = next((metric for metric in _LOSSES if facts.bad(metric)), None)
    if worst is None:
        return
    facts.explain(*_LOSSES)
    verdict = _weight(facts.judged[worst], facts.bad(worst) or Verdict.WARN)
    params = facts.said(worst) | {"loss": facts.number(worst)}
    up, down = facts.number("loss_up_pct"), facts.number("loss_down_pct")
    if up is not None and down is not None:
        yield Finding("finding.loss_by_way", params | {"up": up, "down": down}, verdict)
    else:
        yield Finding("finding.loss", params, verdict)


def _capacity(facts: _Facts) -> Iterator[Finding]:
    """What is short for the meeting; where packets are lost as well, that is named as the reason."""
    loss = facts.number("loss_pct") if facts.bad("loss_pct") else None
    for metric, way in _SHORT:
        verdict, mbps = facts.bad(metric), facts.number(metric)
        if verdict is None or mbps is None:
            continue
        facts.explain(metric)
        passing, warn = facts.limits(metric)
        params: dict[str, Param] = {"mbps": mbps, "wanted": passing, "needed": passing if warn is None else warn}
        needs = facts.needs
        if needs is not None:
            params |= _for_whom(needs) | {"needed": needs.bound(metric, bare=True)}
        kind = "tight" if verdict is Verdict.WARN else "short"
        if loss is not None:
            kind, params = "by_loss", params | {"loss": loss}
        code = f"finding.{way}_{kind}" + ("_for" if needs is not None and loss is None else "")
        yield Finding(code, params, _weight(facts.judged[metric], verdict))


def _udp(facts: _Facts) -> Iterator[Finding]:
    """Tell that nothing comes back over UDP: from the platform's own servers, or else from those that were named."""
    found, loss = facts.reading("udp_reachable"), facts.judged.get("loss_pct")
    if found and not found.value:
        facts.explain("udp_reachable")
        verdict = facts.bad("udp_reachable")
        weight = _weight(facts.judged["udp_reachable"], verdict) if verdict else Verdict.WARN
        # Where loss was measured packets do come back, only not from the platform's servers.
        yield _blocked(found.subject, facts.needs, weight, everywhere=facts.number("loss_pct") is None)
    elif found is None and loss is not None and loss.reading.note == "udp_blocked":
        yield _blocked(loss.reading.subject, facts.needs, Verdict.WARN)


def _blocked(servers: str, needs: Needs | None, weight: Verdict, *, everywhere: bool = True) -> Finding:
    ports = needs.udp_ports if needs else ""
    params: dict[str, Param] = {"subject": servers, "ports": ports}
    code = "finding.udp_blocked" if everywhere else "finding.udp_silent"
    return Finding(f"{code}_ports" if ports else code, params, weight)


def _hosts(facts: _Facts) -> Iterator[Finding]:
    open_pct = facts.number("hosts_reachable_pct")
    if open_pct is None or open_pct >= 100 or "hosts_reachable_pct" in facts.explained:
        return
    facts.explain("hosts_reachable_pct")
    one = facts.judged["hosts_reachable_pct"]
    weight = _weight(one, facts.bad("hosts_reachable_pct") or Verdict.WARN)
    yield Finding("finding.hosts_blocked", {"subject": one.reading.subject, "open": open_pct}, weight)


def _under_load(facts: _Facts) -> Iterator[Finding]:
    """Tell a queue that fills up: by how much the latency rises while one direction is full.

    Where it does not rise, the bound is missed because the link is slow to answer anyway, which `_latency` tells.
    """
    idle = facts.number("latency_ms")
    for metric in _LOADED:
        loaded, verdict = facts.number(metric), facts.bad(metric)
        if loaded is None or idle is None or (verdict is None and loaded - idle < RISE_MS):
            continue
        if loaded - idle < _LEAST_RISE_MS:
            if facts.bad("latency_ms"):  # which says it all
                facts.explain(metric)
            continue
        facts.explain(metric)
        way = "up" if metric == _LOADED[0] else "down"
        params: dict[str, Param] = {"rise": loaded - idle, "loaded": loaded, "idle": idle}
        weight = _weight(facts.judged[metric], verdict) if verdict else Verdict.WARN
        yield Finding(f"finding.rises_{way}", params, weight)


def _latency(facts: _Facts) -> Iterator[Finding]:
    for metric, code in (("latency_ms", "finding.latency"), ("jitter_ms", "finding.jitter")):
        if verdict := facts.bad(metric):
            facts.explain(metric)
            limit, _warn = facts.limits(metric)
            yield Finding(code, facts.said(metric) | {"limit": limit}, _weight(facts.judged[metric], verdict))


def _wifi(facts: _Facts) -> Iterator[Finding]:
    signal = facts.number("wifi_signal_dbm")
    bad = facts.bad("wifi_signal_dbm")
    if signal is None or (bad is None and signal >= WEAK_WIFI_DBM):
        return
    facts.explain("wifi_signal_dbm", "link_wired")
    weight = _weight(facts.judged["wifi_signal_dbm"], bad) if bad else Verdict.WARN
    yield Finding("finding.wifi_weak", facts.said("wifi_signal_dbm") | {"signal": signal}, weight)


def _proxy(facts: _Facts) -> Iterator[Finding]:
    found = facts.reading("proxy_in_use")
    if found and found.value:
        facts.explain("proxy_in_use")
        weight = _weight(facts.judged["proxy_in_use"], facts.bad("proxy_in_use") or Verdict.WARN)
        yield Finding("finding.proxy", {"subject": found.subject}, weight)


def _clock(facts: _Facts) -> Iterator[Finding]:
    if verdict := facts.bad("clock_offset_s"):
        facts.explain("clock_offset_s")
        offset = facts.number("clock_offset_s") or 0.0
        code = "finding.clock_behind" if offset > 0 else "finding.clock_ahead"
        yield Finding(code, {"seconds": abs(offset)}, _weight(facts.judged["clock_offset_s"], verdict))


def _certificate(facts: _Facts) -> Iterator[Finding]:
    if verdict := facts.bad("tls_days_left"):
        facts.explain("tls_days_left")
        days = facts.number("tls_days_left") or 0.0
        params: dict[str, Param] = {"days": abs(days), "subject": facts.judged["tls_days_left"].reading.subject}
        code = "finding.certificate_ends" if days >= 0 else "finding.certificate_ended"
        yield Finding(code, params, _weight(facts.judged["tls_days_left"], verdict))


_RULES: tuple[Callable[[_Facts], Iterator[Finding]], ...] = (
    _portal, _loss, _capacity, _hosts, _udp, _under_load, _latency, _wifi, _proxy, _clock, _certificate,
)  # fmt: skip
"""In the order in which one thing explains the next."""
