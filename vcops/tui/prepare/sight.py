"""What is seen through a camera now: the newest picture, how sharp it is, and how sharp it was at best."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from vcops.domain.checks import CheckFailed, CheckProgress
from vcops.domain.pictures import CheckPicture, Preview
from vcops.errors import Param

__all__ = ["HIDDEN_FPS", "Sight", "focus_score", "over_ssh", "usual_fps"]

_FPS, _FPS_OVER_SSH = 15.0, 5.0
HIDDEN_FPS = 1.0
"""While nobody sees the pictures: often enough to notice when somebody does again."""
_SHARPEST_PX = 1.5
"""The edge blur that the sharpest pictures read, in pixels of a 1920-wide picture: a score of 100."""
_STEADY = 5
"""Pictures whose middle is shown: a hand at the lens follows a calm bar better."""


@dataclass(slots=True)
class Sight:
    """One look through the camera of one step, while it is measured or only looked through."""

    run_id: str
    step_id: str
    preview: Preview
    """How the next picture is wanted; the widget that draws them sets it."""
    looking: bool = False
    """Whether nothing is measured."""
    picture: CheckPicture | None = None
    sigma: float | None = None
    """Blur of the sharpest edges now, in pixels of a 1920-wide picture; None where there are too few edges."""
    best: float | None = None
    """The least it has been."""
    cameras: tuple[str, ...] = ()
    """The names of the room's cameras, where there are several to look through."""
    place: int = 0
    """Which of them this is."""
    code: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)
    _recent: deque[float] = field(default_factory=lambda: deque(maxlen=_STEADY))

    def take(self, event: CheckPicture | CheckProgress | CheckFailed) -> None:
        """Note what was told."""
        if isinstance(event, CheckPicture):
            self.picture = event
            self._focus(event.sigma)
        else:
            self.code, self.params = event.code, event.params

    def _focus(self, sigma: float | None) -> None:
        if sigma is None:
            self._recent.clear()
            self.sigma = None
            return
        self._recent.append(sigma)
        self.sigma = median(self._recent)
        if len(self._recent) == _STEADY:  # a single lucky look is no best
            self.best = self.sigma if self.best is None else min(self.best, self.sigma)


def focus_score(sigma: float) -> int:
    """Return the focus as a number up to 100 that grows as the picture gets sharper."""
    return min(100, round(100 * _SHARPEST_PX / max(sigma, 0.1)))


def over_ssh() -> bool:
    """Whether the terminal is at the other end of an SSH session, where each picture has to travel."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def usual_fps() -> float:
    """Return how many pictures a second are drawn while one looks."""
    return _FPS_OVER_SSH if over_ssh() else _FPS
