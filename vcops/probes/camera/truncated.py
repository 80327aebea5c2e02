"""Frames of which only the upper part arrived.

A motion-JPEG frame that was cut off is decoded without a complaint. What is missing is whatever lay in the decoder's
memory: one flat band at first, and later the lower part of a frame that came just before, to the last pixel.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from vcops.probes.camera.luma import Picture

__all__ = ["Damage", "flat_band", "kept_band"]

_SMALLEST_BAND = 0.03
"""The part of the height from which a band counts."""
_REMEMBERED = 4
"""How many frames back a decoder's memory may reach: one for each of its threads."""
_SAMPLED = 4
_BLACK, _WHITE = 24, 250
"""A flat band that is black or white is a border or a sheet, not a gap: decoders fill gaps with grey."""


@dataclass(slots=True)
class Damage:
    """Takes luma copies one by one, without those that equal the one before, and counts the damaged ones."""

    taken: int = 0
    flat: int = 0
    kept: int = 0
    _before: deque[Picture] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    def add(self, luma: Picture) -> bool:
        """Take a frame; return whether its lower part seems not to have arrived."""
        flat = flat_band(luma)
        kept = not flat and any(kept_band(luma, one) for one in self._before)
        self._before.append(luma)
        self.taken += 1
        self.flat += flat
        self.kept += kept
        return flat or kept

    @property
    def count(self) -> int:
        """How many frames are damaged.

        Where more than half of all keep their lower part it is no damage: nothing stirs there, not even noise.
        """
        return self.flat + (self.kept if 2 * self.kept <= self.taken else 0)


def flat_band(luma: Picture) -> bool:
    """Whether the lower edge is a flat band under a picture that is not flat."""
    last = luma[-1, ::_SAMPLED]
    level = int(last[0])
    if not _BLACK < level < _WHITE or int(last.max()) - int(last.min()) > 1:
        return False
    spread = np.abs(luma[:, ::_SAMPLED].astype(np.int16) - level).max(axis=1)
    return _is_band(np.nonzero(spread > 2)[0], len(luma))


def kept_band(luma: Picture, before: Picture) -> bool:
    """Whether the lower part is that of an earlier frame, to the last pixel, under a picture that is not."""
    if luma.shape != before.shape or not np.array_equal(luma[-1], before[-1]):
        return False
    return int(luma[-1].max()) - int(luma[-1].min()) > 2 and _is_band(
        np.nonzero((luma != before).any(axis=1))[0], len(luma)
    )


def _is_band(other: Picture, height: int) -> bool:
    """Whether what is left under the rows `other` is high enough. Without such rows nothing can be said."""
    return bool(other.size) and height - 1 - int(other[-1]) >= max(_SMALLEST_BAND * height, 2)
