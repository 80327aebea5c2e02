"""The arithmetic of a throughput: a rate from byte counts, how sure it is, and when it is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.probes.connection.steady import Tick, joined, quiet_seconds, rate, steady

MBPS = 125_000  # bytes a second


def ticks(seconds: float, passed: Callable[[float], float]) -> list[Tick]:
    return [(at / 10, round(passed(at / 10))) for at in range(round(seconds * 10) + 1)]


@given(st.floats(0.5, 900))
def test_an_even_flow_is_its_rate_and_never_surer_than_one_percent(mbps: float) -> None:
    found = steady(ticks(4, lambda at: at * mbps * MBPS), 1.5)
    assert found is not None
    assert found.mbps == pytest.approx(mbps, rel=0.001)
    low, high = found.interval
    assert low <= mbps * 0.9901
    assert high >= mbps * 1.0099
    assert high - low <= mbps * 0.04
    assert not found.rising


def test_a_burst_at_the_end_does_not_decide() -> None:
    def passed(at: float) -> float:
        return (20 * at if at < 3.9 else 20 * 3.9 + 4) * MBPS

    kept = ticks(4, passed)
    found = steady(kept, 1.5)
    assert found is not None
    plain = rate([one for one in kept if one[0] >= 1.5])
    assert plain is not None
    assert abs(found.mbps - 20) < abs(plain - 20)


def test_a_flow_that_is_still_rising_is_known_from_below_only() -> None:
    found = steady(ticks(4, lambda at: at**3 * MBPS), 1.5)
    assert found is not None
    assert found.rising
    low, high = found.interval
    assert low < found.mbps < max(found.blocks) < high


def test_stretches_are_joined_by_their_length() -> None:
    short, long = steady(ticks(3, lambda at: at * 10 * MBPS), 1), steady(ticks(5, lambda at: at * 20 * MBPS), 1)
    assert short is not None
    assert long is not None
    assert joined([short, long]).mbps == pytest.approx((2 * 10 + 4 * 20) / 6, rel=0.001)


def test_a_standstill_is_seen_in_the_middle_and_at_the_end() -> None:
    middle = ticks(4, lambda at: (min(at, 1) + max(at - 3, 0)) * MBPS)
    assert quiet_seconds(middle) == (pytest.approx(2.0), pytest.approx(0.0))
    end = ticks(4, lambda at: min(at, 1) * MBPS)
    assert quiet_seconds(end) == (pytest.approx(3.0), pytest.approx(3.0))


def test_too_little_is_nothing() -> None:
    assert steady([], 1.5) is None
    assert steady(ticks(1, lambda at: at * MBPS), 1.5) is None
    assert rate([(0.0, 0)]) is None
