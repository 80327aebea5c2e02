"""How sharp one frame is, cheaply enough to look many times a second: for whoever turns the ring of a lens.

The figure that is judged averages eight frames against noise and looks once a second; a hand at the lens needs an
answer at once, and compares it only with what the same scene gave a moment before.
"""

from __future__ import annotations

import numpy as np

from vcops.probes.camera.luma import WIDTH, Picture, luma_copy
from vcops.probes.camera.sharpness import edge_sigma

__all__ = ["quick_sigma"]

_PART = 0.5
"""Of each side: people adjust a camera to what stands in the middle."""
_SMALLEST = 16
"""Pixels. Smaller pictures have no edges to speak of."""


def quick_sigma(frame: Picture) -> float | None:
    """Return the blur of the sharpest edges in the middle of a frame, as `edge_sigma` does; None without edges.

    The middle is looked at on the same scale as the whole frame is when it is judged, so that the two can be compared.
    """
    height, width = frame.shape[:2]
    left, top = round(width * (1 - _PART) / 2), round(height * (1 - _PART) / 2)
    whole = min(width, WIDTH)
    luma = luma_copy(frame[top : height - top, left : width - left], most=round(whole * _PART))
    if min(luma.shape) < _SMALLEST:
        return None
    sigma = edge_sigma(luma.astype(np.float32))
    return None if sigma is None else sigma * luma.shape[1] / whole
