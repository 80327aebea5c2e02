"""Pixels as text: each line has the width asked for, and a terminal shows the pixels that were given."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.strip import Strip

from vcops.tui.widgets.half_blocks import Colours, PictureStrip, Row, coloured_rows, shaded_rows

CONSOLE = Console(force_terminal=True, color_system="truecolor", width=200)
SIZES = st.tuples(st.integers(min_value=1, max_value=40), st.integers(min_value=1, max_value=24))
PICTURES = SIZES.flatmap(
    lambda size: st.tuples(st.just(size), st.binary(min_size=3 * size[0] * size[1], max_size=3 * size[0] * size[1]))
)
BITS = st.integers(min_value=2, max_value=8)


def strip_of(row: Row, width: int) -> PictureStrip:
    return PictureStrip(row.sequences(), row.segments, width)


def on_a_terminal(lines: list[str], width: int) -> pyte.Screen:
    screen = pyte.Screen(width, len(lines))
    pyte.Stream(screen).feed("\r\n".join(lines))
    return screen


@given(PICTURES, BITS, st.sampled_from([Colours.FINE, Colours.FEW]))
def test_every_line_has_the_width_and_there_are_two_rows_a_line(
    picture: tuple[tuple[int, int], bytes], bits: int, colours: Colours
) -> None:
    (width, height), pixels = picture
    rows = coloured_rows(pixels, width, colours, bits)
    assert len(rows) == (height + 1) // 2
    for row in rows:
        strip = strip_of(row, width)
        assert strip.cell_length == width
        assert sum(segment.cell_length for segment in strip) == width
        assert strip.text == "▀" * width


@given(PICTURES)
def test_a_terminal_shows_the_pixels(picture: tuple[tuple[int, int], bytes]) -> None:
    (width, height), pixels = picture
    drawn = on_a_terminal([row.sequences() for row in coloured_rows(pixels, width, Colours.FINE, 8)], width)
    for y in range(height):
        for x in range(width):
            cell = drawn.buffer[y // 2][x]
            at = 3 * (y * width + x)
            assert (cell.fg if y % 2 == 0 else cell.bg) == pixels[at : at + 3].hex()


@given(PICTURES, BITS, st.sampled_from([Colours.FINE, Colours.FEW]))
def test_ready_made_sequences_and_segments_look_the_same(
    picture: tuple[tuple[int, int], bytes], bits: int, colours: Colours
) -> None:
    (width, _height), pixels = picture
    rows = coloured_rows(pixels, width, colours, bits)
    ready = on_a_terminal([strip_of(row, width).render(CONSOLE) for row in rows], width)
    made = on_a_terminal([Strip(row.segments(), width).render(CONSOLE) for row in rows], width)
    for y in range(len(rows)):
        assert [tuple(ready.buffer[y][x]) for x in range(width)] == [tuple(made.buffer[y][x]) for x in range(width)]


def test_fewer_bits_are_nearer_than_a_step_and_keep_black_and_white() -> None:
    pixels = bytes(value for grey in range(256) for value in (grey, grey, grey))
    for bits in range(2, 9):
        upper = coloured_rows(pixels, 256, Colours.FINE, bits)[0].upper
        reds = [one[0] for one in upper if isinstance(one, tuple)]
        assert max(abs(red - grey) for grey, red in enumerate(reds)) <= 255 / (2**bits - 1) / 2 + 0.5
        assert (reds[0], reds[-1]) == (0, 255)
        assert len(set(reds)) == 2**bits


def test_256_colours_are_those_of_the_cube_and_their_mean_is_near() -> None:
    levels = (0, 95, 135, 175, 215, 255)
    for grey in range(110, 250, 7):
        rows = coloured_rows(bytes([grey]) * 3 * 64, 8, Colours.FEW, 6)
        numbers = [one for row in rows for one in (*row.upper, *row.lower) if isinstance(one, int)]
        assert len(numbers) == 64
        assert all(16 <= one < 232 for one in numbers)
        assert sum(levels[(one - 16) // 36] for one in numbers) / 64 == pytest.approx(grey, abs=16)


def test_colours_that_stay_are_not_said_again() -> None:
    (row,) = coloured_rows(bytes([9, 9, 9]) * 40, 20, Colours.FINE, 8)
    assert row.sequences() == "\x1b[38;2;9;9;9;48;2;9;9;9m" + "▀" * 20 + "\x1b[0m"


@given(PICTURES, st.booleans())
def test_without_colours_there_are_five_shades(picture: tuple[tuple[int, int], bytes], dark: bool) -> None:
    (width, height), pixels = picture
    lines = shaded_rows(pixels, width, dark=dark)
    assert len(lines) == (height + 1) // 2
    assert all(len(line) == width and set(line) <= set(" ░▒▓█") for line in lines)


def test_light_is_light_on_either_ground() -> None:
    pixels = bytes(value for grey in (0, 60, 125, 190, 255) for value in (grey, grey, grey))
    assert shaded_rows(pixels, 5, dark=True) == [" ░▒▓█"]
    assert shaded_rows(pixels, 5, dark=False) == ["█▓▒░ "]


# -- what is leaned on in Textual's Strip ---------------------------------------------------------------------------


def never() -> list[Segment]:
    raise AssertionError("segments were made")


def test_drawing_a_whole_line_makes_no_segments() -> None:
    strip = PictureStrip("drawn", never, 7)
    background = Color.parse("#123456")
    kept = strip.apply_filter(ANSIToTruecolor(DEFAULT_TERMINAL_THEME), background)
    (whole,) = kept.divide([7])
    assert whole.crop(0, 7).render(CONSOLE) == "drawn"
    assert strip.cell_length == 7


def test_a_line_that_something_covers_is_cut_like_any_other() -> None:
    (row,) = coloured_rows(bytes(range(60)), 20, Colours.FINE, 8)
    left, middle, right = strip_of(row, 20).divide([5, 9, 20])
    assert [one.cell_length for one in (left, middle, right)] == [5, 4, 11]
    assert middle._segments == row.segments()[5:9]
    joined = Strip.join([left, Strip([Segment("toast", Style(bold=True))], 5), right])
    assert joined.text == "▀" * 5 + "toast" + "▀" * 11
    assert Strip.join([strip_of(row, 20)]).simplify().text == "▀" * 20
