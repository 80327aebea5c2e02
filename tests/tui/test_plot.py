"""A plot never leaves its field, keeps what it drew, and shows a bar as high as its number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.tui.widgets.plot import bars, round_up, squeezed

VALUES = st.lists(st.none() | st.floats(min_value=0, max_value=1e6), max_size=120)
WIDTHS = st.integers(min_value=0, max_value=90)
HEIGHTS = st.integers(min_value=0, max_value=6)


@given(VALUES, WIDTHS, HEIGHTS)
def test_it_fills_its_field_and_nothing_else(values: list[float | None], width: int, height: int) -> None:
    lines = bars(values, width, height)
    assert len(lines) == (height if width else 0)
    assert all(len(line) == width for line in lines)


@given(VALUES, WIDTHS, HEIGHTS)
def test_it_never_draws_above_its_top(values: list[float | None], width: int, height: int) -> None:
    low, high = bars(values, width, height, top=1.0), bars(values, width, height, top=1e7)
    for one, other in zip(low, high, strict=True):
        assert all(a >= b for a, b in zip(_heights(one), _heights(other), strict=True))


@given(st.lists(st.floats(min_value=0, max_value=100), min_size=1, max_size=40))
def test_higher_numbers_are_higher_bars(values: list[float]) -> None:
    lines = bars(values, len(values), 3, top=100)
    drawn = [sum(column) for column in zip(*(_heights(line) for line in lines), strict=True)]
    assert drawn == [max(1, round(one / 100 * 24)) for one in values]


def test_what_was_not_measured_is_empty_and_zero_is_not() -> None:
    assert bars([0.0, None, 8.0], 4, 1, top=8.0) == ["▁ █ "]


def test_a_bar_climbs_through_the_lines() -> None:
    assert bars([8.0, 12.0, 16.0], 3, 2, top=16.0) == [" ▄█", "███"]


@given(VALUES, st.floats(min_value=0, max_value=1e6), st.integers(min_value=1, max_value=90))
def test_a_value_more_leaves_the_finished_groups(values: list[float | None], more: float, width: int) -> None:
    before, after = squeezed(values, width, 3), squeezed([*values, more], width, 3)
    assert len(after) <= width
    if len(values) + 1 <= 3 * width:
        assert after[: len(values) // 3] == before[: len(values) // 3]


@given(st.floats(min_value=1e-3, max_value=1e6))
def test_an_axis_ends_at_a_round_number_not_far_above(value: float) -> None:
    top = round_up(value)
    assert value * (1 - 1e-9) <= top <= value * 2.5 * (1 + 1e-9)
    assert f"{top:e}"[0] in "125"


@pytest.mark.parametrize("odd", [0.0, -3.0, float("nan"), float("inf")])
def test_an_axis_of_nothing_has_an_end_all_the_same(odd: float) -> None:
    assert round_up(odd) == 1.0


def _heights(line: str) -> list[int]:
    return [" ▁▂▃▄▅▆▇█".index(cell) for cell in line]
