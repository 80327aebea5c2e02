"""The readings of the idle phase: latency, jitter, loss, each way where a reflector tells, and speech's quality."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import Any, Protocol

from vcops.domain.intervals import loss_interval
from vcops.domain.speech import mos, r_factor
from vcops.probes.connection.echoes import Directions, Echo, count_lost, jitter_ms, median_ms
from vcops.probes.connection.session import Pings
from vcops.probes.connection.udp import Pinger

__all__ = ["tell_http", "tell_no_loss", "tell_udp"]

_FEWEST = 3


class _Tell(Protocol):
    def __call__(self, metric: str, value: float | None, **details: Any) -> None: ...


def tell_http(tell: _Tell, pings: Pings, trips: Sequence[float], *, also_latency: bool) -> None:
    """Tell the median of small requests, as latency and with its jitter too where UDP says nothing."""
    if len(trips) < _FEWEST:
        return
    who = {"instrument": pings.instrument, "subject": pings.subject, "samples": len(trips)}
    for metric in ("http_latency_ms", *(["latency_ms"] if also_latency else [])):
        tell(metric, median(trips), how="http-round-trip-median", **who)
    if also_latency:
        jitter = fmean(abs(one - other) for one, other in pairwise(trips))
        tell("jitter_ms", jitter, how="round-trip-mean-difference", **who)


def tell_no_loss(tell: _Tell, note: str, servers: Sequence[str], *, latency: bool) -> None:
    """Say that packets could not be counted, and, without `latency` over HTTP, not be timed either."""
    for metric in ("loss_pct", *([] if latency else ["latency_ms", "jitter_ms"])):
        tell(metric, None, note=note, subject=", ".join(servers))


def tell_udp(tell: _Tell, pinger: Pinger, stretches: Sequence[Sequence[Echo]]) -> None:
    """Tell what single packets show. `stretches` are the times measured, each for itself."""
    echoes = [echo for stretch in stretches for echo in stretch]
    if not echoes:
        return
    lost, sent = count_lost(echoes), len(echoes)
    who = {"instrument": pinger.instrument, "subject": pinger.server}
    trip, jitter = median_ms(echoes), jitter_ms(echoes)
    tell("latency_ms", trip, how="udp-round-trip-median", samples=sent - lost, **who)
    tell("jitter_ms", jitter, how="round-trip-mean-difference", samples=sent - lost, **who)
    _tell_loss(tell, "loss_pct", lost, sent, how="udp-unanswered", **who)
    if trip is not None and jitter is not None:
        # From mouth to ear: half the round trip, and the round trips' jitter as what a receiver holds back.
        factor = r_factor(trip / 2 + jitter, 100 * lost / sent)
        tell("r_factor", factor, how="e-model", samples=sent, **who)
        tell("mos", mos(factor), how="e-model", samples=sent, **who)
    found = [one for stretch in stretches if (one := pinger.directions(stretch)) is not None]
    if found:
        _tell_directions(tell, found, who)


def _tell_directions(tell: _Tell, found: Sequence[Directions], who: dict[str, Any]) -> None:
    for metric, jitters in (
        ("jitter_up_ms", [one.jitter_up_ms for one in found if one.jitter_up_ms is not None]),
        ("jitter_down_ms", [one.jitter_down_ms for one in found if one.jitter_down_ms is not None]),
    ):
        if jitters:
            samples = sum(one.returned for one in found)
            tell(metric, fmean(jitters), how="reflector-mean-difference", samples=samples, **who)
    if any(one.reached is None for one in found):
        return  # this reflector does not count: the direction of a loss is not known
    for metric, lost, sent in (
        ("loss_up_pct", sum(one.lost_up or 0 for one in found), sum(one.sent for one in found)),
        ("loss_down_pct", sum(one.lost_down or 0 for one in found), sum(one.reached or 0 for one in found)),
    ):
        _tell_loss(tell, metric, lost, sent, how="reflector-count", **who)


def _tell_loss(tell: _Tell, metric: str, lost: int, sent: int, **who: Any) -> None:
    if sent:
        low, high = loss_interval(lost, sent)
        tell(metric, 100 * lost / sent, samples=sent, low=low, high=high, **who)
