"""A picture kept as evidence."""

from __future__ import annotations

import os
from pathlib import Path

import cv2

from vcops.probes.camera.luma import Picture
from vcops.probes.wire import Failure

__all__ = ["keep"]


def keep(frame: Picture, path: str) -> None:
    """Write a frame; the file's name says in which format. People may be in it: only the owner may read the file.

    Raises Failure for a format that cannot be written and for a place that cannot be written to.
    """
    target = Path(path)
    try:
        coded, data = cv2.imencode(target.suffix or ".jpg", frame)
        if not coded:
            raise Failure("camera.snapshot_kind", file=path)
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:  # noqa: PTH123
            stream.write(data.tobytes())
    except cv2.error as error:
        raise Failure("camera.snapshot_kind", file=path) from error
    except OSError as error:
        raise Failure("camera.snapshot_failed", file=path, said=error.strerror or "") from error
