"""What can be measured: one registry. Probes, standards, screens and reports name metrics from it.

The ids are public (commands.md of the command line); a new check is a metric here, a probe and a line of YAML.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

__all__ = ["METRICS", "Instrument", "Judged", "Metric", "Value", "metrics_of"]

Instrument = Literal["camera", "connection", "sound", "platform", "room"]
"""Which probe measures it; `room` is what a person counts or looks at."""

Value = float | bool
"""What a reading holds: a number, or yes and no."""


class Judged(StrEnum):
    """How a value is held against a bound."""

    UP = "up"
    """More is better: a bound is a floor."""
    DOWN = "down"
    """Less is better: a bound is a ceiling."""
    RANGE = "range"
    """Both ends matter: a bound is `[low, high]`."""
    EQUALS = "equals"
    """Must be exactly the bound: yes or no, or a number such as an HTTP status."""
    SHOWN = "shown"
    """Shown and recorded, never judged."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One measurable quantity. `lowest` and `highest` are what is physically possible, in `unit`."""

    id: str
    unit: str
    judged: Judged
    instrument: Instrument
    decimals: int = 0
    lowest: float = 0.0
    highest: float = float("inf")

    @property
    def yes_no(self) -> bool:
        """Whether its value is yes or no instead of a number."""
        return self.unit == "bool"


def _table(instrument: Instrument, rows: Iterable[tuple[object, ...]]) -> list[Metric]:
    return [Metric(name, unit, judged, instrument, *rest) for name, unit, judged, *rest in rows]  # type: ignore[arg-type]


_UP, _DOWN, _RANGE, _EQUALS, _SHOWN = Judged

_CAMERA = _table(
    "camera",
    [
        ("frame_width_px", "px", _UP),
        ("frame_height_px", "px", _UP),
        ("fps", "fps", _UP, 1),
        ("longest_gap_ms", "ms", _DOWN),
        ("first_frame_ms", "ms", _DOWN),
        ("identical_frames_pct", "%", _DOWN, 1, 0.0, 100.0),
        ("longest_freeze_ms", "ms", _DOWN),
        ("black_frames_pct", "%", _DOWN, 1, 0.0, 100.0),
        ("truncated_frames_pct", "%", _DOWN, 1, 0.0, 100.0),
        ("luma_mean", "", _RANGE, 0, 0.0, 255.0),
        ("highlights_clipped_pct", "%", _DOWN, 1, 0.0, 100.0),
        ("sharpness_sigma_px", "px", _DOWN, 1),
        ("noise_sigma", "", _DOWN, 2),
        ("flicker_ripple_pct", "%", _DOWN, 2, 0.0, 100.0),
        ("faces_count", "", _UP),
        ("face_width_px", "px", _UP),
        ("face_headroom_pct", "%", _RANGE, 1, 0.0, 100.0),
        ("face_luma", "", _RANGE, 0, 0.0, 255.0),
        ("backlight_ratio", "", _DOWN, 1),
        ("white_card_chroma", "", _DOWN, 1),
    ],
)
_CONNECTION = _table(
    "connection",
    [
        ("download_mbps", "Mbps", _UP, 1),
        ("upload_mbps", "Mbps", _UP, 1),
        ("latency_ms", "ms", _DOWN, 0),
        ("jitter_ms", "ms", _DOWN, 1),
        ("loss_pct", "%", _DOWN, 1, 0.0, 100.0),
        ("latency_loaded_down_ms", "ms", _DOWN),
        ("latency_loaded_up_ms", "ms", _DOWN),
        ("mos", "", _SHOWN, 1, 1.0, 4.5),
        ("r_factor", "", _SHOWN, 0, 0.0, 100.0),
        ("http_latency_ms", "ms", _DOWN, 0),
        ("loss_down_pct", "%", _DOWN, 1, 0.0, 100.0),
        ("loss_up_pct", "%", _DOWN, 1, 0.0, 100.0),
        ("jitter_down_ms", "ms", _DOWN, 1),
        ("jitter_up_ms", "ms", _DOWN, 1),
        ("clock_offset_s", "s", _RANGE, 2, float("-inf")),
        ("link_wired", "bool", _EQUALS),
        ("wifi_signal_dbm", "dBm", _UP, 0, -120.0, 0.0),
        ("ipv4_reachable", "bool", _EQUALS),
        ("ipv6_reachable", "bool", _EQUALS),
        ("captive_portal", "bool", _EQUALS),
        ("proxy_in_use", "bool", _EQUALS),
    ],
)
_SOUND = _table(
    "sound",
    [
        ("mic_active_dbfs", "dBFS", _RANGE, 1, float("-inf"), 0.0),
        ("mic_peak_dbfs", "dBFS", _DOWN, 1, float("-inf"), 0.0),
        ("mic_silent", "bool", _EQUALS),
        ("mic_clipped_samples", "", _DOWN),
        ("mic_snr_db", "dB", _UP, 1, float("-inf")),
        ("mic_hum_db", "dB", _DOWN, 1, float("-inf")),
        ("echo_heard_ratio", "", _UP, 1),
        ("echo_delay_ms", "ms", _SHOWN),
        ("echo_above_voice_db", "dB", _DOWN, 1, float("-inf")),
    ],
)
_PLATFORM = _table(
    "platform",
    [
        ("dns_ms", "ms", _DOWN),
        ("tcp_ms", "ms", _DOWN),
        ("tls_ms", "ms", _DOWN),
        ("tls_days_left", "d", _UP, 0, float("-inf")),
        ("http_status", "", _EQUALS, 0, 100.0, 599.0),
        ("hosts_reachable_pct", "%", _UP, 0, 0.0, 100.0),
        ("udp_reachable", "bool", _EQUALS),
    ],
)
_ROOM = _table(
    "room",
    [
        ("seats_count", "", _UP),
        ("display_count", "", _UP),
        ("spare_microphone_count", "", _UP),
    ],
)

METRICS: dict[str, Metric] = {metric.id: metric for metric in (*_CAMERA, *_CONNECTION, *_SOUND, *_PLATFORM, *_ROOM)}


def metrics_of(instrument: Instrument) -> list[Metric]:
    """Return one instrument's metrics in the registry's order."""
    return [metric for metric in METRICS.values() if metric.instrument == instrument]
