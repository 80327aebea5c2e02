"""Whether white is white: the colour of a sheet of paper that someone holds into a box in the picture.

Nothing that looks at the whole frame tells a colour cast from a coloured room; a white sheet does.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vcops.probes.camera.luma import Picture

__all__ = ["MIDDLE", "Box", "card_chroma"]


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the picture, in fractions of its width and height."""

    left: float
    top: float
    right: float
    bottom: float

    def of(self, frame: Picture) -> Picture:
        """Return that part of the frame."""
        height, width = frame.shape[:2]
        rows = slice(round(self.top * height), max(round(self.bottom * height), round(self.top * height) + 1))
        columns = slice(round(self.left * width), max(round(self.right * width), round(self.left * width) + 1))
        return frame[rows, columns]


MIDDLE = Box(0.4, 0.35, 0.6, 0.65)
"""Where the sheet is held unless someone says otherwise."""
_DARKEST, _CLIPPED = 60.0, 250
_MOST_CLIPPED, _MOST_SPREAD = 0.05, 14.0


def card_chroma(frame: Picture, box: Box = MIDDLE) -> float | None:
    """Return the chroma C*ab (CIE 1976, D65) of what is in the box: 0 is neutral, 8 is a plain cast.

    None where no sheet can be seen there: too dark, overexposed, or not one even surface.
    """
    part = box.of(frame)
    if part.ndim != 3:
        return None
    luma = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
    if luma.mean() < _DARKEST or (part >= _CLIPPED).any(axis=2).mean() > _MOST_CLIPPED or luma.std() > _MOST_SPREAD:
        return None
    middle = np.median(part.reshape(-1, 3), axis=0).astype(np.float32).reshape(1, 1, 3) / 255
    _lightness, green_red, blue_yellow = cv2.cvtColor(middle, cv2.COLOR_BGR2Lab)[0, 0]
    return float(np.hypot(green_red, blue_yellow))
