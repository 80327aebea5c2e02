"""What the samples say: levels, silence, clipping, gates, noise, hum and the chirp's echo, without any device."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from tests.lab.voices import RATE, as_samples, clipped, gated, hum, noise, sine, speech
from vcops.probes.sound.echo import CHIRP_S, HEARD_RATIO, NOMINAL_DBFS, above_voice_db, chirp, clock_of, find_chirp
from vcops.probes.sound.hum import hum_db
from vcops.probes.sound.levels import (
    FLOOR_DBFS,
    FULL,
    clipped_samples,
    frame_levels,
    is_gated,
    level_dbfs,
    measure_levels,
    peak_dbfs,
)
from vcops.probes.sound.meter import LevelMeter

LEVELS = some.floats(-60, 0)
ANY = arrays(np.int16, some.integers(0, 5000), elements=some.integers(-32768, 32767))
SEEDS = some.integers(0, 10_000)
few = settings(max_examples=15, deadline=None)


@given(LEVELS)
@settings(deadline=None)
def test_a_sine_has_its_level(dbfs: float) -> None:
    found = measure_levels(as_samples(sine(0.5, dbfs)), RATE)
    half_a_step = 20 * np.log10(1 + 0.5 / (FULL * 10 ** (dbfs / 20)))  # 16 bits hold a quiet peak no nearer than that
    assert found.peak_dbfs == pytest.approx(dbfs, abs=0.1 + half_a_step)
    assert found.active_dbfs == pytest.approx(dbfs - 3.01, abs=0.1)
    assert not found.silent


@given(ANY)
@settings(deadline=None)
def test_no_samples_give_a_level_out_of_range(samples: np.ndarray) -> None:
    assert FLOOR_DBFS <= level_dbfs(samples) <= 0.01
    assert FLOOR_DBFS <= peak_dbfs(samples) <= 0
    assert level_dbfs(samples) <= peak_dbfs(samples) + 0.01
    assert 0 <= clipped_samples(samples) <= len(samples)


@given(LEVELS, some.integers(-3000, 3000))
@settings(deadline=None)
def test_a_constant_part_changes_no_level(dbfs: float, offset: int) -> None:
    plain = as_samples(sine(0.5, min(dbfs, -6)))
    assume(np.abs(plain).max() > 300)
    shifted = (plain + offset).astype(np.int16)
    assert frame_levels(shifted, RATE) == pytest.approx(frame_levels(plain, RATE), abs=0.05)


@pytest.mark.parametrize(("highest", "silent"), [(0, True), (1, True), (2, False)])
def test_silent_is_nothing_above_the_smallest_step(highest: int, silent: bool) -> None:
    samples = np.zeros(RATE, np.int16)
    samples[::100] = -highest
    assert measure_levels(samples, RATE).silent is silent


@given(some.lists(some.integers(1, 20), max_size=12), some.sampled_from([FULL, -FULL, -32768]))
def test_only_runs_of_more_than_six_are_clipped(runs: list[int], full: int) -> None:
    samples = np.concatenate([np.array([0, *[full] * run, 0], np.int16) for run in runs] or [np.zeros(1, np.int16)])
    assert clipped_samples(samples) == sum(run for run in runs if run > 6)


def test_runs_of_opposite_signs_are_two() -> None:
    assert clipped_samples(np.array([FULL] * 5 + [-FULL] * 5, np.int16)) == 0


@given(SEEDS, some.floats(-40, -15), some.floats(15, 40))
@few
def test_speech_over_noise(seed: int, active: float, above: float) -> None:
    found = measure_levels(as_samples(speech(4, active, active - above, seed)), RATE)
    assert found.active_dbfs == pytest.approx(active, abs=0.6)
    assert found.snr_db == pytest.approx(above, abs=2.5)
    assert (found.gated, found.steady, found.silent) == (False, False, False)


@given(SEEDS)
@few
def test_a_gate_is_seen_and_silence_is_none(seed: int) -> None:
    voice = speech(4, seed=seed)
    assert is_gated(as_samples(gated(voice)), RATE)
    assert not is_gated(as_samples(voice), RATE)
    assert not is_gated(np.zeros(RATE, np.int16), RATE)


@given(SEEDS)
@few
def test_clipping_is_counted_and_loudness_is_not(seed: int) -> None:
    voice = speech(4, seed=seed)
    assert clipped_samples(as_samples(clipped(voice, 20))) > 500
    assert clipped_samples(as_samples(clipped(voice, 6))) == 0


def test_nobody_spoke() -> None:
    assert measure_levels(as_samples(noise(2, -50)), RATE).steady


@given(SEEDS, some.sampled_from([50.0, 100.0]), some.floats(-60, -40))
@few
def test_hum_is_told_from_a_voice(seed: int, hertz: float, level: float) -> None:
    voice = speech(4, seed=seed)
    clean = hum_db(as_samples(voice), RATE)
    humming = hum_db(as_samples(voice + hum(4, level, hertz)), RATE)
    assert clean is not None
    assert humming is not None
    assert clean < 8
    assert humming > 12


def test_hum_that_nobody_hears_is_none_to_speak_of() -> None:
    humming = hum_db(as_samples(noise(3, -85) + hum(3, -80)), RATE)
    assert humming is not None
    assert humming < 5


def test_hum_needs_a_second_with_noise_in_it() -> None:
    assert hum_db(np.zeros(RATE, np.int16), RATE) is None
    assert hum_db(as_samples(noise(0.3, -50)), RATE) is None


@given(some.integers(0, round(0.8 * RATE)), some.floats(-40, 0), SEEDS)
@few
def test_the_chirp_is_found_where_it_is(at: int, gain_db: float, seed: int) -> None:
    heard = noise(CHIRP_S + 0.8, -55, seed)
    heard[at : at + len(chirp(RATE))] += chirp(RATE) / FULL * 10 ** (gain_db / 20)
    found = find_chirp(as_samples(heard), RATE)
    assert found.ratio > HEARD_RATIO
    assert abs(found.at - at) <= 2


@given(SEEDS)
@few
def test_without_the_chirp_nothing_is_heard(seed: int) -> None:
    assert find_chirp(as_samples(noise(1.3, -30, seed)), RATE).ratio < HEARD_RATIO
    assert find_chirp(as_samples(speech(1.3, seed=seed)), RATE).ratio < HEARD_RATIO


def test_silence_has_no_echo() -> None:
    assert find_chirp(np.zeros(RATE, np.int16), RATE).ratio == 0
    assert find_chirp(chirp(RATE)[:100], RATE).ratio == 0


@given(some.floats(0, 1e5), some.lists(some.floats(0, 0.5), min_size=1, max_size=40))
def test_a_block_that_waited_does_not_move_the_clock(began: float, waits: list[float]) -> None:
    stamps = [(began + number * 0.02 + wait, number * 960) for number, wait in enumerate([0.0, *waits])]
    assert clock_of(stamps, RATE) == pytest.approx(began, abs=1e-6)


def test_the_meter_holds_the_highest_for_two_seconds() -> None:
    meter = LevelMeter(RATE)
    loud, soft = as_samples(sine(0.08, -6)), as_samples(sine(0.08, -40))
    assert meter.step == len(loud)
    first = meter.take(loud)
    assert first == pytest.approx({"level_dbfs": -9.0, "hold_dbfs": -9.0, "peak_dbfs": -6.0}, abs=0.1)
    held = [meter.take(soft) for _step in range(25)]
    assert {one["hold_dbfs"] for one in held[:24]} == {first["hold_dbfs"]}
    assert {one["peak_dbfs"] for one in held[:24]} == {first["peak_dbfs"]}
    assert (held[-1]["hold_dbfs"], held[-1]["peak_dbfs"]) == pytest.approx((-43.0, -40.0), abs=0.2)
    assert meter.take(loud)["hold_dbfs"] == first["hold_dbfs"]


@given(some.lists(ANY.filter(len), min_size=1, max_size=40))
@settings(deadline=None, max_examples=30)
def test_what_the_meter_holds_is_never_below_the_level(steps: list[np.ndarray]) -> None:
    meter = LevelMeter(RATE)
    for step in steps:
        told = meter.take(step)
        assert FLOOR_DBFS - 0.1 <= told["level_dbfs"] <= told["hold_dbfs"] <= 0.1
        assert told["hold_dbfs"] <= told["peak_dbfs"] + 0.1


@given(some.floats(-45, 0), SEEDS)
@few
def test_how_much_of_the_chirp_came_back_is_read_in_decibels(gain_db: float, seed: int) -> None:
    heard = noise(1.2, -75, seed)
    heard[5000 : 5000 + len(chirp(RATE))] += chirp(RATE) / FULL * 10 ** (gain_db / 20)
    echo = find_chirp(as_samples(heard), RATE)
    assert echo.gain_db == pytest.approx(gain_db, abs=0.3)
    assert above_voice_db(echo, NOMINAL_DBFS) == pytest.approx(gain_db, abs=0.3)
    assert above_voice_db(echo, NOMINAL_DBFS - 10) == pytest.approx(gain_db + 10, abs=0.3)
