"""Which cameras this machine has."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2

__all__ = ["Camera", "cameras", "local_backend"]

_CLASS = Path("/sys/class/video4linux")
_HIGHEST_TRIED = 3


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as `--source` takes it, and the name its driver gives."""

    source: str
    name: str


def local_backend() -> int:
    """Return OpenCV's way to a local device on this system; CAP_ANY would try several, one after the other."""
    if sys.platform == "win32":
        return int(cv2.CAP_MSMF)
    if sys.platform == "darwin":
        return int(cv2.CAP_AVFOUNDATION)
    return int(cv2.CAP_V4L2)


def cameras() -> list[Camera]:
    """Return the cameras in the order of their indices."""
    return list(_of_linux() if sys.platform.startswith("linux") else _by_trying())


def _of_linux() -> Iterator[Camera]:
    for device in sorted(Path("/dev").glob("video[0-9]*"), key=lambda path: _number(path.name)):
        described = _CLASS / device.name
        if not _first_of_its_camera(described):
            continue
        try:
            name = (described / "name").read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            name = device.name
        yield Camera(str(_number(device.name)), name)


def _first_of_its_camera(described: Path) -> bool:
    """A webcam also has a node for metadata, numbered after the one with the pictures; it is no camera."""
    try:
        return (described / "index").read_text(encoding="ascii").strip() == "0"
    except (OSError, UnicodeDecodeError):
        return True


def _by_trying() -> Iterator[Camera]:
    for index in range(_HIGHEST_TRIED + 1):
        capture = cv2.VideoCapture(index, local_backend())
        if capture.isOpened():
            yield Camera(str(index), f"{capture.getBackendName()} {index}")
        capture.release()


def _number(name: str) -> int:
    found = re.search(r"\d+$", name)
    return int(found.group()) if found else 0
