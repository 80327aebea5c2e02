"""95 % intervals: they hold what they say, and never claim more than the count of probes allows."""

from __future__ import annotations

import random
from statistics import fmean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vcops.domain.intervals import loss_interval, mean_interval

counts = st.integers(1, 5000).flatmap(lambda sent: st.tuples(st.integers(0, sent), st.just(sent)))
values = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60)


@given(counts)
def test_the_interval_holds_the_share_that_was_seen(count: tuple[int, int]) -> None:
    lost, sent = count
    low, high = loss_interval(lost, sent)
    assert 0 <= low <= 100 * lost / sent <= high <= 100
    assert low < high


@given(counts)
def test_fewer_than_300_probes_never_claim_less_than_one_percent(count: tuple[int, int]) -> None:
    lost, sent = count
    assume(sent < 300)
    assert loss_interval(lost, sent)[1] > 1.0


@given(counts)
def test_more_lost_moves_both_ends_up(count: tuple[int, int]) -> None:
    lost, sent = count
    assume(lost < sent)
    fewer, more = loss_interval(lost, sent), loss_interval(lost + 1, sent)
    assert fewer[0] < more[0]
    assert fewer[1] <= more[1]


@given(counts)
def test_more_probes_of_the_same_share_are_surer(count: tuple[int, int]) -> None:
    lost, sent = count
    once, often = loss_interval(lost, sent), loss_interval(lost * 4, sent * 4)
    assert often[1] - often[0] < once[1] - once[0] or once[1] == 100.0


@pytest.mark.parametrize(
    ("lost", "sent", "low", "high"),
    [
        (0, 300, 0.0, 1.0),
        (3, 300, 0.3405, 2.8960),
        (10, 100, 5.5229, 17.4366),
        (0, 30, 0.0, 10.0),
        (0, 2, 0.0, 65.76),
        (5, 5, 56.55, 100),
    ],
)
def test_figures_of_the_literature(lost: int, sent: int, low: float, high: float) -> None:
    found = loss_interval(lost, sent)
    assert found[0] == pytest.approx(low, abs=0.01)
    assert found[1] == pytest.approx(high, abs=0.01)


def test_nothing_sent_says_nothing() -> None:
    assert loss_interval(0, 0) == (0.0, 100.0)
    with pytest.raises(ValueError, match="3 lost of 2"):
        loss_interval(3, 2)


@pytest.mark.parametrize("true_pct", [0.2, 1.0, 3.0, 10.0])
def test_the_true_loss_lies_inside_nineteen_times_of_twenty(true_pct: float) -> None:
    dice = random.Random(20261122)
    runs = [loss_interval(sum(dice.random() < true_pct / 100 for _ in range(300)), 300) for _ in range(400)]
    inside = sum(low <= true_pct <= high for low, high in runs)
    assert inside >= 0.92 * len(runs)


@given(values)
def test_the_mean_lies_in_the_middle(found: list[float]) -> None:
    low, high = mean_interval(found)
    assert low <= high
    assert (low + high) / 2 == pytest.approx(fmean(found), abs=1e-3)


@pytest.mark.parametrize(("count", "quantile"), [(2, 12.706), (9, 2.306), (31, 2.042), (41, 2.0211), (121, 1.9799)])
def test_the_half_width_is_students(count: int, quantile: float) -> None:
    found = [float(number) for number in range(count)]
    spread = (count * (count + 1) / 12) ** 0.5  # standard deviation of 0..count-1
    low, high = mean_interval(found)
    assert (high - low) / 2 == pytest.approx(quantile * spread / count**0.5, rel=5e-4)


def test_one_value_has_no_interval_and_none_is_refused() -> None:
    assert mean_interval([4.5]) == (4.5, 4.5)
    with pytest.raises(ValueError, match="no values"):
        mean_interval([])
