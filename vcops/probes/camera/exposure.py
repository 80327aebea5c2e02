"""How bright a frame is, and how much of it is lost in white."""

from __future__ import annotations

import cv2
import numpy as np

from vcops.probes.camera.luma import Picture

__all__ = ["BLACK_BELOW", "CLIPPED_FROM", "clipped_pct", "mean_luma"]

BLACK_BELOW = 20.0
"""Mean luma under which a frame counts as black (webrtc's testrtc)."""
CLIPPED_FROM = 250
"""Luma from which a pixel shows nothing but white: compression moves 255 down by some levels."""


def mean_luma(luma: Picture) -> float:
    """Return the mean luma, 0 to 255."""
    return float(cv2.mean(luma)[0])


def clipped_pct(luma: Picture) -> float:
    """Return how many percent of the pixels are `CLIPPED_FROM` or more."""
    return 100 * float(np.count_nonzero(luma >= CLIPPED_FROM)) / luma.size
