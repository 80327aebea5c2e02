"""Which cameras this machine has, and which of them is meant.

An index moves when a camera is plugged in or the machine starts anew. What stays is who made it (`VID:PID`) and where
it is plugged in; the two together are its identity, and serve as a source like an index does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
from cv2_enumerate_cameras import enumerate_cameras

from vcops.domain.room_cameras import IDENTITY

__all__ = ["Camera", "cameras", "is_identity", "local_backend", "matching"]

_CLASS = Path("/sys/class/video4linux")
_HIGHEST_TRIED = 3


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as `--source` takes it, and the name its driver gives.

    `maker` is `VID:PID` in hexadecimal, empty where the camera is not on USB. `place` is where it is plugged in, as the
    system writes it: `1-2:1.0` on Linux, the device path elsewhere.
    """

    source: str
    name: str
    maker: str = ""
    place: str = ""

    @property
    def identity(self) -> str:
        """What stays when indices move: `046d:0825@1-2:1.0`; empty where nothing is known."""
        return f"{self.maker}@{self.place}" if self.maker and self.place else self.maker


def local_backend() -> int:
    """Return OpenCV's way to a local device on this system; CAP_ANY would try several, one after the other."""
    if sys.platform == "win32":
        return int(cv2.CAP_MSMF)
    if sys.platform == "darwin":
        return int(cv2.CAP_AVFOUNDATION)
    return int(cv2.CAP_V4L2)


def cameras() -> list[Camera]:
    """Return the cameras in the order of their indices."""
    try:
        found = sorted(enumerate_cameras(local_backend()), key=lambda one: int(one.index))
    except (NotImplementedError, OSError):
        return list(_by_trying())
    return [
        Camera(str(one.index), one.name or str(one.index), _maker(one.vid, one.pid), _place(one.path or ""))
        for one in found
    ]


def is_identity(text: str) -> bool:
    """Whether `text` is written as a camera's identity, with or without its place."""
    return IDENTITY.fullmatch(text) is not None


def matching(text: str, among: Sequence[Camera]) -> list[Camera]:
    """Return the cameras that `text` means by their identity or their name; none where it says neither.

    Of two of the same make the one in the named place is meant. One that was moved to another socket is still found
    by its make, as long as there is no other.
    """
    said = IDENTITY.fullmatch(text)
    if said is None:
        exact = [one for one in among if one.name.lower() == text.lower()]
        return exact or [one for one in among if text and text.lower() in one.name.lower()]
    alike = [one for one in among if one.maker == said["maker"].lower()]
    there = [one for one in alike if said["place"] and one.place == said["place"]]
    return there or alike


def _maker(vendor: int | None, product: int | None) -> str:
    return "" if vendor is None or product is None else f"{vendor:04x}:{product:04x}"


def _place(path: str, described: Path = _CLASS) -> str:
    """Return where a camera is plugged in; on Linux its path is no more than its index in other words."""
    if not sys.platform.startswith("linux"):
        return path
    try:
        return (described / Path(path).name / "device").resolve(strict=True).name
    except OSError:
        return ""


def _by_trying() -> Iterator[Camera]:
    for index in range(_HIGHEST_TRIED + 1):
        capture = cv2.VideoCapture(index, local_backend())
        if capture.isOpened():
            yield Camera(str(index), f"{capture.getBackendName()} {index}")
        capture.release()
