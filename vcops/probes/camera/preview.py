"""Small pictures of what the camera sees, for who looks on: few, rarely, and never in the way of the measuring."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import cv2

from vcops.probes.camera.faces import Faces
from vcops.probes.camera.focus import quick_sigma
from vcops.probes.camera.luma import Picture, sampled
from vcops.probes.camera.whitecard import MIDDLE, Box, card_chroma
from vcops.probes.wire import Failure, Wire

__all__ = ["Preview", "Wish", "small_picture"]

_LARGEST = 256
"""Pixels along a side: more than any terminal shows, and a line that a pipe takes whole."""
_FASTEST = 30.0
_FOCUS_EVERY_S = 0.13
"""Seven times a second: a hand at the lens sees at once what it does."""
_SAMPLES = 4
"""Pixels across and down that a pixel of the small picture is the mean of; a sensor's noise is hardly seen then."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be sent: pixels across and down at most, pictures a second at most, and the box of a white sheet."""

    width: int
    height: int
    fps: float
    card: Box | None = None

    @classmethod
    def asked(cls, asked: object) -> Wish | None:
        """Read a wish; None where nothing is wished. Raises Failure for what makes no sense."""
        if not asked:
            return None
        try:
            width, height, fps = int(asked["width"]), int(asked["height"]), float(asked["fps"])  # type: ignore[index]
            card = MIDDLE if asked.get("card") else None  # type: ignore[attr-defined]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Failure("probe.bad_request") from error
        if not (2 <= width <= _LARGEST and 2 <= height <= _LARGEST and 0 < fps <= _FASTEST):
            raise Failure("probe.bad_request")
        return cls(width, height, fps, card)


@dataclass(slots=True)
class Preview:
    """Sends what is wished of the frames it is offered.

    The next picture waits until the one before was answered, by the wish that holds from then on: where the reader is
    late, frames are passed by and nothing piles up in the pipe.
    """

    wire: Wire
    wish: Wish | None
    """None where nobody looks on."""
    card: Box | None = None
    """Where a white sheet is held, or was since somebody asked for one."""
    clock: Callable[[], float] = perf_counter
    _due: float = float("-inf")
    _unanswered: bool = False
    _focused_at: float = float("-inf")
    _sigma: float | None = None

    def offer(self, frame: Picture, faces: Faces | None) -> None:
        """Take a frame; send a picture of it where one is due."""
        if self.wish is None:
            return
        if (answer := self.wire.heard()) is not None:
            self._unanswered = False
            self._wish_anew(answer)
        now = self.clock()
        if self._unanswered or now < self._due:
            return
        # Counted from when it was due, not from now: a camera's own rate would otherwise make the steps longer.
        step = 1 / self.wish.fps
        self._due = max(self._due + step, now + step / 2)
        self._unanswered = True
        self._send(frame, faces, now)

    def _wish_anew(self, answer: dict[str, Any]) -> None:
        try:
            self.wish = Wish.asked(answer) or self.wish
        except Failure:
            return  # it goes on as it was

    def _send(self, frame: Picture, faces: Faces | None, now: float) -> None:
        assert self.wish is not None
        if now - self._focused_at >= _FOCUS_EVERY_S:
            self._focused_at, self._sigma = now, quick_sigma(frame)
        card = self.wish.card
        self.card = card or self.card
        small = small_picture(frame, self.wish.width, self.wish.height)
        self.wire.picture(
            width=small.shape[1],
            height=small.shape[0],
            rgb=b64encode(small.tobytes()).decode("ascii"),
            faces=_boxes(faces),
            sigma=_rounded(self._sigma),
            card=None if card is None else [card.left, card.top, card.right, card.bottom],
            chroma=None if card is None else _rounded(card_chroma(frame, card)),
        )


def small_picture(frame: Picture, width: int, height: int) -> Picture:
    """Return the frame in red, green and blue, as large as fits into `width` x `height` with its sides' ratio.

    Every so many-th pixel first and the means of those afterwards: averaging all pixels costs many times as much, and
    on a picture this small nobody sees the difference.
    """
    across, down = frame.shape[1], frame.shape[0]
    share = min(width / across, height / down)
    size = (max(round(across * share), 1), max(round(down * share), 1))
    small = cv2.resize(sampled(frame, _SAMPLES * size[0]), size, interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(small, cv2.COLOR_GRAY2RGB if small.ndim == 2 else cv2.COLOR_BGR2RGB)


def _boxes(faces: Faces | None) -> list[list[float]]:
    """Return where the newest look found faces."""
    newest = faces.looks[-1] if faces is not None and faces.looks else None
    return [[round(side, 3) for side in one] for one in newest.boxes] if newest is not None else []


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
