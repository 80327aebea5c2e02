"""The arithmetic of a throughput: a rate from byte counts, how sure it is, and when it is none."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.probes.connection.asked import Asked
from vcops.probes.connection.binding import Binding
from vcops.probes.connection.meter import WRITTEN, Meter
from vcops.probes.connection.route import Routes
from vcops.probes.connection.session import Session
from vcops.probes.connection.steady import Steady, Tick, joined, quiet_seconds, rate, steady
from vcops.probes.wire import Wire

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


def test_two_stretches_of_different_speed_are_not_rising() -> None:
    first, second = steady(ticks(4, lambda at: at * 10 * MBPS), 1.5), steady(ticks(4, lambda at: at * 13 * MBPS), 1.5)
    assert first is not None
    assert second is not None
    whole = joined([first, second])
    assert not whole.rising
    assert whole.mbps == pytest.approx(11.5, rel=0.01)
    assert whole.interval[1] < 2 * max(whole.blocks)


def test_a_stretch_that_was_still_rising_gives_way_to_one_that_was_not() -> None:
    rising, even = steady(ticks(4, lambda at: at**3 * MBPS), 1.5), steady(ticks(4, lambda at: at * 60 * MBPS), 1.5)
    assert rising is not None
    assert even is not None
    assert joined([rising, even]).mbps == pytest.approx(even.mbps)
    assert not joined([rising, even]).rising
    assert joined([rising, rising]).rising


def test_one_block_is_no_interval() -> None:
    alone = Steady(10.0, 0.5, (10.0,))
    assert alone.interval == (10.0, 10.0)


@pytest.mark.parametrize(("value", "certain"), [(0.69, True), (0.71, False), (1.29, False), (1.31, True)])
def test_written_bytes_within_thirty_percent_of_a_bound_are_not_certain(value: float, certain: bool) -> None:
    told = told_by(10 * value, WRITTEN)
    assert (told["low"] <= 10 <= told["high"]) is not certain


def test_an_instrument_that_reads_a_tenth_too_much_is_known_from_further_below() -> None:
    told = told_by(10, (0.9, 1.12))
    assert told["low"] <= 10 / 1.12 + 0.01
    assert told["high"] >= 10 / 0.9 - 0.01


def told_by(mbps: float, reads: tuple[float, float]) -> dict[str, Any]:
    """What a meter tells of an even flow that an instrument of this kind has read."""
    said = io.BytesIO()
    session = Session(Asked(server=""), Wire(said), Routes(Binding("")))
    meter = Meter(session, "upload", 4.0, "instrument", "server", reads=reads)
    meter.ticks = ticks(4, lambda at: at * mbps * MBPS)
    found = meter.steady()
    assert found is not None
    meter.finish(found)
    line: dict[str, Any] = json.loads(said.getvalue().splitlines()[-1])
    return line


def test_no_rate_is_told_where_nothing_is_counted() -> None:
    said = io.BytesIO()
    session = Session(Asked(server=""), Wire(said), Routes(Binding("")))
    meter = Meter(session, "upload", 0.001, "instrument", "server", blind=True)
    for _look in range(4):
        meter.count(0)
        time.sleep(0.1)
    rates = [json.loads(line)["params"]["mbps"] for line in said.getvalue().splitlines()]
    assert rates
    assert set(rates) == {None}
