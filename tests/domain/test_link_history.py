"""A trend is told only where there is one, and last week is a week ago."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.link_history import LinkHistory, LinkPoint, trend
from vcops.domain.readings import Reading
from vcops.domain.verdicts import Verdict

START = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def daily(values: list[float]) -> list[tuple[datetime, float]]:
    return [(START + DAY * at, value) for at, value in enumerate(values)]


def point(at: datetime, partial: bool = False, **values: float | bool) -> LinkPoint:
    readings = tuple(Reading(name, value, at, partial=partial) for name, value in values.items())
    return LinkPoint(at, Verdict.PASS, readings)


def test_a_line_that_gets_slower_every_day_is_told_with_its_slope() -> None:
    found = trend(daily([50 - 0.5 * at for at in range(14)]))
    assert found is not None
    assert found.per_week == pytest.approx(-3.5)
    assert found.clear
    assert found.better("download_mbps") is False
    assert found.better("latency_ms") is True
    assert found.better("mos") is None


def test_one_bad_day_bends_nothing() -> None:
    found = trend(daily([50.0, 51, 49, 50, 3, 50, 51, 50, 49, 50]))
    assert found is not None
    assert not found.clear
    assert abs(found.per_week) < 1
    assert found.better("download_mbps") is None


def test_chance_is_called_a_trend_in_about_one_of_twenty() -> None:
    dice = random.Random(7)
    told = sum(bool((found := trend(daily([dice.gauss(50, 5) for _day in range(20)]))) and found.clear)
               for _time in range(400))  # fmt: skip
    assert 5 <= told <= 36


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2, 3, 4]])
def test_too_few_values_tell_nothing(values: list[float]) -> None:
    assert trend(daily(values)) is None


def test_values_of_one_moment_have_no_slope() -> None:
    assert trend([(START, float(one)) for one in range(9)]) is None


def test_what_never_changes_has_no_trend() -> None:
    found = trend(daily([50.0] * 12))
    assert found is not None
    assert (found.per_week, found.clear) == (0, False)


def test_what_is_older_than_eight_weeks_is_past() -> None:
    old = [(START - timedelta(weeks=20) + DAY * at, 500.0) for at in range(30)]
    found = trend([*old, *daily([50.0] * 12)])
    assert found is not None
    assert (found.per_week, found.points) == (0, 12)


@given(st.lists(st.floats(min_value=0, max_value=1e4), min_size=5, max_size=30), st.floats(min_value=0, max_value=100))
def test_a_shift_changes_no_trend(values: list[float], shift: float) -> None:
    found, moved = trend(daily(values)), trend(daily([value + shift for value in values]))
    assert found is not None
    assert moved is not None
    assert moved.per_week == pytest.approx(found.per_week, abs=1e-6)


def test_the_same_hour_last_week() -> None:
    week = timedelta(days=7)
    seen = LinkHistory(
        "main",
        (
            point(START, download_mbps=80.0),
            point(START + timedelta(minutes=50), download_mbps=70.0),
            point(START + DAY, download_mbps=60.0),
            point(START + week + timedelta(minutes=40), download_mbps=50.0, latency_ms=20.0),
        ),
    )
    metrics = {one.metric: one for one in seen.metrics()}
    assert list(metrics) == ["download_mbps", "latency_ms"]
    download = metrics["download_mbps"]
    assert (download.latest, download.week_before, download.middle) == (50, 70, 65)
    assert metrics["latency_ms"].week_before is None


def test_another_hour_last_week_is_not_the_same() -> None:
    points = (point(START, latency_ms=5.0), point(START + timedelta(days=7, hours=1, minutes=1), latency_ms=6.0))
    assert LinkHistory("main", points).week_before() is None
    assert LinkHistory("main", ()).week_before() is None


def test_halves_and_words_are_no_figures() -> None:
    seen = LinkHistory("main", (point(START, partial=True, download_mbps=1.0), point(START, link_wired=True)))
    assert seen.metrics() == []
