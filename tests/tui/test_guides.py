"""What is drawn into a preview: where it belongs, never outside of the picture, and subtle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.pictures import Box, CheckPicture
from vcops.tui.prepare.guides import corners_of, guided, thirds

TEAL, WHITE = (79, 182, 194), (245, 245, 240)
SHARES = st.floats(min_value=-0.5, max_value=1.5)
BOXES = st.tuples(SHARES, SHARES, SHARES, SHARES)


def grey(width: int = 60, height: int = 34, faces: tuple[Box, ...] = (), card: Box | None = None) -> CheckPicture:
    return CheckPicture(width, height, bytes([100]) * 3 * width * height, faces, card=card)


def points(picture: CheckPicture, drawn: bytearray, colour: tuple[int, int, int]) -> set[tuple[int, int]]:
    found = set()
    for at in range(0, len(drawn), 3):
        if tuple(drawn[at : at + 3]) == colour:
            found.add((at // 3 % picture.width, at // 3 // picture.width))
    return found


@given(
    st.integers(min_value=1, max_value=50),
    st.integers(min_value=1, max_value=50),
    st.lists(BOXES, max_size=3),
    st.none() | BOXES,
    st.none() | st.tuples(st.floats(min_value=0, max_value=100), st.floats(min_value=0, max_value=100)),
)
def test_any_box_on_any_picture_leaves_as_many_pixels(
    width: int, height: int, faces: list[Box], card: Box | None, headroom: tuple[float, float] | None
) -> None:
    picture = grey(width, height, tuple(faces), card)
    assert len(guided(picture, headroom, TEAL, WHITE)) == len(picture.pixels)


def test_thirds_are_a_little_lighter_than_dark_and_darker_than_light() -> None:
    picture = grey()
    drawn = guided(picture, None, TEAL, WHITE)
    lighter = points(picture, drawn, (124, 124, 124))
    assert {x for x, _y in lighter} >= set(thirds(60))
    assert {y for _x, y in lighter} >= set(thirds(34))
    assert lighter | points(picture, drawn, (100, 100, 100)) == {(x, y) for x in range(60) for y in range(34)}
    bright = CheckPicture(9, 9, bytes([200]) * 243)
    assert points(bright, guided(bright, None, TEAL, WHITE), (176, 176, 176))


def test_a_face_stands_between_four_corners_and_is_free_itself() -> None:
    picture = grey(faces=((0.4, 0.3, 0.6, 0.7),))
    corners = points(picture, guided(picture, None, TEAL, WHITE), TEAL)
    assert corners >= {(23, 9), (37, 9), (23, 24), (37, 24)}
    assert not {(x, y) for x in range(24, 37) for y in range(11, 23)} & corners
    assert (30, 9) not in corners


def test_the_sheet_has_a_dashed_box_with_its_four_corners() -> None:
    picture = grey(card=(0.4, 0.35, 0.6, 0.65))
    box = points(picture, guided(picture, None, TEAL, WHITE), WHITE)
    assert box >= {(24, 11), (36, 11), (24, 22), (36, 22)}
    assert (27, 11) not in box
    assert {y for x, y in box if 24 < x < 36} == {11, 22}


def test_marks_at_both_edges_say_where_the_head_belongs() -> None:
    picture = grey()
    with_marks, without = guided(picture, (5, 25), TEAL, WHITE), guided(picture, None, TEAL, WHITE)
    rows = {at // 3 // 60 for at in range(0, len(without), 3) if with_marks[at : at + 3] != without[at : at + 3]}
    columns = {at // 3 % 60 for at in range(0, len(without), 3) if with_marks[at : at + 3] != without[at : at + 3]}
    assert rows == {round(0.05 * 34), round(0.25 * 34)}
    assert columns == {0, 1, 2, 57, 58, 59}


@given(BOXES, st.integers(min_value=1, max_value=50), st.integers(min_value=1, max_value=30))
def test_corners_in_cells_lie_inside(box: Box, columns: int, rows: int) -> None:
    for x, y in corners_of(box, columns, rows):
        assert 0 <= x < columns
        assert 0 <= y < rows


def test_corners_are_told_apart() -> None:
    assert corners_of((0.2, 0.2, 0.8, 0.8), 10, 10) == {(2, 2): "┌", (8, 2): "┐", (2, 8): "└", (8, 8): "┘"}
