"""The camera probe: opens a source and measures what it really delivers. OpenCV is imported here and nowhere else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from vcops.probes.wire import Failure, Wire

if TYPE_CHECKING:
    from vcops.probes.camera.devices import Camera
    from vcops.probes.camera.whitecard import Box

__all__ = ["probe"]

_QUIET = {
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "2",  # seconds; a stalled camera blocks ten by default
}
_SECONDS = 8.0


def probe(asked: dict[str, Any], wire: Wire) -> dict[str, Any] | None:
    """Measure `source` for `seconds`, or with `list` name the cameras of this machine. Raises Failure.

    `white_card` says that somebody holds a white sheet into the picture: true for its middle, or
    `[left, top, right, bottom]` in fractions of its sides. With `preview` (`width` and `height` in pixels and `fps`,
    all at most, and `card`) small pictures are told too, each after the one before was answered by the next wish.
    With `look` nothing is measured: pictures alone are told, until the process is ended.
    """
    os.environ.update(_QUIET)  # read by OpenCV when it is imported
    try:
        import cv2

        from vcops.probes.camera import devices, looking, measuring, preview, whitecard
    except ImportError as error:
        raise Failure("camera.no_opencv", said=error.name or "cv2") from error
    cv2.setNumThreads(0)  # its threads burn processor time while they wait for work, and the work is small
    if asked.get("list"):
        return {"devices": [_described(one) for one in devices.cameras()]}
    source, seconds = str(asked.get("source") or "0"), asked.get("seconds")
    card = _card(asked.get("white_card"), whitecard.MIDDLE)
    watched = preview.Preview(wire, preview.Wish.asked(asked.get("preview")), card)
    if asked.get("look"):
        looking.look(source, wire, watched, seconds=seconds)
    else:
        empty_only = asked.get("snapshot_if") == "empty-room"
        evidence = measuring.Evidence(str(asked.get("snapshot") or ""), empty_only=empty_only)
        measuring.measure(source, wire, seconds=float(seconds or _SECONDS), evidence=evidence, preview=watched)
    return None


def _described(camera: Camera) -> dict[str, str]:
    return {"source": camera.source, "name": camera.name, "identity": camera.identity}


def _card(asked: object, middle: Box) -> Box | None:
    """Return where the sheet is held. Raises Failure for what is no place in a picture."""
    if not isinstance(asked, list):
        return middle if asked else None
    numbers = [float(one) for one in asked if isinstance(one, int | float)]
    if len(numbers) != 4 or len(asked) != 4:
        raise Failure("probe.bad_request")
    left, top, right, bottom = numbers
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise Failure("probe.bad_request")
    return type(middle)(left, top, right, bottom)
