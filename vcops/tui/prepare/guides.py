"""What is drawn into a preview: thirds, the room above a head, the corners around faces, the box for a white sheet."""

from __future__ import annotations

from collections.abc import Iterable

from vcops.domain.pictures import Box, CheckPicture

__all__ = ["Colour", "corners_of", "guided", "thirds"]

Colour = tuple[int, int, int]

_MOVED = 24
"""By how much a line of thirds is lighter than a dark pixel under it, or darker than a light one."""
_LIGHTER = bytes(min(value + _MOVED, 255) for value in range(256))
_DARKER = bytes(max(value - _MOVED, 0) for value in range(256))
_TICK = 0.05
"""Length of the marks at both edges between which the top of a head belongs, in widths of the picture."""
_FAINT = 0.55
"""How much of a mark's own colour it has: the picture stays to be seen."""
_LEG = 0.2
"""Length of a corner's legs, in sides of its box."""


def guided(picture: CheckPicture, headroom: tuple[float, float] | None, accent: Colour, paper: Colour) -> bytearray:
    """Return the picture's pixels with everything drawn into them.

    `headroom` is how much of the height belongs above a head, in percent; faces stand in corners of the `accent`, the
    sheet's box in dashes of `paper`.
    """
    canvas = _Canvas(bytearray(picture.pixels), picture.width, picture.height)
    for x in thirds(picture.width):
        canvas.subtle((x, y) for y in range(0, picture.height, 2))
    for y in thirds(picture.height):
        canvas.subtle((x, y) for x in range(0, picture.width, 2))
    if headroom is not None:
        long = max(2, round(_TICK * picture.width))
        for share in headroom:
            y = min(round(share / 100 * picture.height), picture.height - 1)
            edges = (*range(long), *range(picture.width - long, picture.width))
            canvas.colour(((x, y) for x in edges), accent, _FAINT)
    for face in picture.faces:
        left, top, right, bottom = _pixels(face, picture)
        canvas.colour(_corners(left - 1, top - 1, right + 1, bottom + 1), accent)  # around it: the face stays free
    if picture.card is not None:
        canvas.colour(_dashes(*_pixels(picture.card, picture)), paper)
    return canvas.pixels


def thirds(length: int) -> tuple[int, int]:
    """Return where a side is cut in three."""
    return round(length / 3), min(round(2 * length / 3), length - 1)


def corners_of(box: Box, columns: int, rows: int) -> dict[tuple[int, int], str]:
    """Return the cells of a box's corners and what is written there, for a picture without colours."""
    left, right = _between(box[0], columns), _between(box[2], columns)
    top, bottom = _between(box[1], rows), _between(box[3], rows)
    return {(right, bottom): "┘", (left, bottom): "└", (right, top): "┐", (left, top): "┌"}


class _Canvas:
    """Pixels to draw on; what lies outside of them is left out."""

    def __init__(self, pixels: bytearray, width: int, height: int) -> None:
        self.pixels, self._width, self._height = pixels, width, height

    def colour(self, points: Iterable[tuple[int, int]], colour: Colour, part: float = 1.0) -> None:
        """Draw in a colour; with a `part` below 1 the picture shines through."""
        for at in self._inside(points):
            under = self.pixels[at : at + 3]
            mixed = (round(one * part + old * (1 - part)) for one, old in zip(colour, under, strict=True))
            self.pixels[at : at + 3] = bytes(mixed)

    def subtle(self, points: Iterable[tuple[int, int]]) -> None:
        """Draw in no colour of its own: a little lighter or darker than the picture."""
        for at in self._inside(points):
            under = self.pixels[at : at + 3]
            self.pixels[at : at + 3] = under.translate(_LIGHTER if sum(under) < 384 else _DARKER)

    def _inside(self, points: Iterable[tuple[int, int]]) -> Iterable[int]:
        for x, y in points:
            if 0 <= x < self._width and 0 <= y < self._height:
                yield 3 * (y * self._width + x)


def _between(share: float, cells: int) -> int:
    return min(max(int(share * cells), 0), cells - 1)


def _pixels(box: Box, picture: CheckPicture) -> tuple[int, int, int, int]:
    """Return a box's outermost pixels."""
    return (
        _between(box[0], picture.width),
        _between(box[1], picture.height),
        _between(box[2], picture.width),
        _between(box[3], picture.height),
    )


def _corners(left: int, top: int, right: int, bottom: int) -> Iterable[tuple[int, int]]:
    across = max(1, round(_LEG * (right - left)))
    down = max(1, round(_LEG * (bottom - top)))
    for y in (top, bottom):
        for step in range(across + 1):
            yield left + step, y
            yield right - step, y
    for x in (left, right):
        for step in range(down + 1):
            yield x, top + step
            yield x, bottom - step


def _dashes(left: int, top: int, right: int, bottom: int) -> Iterable[tuple[int, int]]:
    for x in range(left, right + 1):
        if (x - left) % 4 < 2 or x == right:
            yield x, top
            yield x, bottom
    for y in range(top, bottom + 1):
        if (y - top) % 4 < 2 or y == bottom:
            yield left, y
            yield right, y
