"""The live level: what a person watches while speaking. Pure."""

from __future__ import annotations

from collections import deque

from vcops.probes.sound.levels import FLOOR_DBFS, Samples, level_dbfs, peak_dbfs

__all__ = ["LevelMeter"]

_STEP_S = 0.08
"""Twelve and a half pictures a second move smoothly; a step longer than the 50 ms of the judged frames still reads
the same level for a voice."""
_HOLD_S = 2.0
"""How long the highest stays, so that the eye finds it."""


class LevelMeter:
    """Takes samples as they come and tells, step by step, the level and the highest of the last two seconds.

    The highest level is what the bounds of the check are about; the highest sample only tells whether it is cut off.
    """

    def __init__(self, rate: int) -> None:
        self.step = round(rate * _STEP_S)
        """How many samples are taken at a time."""
        self._recent: deque[tuple[float, float]] = deque(maxlen=round(_HOLD_S / _STEP_S))

    def take(self, samples: Samples) -> dict[str, float]:
        """Return what the meter shows after one step of samples, in dBFS."""
        level = max(level_dbfs(samples), FLOOR_DBFS)
        self._recent.append((level, peak_dbfs(samples)))
        highest, peak = (max(one) for one in zip(*self._recent, strict=True))
        return {"level_dbfs": round(level, 1), "hold_dbfs": round(highest, 1), "peak_dbfs": round(peak, 1)}
