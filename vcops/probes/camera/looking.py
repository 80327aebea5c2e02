"""Looking through a camera without measuring it: for whoever turns it, frames the picture or focuses the lens."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter, sleep

import cv2

from vcops.probes.camera.faces import Faces
from vcops.probes.camera.luma import Picture, luma_copy
from vcops.probes.camera.measuring import beside_thread, refuse_giants
from vcops.probes.camera.mtcnn import Detector
from vcops.probes.camera.preview import Preview
from vcops.probes.camera.sources import Source, find_source, open_source
from vcops.probes.wire import Failure, Wire

__all__ = ["look"]

LONGEST_S = 15 * 60.0
"""A camera that somebody has forgotten does not film the room all night."""
_TELL_EVERY_S = 0.5
_FACES_EVERY_S = 1.0
_RATE_OVER_S = 2.0
_GIVE_UP_S = 6.0


@dataclass(slots=True)
class _Rate:
    """Frames a second over the last two seconds."""

    times: deque[float] = field(default_factory=deque)

    def add(self, at: float) -> None:
        self.times.append(at)
        while self.times[0] < at - _RATE_OVER_S:
            self.times.popleft()

    @property
    def fps(self) -> float | None:
        span = self.times[-1] - self.times[0] if self.times else 0.0
        return round((len(self.times) - 1) / span, 1) if span > 0 else None


def look(text: str, wire: Wire, preview: Preview, *, seconds: float | None = None) -> None:
    """Show what the source `text` sees until the process is ended, at most a quarter of an hour. Raises Failure.

    Nothing is measured and no reading told; the progress line says size, rate and faces as they are just now.
    """
    wire.progress("camera.opening")
    source = find_source(text)
    with beside_thread() as beside:
        faces = Faces(Detector(), beside)
        capture = open_source(source)
        rate, told_at, faces_at = _Rate(), float("-inf"), float("-inf")
        end = perf_counter() + (seconds or LONGEST_S)
        try:
            for frame in _frames(source, capture):
                now = perf_counter()
                refuse_giants(source, frame.shape[1], frame.shape[0])
                rate.add(now)
                if now - faces_at >= _FACES_EVERY_S:
                    faces_at = now
                    faces.add(frame, luma_copy(frame))
                    del faces.looks[:-1]
                preview.offer(frame, faces)
                if now - told_at >= _TELL_EVERY_S:
                    told_at = now
                    seen = faces.looks[-1] if faces.looks else None
                    count = len(seen.boxes) if seen else 0
                    wire.progress(
                        "camera.looking", fps=rate.fps, width=frame.shape[1], height=frame.shape[0], faces=count
                    )
                if now >= end:
                    return
        finally:
            capture.release()


def _frames(source: Source, capture: cv2.VideoCapture) -> Iterator[Picture]:
    """Yield frames as they come, a film's at the pace at which it plays and over again. Raises Failure at the end."""
    came_at, number = perf_counter(), 0
    film = source.kind == "file"
    pace = 1 / max(capture.get(cv2.CAP_PROP_FPS), 1.0) if film else 0.0
    while True:
        came, frame = capture.read()
        now = perf_counter()
        if came and frame is not None:
            number += 1
            yield frame
            if film:
                sleep(max(came_at + pace - perf_counter(), 0.0))
            came_at = perf_counter() if film else now
        elif film and number:
            capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            number = 0
        elif film or now - came_at > _GIVE_UP_S or not capture.isOpened() or source.kind == "stream":
            code = "camera.stopped" if number else "camera.no_frames"
            raise Failure(code, source=source.shown, **({"frames": number} if number else {}))
