"""How grainy the picture is.

J. Immerkaer, "Fast noise variance estimation", Computer Vision and Image Understanding 64 (1996): a mask that answers
to neither flat areas nor slopes, here on blocks of 16 x 16 of which the calmest tenth counts, so that texture is not
taken for noise.
"""

from __future__ import annotations

import cv2
import numpy as np

from vcops.probes.camera.luma import Picture

__all__ = ["noise_sigma"]

_BLOCK = 16
_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_FACTOR = float(np.sqrt(np.pi / 2) / 6)
_DARKEST, _BRIGHTEST = 6, 249
_MOST_CLIPPED = 0.2
_CALMEST = 10


def noise_sigma(luma: Picture) -> float | None:
    """Return the noise's standard deviation in luma at the size of the copy.

    None where more than a fifth of the picture is black or white, for clipping hides noise.
    """
    answers = np.abs(cv2.filter2D(luma, cv2.CV_32F, _MASK))
    height, width = (side // _BLOCK * _BLOCK for side in luma.shape)
    if not height or not width:
        return None
    clipped = (luma[:height, :width] < _DARKEST) | (luma[:height, :width] > _BRIGHTEST)
    if clipped.mean() > _MOST_CLIPPED:
        return None
    blocks = _means(answers[:height, :width])[_means(clipped.astype(np.float32)) < 0.02]
    return float(np.percentile(blocks, _CALMEST)) * _FACTOR if blocks.size else None


def _means(values: Picture) -> Picture:
    """Return each block's mean; shrinking by area is just that."""
    size = (values.shape[1] // _BLOCK, values.shape[0] // _BLOCK)
    return cv2.resize(values, size, interpolation=cv2.INTER_AREA)
