"""Verdicts: monotone in the value, the whole as bad as its worst required part, no answer where it is not certain."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from vcops.domain.metrics import METRICS, Judged
from vcops.domain.readings import Reading
from vcops.domain.standards import Requirement, Standard, bound_text, judge, judge_all
from vcops.domain.verdicts import Verdict, whole

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NUMBERS = st.floats(0, 10_000, allow_nan=False)
UP = sorted(one.id for one in METRICS.values() if one.judged is Judged.UP and one.highest > 10_000)
DOWN = sorted(one.id for one in METRICS.values() if one.judged is Judged.DOWN and one.highest > 10_000)


def reading(metric: str, value: float | bool | None, **more: float) -> Reading:
    return Reading(metric, value, NOW, **more)


def requirement(metric: str, passing: object, warn: object = None, *, required: bool = True) -> Requirement:
    return Requirement.model_validate(
        {"metric": metric, "pass": passing, "warn": warn, "required": required, "source": "test"}
    )


@given(st.sampled_from(UP), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_more_is_never_worse_where_more_is_better(metric, one, other, bound, looser) -> None:
    asked = requirement(metric, max(bound, looser), min(bound, looser))
    low, high = sorted((one, other))
    assert judge(asked, reading(metric, high)).rank <= judge(asked, reading(metric, low)).rank


@given(st.sampled_from(DOWN), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_less_is_never_worse_where_less_is_better(metric, one, other, bound, looser) -> None:
    asked = requirement(metric, min(bound, looser), max(bound, looser))
    low, high = sorted((one, other))
    assert judge(asked, reading(metric, low)).rank <= judge(asked, reading(metric, high)).rank


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(24.0, "pass"), (23.9, "warn"), (15.0, "warn"), (14.9, "fail"), (None, "unmeasured")],
)
def test_a_bound_is_met_where_it_is_reached(value, verdict) -> None:
    assert judge(requirement("fps", 24, 15), reading("fps", value)) is Verdict(verdict)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(70, "pass"), (180, "pass"), (69, "warn"), (210, "warn"), (39, "fail"), (211, "fail")],
)
def test_a_range_is_met_between_its_ends(value, verdict) -> None:
    assert judge(requirement("luma_mean", [70, 180], [40, 210]), reading("luma_mean", float(value))) is Verdict(verdict)


@pytest.mark.parametrize(
    ("bound", "value", "verdict"),
    [(200, 200, "pass"), (200, 301, "fail"), ([200, 399], 301, "pass"), ([200, 399], 404, "fail")],
)
def test_a_status_is_one_number_or_a_span_of_them(bound, value, verdict) -> None:
    assert judge(requirement("http_status", bound), reading("http_status", float(value))) is Verdict(verdict)


@pytest.mark.parametrize(
    ("bound", "value", "verdict"), [("no", False, "pass"), (False, True, "fail"), (True, True, "pass")]
)
def test_yes_and_no_are_equal_or_not(bound, value, verdict) -> None:
    assert judge(requirement("mic_silent", bound), reading("mic_silent", value)) is Verdict(verdict)


@given(NUMBERS, st.floats(0.01, 100), st.floats(0.01, 100), NUMBERS)
def test_an_interval_that_straddles_a_bound_is_not_certain(value, below, above, bound) -> None:
    low, high = value - below, value + above
    asked = requirement("download_mbps", bound)
    found = judge(asked, reading("download_mbps", value, low=low, high=high))
    if low < bound <= high:
        assert found is Verdict.UNMEASURED
    else:
        assert found is judge(asked, reading("download_mbps", value))


def test_an_interval_wider_than_the_range_is_not_certain() -> None:
    """Both ends and the value fail, and yet the truth may lie inside."""
    asked = requirement("luma_mean", [70, 80])
    assert judge(asked, reading("luma_mean", 60.0, low=50.0, high=90.0)) is Verdict.UNMEASURED
    assert judge(asked, reading("luma_mean", 60.0, low=50.0, high=65.0)) is Verdict.FAIL


@given(st.lists(st.sampled_from(list(Verdict)), max_size=6))
def test_a_whole_is_as_bad_as_its_worst_part(parts) -> None:
    found = whole(parts)
    assert found in parts or (not parts and found is Verdict.UNMEASURED)
    assert all(part.rank <= found.rank for part in parts)


_FOUR = ("frame_width_px", "fps", "longest_gap_ms", "black_frames_pct")
_VALUES = st.dictionaries(st.sampled_from(_FOUR), st.none() | st.floats(0, 3000, allow_nan=False))


def _camera(required: frozenset[str]) -> Standard:
    return Standard(
        id="x",
        title="x",
        instrument="camera",
        requirements=tuple(requirement(name, 20, required=name in required) for name in _FOUR),
    )


@given(_VALUES, _VALUES, st.frozensets(st.sampled_from(_FOUR), min_size=1))
def test_optional_parts_never_count(values, others, required) -> None:
    mixed = {name: values.get(name) if name in required else others.get(name) for name in _FOUR}
    standard = _camera(required)

    def judged(found):
        return judge_all(standard, {name: reading(name, value) for name, value in found.items()})[0]

    assert judged(mixed) is judged({**others, **{name: values.get(name) for name in required}})
    verdict, parts = judge_all(standard, {name: reading(name, value) for name, value in mixed.items()})
    assert verdict is whole([parts[name] for name in required])


@given(st.frozensets(st.sampled_from(_FOUR), min_size=1))
def test_without_readings_nothing_is_measured(required) -> None:
    assert judge_all(_camera(required), {})[0] is Verdict.UNMEASURED


@given(st.sampled_from(UP + DOWN), NUMBERS, NUMBERS)
def test_a_warning_stricter_than_the_bound_is_refused(metric, bound, warn) -> None:
    assume(bound != warn)
    looser = warn < bound if METRICS[metric].judged is Judged.UP else warn > bound
    if looser:
        requirement(metric, bound, warn)
    else:
        with pytest.raises(ValidationError, match="stricter"):
            requirement(metric, bound, warn)


@pytest.mark.parametrize(
    ("metric", "bound", "text"),
    [
        ("fps", 24, ">= 24"),
        ("latency_ms", 150, "<= 150"),
        ("luma_mean", [70, 180], "70..180"),
        ("http_status", 200, "= 200"),
        ("mic_silent", False, "= no"),
    ],
)
def test_a_bound_is_written_as_the_contract_has_it(metric, bound, text) -> None:
    assert bound_text(METRICS[metric], requirement(metric, bound).pass_) == text


def test_a_metric_that_is_only_shown_has_no_bound() -> None:
    with pytest.raises(ValidationError, match="shown only"):
        requirement("mos", 4)
