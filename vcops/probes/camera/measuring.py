"""Reads frames for some seconds and says what came."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, sleep

import cv2

from vcops.probes.camera.analysis import Analysis
from vcops.probes.camera.faces import Faces, shows_somebody
from vcops.probes.camera.luma import Picture
from vcops.probes.camera.mtcnn import Detector
from vcops.probes.camera.preview import Preview
from vcops.probes.camera.snapshots import keep
from vcops.probes.camera.sources import Source, find_source, open_source
from vcops.probes.wire import Failure, Wire

__all__ = ["Evidence", "beside_thread", "measure", "refuse_giants"]

_SETTLE_S = {"device": 1.0, "stream": 2.0, "file": 0.0}
"""What is dropped at the start: a stream bursts what its server had buffered, a device finds its exposure."""
_TELL_EVERY_S = 0.5
_MOST_PIXELS = 8192 * 4320
"""An 8K picture; what claims to be more is no camera but an attempt to fill this machine's memory."""
_GIVE_UP_S = 6.0
"""Without a frame for so long the camera stands still. A backend's own limits are shorter."""
_STOPPED_S = 1.0
"""Whose last frame is so old when the time is over has stopped: what was read of it is not the whole."""
_REST_S = 0.01
"""Between two questions for a frame that a camera refuses at once, because it was unplugged."""


@dataclass(slots=True)
class _Measuring:
    """One measurement under way."""

    source: Source
    capture: cv2.VideoCapture
    wire: Wire
    seconds: float
    opened_at: float
    log: Analysis
    preview: Preview
    first_frame_ms: float = 0.0
    last: Picture | None = None
    told_at: float = 0.0

    @property
    def finite(self) -> bool:
        """Whether it has an end and is read as fast as it can be decoded: its own timestamps count, not the clock."""
        return self.source.kind == "file" or self.capture.get(cv2.CAP_PROP_FRAME_COUNT) > 0

    @property
    def instrument(self) -> str:
        """Which library measured, with which backend."""
        return f"opencv {cv2.__version__} {self.capture.getBackendName().lower()}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The file that the last picture goes to; empty for none. `empty_only`: only where nobody is on it."""

    file: str = ""
    empty_only: bool = False


