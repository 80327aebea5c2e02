"""What is wrong with a picture: the cause first, what it causes not again, and a remedy for every bound."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.checks import CheckRequest, Ending, conclude
from vcops.domain.findings import Finding, findings
from vcops.domain.metrics import metrics_of
from vcops.domain.readings import Reading
from vcops.domain.standards import Standard
from vcops.domain.verdicts import Verdict
from vcops.handbook import open_handbook
from vcops.locale import use
from vcops.wording.findings import finding_words

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
STANDARD = open_handbook(Path("no-such-folder")).standards["room-camera"]
GOOD: dict[str, float] = {
    "frame_width_px": 1280, "frame_height_px": 720, "fps": 30, "longest_gap_ms": 40, "first_frame_ms": 300,
    "identical_frames_pct": 0, "longest_freeze_ms": 0, "black_frames_pct": 0, "truncated_frames_pct": 0,
    "luma_mean": 120, "highlights_clipped_pct": 1, "sharpness_sigma_px": 2.2, "noise_sigma": 0.6,
    "flicker_ripple_pct": 0.1, "faces_count": 1, "face_width_px": 90, "face_headroom_pct": 12, "face_luma": 130,
    "backlight_ratio": 1.1, "white_card_chroma": 2,
}  # fmt: skip
NETWORK = {"how": "clock", "instrument": "opencv 4.10.0 ffmpeg"}


def found(standard: Standard = STANDARD, **values: Any) -> tuple[Finding, ...]:
    """The findings of a good picture with these readings changed; a Reading stands for itself, None for none."""
    readings = [
        one if isinstance(one, Reading) else Reading(metric, float(one), AT)
        for metric, one in (GOOD | values).items()
        if one is not None
    ]
    result = conclude(CheckRequest(instrument="camera"), standard, readings, Ending(source="", at=AT, seconds=8))
    return findings("camera", result.readings, standard)


def codes(**values: Any) -> list[str]:
    return [one.code.removeprefix("finding.").removeprefix("camera_") for one in found(**values)]


UNSEEN: dict[str, Any] = {
    "sharpness_sigma_px": Reading("sharpness_sigma_px", None, AT, note="too_few_edges"),
    "highlights_clipped_pct": Reading("highlights_clipped_pct", None, AT, note="nothing_seen"),
    "noise_sigma": None, "flicker_ripple_pct": None, "faces_count": 0, "face_width_px": None, "face_luma": None,
    "face_headroom_pct": None, "backlight_ratio": None,
}  # fmt: skip
"""What a picture reads that shows nothing."""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ["holds"]),
        (UNSEEN | {"black_frames_pct": 100, "luma_mean": 3, "identical_frames_pct": 100, "longest_freeze_ms": 8000},
         ["black"]),
        ({"black_frames_pct": 10}, ["drops_out", "holds"]),
        ({"longest_freeze_ms": 4000, "identical_frames_pct": 60}, ["frozen"]),
        ({"longest_freeze_ms": 8000, "identical_frames_pct": 100,
          "sharpness_sigma_px": Reading("sharpness_sigma_px", None, AT, note="too_short"), "faces_count": None},
         ["frozen"]),
        ({"truncated_frames_pct": 20, "fps": 12, "longest_gap_ms": 400}, ["cut_off"]),
        (UNSEEN | {"truncated_frames_pct": 60, "fps": 12, "longest_gap_ms": 900, "longest_freeze_ms": 1500,
                   "luma_mean": 200, "identical_frames_pct": 40}, ["cut_off"]),
        ({"longest_gap_ms": 1500, "fps": 11, "frame_width_px": 640, "frame_height_px": 360}, ["halts"]),
        ({"frame_width_px": 320, "frame_height_px": 240, "fps": Reading("fps", 12.0, AT, **NETWORK)},
         ["narrow_network"]),
        ({"frame_width_px": 640, "frame_height_px": 480, "sharpness_sigma_px": 4}, ["small", "holds"]),
        ({"luma_mean": 30, "noise_sigma": 3, "fps": 12, "sharpness_sigma_px": 4, "face_luma": 40}, ["dark"]),
        ({"luma_mean": 230, "highlights_clipped_pct": 30, "face_luma": 240}, ["bright"]),
        ({"highlights_clipped_pct": 30}, ["burnt_out"]),
        ({"backlight_ratio": 4, "face_luma": 40, "highlights_clipped_pct": 25}, ["backlight"]),
        ({"backlight_ratio": 4, "luma_mean": 50, "noise_sigma": 2}, ["backlight", "dark", "holds"]),
        ({"identical_frames_pct": 51}, ["doubled"]),
        ({"fps": 14}, ["slow"]),
        ({"first_frame_ms": 3000}, ["late", "holds"]),
        ({"flicker_ripple_pct": 2}, ["bands"]),
        ({"sharpness_sigma_px": 7}, ["soft"]),
        ({"sharpness_sigma_px": Reading("sharpness_sigma_px", None, AT, note="too_few_edges")}, ["plain"]),
        ({"noise_sigma": 2}, ["grainy", "holds"]),
        ({"white_card_chroma": 9}, ["tinted"]),
        ({"face_luma": 60}, ["face_dark", "holds"]),
        ({"face_luma": 230}, ["face_bright", "holds"]),
        ({"face_width_px": 15}, ["face_small", "holds"]),
        ({"face_headroom_pct": 0}, ["head_cut", "holds"]),
        ({"face_headroom_pct": 60}, ["head_low", "holds"]),
        ({"faces_count": 0}, ["nobody", "holds"]),
    ],
)  # fmt: skip
def test_the_cause(values: dict[str, Any], expected: list[str]) -> None:
    assert codes(**values) == expected


def test_a_cause_weighs_as_much_as_what_it_explains_and_names_it() -> None:
    (dark,) = found(luma_mean=60, noise_sigma=3)
    assert (dark.verdict, dark.params["follow"]) == (Verdict.FAIL, "noise_sigma")
    use("en")
    assert finding_words(dark).endswith("Probably the cause of this too: picture noise.")


def test_a_warning_does_not_explain_away_what_could_not_be_read() -> None:
    told = found(luma_mean=60, sharpness_sigma_px=Reading("sharpness_sigma_px", None, AT, note="too_short"))
    assert {one.code for one in told} == {"finding.camera_dark", "finding.not_measured"}


def test_back_light_is_told_in_the_words_of_whoever_stands_in_the_room() -> None:
    (back, _holds) = found(backlight_ratio=4.0, face_luma=50)
    use("en")
    assert finding_words(back, STANDARD) == (
        "Back light: the background is 4.0 times brighter than the face. Close the curtain behind the speaker, turn "
        "the camera, or add light from the front. Probably the cause of this too: brightness of the face."
    )


def test_what_the_office_wrote_comes_before_the_remedy_of_the_program() -> None:
    wanted = STANDARD.requirement("noise_sigma")
    assert wanted is not None
    remedy = {"id": "Panggil Bagian Umum.", "en": "Call the general affairs office."}
    data = STANDARD.model_dump(by_alias=True)
    for one in data["requirements"]:
        one["remedy"] = remedy if one["metric"] == "noise_sigma" else None
    own = Standard.model_validate(data)
    use("en")
    assert finding_words(found(standard=own, noise_sigma=2)[0], own).endswith("Call the general affairs office.")
    assert finding_words(found(standard=own, sharpness_sigma_px=7)[0], own).endswith("turn autofocus on.")


def test_of_several_cameras_each_is_told_by_its_name() -> None:
    readings = []
    for name, change in (("Depan", {}), ("Pembicara", {"luma_mean": 30})):
        held = [Reading(metric, float(value), AT, subject=name) for metric, value in (GOOD | change).items()]
        ending = Ending(source="", at=AT, seconds=8)
        readings += conclude(CheckRequest(instrument="camera"), STANDARD, held, ending).readings
    dark, good = findings("camera", readings, STANDARD)
    use("id")
    assert finding_words(dark, STANDARD).startswith("Pembicara: ")
    assert finding_words(good, STANDARD).startswith("Depan: ")


_METRICS = [one.id for one in metrics_of("camera")]


@pytest.mark.parametrize("tongue", ["id", "en"])
@pytest.mark.parametrize("metric", _METRICS)
def test_every_bound_has_a_cause_and_a_remedy_of_its_own(metric: str, tongue: str) -> None:
    asked = STANDARD.requirement(metric)
    assert asked is not None
    low, high = asked.pass_ if isinstance(asked.pass_, tuple) else (float(asked.pass_), float(asked.pass_))
    use(tongue)
    for value in (low - 1, high + 1):
        told = [one for one in found(**{metric: max(value, 0)}) if one.verdict.rank]
        for one in told:
            assert one.code.startswith("finding.camera_")
            assert finding_words(one).count(". ") >= 1, "a sentence, and what to do"


@given(
    st.dictionaries(st.sampled_from(_METRICS), st.floats(-10, 2000, allow_nan=False)),
    st.dictionaries(st.sampled_from(_METRICS), st.sampled_from(["too_short", "too_few_edges", "nothing_seen"])),
    st.sampled_from(["id", "en"]),
)
def test_whatever_was_read_can_be_said(values: dict[str, float], unread: dict[str, str], tongue: str) -> None:
    """Every bound that is missed is explained by something as bad, no bound is told bare, every sentence is filled."""
    readings = [Reading(metric, value, AT) for metric, value in values.items() if metric not in unread]
    readings += [Reading(metric, None, AT, note=note) for metric, note in unread.items()]
    request, ending = CheckRequest(instrument="camera"), Ending(source="", at=AT, seconds=1)
    result = conclude(request, STANDARD, readings, ending)
    told = findings("camera", result.readings, STANDARD)
    if any(one.value is not None for one in readings):
        assert max(one.verdict.rank for one in told) >= result.verdict.rank
    use(tongue)
    for one in told:
        assert one.code != "finding.not_met"
        said = finding_words(one, STANDARD)
        assert said != one.code
        assert "{" not in said
        assert not re.search(r"\b(nan|None|inf)\b", said)
