"""What the connection probe is asked for, and how the time is shared out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vcops.probes.wire import Failure

__all__ = ["EXTENSION_S", "FAR_MS", "USUAL_MOST_BYTES", "Asked", "Plan", "plan"]

FAR_MS = 80.0
"""From this round trip on, a transfer of 4 s is still finding its rate when it ends: it gets more."""
EXTENSION_S = 6.0
"""What a check may go on for, once, where a figure is not certain yet."""
_IDLE_S, _FLOW_S = 6.0, 4.0
_FAR_FLOW_S, _FARTHEST_FLOW_S, _FARTHEST_MS = 4.5, 6.0, 180.0
"""More would cost a link so far more than half of what speedtest-cli takes, and read it no better."""
_FARTHER_FLOW_S, _FARTHER_MS = 12.0, 600.0
"""A satellite's 600 ms: the slow start alone takes eight round trips there."""
_SHARES = (3 / 7, 2 / 7, 2 / 7)
USUAL_MOST_BYTES = 1e9
"""What a check may transfer where nobody sets a limit: 500 Mbps both ways over the whole time, and once more."""
_USUAL_MBPS = 500.0
_LEAST_BYTES = 1e6
"""What a server gets in any case, so that it can be told whether it serves at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request. Texts are empty, `seconds` and `platform` None where nothing is asked for.

    `most_bytes` are what the transfers may move both ways. `usual_limit`: nobody set it, so a link that uses it up
    before its rate is steady is fast enough to be told all the same; what the servers before this one took
    (`spent_mb` of the request) is off it, for the limit is one of the whole check.
    """

    server: str
    via: str = "http"
    profile: str = "librespeed"
    upload_url: str = ""
    seconds: float | None = None
    most_bytes: float = float("inf")
    usual_limit: bool = False
    interface: str = ""
    stun: tuple[str, ...] = ()
    reflector: str = ""
    ntp: str = ""
    platform: Mapping[str, Any] | None = None
    extension: bool = False

    @classmethod
    def read(cls, request: Mapping[str, Any]) -> Asked:
        """Take the JSON request apart. Raises Failure("probe.bad_request") where a number is none."""
        try:
            seconds = float(request["seconds"]) if request.get("seconds") else None
            most = float(request["max_mb"]) * 1e6 if request.get("max_mb") else None
            spent = float(request.get("spent_mb") or 0.0) * 1e6
        except (TypeError, ValueError) as error:
            raise Failure("probe.bad_request") from error
        via = str(request.get("via") or "http")
        stun, platform = request.get("stun") or (), request.get("platform")
        return cls(
            server=str(request.get("server") or ""),
            via=via,
            profile=str(request.get("profile") or "librespeed"),
            upload_url=str(request.get("upload_url") or ""),
            seconds=seconds,
            most_bytes=max(_usual_most(via, seconds) - spent, _LEAST_BYTES) if most is None else most,
            usual_limit=most is None,
            interface=str(request.get("interface") or ""),
            stun=tuple(str(one) for one in ([stun] if isinstance(stun, str) else stun)),
            reflector=str(request.get("reflector") or ""),
            ntp=str(request.get("ntp") or ""),
            platform=platform if isinstance(platform, Mapping) else None,
            extension=bool(request.get("extension")),
        )


def _usual_most(via: str, seconds: float | None) -> float:
    """Return the bytes that a check may move where nobody limits them: more where a person asked for a long one.

    iperf3 takes a time or a number of bytes, not both, and measures against a server of one's own: by time alone.
    """
    if via == "iperf3":
        return float("inf")
    asked = (seconds or 0.0) * (_SHARES[1] + _SHARES[2])
    return max(USUAL_MOST_BYTES, asked * _USUAL_MBPS * 1e6 / 8)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many seconds each phase gets."""

    idle: float
    download: float
    upload: float


def plan(seconds: float | None, round_trip_ms: float | None = None) -> Plan:
    """Share out the time: 3 : 2 : 2 of what was asked for, else 6, 4 and 4 s.

    To one far off it is 4.5 to 6 s each way, and beyond 180 ms up to 12 s: the slow start takes as much longer.
    """
    if seconds is not None:
        return Plan(*(seconds * share for share in _SHARES))
    flow = _FLOW_S
    if round_trip_ms is not None and round_trip_ms >= FAR_MS:
        part = min((round_trip_ms - FAR_MS) / (_FARTHEST_MS - FAR_MS), 1.0)
        flow = _FAR_FLOW_S + part * (_FARTHEST_FLOW_S - _FAR_FLOW_S)
        beyond = min(max(round_trip_ms - _FARTHEST_MS, 0.0) / (_FARTHER_MS - _FARTHEST_MS), 1.0)
        flow += beyond * (_FARTHER_FLOW_S - _FARTHEST_FLOW_S)
    return Plan(_IDLE_S, flow, flow)
