"""What a camera's probe would tell of a drawn room, without a probe: the same on every machine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import cv2
import numpy as np
import pytest
from textual.pilot import Pilot

from tests.tui.harness import settled
from vcops.domain.checks import CheckProgress, CheckReading, judged
from vcops.domain.pictures import CheckPicture, Preview
from vcops.domain.readings import Reading
from vcops.tui.prepare.checking import RunningCheck
from vcops.tui.prepare.place import PreparePlace
from vcops.tui.prepare.sight import Sight

__all__ = ["a_good_terminal", "a_room", "seeing"]

FACE = (0.42, 0.25, 0.54, 0.5)
FIGURES = {"faces_count": 1, "face_width_px": 148.0, "face_headroom_pct": 14.2, "luma_mean": 118.4, "fps": 29.9}


def a_good_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it a local terminal with all colours, wherever the tests run."""
    for name in ("NO_COLOR", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")


def a_room(width: int, height: int) -> bytes:
    """Return the pixels of somebody at a desk before a wall with a window, all in whole numbers."""
    across, down = np.meshgrid(np.arange(width) * 1000 // width, np.arange(height) * 1000 // height)
    room: np.ndarray[Any, Any] = np.zeros((height, width, 3), np.uint8)
    room[...] = np.stack([150 - down // 20, 152 - down // 18, 146 - down // 16], axis=-1)
    room[(across > 90) & (across < 280) & (down > 130) & (down < 520)] = (176, 204, 222)
    room[(across > 178) & (across < 192) & (down > 130) & (down < 520)] = (92, 84, 76)
    body = (across - 480) ** 2 * 9 + (down - 900) ** 2 * 4 < 9 * 180**2 + 4 * 180**2
    room[body & (down > 500)] = (52, 72, 108)
    head = (across - 480) ** 2 * 4 + (down - 375) ** 2 * 2 < 2 * 150**2
    room[head] = (196, 150, 122)
    room[head & (down < 300)] = (48, 38, 34)
    room[down > 830] = (120, 88, 58)
    return cv2.GaussianBlur(room, (3, 3), 0).tobytes() if width > 60 else room.tobytes()


async def seeing(place: PreparePlace, pilot: Pilot[object], *, measured: bool, sheet: bool) -> None:
    """Let the place show its camera's step as it is measured or looked through."""
    assert place.walked is not None
    run = place.walked.run
    preview: Preview = place.view.preview
    sight = Sight(run.id, "camera", preview, looking=not measured)
    preview.card = sheet
    if measured:
        place.checks.append(RunningCheck(run.id, "camera", sight=sight))
        place.check.take(CheckProgress(0.4, "camera.measuring", {"fps": 29.9, "width": 1920, "height": 1080}))
        for metric, value in FIGURES.items():
            reading = Reading(metric, value, datetime(2026, 11, 23, tzinfo=UTC), partial=True)
            place.check.take(CheckReading(judged(reading, run.standards["room-camera"])))
    else:
        sight.take(CheckProgress(None, "camera.looking", {"fps": 29.9, "width": 1920, "height": 1080, "faces": 1}))
        place.look = sight
        place.view.look_through(sight)
    place.show_walk(place.walked)
    await settled(pilot)
    high = preview.height
    wide = min(preview.width, high * 16 // 9)
    card = (0.4, 0.35, 0.6, 0.65) if sheet else None
    for sigma in (1.9,) * 5 + (2.4,) * 5:
        sight.take(CheckPicture(wide, high, a_room(wide, high), (FACE,), sigma, card, 5.2 if sheet else None))
    place.show_walk(place.walked)
    await settled(pilot)
