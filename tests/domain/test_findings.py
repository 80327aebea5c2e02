"""Findings: the cause before the symptom, the worst first, and nothing said twice or out of thin air."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.checks import CheckRequest, Ending, conclude
from vcops.domain.findings import Finding, findings
from vcops.domain.metrics import METRICS
from vcops.domain.needs import needs_of, needs_of_any
from vcops.domain.readings import Reading
from vcops.domain.verdicts import Verdict
from vcops.handbook import open_handbook
from vcops.locale import use
from vcops.wording.findings import finding_words

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HANDBOOK = open_handbook(Path("no-such-folder"))
ZOOM = needs_of(HANDBOOK.platforms["zoom"], "720p", 10)
STANDARD = HANDBOOK.standards["room-connection"].resolved(ZOOM)
GOOD: dict[str, Any] = {
    "download_mbps": 40.0, "upload_mbps": 20.0, "latency_ms": 20.0, "jitter_ms": 2.0, "loss_pct": 0.0,
    "latency_loaded_up_ms": 40.0, "latency_loaded_down_ms": 40.0, "captive_portal": False, "udp_reachable": True,
    "hosts_reachable_pct": 100.0,
}  # fmt: skip


def found(standard=STANDARD, **values: Any) -> tuple[Finding, ...]:
    """The findings of a good link with these readings changed; a Reading stands for itself, None for none."""
    all_values = GOOD | values
    readings = [
        one if isinstance(one, Reading) else Reading(metric, one, AT)
        for metric, one in all_values.items()
        if one is not None
    ]
    result = conclude(CheckRequest(instrument="connection"), standard, readings, Ending(source="", at=AT, seconds=15))
    return findings("connection", result.readings, standard)


def codes(**values: Any) -> list[str]:
    return [one.code.removeprefix("finding.") for one in found(**values)]


def test_a_good_link_says_what_it_holds_for() -> None:
    (only,) = found()
    assert (only.code, only.verdict) == ("finding.holds_for", Verdict.PASS)
    assert only.params == {"quality": "720p", "participants": 10, "platform": "zoom"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"upload_mbps": 1.1}, ["up_short_for"]),
        ({"upload_mbps": 2.0}, ["up_tight_for", "holds_for"]),
        ({"download_mbps": 1.0, "upload_mbps": 1.0}, ["up_short_for", "down_short_for"]),
        ({"loss_pct": 6.0}, ["loss"]),
        ({"loss_pct": 6.0, "upload_mbps": 1.0}, ["loss", "up_by_loss"]),
        ({"loss_pct": 6.0, "loss_up_pct": 6.0, "loss_down_pct": 0.0}, ["loss_by_way"]),
        ({"loss_pct": None}, ["holds_unseen"]),
        ({"loss_pct": Reading("loss_pct", None, AT, note="udp_blocked"), "udp_reachable": None},
         ["udp_blocked_ports", "holds_unseen"]),
        ({"udp_reachable": False}, ["udp_silent_ports", "holds_for"]),
        ({"udp_reachable": False, "loss_pct": None}, ["udp_blocked_ports", "holds_unseen"]),
        ({"captive_portal": True, "hosts_reachable_pct": 0.0}, ["captive_portal"]),
        ({"hosts_reachable_pct": 50.0}, ["hosts_blocked", "holds_for"]),
        ({"latency_loaded_up_ms": 230.0}, ["rises_up", "holds_for"]),
        ({"latency_loaded_down_ms": 900.0}, ["rises_down", "holds_for"]),
        ({"latency_ms": 300.0, "latency_loaded_up_ms": 310.0}, ["latency", "rises_up"]),
        ({"latency_ms": 600.0, "latency_loaded_up_ms": 595.0}, ["latency"]),
        ({"latency_ms": None, "latency_loaded_up_ms": 595.0}, ["not_read", "not_met"]),
        ({"jitter_ms": 35.0}, ["jitter", "holds_for"]),
        ({"wifi_signal_dbm": -80.0, "link_wired": False}, ["wifi_weak", "holds_for"]),
        ({"wifi_signal_dbm": -50.0}, ["holds_for"]),
        ({"proxy_in_use": True}, ["proxy", "holds_for"]),
        ({"clock_offset_s": 90.0}, ["clock_behind", "holds_for"]),
        ({"clock_offset_s": -7.0}, ["clock_ahead", "holds_for"]),
        ({"upload_mbps": None, "latency_ms": None}, ["not_read"]),
        ({"upload_mbps": Reading("upload_mbps", None, AT, note="no_upload_url")}, ["not_measured"]),
    ],
)  # fmt: skip
def test_the_cause(values: dict[str, Any], expected: list[str]) -> None:
    assert codes(**values) == expected


def test_the_figures_of_what_is_short() -> None:
    (short,) = found(upload_mbps=1.1)
    assert short.params["mbps"] == 1.1
    assert (short.params["needed"], short.params["wanted"]) == (1.5, 2.25)
    assert (short.verdict, short.params["quality"]) == (Verdict.FAIL, "720p")


def test_the_ports_to_open_are_named_where_the_platform_is_known() -> None:
    (blocked, _holds) = found(udp_reachable=False, loss_pct=None)
    assert blocked.params["ports"] == "3478-3479, 8801-8810"
    anybody = HANDBOOK.standards["room-connection"].resolved(needs_of_any(HANDBOOK.platforms.values()))
    assert found(standard=anybody, udp_reachable=False, loss_pct=None)[0].code == "finding.udp_blocked"


@pytest.mark.parametrize(
    ("tongue", "words"),
    [("en", "The platform's own servers do not answer over UDP (a:3478)"), ("id", "tidak menjawab lewat UDP (a:3478)")],
)
def test_udp_is_not_called_blocked_where_packets_came_back(tongue: str, words: str) -> None:
    (silent, _holds) = found(udp_reachable=Reading("udp_reachable", False, AT, subject="a:3478"), loss_pct=0.0)
    use(tongue)
    assert words in finding_words(silent)


def test_the_rise_is_told_even_where_the_bound_is_met() -> None:
    (rise, _holds) = found(latency_ms=20.0, latency_loaded_up_ms=180.0)
    assert (rise.code, rise.params["rise"], rise.verdict) == ("finding.rises_up", 160.0, Verdict.WARN)


@pytest.mark.parametrize(
    ("reading", "code", "edge"),
    [
        (Reading("upload_mbps", 1.6, AT, low=1.4, high=1.8), "not_certain", 1.5),
        (Reading("upload_mbps", 9000.0, AT, low=0.0, high=22310.0), "too_uneven", 2.25),
        (Reading("upload_mbps", 9.0, AT, low=0.0, high=18.0), "not_certain", 2.25),
        (Reading("upload_mbps", 2.2, AT, low=2.0, high=2.4), "not_certain", 2.25),
        (Reading("upload_mbps", 2.2, AT, low=1.7, high=2.9, how="http-written-bytes"), "written_bytes", 2.25),
        (Reading("upload_mbps", 20.0, AT, partial=True), "cut_short", None),
    ],
)
def test_what_is_not_certain_says_why(reading: Reading, code: str, edge: float | None) -> None:
    (only,) = found(upload_mbps=reading)
    assert (only.code, only.verdict) == (f"finding.{code}", Verdict.UNMEASURED)
    assert only.params.get("edge") == edge


def test_the_worst_comes_first() -> None:
    ranks = [
        one.verdict.rank for one in found(upload_mbps=1.0, jitter_ms=35.0, udp_reachable=False, download_mbps=None)
    ]
    assert ranks == sorted(ranks, reverse=True)
    assert len(ranks) == 4


def test_without_a_standard_only_facts_are_told() -> None:
    told = found(standard=None, upload_mbps=0.1, captive_portal=True, proxy_in_use=True)
    assert [one.code for one in told] == ["finding.captive_portal", "finding.proxy"]


def test_without_readings_there_is_nothing_to_find() -> None:
    result = conclude(CheckRequest(instrument="connection"), STANDARD, (), Ending(source="", at=AT, seconds=0))
    assert findings("connection", result.readings, STANDARD) == ()


def test_another_instrument_has_causes_of_its_own() -> None:
    standard = HANDBOOK.standards["room-camera"]
    readings = [Reading("frame_height_px", 240.0, AT)]
    result = conclude(CheckRequest(instrument="camera"), standard, readings, Ending(source="", at=AT, seconds=1))
    first = findings("camera", result.readings, standard)[0]
    assert (first.code, first.params["came"], first.verdict) == ("finding.camera_small", "?x240", Verdict.FAIL)


_JUDGED = [one for one in METRICS.values() if one.instrument in ("connection", "platform")]
_VALUES = st.dictionaries(
    st.sampled_from([one.id for one in _JUDGED if not one.yes_no]), st.floats(-100, 1000, allow_nan=False)
)
_ANSWERS = st.dictionaries(st.sampled_from([one.id for one in _JUDGED if one.yes_no]), st.booleans())


@given(_VALUES, _ANSWERS, st.sampled_from(["id", "en"]))
def test_whatever_was_read_can_be_said(values, answers, tongue) -> None:
    """Every required bound that is not met is explained by something as bad; every sentence is filled."""
    readings = [Reading(metric, value, AT, subject="x") for metric, value in (values | answers).items()]
    request, ending = CheckRequest(instrument="connection"), Ending(source="", at=AT, seconds=1)
    result = conclude(request, STANDARD, readings, ending)
    told = findings("connection", result.readings, STANDARD)
    if readings:
        assert max(one.verdict.rank for one in told) >= result.verdict.rank
    use(tongue)
    for one in told:
        said = finding_words(one)
        assert said != one.code
        assert "{" not in said
        assert "nan" not in said


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_interval_that_says_nothing_is_not_told(language: str) -> None:
    use(language)
    (only,) = found(download_mbps=Reading("download_mbps", 9000.0, AT, low=0.0, high=22310.0))
    said = finding_words(only, STANDARD)
    assert not {"22.310", "22,310"} & set(said.split())
    assert ("belum pasti" if language == "id" else "not certain") in said
    assert ("naik turun" if language == "id" else "uneven") in said
