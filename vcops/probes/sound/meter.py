"""The live level: what a person watches while speaking. Pure."""

from __future__ import annotations

from vcops.probes.sound.levels import FLOOR_DBFS, Samples, level_dbfs, peak_dbfs

__all__ = ["LevelMeter"]

_HOLD_S = 2.0
"""How long the highest peak stays, so that the eye finds it."""


class LevelMeter:
    """Takes samples as they come and tells level, peak and held peak for every tenth of a second."""

    def __init__(self, rate: int) -> None:
        self._step = rate // 10
        self._hold_steps = round(_HOLD_S * 10)
        self._held, self._age = FLOOR_DBFS, 0

    @property
    def step(self) -> int:
        """How many samples a tenth of a second has."""
        return self._step

    def take(self, samples: Samples) -> dict[str, float]:
        """Return what the meter shows after one step of samples, in dBFS."""
        peak = peak_dbfs(samples)
        self._age += 1
        if peak >= self._held or self._age >= self._hold_steps:
            self._held, self._age = peak, 0
        return {
            "level_dbfs": round(level_dbfs(samples), 1),
            "peak_dbfs": round(peak, 1),
            "hold_dbfs": round(self._held, 1),
        }
