"""Frames of which only the upper part arrived.

A motion-JPEG frame that was cut off is decoded without a complaint: what is missing becomes one flat band down to the
lower edge.
"""

from __future__ import annotations

import numpy as np

from vcops.probes.camera.luma import Picture

__all__ = ["is_truncated"]

_SMALLEST_BAND = 0.03
_SAMPLED = 4
_BLACK, _WHITE = 24, 250
"""A flat band that is black or white is a border or a sheet, not a gap: decoders fill gaps with grey."""


def is_truncated(luma: Picture) -> bool:
    """Whether the lower edge is a flat band, at least 3 % high, under a picture that is not flat."""
    sampled = luma[:, ::_SAMPLED]
    last = sampled[-1]
    level = int(last[0])
    if not _BLACK < level < _WHITE or int(last.max()) - int(last.min()) > 1:
        return False
    spread = np.abs(sampled.astype(np.int16) - level).max(axis=1)
    textured = np.nonzero(spread > 2)[0]
    if not textured.size:
        return False  # flat all over: a covered lens, not a cut-off frame
    return bool(len(luma) - 1 - textured[-1] >= max(_SMALLEST_BAND * len(luma), 2))
