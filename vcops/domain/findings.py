"""What stands in the way, found in the readings of a check: causes rather than numbers, worst first.

Pure, so that an attempt that was kept explains itself again. `vcops.wording.findings` makes the sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from vcops.domain.camera_findings import CAMERA_RULES
from vcops.domain.checks import JudgedReading
from vcops.domain.facts import NEVER_SURER, Facts, Finding, for_whom, weighed
from vcops.domain.metrics import Instrument
from vcops.domain.needs import Needs
from vcops.domain.sound_findings import SOUND_RULES
from vcops.domain.standards import Standard
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
_LOADED = ("latency_loaded_up_ms", "latency_loaded_down_ms")


def findings(
    instrument: Instrument, readings: Sequence[JudgedReading], standard: Standard | None = None
) -> tuple[Finding, ...]:
    """Return what a check comes to, worst first; among equals what explains the others comes first.

    The last resort is one finding for each bound that is not met. Where everything required is met, one PASS finding
    says what holds. Without readings there is nothing to find.
    """
    found: list[Finding] = []
    for name, part in _parts(instrument, readings):
        told = _of_one(instrument, part, standard)
        found += [replace(one, params={**one.params, "camera": name}) for one in told] if name else told
    return tuple(sorted(found, key=lambda one: -one.verdict.rank))  # sorting is stable: the rules' order stays


def _parts(instrument: Instrument, readings: Sequence[JudgedReading]) -> Iterable[tuple[str, list[JudgedReading]]]:
    """Return what is explained by itself: all of it, or of several cameras each, with the camera's name."""
    if instrument != "camera" or len({one.reading.subject for one in readings}) < 2:
        return [("", list(readings))]
    parts: dict[str, list[JudgedReading]] = {}
    for one in readings:
        parts.setdefault(one.reading.subject, []).append(one)
    return parts.items()


def _of_one(instrument: Instrument, readings: Sequence[JudgedReading], standard: Standard | None) -> list[Finding]:
    facts = Facts({one.reading.metric: one for one in readings}, standard)
    if not any(one.reading.value is not None for one in readings):
        return []
    found: list[Finding] = []
    for rule in _RULES.get(instrument, ()):
        found += rule(facts)
    found += facts.remaining()
    found += facts.uncertain()
    if whole(one.verdict for one in readings if one.required and one.verdict).good:
        found += facts.holds(instrument)
    return found


def _portal(facts: Facts) -> Iterator[Finding]:
    found = facts.reading("captive_portal")
    if found and found.value:
        facts.explain("captive_portal", "hosts_reachable_pct", "http_status")
        yield Finding("finding.captive_portal", {"subject": found.subject}, facts.bad("captive_portal") or Verdict.WARN)


def _loss(facts: Facts) -> Iterator[Finding]:
    """Loss comes before capacity: one lost packet in a hundred ruins any measurement of it over TCP."""
    worst = next((metric for metric in _LOSSES if facts.bad(metric)), None)
    if worst is None:
        return
    facts.explain(*_LOSSES)
    verdict = weighed(facts.judged[worst], facts.bad(worst) or Verdict.WARN)
    params = facts.said(worst) | {"loss": facts.number(worst)}
    up, down = facts.number("loss_up_pct"), facts.number("loss_down_pct")
    if up is not None and down is not None:
        yield Finding("finding.loss_by_way", params | {"up": up, "down": down}, verdict)
    else:
        yield Finding("finding.loss", params, verdict)


def _capacity(facts: Facts) -> Iterator[Finding]:
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
            params |= for_whom(needs) | {"needed": needs.bound(metric, bare=True)}
        kind = "tight" if verdict is Verdict.WARN else "short"
        if loss is not None:
            kind, params = "by_loss", params | {"loss": loss}
        code = f"finding.{way}_{kind}" + ("_for" if needs is not None and loss is None else "")
        yield Finding(code, params, weighed(facts.judged[metric], verdict))


def _udp(facts: Facts) -> Iterator[Finding]:
    """Tell that nothing comes back over UDP: from the platform's own servers, or else from those that were named."""
    found, loss = facts.reading("udp_reachable"), facts.judged.get("loss_pct")
    if found and not found.value:
        facts.explain("udp_reachable")
        verdict = facts.bad("udp_reachable")
        weight = weighed(facts.judged["udp_reachable"], verdict) if verdict else Verdict.WARN
        # Where loss was measured packets do come back, only not from the platform's servers.
        yield _blocked(found.subject, facts.needs, weight, everywhere=facts.number("loss_pct") is None)
    elif found is None and loss is not None and loss.reading.note == "udp_blocked":
        yield _blocked(loss.reading.subject, facts.needs, Verdict.WARN)


