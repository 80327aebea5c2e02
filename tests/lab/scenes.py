"""Meeting rooms to look at: photographs that packages ship, hung and seated in rooms that are drawn.

The halves share no wall, furniture or arrangement: bounds are tuned on one and reported on the other. The two
portraits are in both, mirrored in one, for there are no more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np

__all__ = ["HALVES", "HEIGHT", "WIDTH", "Half", "Scene", "coded", "scenes"]

WIDTH, HEIGHT = 1280, 720
Half = Literal["tuning", "report"]
HALVES: tuple[Half, ...] = ("tuning", "report")
Image = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Scene:
    """A still room. `person` is where somebody sits (left, top, right, bottom); None for an empty room."""

    name: str
    picture: Image = field(repr=False)
    person: tuple[int, int, int, int] | None = None
    portrait: Image | None = field(default=None, repr=False)

    def raised(self, pixels: int) -> Image:
        """Return the room with the person higher up by so many pixels: the camera is tilted too low."""
        assert self.person is not None, "nobody sits here"
        assert self.portrait is not None
        left, top, right, bottom = self.person
        moved = self.picture.copy()
        stretched = np.vstack([self.portrait, np.repeat(self.portrait[-1:], pixels, axis=0)])
        seen = stretched[max(pixels - top, 0) :]
        start = max(top - pixels, 0)
        moved[start:bottom, left:right] = seen[: bottom - start]
        return moved


@lru_cache
def _folder(package: str) -> Path:
    from importlib.util import find_spec

    found = find_spec(package)
    assert found is not None, f"{package} is not installed"
    assert found.origin is not None
    return Path(found.origin).parent


def _photo(name: str) -> Image:
    place = {
        "china.jpg": "sklearn:datasets/images",
        "flower.jpg": "sklearn:datasets/images",
        "grace_hopper.jpg": "matplotlib:mpl-data/sample_data",
    }.get(name, "skimage:data")
    package, _, inside = place.partition(":")
    picture = cv2.imread(str(_folder(package) / inside / name))
    assert picture is not None, name
    return picture


@dataclass(frozen=True)
class _Plan:
    """How a room is furnished. Photographs stand at their own size, so that their edges stay as sharp as they are."""

    name: str
    wall: tuple[int, int, int]
    posters: tuple[tuple[str, int, int], ...] = ()
    portrait: str = ""
    left: int = 0
    top: int = 0
    mirrored: bool = False
    seed: int = 0


_PLANS: dict[Half, tuple[_Plan, ...]] = {
    "report": (
        _Plan("astronaut before a grey wall", (128, 126, 122), (("brick.png", 60, 40),), "astronaut.png", 640, 40),
        _Plan("astronaut beside a bookshelf", (104, 112, 118), (), "astronaut.png", 200, 44, seed=1),
        _Plan("officer before a dim wall", (104, 100, 98), (("chelsea.png", 780, 60),), "grace_hopper.jpg", 180, 10),
        _Plan(
            "officer with a clock", (92, 98, 106), (("clock_motion.png", 60, 70),), "grace_hopper.jpg", 700, 14, seed=2
        ),
        _Plan("astronaut and a poster", (118, 110, 104), (("coffee.png", 640, 90),), "astronaut.png", 40, 50, seed=3),
        _Plan("officer and the temple", (96, 104, 100), (("china.jpg", 40, 60),), "grace_hopper.jpg", 740, 6, seed=4),
        _Plan("empty room with posters", (140, 138, 134), (("chelsea.png", 90, 80), ("coffee.png", 620, 70)), seed=5),
        _Plan("empty garage", (112, 112, 116), (("motorcycle_left.png", 250, 60),), seed=6),
        _Plan("empty room with a page", (110, 116, 120), (("page.png", 120, 120), ("flower.jpg", 580, 60)), seed=7),
        _Plan("empty hall", (124, 120, 118), (("china.jpg", 90, 50), ("gravel.png", 740, 60)), seed=8),
    ),
    "tuning": (
        _Plan(
            "astronaut, mirrored", (122, 124, 128), (("gravel.png", 720, 50),), "astronaut.png", 120, 46, True, seed=9
        ),
        _Plan(
            "astronaut on the right", (110, 106, 112), (("page.png", 80, 90),), "astronaut.png", 700, 52, True, seed=10
        ),
        _Plan("officer, mirrored", (100, 96, 94), (("coins.png", 90, 80),), "grace_hopper.jpg", 640, 12, True, seed=11),
        _Plan(
            "officer on the left", (94, 100, 98), (("grass.png", 740, 40),), "grace_hopper.jpg", 80, 8, True, seed=12
        ),
        _Plan("astronaut alone", (116, 118, 112), (), "astronaut.png", 420, 42, True, seed=13),
        _Plan("officer alone", (98, 98, 102), (), "grace_hopper.jpg", 400, 16, True, seed=14),
        _Plan("empty room with a rocket", (132, 130, 128), (("rocket.jpg", 100, 60),), seed=15),
        _Plan("empty workshop", (118, 114, 110), (("motorcycle_right.png", 420, 40),), seed=16),
        _Plan("empty corner with a wall of brick", (120, 122, 126), (("brick.png", 380, 30),), seed=17),
        _Plan("empty room with coins", (126, 122, 118), (("coins.png", 140, 90), ("flower.jpg", 600, 70)), seed=18),
    ),
}


@lru_cache
def scenes(half: Half) -> tuple[Scene, ...]:
    """Return the good scenes of one half."""
    return tuple(_built(plan) for plan in _PLANS[half])


def coded(scene: Scene, frames: int = 4, blur: float = 0.0) -> tuple[bytes, ...]:
    """Return the room as a camera sends it: JPEG frames with a sensor's noise; `blur` is the lens's, in pixels."""
    dice = np.random.default_rng(0)
    seen = cv2.GaussianBlur(scene.picture, (0, 0), blur) if blur else scene.picture
    noisy = (np.clip(seen + dice.normal(0, 2, seen.shape), 0, 255).astype(np.uint8) for _frame in range(frames))
    return tuple(cv2.imencode(".jpg", one)[1].tobytes() for one in noisy)


def _built(plan: _Plan) -> Scene:
    room = _room(plan)
    for name, left, top in plan.posters:
        _hang(room, _photo(name), left, top)
    if not plan.portrait:
        _desk(room, plan.seed)
        return Scene(plan.name, room)
    portrait = _photo(plan.portrait)
    if plan.mirrored:
        portrait = np.ascontiguousarray(portrait[:, ::-1])
    _desk(room, plan.seed)
    bottom = min(plan.top + portrait.shape[0], HEIGHT - 130)
    portrait = portrait[: bottom - plan.top]
    right = plan.left + portrait.shape[1]
    room[plan.top : bottom, plan.left : right] = portrait
    return Scene(plan.name, room, (plan.left, plan.top, right, bottom), portrait)


def _room(plan: _Plan) -> Image:
    """Return a wall that is lighter towards the lamp, with a door and a shelf."""
    dice = np.random.default_rng(plan.seed + 100)
    slope = np.linspace(1.08, 0.94, HEIGHT)[:, np.newaxis, np.newaxis] * np.ones((1, WIDTH, 1))
    room = np.clip(slope * np.array(plan.wall), 0, 255).astype(np.uint8)
    left = int(dice.integers(20, 160))
    wood = tuple(int(one) for one in dice.integers(60, 120, 3))
    cv2.rectangle(room, (left, 60), (left + 210, 600), wood, -1)
    cv2.rectangle(room, (left, 60), (left + 210, 600), tuple(one // 2 for one in wood), 3)
    for row in range(4):
        at = int(dice.integers(880, 920))
        while at < 1220:
            wide, high = int(dice.integers(12, 40)), int(dice.integers(60, 110))
            foot = 190 + row * 125
            colour = tuple(int(one) for one in dice.integers(50, 190, 3))
            cv2.rectangle(room, (at, foot - high), (at + wide, foot), colour, -1)
            at += wide + int(dice.integers(1, 6))
        cv2.rectangle(room, (870, 190 + row * 125), (1230, 198 + row * 125), (52, 66, 84), -1)
    return room


def _hang(room: Image, photo: Image, left: int, top: int) -> None:
    photo = photo[: HEIGHT - top - 130, : WIDTH - left]
    room[top : top + photo.shape[0], left : left + photo.shape[1]] = photo
    cv2.rectangle(room, (left, top), (left + photo.shape[1], top + photo.shape[0]), (40, 44, 48), 4)


def _desk(room: Image, seed: int) -> None:
    """Draw a desk with papers along the lower edge."""
    dice = np.random.default_rng(seed + 500)
    grain = dice.integers(-9, 10, (130, 1, 1)) + dice.integers(-3, 4, (130, WIDTH, 1))
    room[HEIGHT - 130 :] = np.clip(np.array([84, 104, 128]) + grain, 0, 255).astype(np.uint8)
    for _sheet in range(4):
        left, top = int(dice.integers(40, WIDTH - 200)), int(dice.integers(HEIGHT - 110, HEIGHT - 60))
        cv2.rectangle(room, (left, top), (left + 130, top + 44), (206, 210, 212), -1)
        for line in range(3):
            cv2.line(room, (left + 10, top + 10 + 10 * line), (left + 118, top + 10 + 10 * line), (70, 70, 70), 1)