def measure(text: str, wire: Wire, *, seconds: float, evidence: Evidence | None = None, preview: Preview) -> None:
    """Measure the source `text` for `seconds` of its time. Raises Failure; readings told before that stand."""
    wire.progress("camera.opening")
    source = find_source(text)
    with beside_thread() as beside:
        detector = Detector()
        started = perf_counter()
        capture = open_source(source)
        work = _Measuring(source, capture, wire, seconds, started, Analysis(card=preview.card), preview)
        work.log.faces = Faces(detector, None if work.finite else beside)
        try:
            declared = (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
            refuse_giants(source, *(int(capture.get(one)) for one in declared))
            how = _read_file(work) if work.finite else _read_live(work)
            work.log.faces.finish()
            _tell_readings(work, how, partial=False)
            if evidence and evidence.file and work.last is not None:
                _keep_evidence(work, evidence, detector)
        finally:
            capture.release()


def _keep_evidence(work: _Measuring, evidence: Evidence, detector: Detector) -> None:
    """Write the last picture. Where only an empty room may be shown, one look that found somebody is enough not to."""
    picture = work.last
    assert picture is not None
    looks = work.log.faces.looks if work.log.faces else []
    if evidence.empty_only and (not looks or any(looks) or shows_somebody(picture, detector)):
        work.wire.progress("camera.snapshot_people", 1.0)
        return
    keep(picture, evidence.file)
    work.wire.progress("camera.snapshot_written", 1.0, file=evidence.file)


@contextmanager
def beside_thread() -> Iterator[Executor]:
    """Yield a thread for the looks at faces. Nobody waits for it at the end: the process goes without it."""
    executor = ThreadPoolExecutor(1, "faces")
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def refuse_giants(source: Source, width: int, height: int) -> None:
    """Raise Failure for a picture that no camera sends."""
    if width * height > _MOST_PIXELS:
        raise Failure("camera.too_large", source=source.shown, width=width, height=height)


def _first(work: _Measuring) -> Picture:
    """Return the first frame and note how long it took since the opening began."""
    while True:
        came, frame = work.capture.read()
        if came and frame is not None:
            work.first_frame_ms = (perf_counter() - work.opened_at) * 1000
            return frame
        if work.source.kind == "file" or perf_counter() - work.opened_at > _GIVE_UP_S:
            raise _no_frames(work)


def _no_frames(work: _Measuring) -> Failure:
    """Return that no picture came; what to do about it depends on what should have sent it."""
    codes = {"device": "camera.no_frames", "stream": "camera.no_pictures", "file": "camera.no_film"}
    return Failure(codes[work.source.kind], source=work.source.shown)


def _read_live(work: _Measuring) -> str:
    """Read a device or a stream by the clock, after it has settled."""
    work.last = _first(work)
    settled = perf_counter() + _SETTLE_S[work.source.kind]
    end = settled + work.seconds
    came_at = perf_counter()
    while (now := perf_counter()) < end:
        grabbed = work.capture.grab()
        at = perf_counter()
        came, frame = work.capture.retrieve() if grabbed else (False, None)
        if grabbed and not came and at >= settled:
            work.log.undecoded += 1
            came_at = at
            continue
        if not came or frame is None:
            if at - came_at > _GIVE_UP_S or not work.capture.isOpened() or work.source.kind == "stream":
                _stopped(work, "clock")
            sleep(_REST_S)
            continue
        came_at, work.last = at, frame
        refuse_giants(work.source, frame.shape[1], frame.shape[0])
        if at >= settled:
            work.log.add(work.last, at)
        _show(work)
        _tell_now_and_then(work, (now - settled) / work.seconds, "clock")
    if work.log.count < 2 or perf_counter() - came_at > _STOPPED_S:
        _stopped(work, "clock")
    return "clock"


def _read_file(work: _Measuring) -> str:
    """Read a file by its own timestamps. One that is slow to decode is cut at twice the time it would play."""
    frame: Picture | None = _first(work)
    declared = work.capture.get(cv2.CAP_PROP_FPS)
    start = stamp = work.capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
    stamped, cut = True, perf_counter() + 2 * work.seconds + 5
    number = 0
    while frame is not None:
        work.last = frame
        refuse_giants(work.source, frame.shape[1], frame.shape[0])
        work.log.add(frame, stamp - start if stamped else number / declared)
        _show(work)
        elapsed = work.log.times[-1]
        if elapsed >= work.seconds or perf_counter() > cut:
            break
        _tell_now_and_then(work, elapsed / work.seconds, "file-timestamps")
        came, following = work.capture.read()
        frame, number = (following if came and following is not None else None), number + 1
        later = work.capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        if frame is not None and number == 1 and later <= stamp:
            stamped = False
            if declared <= 0:
                raise Failure("camera.no_timestamps", source=work.source.shown)
        stamp = later
    if work.log.count < 2:
        raise _no_frames(work)
    return "file-timestamps" if stamped else "file-declared-rate"


def _show(work: _Measuring) -> None:
    """Offer the newest frame to who looks on. A sheet that is asked for meanwhile belongs to the measurement."""
    if work.last is not None:
        work.preview.offer(work.last, work.log.faces)
    work.log.card = work.preview.card


def _stopped(work: _Measuring, how: str) -> None:
    if work.log.count:
        _tell_readings(work, how, partial=True)
        raise Failure("camera.stopped", source=work.source.shown, frames=work.log.count)
    raise _no_frames(work)


def _tell_now_and_then(work: _Measuring, fraction: float, how: str) -> None:
    """Report twice a second: how far, and the figures so far, which stand when the check is cut short."""
    now = perf_counter()
    if now - work.told_at < _TELL_EVERY_S:
        return
    work.told_at = now
    if work.log.count < 2:
        work.wire.progress("camera.settling")
        return
    width, height = work.log.size
    fps = None if work.log.fps is None else round(work.log.fps, 1)
    work.wire.progress("camera.measuring", fraction, fps=fps, width=width, height=height)
    _tell_readings(work, how, partial=True)


def _tell_readings(work: _Measuring, how: str, *, partial: bool) -> None:
    """Tell the figures so far; what cannot be judged is told at the end alone."""
    instrument = work.instrument
    work.wire.reading("first_frame_ms", round(work.first_frame_ms, 2), instrument=instrument, how="clock", samples=1)
    for one in work.log.found(how):
        if one.value is None and partial:
            continue
        work.wire.reading(
            one.metric,
            None if one.value is None else round(float(one.value), 2),
            instrument=instrument,
            how=one.how,
            samples=one.samples,
            partial=partial,
            note=one.note,
        )