def _blocked(servers: str, needs: Needs | None, weight: Verdict, *, everywhere: bool = True) -> Finding:
    ports = needs.udp_ports if needs else ""
    params: dict[str, Param] = {"subject": servers, "ports": ports}
    code = "finding.udp_blocked" if everywhere else "finding.udp_silent"
    return Finding(f"{code}_ports" if ports else code, params, weight)


def _hosts(facts: Facts) -> Iterator[Finding]:
    open_pct = facts.number("hosts_reachable_pct")
    if open_pct is None or open_pct >= 100 or "hosts_reachable_pct" in facts.explained:
        return
    facts.explain("hosts_reachable_pct")
    one = facts.judged["hosts_reachable_pct"]
    weight = weighed(one, facts.bad("hosts_reachable_pct") or Verdict.WARN)
    yield Finding("finding.hosts_blocked", {"subject": one.reading.subject, "open": open_pct}, weight)


def _under_load(facts: Facts) -> Iterator[Finding]:
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
        weight = weighed(facts.judged[metric], verdict) if verdict else Verdict.WARN
        yield Finding(f"finding.rises_{way}", params, weight)


def _latency(facts: Facts) -> Iterator[Finding]:
    for metric, code in (("latency_ms", "finding.latency"), ("jitter_ms", "finding.jitter")):
        if verdict := facts.bad(metric):
            facts.explain(metric)
            limit, _warn = facts.limits(metric)
            yield Finding(code, facts.said(metric) | {"limit": limit}, weighed(facts.judged[metric], verdict))


def _wifi(facts: Facts) -> Iterator[Finding]:
    signal = facts.number("wifi_signal_dbm")
    bad = facts.bad("wifi_signal_dbm")
    if signal is None or (bad is None and signal >= WEAK_WIFI_DBM):
        return
    facts.explain("wifi_signal_dbm", "link_wired")
    weight = weighed(facts.judged["wifi_signal_dbm"], bad) if bad else Verdict.WARN
    yield Finding("finding.wifi_weak", facts.said("wifi_signal_dbm") | {"signal": signal}, weight)


def _proxy(facts: Facts) -> Iterator[Finding]:
    found = facts.reading("proxy_in_use")
    if found and found.value:
        facts.explain("proxy_in_use")
        weight = weighed(facts.judged["proxy_in_use"], facts.bad("proxy_in_use") or Verdict.WARN)
        yield Finding("finding.proxy", {"subject": found.subject}, weight)


def _clock(facts: Facts) -> Iterator[Finding]:
    if verdict := facts.bad("clock_offset_s"):
        facts.explain("clock_offset_s")
        offset = facts.number("clock_offset_s") or 0.0
        code = "finding.clock_behind" if offset > 0 else "finding.clock_ahead"
        yield Finding(code, {"seconds": abs(offset)}, weighed(facts.judged["clock_offset_s"], verdict))


def _certificate(facts: Facts) -> Iterator[Finding]:
    if verdict := facts.bad("tls_days_left"):
        facts.explain("tls_days_left")
        days = facts.number("tls_days_left") or 0.0
        params: dict[str, Param] = {"days": abs(days), "subject": facts.judged["tls_days_left"].reading.subject}
        code = "finding.certificate_ends" if days >= 0 else "finding.certificate_ended"
        yield Finding(code, params, weighed(facts.judged["tls_days_left"], verdict))


_LINK_RULES: Sequence[Callable[[Facts], Iterator[Finding]]] = (
    _portal, _loss, _capacity, _hosts, _udp, _under_load, _latency, _wifi, _proxy, _clock, _certificate,
)  # fmt: skip
"""In the order in which one thing explains the next."""
_RULES: Mapping[str, Sequence[Callable[[Facts], Iterator[Finding]]]] = {
    "connection": _LINK_RULES, "platform": _LINK_RULES, "sound": SOUND_RULES, "camera": CAMERA_RULES,
}  # fmt: skip
