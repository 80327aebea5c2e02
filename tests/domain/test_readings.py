"""Readings, and what a check makes of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.checks import CheckFailed, CheckRequest, Ending, conclude
from vcops.domain.metrics import METRICS
from vcops.domain.readings import Reading
from vcops.domain.standards import Requirement, Standard
from vcops.domain.verdicts import Verdict

AT = datetime(2026, 11, 21, 1, 2, 3, 456789, tzinfo=UTC)
STANDARD = Standard(
    id="room-camera",
    title="Kamera",
    instrument="camera",
    requirements=(
        Requirement(metric="fps", **{"pass": 24, "warn": 15}, source="test"),
        Requirement(metric="frame_height_px", **{"pass": 720}, source="test"),
        Requirement(metric="luma_mean", **{"pass": (70, 180)}, source="test", required=False),
    ),
)
REQUEST = CheckRequest(instrument="camera", source="http://a:b@host/video")


def concluded(*readings: Reading, error: CheckFailed | None = None, standard: Standard | None = STANDARD):
    return conclude(REQUEST, standard, readings, Ending(source="shown", at=AT, seconds=9.84, error=error))


@given(
    metric=st.sampled_from(sorted(METRICS)),
    value=st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    low=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    samples=st.none() | st.integers(0, 10**9),
    partial=st.booleans(),
    note=st.none() | st.text(),
    at=st.datetimes(timezones=st.just(UTC)),
)
def test_a_reading_survives_json(metric, value, low, samples, partial, note, at) -> None:
    reading = Reading(metric, value, at, low=low, samples=samples, partial=partial, note=note)
    assert Reading.from_json(json.loads(json.dumps(reading.as_json()))) == reading


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_reading_is_a_finite_number(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Reading("fps", value, AT)


def test_an_unknown_metric_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown metric"):
        Reading("frames", 1.0, AT)


def test_a_check_is_as_bad_as_its_worst_required_part() -> None:
    height = Reading("frame_height_px", 720.0, AT)
    assert concluded(height, Reading("fps", 30.0, AT)).verdict is Verdict.PASS
    assert concluded(height, Reading("fps", 16.0, AT)).verdict is Verdict.WARN
    assert concluded(height, Reading("fps", 10.0, AT)).verdict is Verdict.FAIL
    dark = concluded(height, Reading("fps", 30.0, AT), Reading("luma_mean", 3.0, AT))
    assert dark.verdict is Verdict.PASS  # the brightness is optional
    assert [one.verdict for one in dark.readings] == [Verdict.PASS, Verdict.PASS, Verdict.FAIL]


def test_what_was_not_read_is_named() -> None:
    result = concluded(Reading("fps", 30.0, AT))
    assert result.verdict is Verdict.UNMEASURED
    missing = {one.reading.metric: one.reading for one in result.readings if one.reading.value is None}
    assert {metric: one.note for metric, one in missing.items()} == {
        "frame_height_px": "not_measured",
        "luma_mean": "not_measured",
    }


def test_a_partial_reading_keeps_its_value_and_gives_no_verdict() -> None:
    height = Reading("frame_height_px", 720.0, AT)
    for fps in (30.0, 3.0):
        result = concluded(height, Reading("fps", fps, AT, partial=True))
        assert result.verdict is Verdict.UNMEASURED
        held = next(one for one in result.readings if one.reading.metric == "fps")
        assert (held.reading.value, held.verdict) == (fps, Verdict.UNMEASURED)


def test_a_check_with_an_error_is_never_good_and_a_failure_stays_one() -> None:
    height = Reading("frame_height_px", 720.0, AT)
    error = CheckFailed("camera.snapshot_failed", {"file": "x"})
    assert concluded(height, Reading("fps", 30.0, AT), error=error).verdict is Verdict.UNMEASURED
    assert concluded(height, Reading("fps", 3.0, AT), error=error).verdict is Verdict.FAIL


def test_without_a_standard_nothing_is_judged() -> None:
    result = concluded(Reading("fps", 30.0, AT), standard=None)
    assert result.verdict is Verdict.UNMEASURED
    assert [(one.verdict, one.required, one.pass_text) for one in result.readings] == [(None, False, None)]


def test_the_public_shape() -> None:
    shown = concluded(Reading("fps", 29.97, AT, "opencv", "clock", samples=300), standard=STANDARD).as_json()
    assert list(shown) == [
        "check",
        "source",
        "standard",
        "verdict",
        "passed_over",
        "findings",
        "readings",
        "error",
        "seconds",
    ]
    assert (shown["check"], shown["source"], shown["standard"], shown["verdict"]) == (
        "camera",
        "shown",
        "room-camera",
        "unmeasured",
    )
    assert (shown["error"], shown["seconds"]) == (None, 9.8)
    assert next(one for one in shown["readings"] if one["metric"] == "fps") == {
        "metric": "fps",
        "value": 29.97,
        "unit": "fps",
        "verdict": "pass",
        "required": True,
        "pass": ">= 24",
        "warn": ">= 15",
        "low": None,
        "high": None,
        "samples": 300,
        "partial": False,
        "instrument": "opencv",
        "how": "clock",
        "at": "2026-11-21T01:02:03Z",
        "note": None,
        "subject": "",
    }


def test_a_connection_says_what_it_cost() -> None:
    request = CheckRequest(instrument="connection")
    readings = [Reading("download_mbps", 20.0, AT, bytes_mb=12.5)]
    shown = conclude(request, None, readings, Ending(source="", at=AT, seconds=1)).as_json()
    assert shown["readings"][0]["bytes_mb"] == 12.5
