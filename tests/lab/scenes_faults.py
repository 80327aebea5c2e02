"""What goes wrong in a room, done to a good picture of it, and the frames a camera would send of that.

A fault is done to the light (blur, exposure, back light, bands), the sensor's noise and the compression come after,
and what goes wrong on the way (frozen, doubled, slow, cut off) last, as in a camera.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np

from tests.lab.scenes import Half, Scene

__all__ = ["FAULTS", "LEVELS", "Fault", "Level", "frames_of"]

FPS = 30.0
SECONDS = 2.6
_POOL = 12
"""So many different frames a case consists of; they come in random order, never one twice in a row."""
Image = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Level:
    """How good a camera is: the quality of its JPEG and the noise of its sensor (luma at full size)."""

    quality: int
    noise: float


LEVELS: dict[Half, tuple[Level, ...]] = {
    "report": (Level(95, 0.6), Level(90, 0.9), Level(85, 1.2), Level(80, 1.5), Level(70, 1.8)),
    "tuning": (Level(93, 0.5), Level(88, 0.8), Level(83, 1.1), Level(76, 1.4), Level(68, 1.7)),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong. `named` is what it must be called; `strength` differs between the halves."""

    name: str
    named: str
    strength: dict[Half, float]
    needs_person: bool = False


FAULTS = (
    Fault("none", "good", {"report": 0, "tuning": 0}),
    Fault("defocus 4 px", "soft", {"report": 4.0, "tuning": 4.4}),
    Fault("defocus 8 px", "soft", {"report": 8.0, "tuning": 7.3}),
    Fault("dark -3 EV", "dark", {"report": -3.0, "tuning": -2.7}),
    Fault("bright +2 EV", "bright", {"report": 2.0, "tuning": 2.3}),
    # In the portraits, which both halves share, the face is twice as bright as the wall: this undoes that first.
    Fault("back light", "backlight", {"report": 12.0, "tuning": 16.0}, needs_person=True),
    Fault("noise x8", "noisy", {"report": 8.0, "tuning": 9.0}),
    Fault("frozen", "frozen", {"report": 0.5, "tuning": 0.7}),
    Fault("every second frame doubled", "doubled", {"report": 2, "tuning": 3}),
    Fault("12 fps", "slow", {"report": 12.0, "tuning": 13.0}),
    Fault("black", "black", {"report": 4.0, "tuning": 7.0}),
    Fault("truncated JPEG", "truncated", {"report": 0.55, "tuning": 0.7}),
    Fault("50 Hz bands", "bands", {"report": 0.02, "tuning": 0.03}),
    Fault("head cut off", "head", {"report": 78, "tuning": 68}, needs_person=True),
)


def frames_of(scene: Scene, fault: Fault, level: Level, half: Half, seed: int = 0) -> Iterator[tuple[Image, float]]:
    """Yield decoded frames with their times in seconds, as the camera would send them."""
    dice = np.random.default_rng(seed)
    strength = fault.strength[half]
    fps = strength if fault.named == "slow" else FPS
    lit = _light(scene, fault, strength)
    noise = level.noise * (strength if fault.named == "noisy" else 1)
    pool = [_coded(_banded(lit, fault, strength, number), level.quality, noise, dice) for number in range(_POOL)]
    order = _order(fault, strength, fps, dice)
    if fault.named == "truncated":
        frames = _decoded([pool[one][: _cut(len(pool[one]), strength, at)] for at, one in enumerate(order)])
    else:
        pictures = [cv2.imdecode(np.frombuffer(one, np.uint8), cv2.IMREAD_COLOR) for one in pool]
        frames = (pictures[one] for one in order)
    for number, frame in enumerate(frames):
        assert frame is not None
        yield frame, number / fps


def _order(fault: Fault, strength: float, fps: float, dice: np.random.Generator) -> list[int]:
    """Return which frame of the pool comes when."""
    order: list[int] = []
    for number in range(round(SECONDS * fps)):
        if order and _repeated(fault, strength, number, fps):
            order.append(order[-1])
        else:
            order.append(int(dice.choice([one for one in range(number % 3, _POOL, 3) if one not in order[-1:]])))
    return order


def _cut(length: int, part: float, number: int) -> int:
    """One frame in six is cut off."""
    return round(length * part) if number % 6 == 5 else length


def _decoded(frames: list[bytes]) -> list[Image]:
    """Decode a stream as FFmpeg does, which takes a frame that was cut off for a whole one."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "stream.mjpeg"
        file.write_bytes(b"".join(frames))
        capture = cv2.VideoCapture(str(file), cv2.CAP_FFMPEG)
        found = []
        while (came := capture.read())[0]:
            found.append(came[1])
        capture.release()
    return found


def _repeated(fault: Fault, strength: float, number: int, fps: float) -> bool:
    if fault.named == "frozen":
        return number / fps > strength
    return fault.named == "doubled" and number % round(strength) != 0


def _light(scene: Scene, fault: Fault, strength: float) -> Image:
    """Return what falls on the sensor, as it would be coded."""
    makers: dict[str, Callable[[], Image]] = {
        "soft": lambda: cv2.GaussianBlur(scene.picture, (0, 0), strength * scene.picture.shape[1] / 1920),
        "dark": lambda: _exposed(scene.picture, strength),
        "bright": lambda: _exposed(scene.picture, strength),
        "backlight": lambda: _lit_from_behind(scene, strength),
        "black": lambda: np.full_like(scene.picture, round(strength)),
        "head": lambda: scene.raised(round(strength)),
    }
    return makers.get(fault.named, lambda: scene.picture)().astype(np.float32)


def _exposed(picture: Image, stops: float, curve: float = 2.2) -> Image:
    light = (picture.astype(np.float32) / 255) ** curve * 2.0**stops
    return 255 * np.clip(light, 0, 1) ** (1 / curve)


def _lit_from_behind(scene: Scene, times: float) -> Image:
    """The camera exposes for the window behind: brighter all around, darker where the person sits."""
    assert scene.person is not None
    left, top, right, bottom = scene.person
    picture = _exposed(scene.picture, np.log2(times) / 2)
    picture[top:bottom, left:right] = _exposed(scene.picture[top:bottom, left:right], -np.log2(times) / 2)
    return picture


def _banded(lit: Image, fault: Fault, strength: float, number: int) -> Image:
    """Lamps on 50 Hz, read row by row within 1/30 s: at 30 frames a second the pattern is back every third frame."""
    if fault.named != "bands":
        return lit
    at = number / FPS + np.arange(lit.shape[0]) / lit.shape[0] / FPS
    return lit * (1 + strength * np.cos(2 * np.pi * 100 * at))[:, np.newaxis, np.newaxis]


def _coded(lit: Image, quality: int, noise: float, dice: np.random.Generator) -> bytes:
    """Return the frame after sensor and compression."""
    grain = dice.standard_normal(lit.shape[:2], np.float32)[..., np.newaxis] * noise
    frame = np.clip(lit + grain, 0, 255).astype(np.uint8)
    return cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
