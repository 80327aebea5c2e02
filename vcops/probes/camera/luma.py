"""The small grey copies that the figures are taken from."""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike as Picture

__all__ = ["WIDTH", "Picture", "full_hd_scale", "linear", "luma_copy", "sampled", "sampled_copy"]

WIDTH = 640
"""Width of the luma copies: everything at full size would cost more than decoding the frame did."""
_FULL_HD_WIDTH = 1920


def luma_copy(frame: Picture, most: int = WIDTH) -> Picture:
    """Return the frame's luma (ITU-R BT.601, 0 to 255), at most `most` pixels wide.

    Grey first and small afterwards: the other way round costs twice as much.
    """
    luma = frame if frame.ndim == 2 else cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    height, width = luma.shape
    if width <= most:
        return luma
    return cv2.resize(luma, (most, max(round(height * most / width), 1)), interpolation=cv2.INTER_AREA)


def sampled_copy(frame: Picture) -> Picture:
    """Return the luma of every so many-th pixel, at most `WIDTH` wide: a fifth of the cost of `luma_copy`.

    It keeps the sensor's noise as it is, which tells one frame from the next; it is no picture to look for edges in.
    """
    few = sampled(frame, WIDTH)
    return few if few.ndim == 2 else cv2.cvtColor(few, cv2.COLOR_BGR2GRAY)


def sampled(frame: Picture, most: int) -> Picture:
    """Return every so many-th pixel of the frame in its colours, at most `most` pixels wide."""
    height, width = frame.shape[:2]
    if width <= most:
        return frame
    size = (most, max(round(height * most / width), 1))
    return cv2.resize(frame, size, interpolation=cv2.INTER_NEAREST)


def full_hd_scale(luma: Picture) -> float:
    """Return how many pixels of a 1920-wide picture one pixel of `luma` stands for."""
    return _FULL_HD_WIDTH / int(luma.shape[1])


_LINEAR = np.where(
    np.arange(256) / 255 <= 0.04045, np.arange(256) / 255 / 12.92, ((np.arange(256) / 255 + 0.055) / 1.055) ** 2.4
).astype(np.float32)


def linear(luma: Picture) -> Picture:
    """Return the light behind luma values, 0 to 1: the inverse of the sRGB transfer curve (IEC 61966-2-1)."""
    return np.asarray(_LINEAR[luma])
