"""What recorded samples say about the microphone: how loud, how clean, silent, clipped, gated. Pure.

Samples are 16-bit numbers as the device gave them; levels are dBFS, 0 being the peak of the highest sample. A sine
whose peak is at -20 dBFS therefore has a level (RMS) of -23.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["FLOOR_DBFS", "FULL", "MicLevels", "Samples", "clipped_samples", "frame_levels", "is_gated", "level_dbfs",
           "measure_levels", "peak_dbfs"]  # fmt: skip

Samples = NDArray[np.int16]

FULL = 32767
"""The highest sample."""
FLOOR_DBFS = -101.1
"""The noise of rounding to 16 bits, 1 / (32767 * sqrt(12)): nothing below can be told from silence."""
FRAME_S = 0.05
"""How long a level is averaged; a syllable is about four of these."""
_ACTIVE_PERCENTILE, _NOISE_PERCENTILE = 95, 10
_CLIPPED_RUN = 6
"""A run of full-scale samples up to this long may be a loud peak; a longer one is clipped (webrtc's testrtc)."""
_GATED_SHARE, _GATE_S = 0.05, 0.1


@dataclass(frozen=True, slots=True)
class MicLevels:
    """What the microphone gave. `gated`: exact silence between sounds; `steady`: no sound rose above another."""

    active_dbfs: float
    peak_dbfs: float
    silent: bool
    clipped: int
    snr_db: float
    gated: bool
    steady: bool
    samples: int


def measure_levels(samples: Samples, rate: int) -> MicLevels:
    """Measure at least one frame of samples.

    The level while speaking is the 95th percentile of the frames' levels, the noise floor the 10th: who speaks pauses
    for more than a tenth of the time, and makes a sound for more than a twentieth.
    """
    frames = frame_levels(samples, rate)
    active = float(np.percentile(frames, _ACTIVE_PERCENTILE))
    above = active - float(np.percentile(frames, _NOISE_PERCENTILE))
    return MicLevels(
        active_dbfs=active,
        peak_dbfs=peak_dbfs(samples),
        silent=bool(_loudest(samples) <= 1),
        clipped=clipped_samples(samples),
        snr_db=above,
        gated=is_gated(samples, rate),
        steady=above < 6.0,
        samples=len(samples),
    )


def frame_levels(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Return the level of each whole frame of 50 ms, without the constant part that some devices add."""
    length = max(round(rate * FRAME_S), 1)
    count = len(samples) // length
    frames = samples[: count * length].reshape(count, length).astype(np.float64)
    frames -= np.mean(samples, dtype=np.float64)
    levels: NDArray[np.float64] = _decibels(np.sqrt(np.mean(frames * frames, axis=1)))
    return levels


def level_dbfs(samples: Samples) -> float:
    """Return the level of all samples together."""
    return float(_decibels(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))) if len(samples) else FLOOR_DBFS


def peak_dbfs(samples: Samples) -> float:
    """Return the highest sample's level."""
    return float(_decibels(np.float64(min(_loudest(samples), FULL))))


def clipped_samples(samples: Samples) -> int:
    """Count the samples in runs of more than six at full scale, both ways taken apart. 0: nothing is clipped."""
    return _in_long_runs(samples >= FULL) + _in_long_runs(samples <= -FULL)


def is_gated(samples: Samples, rate: int) -> bool:
    """Whether there are stretches of exactly nothing between sounds: a gate or a noise suppressor mutes the rest.

    Every real microphone has noise in its pauses. One that gives nothing at all is silent, not gated.
    """
    runs = _runs(samples == 0)
    long = runs[runs >= rate * _GATE_S]
    return bool(_loudest(samples) > 1 and long.sum() >= _GATED_SHARE * len(samples) > 0)


def _loudest(samples: Samples) -> int:
    return int(np.abs(samples.astype(np.int32)).max(initial=0))


def _in_long_runs(marked: NDArray[np.bool_]) -> int:
    runs = _runs(marked)
    return int(runs[runs > _CLIPPED_RUN].sum())


def _runs(marked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how long each run of marked samples is."""
    edges = np.diff(np.concatenate(([0], marked.astype(np.int8), [0])))
    return np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)


def _decibels(amplitude: Any) -> Any:
    """Return one amplitude or many, in samples, as dBFS, none below the floor."""
    return np.maximum(20 * np.log10(np.maximum(amplitude, 1e-9) / FULL), FLOOR_DBFS)
