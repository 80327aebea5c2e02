"""What a camera sees while it is measured or adjusted: small pictures to look at, which nobody keeps."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Box", "CheckPicture", "Preview"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in fractions of the picture's sides."""


@dataclass(frozen=True, slots=True)
class CheckPicture:
    """One small picture and what is seen on it just then. It is an event like the others, and never stored."""

    width: int
    height: int
    pixels: bytes
    """Red, green and blue of every pixel, row by row from the top: 3 x width x height bytes."""
    faces: tuple[Box, ...] = ()
    """Where the last look found faces."""
    sigma: float | None = None
    """Blur of the sharpest edges now, in pixels of a 1920-wide picture; None where there are too few edges."""
    card: Box | None = None
    """Where a white sheet is to be held; None where nobody asked for it."""
    chroma: float | None = None
    """Colour C*ab of the sheet; None where none is seen."""

    @classmethod
    def from_json(cls, line: Mapping[str, Any]) -> CheckPicture:
        """Read a probe's line. Raises ValueError for what is no picture."""
        try:
            width, height = int(line["width"]), int(line["height"])
            pixels = b64decode(line["rgb"], validate=True)
            faces = tuple(_box(one) for one in line.get("faces") or ())
            card = None if line.get("card") is None else _box(line["card"])
            made = cls(width, height, pixels, faces, _number(line.get("sigma")), card, _number(line.get("chroma")))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("no picture") from error
        if width < 1 or height < 1 or len(pixels) != 3 * width * height:
            raise ValueError("not as many pixels as it says")
        return made


@dataclass(slots=True)
class Preview:
    """What one wants to see: asked for at the start, and again with each picture that was taken.

    A probe sends the next picture only when the one before was taken: whoever is slow gets fewer, and the measuring
    never waits.
    """

    width: int
    """Pixels across at most; the picture keeps its sides' ratio."""
    height: int
    fps: float
    """Pictures a second at most."""
    card: bool = False
    """Whether someone holds a white sheet into the box in the middle."""

    def wished(self) -> dict[str, Any]:
        """Return it as a probe is told."""
        return {"width": self.width, "height": self.height, "fps": self.fps, "card": self.card}


def _box(numbers: Any) -> Box:
    left, top, right, bottom = (float(one) for one in numbers)
    return left, top, right, bottom


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
