"""What a sound check comes to: causes in words, silence first and the echo last, each bound in one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vcops.domain.checks import CheckRequest, Ending, conclude
from vcops.domain.findings import findings
from vcops.domain.readings import Reading
from vcops.domain.verdicts import Verdict
from vcops.handbook import open_handbook
from vcops.wording.findings import finding_words

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
STANDARD = open_handbook(Path("/nowhere")).standards["room-sound"]
GOOD: dict[str, float | bool] = {
    "mic_silent": False, "mic_active_dbfs": -24.0, "mic_peak_dbfs": -9.0, "mic_clipped_samples": 0.0,
    "mic_snr_db": 30.0, "mic_hum_db": 2.0, "echo_heard_ratio": 150.0, "echo_above_voice_db": -9.0,
}  # fmt: skip


def found(
    notes: dict[str, str] | None = None, *, partial: bool = False, without: tuple[str, ...] = (), **values: float | bool
) -> list[tuple[str, Verdict]]:
    """Return the findings on a good voice in which these values are otherwise."""
    read = {name: value for name, value in (GOOD | values).items() if name not in without}
    readings = [
        Reading(name, value, NOW, note=(notes or {}).get(name), partial=partial, subject="Mic")
        for name, value in read.items()
    ]
    result = conclude(CheckRequest(instrument="sound"), STANDARD, readings, Ending(source="", at=NOW, seconds=7))
    said = findings("sound", result.readings, STANDARD)
    for one in said:
        words = finding_words(one, STANDARD)
        assert words != one.code
        assert "dB" not in words
    return [(one.code.removeprefix("finding."), one.verdict) for one in said]


def test_a_good_voice_meets_all() -> None:
    assert found() == [("holds", Verdict.PASS)]


SILENCE = {"mic_silent": True, "mic_active_dbfs": -101.0, "mic_peak_dbfs": -101.0, "echo_heard_ratio": 1.0}


@pytest.mark.parametrize(
    ("values", "notes", "codes"),
    [
        (SILENCE, {}, ["mic_silent"]),
        ({"mic_active_dbfs": -46.0}, {}, ["mic_soft"]),
        ({"mic_active_dbfs": -8.0, "mic_peak_dbfs": -0.3}, {}, ["mic_loud", "holds"]),
        ({"mic_active_dbfs": -6.0, "mic_peak_dbfs": 0.0, "mic_clipped_samples": 4000.0}, {}, ["mic_clipped"]),
        ({"mic_peak_dbfs": -0.4}, {}, ["mic_peak", "holds"]),
        ({"mic_snr_db": 6.0}, {}, ["mic_noise"]),
        ({"mic_snr_db": 3.0}, {"mic_snr_db": "nobody_spoke"}, ["nobody_spoke"]),
        ({"mic_active_dbfs": -60.0, "mic_snr_db": 3.0}, {"mic_snr_db": "nobody_spoke"}, ["nobody_spoke"]),
        ({"mic_hum_db": 25.0}, {}, ["mic_hum"]),
        ({"echo_heard_ratio": 3.0}, {}, ["echo_not_heard", "holds"]),
        ({"echo_above_voice_db": 8.0}, {}, ["echo_loud", "holds"]),
        ({"mic_snr_db": 60.0}, {"mic_snr_db": "mic_gated"}, ["mic_gated", "holds"]),
        ({}, {"mic_active_dbfs": "mic_is_monitor"}, ["mic_is_monitor", "holds"]),
        ({}, {"mic_active_dbfs": "sound_gaps"}, ["sound_gaps", "holds"]),
        ({}, {"mic_active_dbfs": "rate_changed"}, ["sound_rate", "holds"]),
    ],
)
def test_each_cause_has_its_own_sentence(
    values: dict[str, float | bool], notes: dict[str, str], codes: list[str]
) -> None:
    assert [code for code, _verdict in found(notes, **values)] == codes


def test_what_explains_the_rest_comes_first() -> None:
    worst = found(mic_active_dbfs=-46.0, mic_snr_db=4.0, mic_hum_db=30.0, echo_heard_ratio=2.0, echo_above_voice_db=4.0)
    assert [code for code, _verdict in worst] == ["mic_soft", "mic_noise", "mic_hum", "echo_not_heard", "echo_loud"]
    assert [verdict for _code, verdict in worst] == [Verdict.FAIL] * 3 + [Verdict.WARN] * 2


def test_a_loudspeaker_that_is_not_heard_is_no_failure() -> None:
    """A device that cancels its own echo is not heard either: the ear decides."""
    assert found(echo_heard_ratio=0.0)[0] == ("echo_not_heard", Verdict.WARN)


def test_a_check_that_was_cut_short_says_so_once() -> None:
    assert found(partial=True, without=("echo_heard_ratio", "echo_above_voice_db")) == [
        ("sound_cut_short", Verdict.UNMEASURED)
    ]


@given(
    some.fixed_dictionaries(
        {},
        optional={
            "mic_silent": some.booleans(),
            "mic_active_dbfs": some.floats(-101, 0),
            "mic_peak_dbfs": some.floats(-101, 0),
            "mic_clipped_samples": some.floats(0, 1e6),
            "mic_snr_db": some.floats(0, 100),
            "mic_hum_db": some.floats(-20, 60),
            "echo_heard_ratio": some.floats(0, 9999),
            "echo_above_voice_db": some.floats(-100, 80),
        },
    ),
    some.dictionaries(
        some.sampled_from(["mic_active_dbfs", "mic_snr_db"]),
        some.sampled_from(["mic_gated", "nobody_spoke", "mic_is_monitor", "sound_gaps", "rate_changed"]),
    ),
    some.booleans(),
)
def test_no_bound_is_told_twice_or_in_decibels(
    values: dict[str, float | bool], notes: dict[str, str], partial: bool
) -> None:
    said = found(notes, partial=partial, **values)
    codes = [code for code, _verdict in said]
    assert len(codes) == len(set(codes))
    assert "not_met" not in codes
    assert [verdict.rank for _code, verdict in said] == sorted((v.rank for _c, v in said), reverse=True)
