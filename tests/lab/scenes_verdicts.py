"""What the camera check says of a case, with the office's own bounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from tests.lab.scenes import Half, Scene
from tests.lab.scenes_faults import Fault, Level, frames_of
from vcops.domain.readings import Reading
from vcops.domain.standards import Standard, judge_all
from vcops.domain.verdicts import Verdict
from vcops.probes.camera.analysis import Analysis
from vcops.probes.camera.faces import Faces
from vcops.probes.camera.mtcnn import Detector

__all__ = ["NAMES", "name_of", "readings_of", "standard"]

NAMES = (
    ("black", "black_frames_pct"),
    ("frozen", "longest_freeze_ms"),
    ("doubled", "identical_frames_pct"),
    ("slow", "fps"),
    ("truncated", "truncated_frames_pct"),
    ("backlight", "backlight_ratio"),
    ("bands", "flicker_ripple_pct"),
    ("bright", "highlights_clipped_pct"),
    ("dark or bright", "luma_mean"),
    ("noisy", "noise_sigma"),
    ("soft", "sharpness_sigma_px"),
    ("head", "face_headroom_pct"),
    ("face light", "face_luma"),
)
"""A fault is named after the first of these metrics that falls short: causes stand before what they cause."""
_STANDARD = Path(__file__).parents[2] / "sops" / "standards" / "room-camera.yaml"


@lru_cache
def standard() -> Standard:
    """Return the standard that ships."""
    import yaml

    return Standard.model_validate(yaml.safe_load(_STANDARD.read_text(encoding="utf-8"))["standard"])


@lru_cache
def _detector() -> Detector:
    return Detector()


def readings_of(scene: Scene, fault: Fault, level: Level, half: Half, seed: int = 0) -> dict[str, Reading]:
    """Look at the case as the probe would, only for a shorter time, and return the readings by metric."""
    analysis = Analysis(Faces(_detector()), faces_every_s=0.5)
    for frame, at in frames_of(scene, fault, level, half, seed):
        analysis.add(frame, at)
    now = datetime.now(UTC)
    readings = {"first_frame_ms": Reading("first_frame_ms", 300.0, now)}
    for one in analysis.found("clock"):
        readings[one.metric] = Reading(one.metric, one.value, now, note=one.note)
    return readings


def name_of(readings: Mapping[str, Reading]) -> str:
    """Return what the case is called: the first metric that falls short, or `good` where the whole passes."""
    verdict, parts = judge_all(standard(), readings)
    for name, metric in NAMES:
        if parts[metric] in (Verdict.WARN, Verdict.FAIL):
            if name == "dark or bright":
                value = readings[metric].value
                return "bright" if value is not None and value > 128 else "dark"
            return name
    return "good" if verdict is Verdict.PASS else "unmeasured"
