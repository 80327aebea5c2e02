"""Real video files, written by OpenCV."""

from __future__ import annotations

from pathlib import Path

import cv2

from tests.lab.camera import scene

__all__ = ["write_video"]


def write_video(
    path: Path, *, width: int = 640, height: int = 360, fps: float = 25.0, frames: int = 50, luma: int = 120,
    repeat: int = 1, black_every: int = 0,
) -> Path:  # fmt: skip
    """Write a motion-JPEG AVI whose pictures change after `repeat` frames; every `black_every`-th is black."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (width, height))
    assert writer.isOpened(), "this OpenCV cannot write AVI files"
    for number in range(frames):
        black = black_every and number % black_every == 0
        writer.write(scene(width, height, 2 if black else luma, number // repeat))
    writer.release()
    return path
