"""The camera probe: opens a source and measures what it really delivers. OpenCV is imported here and nowhere else."""

from __future__ import annotations

import os
from typing import Any

from vcops.probes.wire import Failure, Wire

__all__ = ["probe"]

_QUIET = {
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "2",  # seconds; a stalled camera blocks ten by default
}
_SECONDS = 10.0


def probe(asked: dict[str, Any], wire: Wire) -> dict[str, Any] | None:
    """Measure `source` for `seconds`, or with `list` name the cameras of this machine. Raises Failure."""
    os.environ.update(_QUIET)  # read by OpenCV when it is imported
    try:
        from vcops.probes.camera import devices, measuring
    except ImportError as error:
        raise Failure("camera.no_opencv", said=error.name or "cv2") from error
    if asked.get("list"):
        return {"devices": [{"source": one.source, "name": one.name} for one in devices.cameras()]}
    measuring.measure(
        str(asked.get("source") or "0"),
        wire,
        seconds=float(asked.get("seconds") or _SECONDS),
        snapshot=str(asked.get("snapshot") or ""),
    )
    return None
