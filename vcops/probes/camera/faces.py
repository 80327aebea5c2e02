"""What is seen of the people: how many, how large, how they sit in the picture, and how they are lit.

A detector errs now and then, so one look says nothing: a figure is the median of the looks that found somebody, and
counts only when those were three in five.
"""

from __future__ import annotations

from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field

import cv2
import numpy as np

from vcops.probes.camera.luma import WIDTH, Picture, linear
from vcops.probes.camera.mtcnn import Boxes, Detector

__all__ = ["AGREEING", "FaceLook", "Faces", "look_at", "shows_somebody"]

AGREEING = 3 / 5
"""The part of the looks that must have found somebody."""
_FEWEST_LOOKS = 3
_HAIR = 0.2
"""How much higher than the detector's box, which starts at the forehead, a head goes, in heights of the box."""


@dataclass(frozen=True, slots=True)
class FaceLook:
    """What one look found. Widths in pixels of the frame as it was delivered; `boxes` in fractions of its sides."""

    boxes: tuple[tuple[float, float, float, float], ...]
    width_px: float
    """Of the largest face."""
    headroom_pct: float
    """From the top of the highest head to the upper edge, in percent of the height; 0 where the edge cuts it."""
    luma: float
    """Of the largest face's middle."""
    backlight: float
    """How many times more light comes from the background than from the faces."""


@dataclass(slots=True)
class Faces:
    """Takes frames now and then and keeps what the looks found.

    With `beside` a look is taken in a thread: a live camera waits for nobody, and a look takes as long as two frames.
    """

    detector: Detector
    beside: Executor | None = None
    looks: list[FaceLook | None] = field(default_factory=list)
    _running: Future[None] | None = None

    def add(self, frame: Picture, luma: Picture) -> None:
        """Look at a colour frame; `luma` is its small copy. While a look is under way, another frame is passed by."""
        if self.beside is None:
            self._look(frame, luma)
        elif self._running is None or self._running.done():
            self._running = self.beside.submit(self._look, frame, luma)

    def finish(self, seconds: float = 2.0) -> None:
        """Wait for the look that is under way, but no longer than `seconds`."""
        if self._running is not None:
            with suppress(TimeoutError):
                self._running.result(seconds)

    def _look(self, frame: Picture, luma: Picture) -> None:
        size = (luma.shape[1], luma.shape[0])
        small = frame if frame.shape[1] <= WIDTH else cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
        self.looks.append(look_at(self.detector.faces(small), luma, frame.shape[1]) if small.ndim == 3 else None)

    @property
    def judged(self) -> bool:
        """Whether there were enough looks to say anything."""
        return len(self.looks) >= _FEWEST_LOOKS

    @property
    def agreed(self) -> list[FaceLook]:
        """The looks that found somebody, where they are enough to be believed; else none."""
        seen = [one for one in self.looks if one is not None]
        return seen if self.judged and len(seen) >= AGREEING * len(self.looks) else []

    @property
    def count(self) -> int | None:
        """How many people are seen; None before there were looks enough."""
        if not self.judged:
            return None
        return round(float(np.median([len(one.boxes) for one in self.agreed]))) if self.agreed else 0

    def middle(self, name: str) -> float | None:
        """Return the median of one of the figures; None where nobody was found."""
        return float(np.median([getattr(one, name) for one in self.agreed])) if self.agreed else None


def shows_somebody(frame: Picture, detector: Detector) -> bool:
    """Whether a face is found on one picture. In doubt there is one: people are not to be kept by mistake."""
    if frame.ndim != 3:
        return True
    wide = frame.shape[1]
    size = (WIDTH, max(round(frame.shape[0] * WIDTH / wide), 1))
    small = frame if wide <= WIDTH else cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
    return len(detector.faces(small)) > 0


def look_at(boxes: Boxes, luma: Picture, frame_width: int) -> FaceLook | None:
    """Return what `boxes`, in pixels of `luma`, say about the people; None without a face."""
    inside = boxes[:, :4].clip(0, [luma.shape[1], luma.shape[0]] * 2)
    inside = inside[((inside[:, 2:] - inside[:, :2]) >= 4).all(axis=1)]
    if not len(inside):
        return None
    largest = inside[np.argmax((inside[:, 2:] - inside[:, :2]).prod(axis=1))]
    highest = boxes[np.argmin(boxes[:, 1] - _HAIR * (boxes[:, 3] - boxes[:, 1]))]
    head = max(float(highest[1] - _HAIR * (highest[3] - highest[1])), 0.0)
    face_light = np.mean([linear(_middle(luma, one)).mean() for one in inside])
    around = _background(luma, inside)
    behind = float(linear(luma)[around].mean()) if around.any() else float(face_light)
    sides = [luma.shape[1], luma.shape[0]] * 2
    return FaceLook(
        boxes=tuple(tuple(float(value) for value in one / sides) for one in inside),  # type: ignore[misc]
        width_px=float(largest[2] - largest[0]) * frame_width / luma.shape[1],
        headroom_pct=100 * head / luma.shape[0],
        luma=float(_middle(luma, largest).mean()),
        backlight=behind / max(float(face_light), 1e-4),
    )


def _middle(luma: Picture, box: Picture) -> Picture:
    """Return the cheeks, nose and brow: the box without its border, in which there is hair and background."""
    left, top, right, bottom = box
    across, down = 0.2 * (right - left), 0.2 * (bottom - top)
    return luma[int(top + down) : int(bottom - down) + 1, int(left + across) : int(right - across) + 1]


def _background(luma: Picture, boxes: Picture) -> Picture:
    """Return where nobody is: not the heads, and not the bodies under them, two faces wide to either side."""
    free = np.ones(luma.shape, bool)
    for left, top, right, bottom in boxes:
        width, height = right - left, bottom - top
        head = slice(max(int(top - height / 2), 0), int(bottom) + 1)
        free[head, max(int(left - width / 2), 0) : int(right + width / 2) + 1] = False
        free[int(bottom) :, max(int(left - 1.5 * width), 0) : int(right + 1.5 * width) + 1] = False
    return free
