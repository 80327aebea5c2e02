"""The focus as a bar, its best, and how a viewfinder divides its height: without a camera and without a screen."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from vcops.domain.checks import CheckFailed, CheckProgress
from vcops.domain.pictures import CheckPicture, Preview
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.sight import Sight, focus_score
from vcops.tui.prepare.sight_page import focus_line
from vcops.tui.prepare.viewfinder import picture_rows


def told(*sigmas: float | None) -> Sight:
    sight = Sight("run", "camera", Preview(44, 24, 15.0))
    for sigma in sigmas:
        sight.take(CheckPicture(1, 1, b"abc", sigma=sigma))
    return sight


def line_of(sight: Sight, width: int) -> str:
    paper: Paper = focus_line(sight, None, width)
    return "".join(piece.text for line in paper.lines for piece in line)


def test_the_best_focus_is_held() -> None:
    sight = told(*[4.0] * 5, *[2.0] * 5, *[6.0] * 5)
    assert (sight.sigma, sight.best) == (6.0, 2.0)
    assert focus_score(2.0) > focus_score(4.0) > focus_score(6.0) > 0
    assert focus_score(0.01) == 100


def test_one_lucky_look_is_no_best() -> None:
    assert told(*[4.0] * 5, 1.0, *[4.0] * 5).best == 4.0
    assert told(3.0, 3.0).best is None


def test_without_edges_the_focus_says_so_and_keeps_its_best() -> None:
    sight = told(*[4.0] * 5, None)
    assert (sight.sigma, sight.best) == (None, 4.0)
    assert "edges" in line_of(sight, 43)


def test_the_bar_grows_with_the_focus_and_keeps_its_length() -> None:
    for width in (30, 43, 75):
        lines = [line_of(told(*[sigma] * 3), width) for sigma in (8.0, 4.0, 2.0, 1.5)]
        filled = [line.count("━") for line in lines]
        assert filled == sorted(filled)
        assert len(set(filled)) == 4
        assert len({line.count("━") + line.count("─") for line in lines}) == 1
        assert all(len(line) <= width for line in lines)
    held = line_of(told(*[2.0] * 5, *[6.0] * 5), 75)
    assert held.index("┃") > held.rindex("━")
    assert ", best 75" in held


def test_progress_and_failures_are_noted_as_words() -> None:
    sight = told()
    sight.take(CheckProgress(None, "camera.looking", {"fps": 15.0}))
    assert (sight.code, sight.params) == ("camera.looking", {"fps": 15.0})
    sight.take(CheckFailed("camera.none"))
    assert sight.code == "camera.none"


@pytest.mark.parametrize(("width", "height"), [(43, 17), (75, 33), (109, 43), (20, 8), (200, 12)])
def test_the_picture_leaves_room_for_the_words(width: int, height: int) -> None:
    for looking in (False, True):
        for plain in (False, True):
            rows = picture_rows(Size(width, height), looking=looking, plain=plain)
            assert rows >= 4
            assert rows + 3 + 1 + 1 <= max(height, 9)
            assert 2 * rows <= width * 9 / 16 + 2 or rows == 4
