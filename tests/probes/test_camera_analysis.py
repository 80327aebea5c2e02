"""The figures taken from pictures, each against what was done to the picture."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from tests.lab.camera import scene
from tests.lab.scenes import scenes
from tests.lab.scenes_faults import FAULTS, LEVELS
from tests.lab.scenes_verdicts import name_of, readings_of
from vcops.probes.camera.analysis import Analysis
from vcops.probes.camera.exposure import clipped_pct, mean_luma
from vcops.probes.camera.faces import AGREEING, FaceLook, Faces, look_at
from vcops.probes.camera.flicker import beat_hz, ripple_pct
from vcops.probes.camera.freeze import Freezes
from vcops.probes.camera.luma import linear, luma_copy
from vcops.probes.camera.mtcnn import Detector
from vcops.probes.camera.noise import noise_sigma
from vcops.probes.camera.sharpness import Averaging, edge_sigma
from vcops.probes.camera.truncated import Damage, flat_band
from vcops.probes.camera.whitecard import Box, card_chroma

Image = np.ndarray[Any, Any]
DICE = np.random.default_rng(7)
ROOM = scenes("report")[0].picture


def grain(picture: Image, sigma: float) -> Image:
    return np.clip(picture + DICE.standard_normal(picture.shape[:2]) * sigma, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


# Sharpness


@pytest.mark.parametrize("sigma", [3.0, 5.0, 8.0])
def test_the_blur_of_an_edge_is_measured_in_pixels_of_full_hd(sigma: float) -> None:
    """The small copy adds about two pixels of its own, in quadrature."""
    bars = np.tile(np.repeat(np.array([60, 190], np.float32), 90), (1080, 11))[:, :1920]
    small = luma_copy(cv2.GaussianBlur(bars, (0, 0), sigma))
    assert edge_sigma(small.astype(np.float32)) == pytest.approx(np.hypot(sigma, 2.2), rel=0.15)


def test_contrast_does_not_change_sharpness() -> None:
    luma = luma_copy(ROOM).astype(np.float32)
    assert edge_sigma(luma) == pytest.approx(edge_sigma(60 + luma / 2) or 0, rel=0.1)


def test_a_bare_wall_and_darkness_are_not_judged() -> None:
    assert edge_sigma(np.full((360, 640), 120, np.float32)) is None
    assert edge_sigma(grain(np.full((360, 640), 5.0), 1.0).astype(np.float32)) is None


def test_looks_are_averaged_over_eight_frames_and_half_must_find_edges() -> None:
    averaging, sharp, bare = Averaging(), luma_copy(ROOM), np.full((360, 640), 120, np.uint8)
    for _frame in range(7):
        averaging.add(sharp)
    assert averaging.sigmas == []
    averaging.add(sharp)
    assert len(averaging.sigmas) == 1
    assert averaging.sigma is not None
    for _frame in range(16):
        averaging.add(bare)
    assert averaging.sigma is None


# Noise and exposure


@pytest.mark.parametrize("sigma", [1.0, 3.0, 6.0])
def test_noise_is_what_was_added(sigma: float) -> None:
    plain = np.full((360, 640), 120.0)
    assert noise_sigma(grain(plain, sigma)) == pytest.approx(sigma, rel=0.25)
    textured = luma_copy(scenes("report")[9].picture).astype(float)
    assert noise_sigma(grain(textured, sigma)) == pytest.approx(sigma, rel=0.35)


def test_noise_is_not_judged_where_it_is_clipped_away() -> None:
    half = np.full((360, 640), 120, np.uint8)
    half[:, :320] = 255
    assert noise_sigma(half) is None
    assert noise_sigma(np.zeros((8, 8), np.uint8)) is None


def test_brightness_and_clipped_highlights() -> None:
    picture = np.full((100, 200), 100, np.uint8)
    picture[:, :50] = 252
    assert mean_luma(picture) == pytest.approx(138)
    assert clipped_pct(picture) == 25


# Frames that repeat


def test_freezes_are_counted_and_timed() -> None:
    freezes = Freezes()
    pictures = [np.full((4, 4), one, np.uint8) for one in range(4)]
    same = [freezes.add(pictures[one], at / 10) for at, one in enumerate([0, 1, 1, 1, 1, 2, 2, 3])]
    assert same == [False, False, True, True, True, False, True, False]
    assert freezes.identical_pct == pytest.approx(100 * 4 / 7)
    assert freezes.longest_freeze_ms == pytest.approx(300)


# Frames that were cut off


def test_a_flat_lower_band_is_a_frame_that_was_cut_off() -> None:
    luma = luma_copy(ROOM).copy()
    assert not flat_band(luma)
    luma[300:] = 128
    assert flat_band(luma)
    luma[300:] = 16  # a black border is none
    assert not flat_band(luma)
    assert not flat_band(np.full((360, 640), 128, np.uint8))


def test_a_lower_part_that_an_earlier_frame_left_behind() -> None:
    damage = Damage()
    frames = [luma_copy(grain(ROOM[:, :, 1], 2)) for _number in range(8)]
    frames[5] = np.vstack([frames[5][:200], frames[4][200:]])
    assert [damage.add(one) for one in frames] == [number == 5 for number in range(8)]
    assert damage.count == 1


def test_a_room_in_which_nothing_stirs_below_is_no_damage() -> None:
    damage = Damage()
    for _number in range(8):
        frame = luma_copy(grain(ROOM[:, :, 1], 2)).copy()
        frame[200:] = luma_copy(ROOM)[200:]
        damage.add(frame)
    assert damage.count == 0


# Flicker


@pytest.mark.parametrize(("fps", "beat"), [(30, 10), (29.97, 10.09), (25, 0), (50, 0), (24, 4), (15, 5), (60, 20)])
def test_the_beat_of_the_mains_and_the_rate(fps: float, beat: float) -> None:
    assert beat_hz(fps) == pytest.approx(beat, abs=0.01)


@pytest.mark.parametrize("depth", [0.0, 0.01, 0.03])
def test_bands_are_measured_and_people_are_not_bands(depth: float) -> None:
    times = np.arange(60) / 30 + DICE.normal(0, 0.002, 60)
    phases = np.linspace(0, 6 * np.pi, 24)
    light = 1 + depth * np.cos(2 * np.pi * 100 * (np.arange(60) / 30)[:, np.newaxis] + phases)
    people = 1 + 0.04 * np.sin(2 * np.pi * 0.7 * times)[:, np.newaxis]
    assert ripple_pct(times, 120 * light * people) == pytest.approx(100 * depth, abs=0.15, rel=0.1)


def test_a_rate_that_divides_the_mains_hides_bands() -> None:
    assert ripple_pct(np.arange(50) / 25, np.full((50, 24), 120.0)) is None


# Faces


def test_a_face_is_found_where_it_is(detector: Detector) -> None:
    luma = luma_copy(ROOM)
    small = cv2.resize(ROOM, (640, 360), interpolation=cv2.INTER_AREA)
    look = look_at(detector.faces(small), luma, ROOM.shape[1])
    assert look is not None
    assert len(look.boxes) == 1
    left, top, right, bottom = look.boxes[0]
    assert 0.6 < left < right < 0.75
    assert 0.1 < top < bottom < 0.3
    assert look.width_px == pytest.approx(84, abs=10)
    assert 5 <= look.headroom_pct <= 25


def test_rooms_without_people_have_no_faces(detector: Detector) -> None:
    empty = [one.picture for half in ("report", "tuning") for one in scenes(half) if one.person is None]  # type: ignore[arg-type]
    found = [len(detector.faces(cv2.resize(one, (640, 360), interpolation=cv2.INTER_AREA))) for one in empty]
    assert found == [0] * len(empty)


def test_back_light_is_the_ratio_of_light() -> None:
    luma = np.full((360, 640), 188, np.uint8)  # 188 is half the light of 255
    luma[100:200, 280:360] = 255
    look = look_at(np.array([[280, 100, 359, 199, 1]], np.float32), luma, 640)
    assert look is not None
    assert look.backlight == pytest.approx(0.5, abs=0.01)
    assert float(linear(np.uint8([188]))[0]) == pytest.approx(0.5, abs=0.01)


def test_a_figure_counts_when_three_looks_in_five_agree(detector: Detector) -> None:
    look = FaceLook(((0.4, 0.2, 0.5, 0.4),), 80.0, 12.0, 140.0, 1.1)
    faces = Faces(detector, looks=[look, None, look, None, look])
    assert AGREEING == 0.6
    assert (faces.count, faces.middle("width_px")) == (1, 80.0)
    faces.looks = [look, None, look, None, None]
    assert (faces.count, faces.middle("width_px")) == (0, None)
    faces.looks = [look, look]
    assert faces.count is None


# The white sheet


def test_a_white_sheet_tells_a_cast_and_a_room_does_not() -> None:
    sheet = grain(np.full((200, 300, 3), 200.0)[..., 0], 2)
    grey = cv2.cvtColor(sheet, cv2.COLOR_GRAY2BGR)
    assert card_chroma(grey) == pytest.approx(0, abs=0.5)
    warm = np.clip(grey * np.array([0.85, 1.0, 1.05]), 0, 255).astype(np.uint8)
    assert (card_chroma(warm) or 0) > 8
    assert card_chroma(ROOM) is None
    assert card_chroma(np.full((200, 300, 3), 255, np.uint8)) is None
    assert card_chroma(np.full((200, 300, 3), 20, np.uint8), Box(0, 0, 1, 1)) is None


# All together


def test_what_cannot_be_judged_is_no_number() -> None:
    analysis = Analysis(card=Box(0.4, 0.4, 0.6, 0.6))
    for number in range(90):
        analysis.add(grain(np.full((180, 320, 3), 120.0)[..., 0], 1), number / 25)
    found = {one.metric: one for one in analysis.found("clock")}
    assert {metric: one.note for metric, one in found.items() if one.value is None} == {
        "sharpness_sigma_px": "too_few_edges",
        "flicker_ripple_pct": "rate_hides_flicker",
        "white_card_chroma": "no_white_card",
    }
    assert "faces_count" not in found


def test_a_short_look_says_so(detector: Detector) -> None:
    analysis = Analysis(Faces(detector))
    for number in range(4):
        analysis.add(scene(320, 180, 120, number), number / 30)
    notes = {one.metric: one.note for one in analysis.found("clock")}
    assert notes["faces_count"] == notes["flicker_ripple_pct"] == notes["sharpness_sigma_px"] == "too_short"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.name)
def test_each_fault_is_called_by_its_name(fault: Any) -> None:
    """One scene and one camera of the benchmark, which has all of them."""
    readings = readings_of(scenes("report")[0], fault, LEVELS["report"][2], "report")
    assert name_of(readings) == fault.named
