"""Pixels as text: two a cell, the upper one as the block's colour and the lower one as its background.

A terminal's cell is about twice as high as it is wide, so these pixels are square. Textual's segments for each of them
would cost several times what writing the escape sequences at once does: the line that is drawn brings its sequences
along, and makes segments only where something asks for them, such as a toast that covers a part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter
from textual.strip import Strip

__all__ = ["Colours", "PictureStrip", "Row", "coloured_rows", "shaded_rows"]

_UPPER = "▀"
_SHADES = " ░▒▓█"
_CUBE = (0, 95, 135, 175, 215, 255)
"""Levels of each channel among the 256 colours (xterm)."""
_UNEVEN = ((-15, 5), (15, -5))
"""What is added to neighbours before the nearest level is taken: their mean then comes closer to the truth."""
_DARKEST, _BRIGHTEST = 0.03, 0.97
"""The parts of the pixels that a picture without colours shows as its darkest and its lightest."""

Pixel = tuple[int, int, int] | int
"""Red, green and blue, or the number of one of the 256 colours."""


class Colours(Enum):
    """What a terminal can show."""

    FINE = "fine"
    """16.7 million colours."""
    FEW = "few"
    """256."""
    NONE = "none"
    """Fewer than that, or nobody wants them: light and dark alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of cells: the pixels above and those below them."""

    upper: Sequence[Pixel]
    lower: Sequence[Pixel]

    def sequences(self) -> str:
        """Return the text with its escape sequences; a colour that stays is not said again."""
        parts: list[str] = []
        above: Pixel | None = None
        below: Pixel | None = None
        for top, bottom in zip(self.upper, self.lower, strict=True):
            if top != above and bottom != below:
                parts.append(f"\x1b[38;{_named(top)};48;{_named(bottom)}m{_UPPER}")
            elif top != above:
                parts.append(f"\x1b[38;{_named(top)}m{_UPPER}")
            elif bottom != below:
                parts.append(f"\x1b[48;{_named(bottom)}m{_UPPER}")
            else:
                parts.append(_UPPER)
            above, below = top, bottom
        parts.append("\x1b[0m")
        return "".join(parts)

    def segments(self) -> list[Segment]:
        """Return the same for whoever cuts it."""
        return [Segment(_UPPER, _style(*pair)) for pair in zip(self.upper, self.lower, strict=True)]


class PictureStrip(Strip):
    """A line with its escape sequences ready-made. It leans on how Textual's Strip is built: tests hold that."""

    __slots__ = ("_made", "_make")

    def __init__(self, sequences: str, make: Callable[[], list[Segment]], width: int) -> None:
        self._make = make
        self._made: list[Segment] | None = None
        super().__init__((), width)
        self._render_cache = sequences

    @property
    def _segments(self) -> list[Segment]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @_segments.setter
    def _segments(self, segments: list[Segment]) -> None:
        """Leave them unmade: the base class begins with none."""

    def apply_filter(self, filter: LineFilter, background: TextualColor) -> Strip:  # noqa: A002, ARG002 - Textual's own form
        """Return it as it is: its colours are the terminal's already."""
        return self


def coloured_rows(pixels: bytes | bytearray, width: int, colours: Colours, bits: int) -> list[Row]:
    """Return the lines of a picture (red, green and blue, row by row). A last row without another below is doubled.

    Where the colours are fine, `bits` of each channel are kept: fewer of them change less often and are said shorter.
    """
    few = colours is Colours.FEW
    rows = list(_of_256(pixels, width) if few else _of_all(pixels.translate(_levels(bits)), width))
    return [Row(rows[y], rows[min(y + 1, len(rows) - 1)]) for y in range(0, len(rows), 2)]


def shaded_rows(pixels: bytes | bytearray, width: int, *, dark: bool) -> list[str]:
    """Return the lines of a picture as light and dark alone; `dark` where light text stands on a dark ground.

    The contrast is stretched over the few shades there are.
    """
    luma = [(299 * r + 587 * g + 114 * b) // 1000 for r, g, b in _triples(pixels)]
    if not luma:
        return []
    rows = [luma[start : start + width] for start in range(0, len(luma), width)]
    ordered = sorted(luma)
    low, high = ordered[round(_DARKEST * (len(luma) - 1))], ordered[round(_BRIGHTEST * (len(luma) - 1))]
    shades = _SHADES if dark else _SHADES[::-1]
    lines = []
    for y in range(0, len(rows), 2):
        pairs = zip(rows[y], rows[min(y + 1, len(rows) - 1)], strict=True)
        lines.append("".join(shades[_shade((above + below) / 2, low, high)] for above, below in pairs))
    return lines


def _shade(luma: float, low: int, high: int) -> int:
    share = (luma - low) / max(high - low, 1)
    return min(max(int(share * len(_SHADES)), 0), len(_SHADES) - 1)


def _triples(pixels: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    return zip(pixels[0::3], pixels[1::3], pixels[2::3], strict=True)


def _of_all(pixels: bytes | bytearray, width: int) -> Iterator[list[Pixel]]:
    triples: list[Pixel] = list(_triples(pixels))
    for start in range(0, len(triples), width):
        yield triples[start : start + width]


def _of_256(pixels: bytes | bytearray, width: int) -> Iterator[list[Pixel]]:
    """Yield the rows in the nearest of the 6 x 6 x 6 colours, neighbours moved a little to either side."""
    stride = 3 * width
    for y, start in enumerate(range(0, len(pixels), stride)):
        row = pixels[start : start + stride]
        even, odd = (row.translate(_nearest(moved)) for moved in _UNEVEN[y % 2])
        mixed = bytearray(even)
        for channel in range(3, 6):
            mixed[channel::6] = odd[channel::6]
        yield [16 + 36 * r + 6 * g + b for r, g, b in _triples(mixed)]


@lru_cache
def _levels(bits: int) -> bytes:
    """Return the table that keeps so many bits of a channel, from black to full."""
    top = 2**bits - 1
    return bytes(round(round(value * top / 255) * 255 / top) for value in range(256))


@lru_cache
def _nearest(moved: int) -> bytes:
    """Return the table from a channel's value to the number of the nearest level of the cube."""
    return bytes(min(range(6), key=lambda at: abs(_CUBE[at] - value - moved)) for value in range(256))


@lru_cache(maxsize=32768)
def _named(pixel: Pixel) -> str:
    return f"5;{pixel}" if isinstance(pixel, int) else f"2;{pixel[0]};{pixel[1]};{pixel[2]}"


@lru_cache(maxsize=4096)
def _style(upper: Pixel, lower: Pixel) -> Style:
    return Style(color=_colour(upper), bgcolor=_colour(lower))


def _colour(pixel: Pixel) -> Color:
    return Color.from_ansi(pixel) if isinstance(pixel, int) else Color.from_rgb(*pixel)
