"""What a sequence of frames says: how many, how regular, how alike, how bright."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import cv2
import numpy as np
from cv2.typing import MatLike as Picture

__all__ = ["BLACK_BELOW", "WIDTH", "FrameLog", "Picture", "luma_copy"]

WIDTH = 640
"""Width of the luma copies: everything at full size would cost more than decoding the frame did."""
BLACK_BELOW = 20.0
"""Mean luma under which a frame counts as black (webrtc's testrtc)."""


def luma_copy(frame: Picture) -> Picture:
    """Return the frame's luma (ITU-R BT.601, 0 to 255), at most `WIDTH` wide."""
    height, width = frame.shape[:2]
    if width > WIDTH:
        size = (WIDTH, max(round(height * WIDTH / width), 1))
        frame = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
    return frame if frame.ndim == 2 else cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)


@dataclass(slots=True)
class FrameLog:
    """Takes frames one by one and keeps only what the figures need."""

    times: list[float] = field(default_factory=list)
    """When each frame was there, in seconds."""
    sizes: Counter[tuple[int, int]] = field(default_factory=Counter)
    lumas: list[float] = field(default_factory=list)
    identical: int = 0
    _before: Picture | None = None

    def add(self, frame: Picture, at: float) -> None:
        """Take a frame that was there at `at`."""
        luma = luma_copy(frame)
        if self._before is not None and self._before.shape == luma.shape and np.array_equal(self._before, luma):
            self.identical += 1
        self._before = luma
        self.times.append(at)
        self.sizes[frame.shape[1], frame.shape[0]] += 1
        self.lumas.append(float(luma.mean()))

    @property
    def count(self) -> int:
        """How many frames were taken."""
        return len(self.times)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of most of the frames."""
        return self.sizes.most_common(1)[0][0]

    @property
    def span(self) -> float:
        """Seconds from the first frame to the last."""
        return self.times[-1] - self.times[0] if self.count > 1 else 0.0

    @property
    def fps(self) -> float | None:
        """Frames a second over the span; None before the second frame."""
        return (self.count - 1) / self.span if self.span > 0 else None

    @property
    def longest_gap_ms(self) -> float | None:
        """The longest time between two frames that follow each other."""
        return float(np.diff(self.times).max()) * 1000 if self.count > 1 else None

    @property
    def identical_pct(self) -> float | None:
        """How many frames equal the one before exactly: in a live picture, even of an empty room, the noise differs."""
        return 100 * self.identical / (self.count - 1) if self.count > 1 else None

    @property
    def black_pct(self) -> float:
        """How many frames are black."""
        return 100 * sum(one < BLACK_BELOW for one in self.lumas) / self.count

    @property
    def luma_mean(self) -> float:
        """Mean luma over all frames."""
        return sum(self.lumas) / self.count
