"""Frames that equal the one before: a picture that stands still, or a rate that is only pretended.

In a live picture the sensor's noise differs from frame to frame even when nobody is in the room; exact equality of
the luma copies tells live from frozen where similarity measures call a still room frozen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vcops.probes.camera.luma import Picture

__all__ = ["Freezes"]


@dataclass(slots=True)
class Freezes:
    """Takes luma copies one by one with the time each was there, in seconds."""

    count: int = 0
    identical: int = 0
    longest_s: float = 0.0
    _before: Picture | None = None
    _since: float = 0.0

    def add(self, luma: Picture, at: float) -> bool:
        """Take a frame; return whether it equals the one before."""
        same = self._before is not None and np.array_equal(self._before, luma)
        self.count += 1
        if same:
            self.identical += 1
            self.longest_s = max(self.longest_s, at - self._since)
        else:
            self._since = at
        self._before = luma
        return same

    @property
    def identical_pct(self) -> float | None:
        """How many percent of the frames equal the one before; None before the second."""
        return 100 * self.identical / (self.count - 1) if self.count > 1 else None

    @property
    def longest_freeze_ms(self) -> float | None:
        """The longest time in which the same picture came again and again; 0 where each differs."""
        return 1000 * self.longest_s if self.count > 1 else None
