"""The camera check: whether it calls each fault by its name, and what looking costs beside decoding.

Every scene of the report half, with every fault, at five levels of compression and noise, judged by the standard that
ships. `VCOPS_BENCH_HALF=tuning` takes the half on which bounds may be tuned. The rooms are still and drawn around
photographs: what the table shows is that the figures separate, not how every real room fares.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import cv2
import numpy as np

from tests.benchmarks.table import Row
from tests.lab.scenes import Half, scenes
from tests.lab.scenes_faults import FAULTS, LEVELS
from tests.lab.scenes_verdicts import NAMES, name_of, readings_of
from vcops.probes.camera.analysis import Analysis
from vcops.probes.camera.faces import Faces
from vcops.probes.camera.mtcnn import Detector

WRONG_PCT = 1.0
"""At least 99 % of the cases are named as what they are."""
COST = 1.6
MEMORY_MB = 160
SECONDS, FPS = 8, 30
TURNS = 3
_PEAK = """
import json, resource, subprocess, sys
asked = json.dumps({"source": sys.argv[1]}).encode() + b"\\n"
subprocess.run([sys.executable, "-m", "vcops.probes", "camera"], input=asked, stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def rows() -> Iterator[Row]:
    """Name every case, print the confusion table, then measure processor time and memory on 1080p30 motion JPEG."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    yield from _separation(cast(Half, os.environ.get("VCOPS_BENCH_HALF", "report")))
    with tempfile.TemporaryDirectory() as folder:
        film = film_of_a_room(Path(folder) / "room.avi")
        yield _cost(film)
        if sys.platform != "win32":
            yield Row("memory of the camera's probe at its peak, 1080p30", _peak_mb(film), "MB", MEMORY_MB)


def _separation(half: Half) -> Iterator[Row]:
    named: dict[str, Counter[str]] = {}
    for number, scene in enumerate(scenes(half)):
        for fault in FAULTS:
            if fault.needs_person and scene.person is None:
                continue
            for level in LEVELS[half]:
                called = name_of(readings_of(scene, fault, level, half, seed=number))
                named.setdefault(fault.name, Counter())[called] += 1
    _print_confusion(half, named)
    wrong = cases = 0
    for fault in FAULTS:
        counts = named[fault.name]
        missed = counts.total() - counts[fault.named]
        what = "good rooms" if fault.named == "good" else fault.name
        yield Row(f"{what}: not called {fault.named} ({counts.total()})", 100 * missed / counts.total(), "%", WRONG_PCT)
        wrong, cases = wrong + missed, cases + counts.total()
    yield Row(f"all {cases} cases: wrongly named", 100 * wrong / cases, "%", WRONG_PCT)


def _print_confusion(half: Half, named: dict[str, Counter[str]]) -> None:
    """A line a fault, a column for what it was called."""
    known = ["good", *dict.fromkeys(name for fault in FAULTS[1:] for name in [fault.named])]
    extra = sorted({name for counts in named.values() for name in counts} - set(known))
    columns = known + extra
    assert set(columns) <= {name for name, _metric in NAMES} | {"good", "dark", "bright", "unmeasured"}
    print(f"\nconfusion table, {half} half, {len(scenes(half))} scenes at {len(LEVELS[half])} levels")
    print(f"{'what was done':28}" + "".join(f"{one[:9]:>10}" for one in columns))
    for fault in FAULTS:
        print(f"{fault.name:28}" + "".join(f"{named[fault.name][one] or '.':>10}" for one in columns), flush=True)


def film_of_a_room(path: Path) -> Path:
    """Write eight seconds of a room with a person, at 1920x1080."""
    picture = cv2.resize(scenes("report")[0].picture, (1920, 1080), interpolation=cv2.INTER_CUBIC)
    dice = np.random.default_rng(1)
    noisy = [
        np.clip(picture + dice.standard_normal(picture.shape[:2], np.float32)[..., np.newaxis] * 2, 0, 255)
        for _number in range(6)
    ]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FPS, (1920, 1080))
    for number in range(SECONDS * FPS):
        writer.write(noisy[number % len(noisy)].astype(np.uint8))
    writer.release()
    return path


def _cost(film: Path) -> Row:
    """Compare the processor time of decoding and looking with that of decoding alone, turn by turn."""
    cv2.setNumThreads(0)  # as the probe does
    detector = Detector()
    alone, looking = [], []
    for _turn in range(TURNS):
        alone.append(_decode(film, None))
        looking.append(_decode(film, Analysis(Faces(detector))))
    return Row("camera, 8 s of 1080p30: processor time beside decoding", min(looking), "s", COST, min(alone))


def _decode(film: Path, analysis: Analysis | None) -> float:
    capture = cv2.VideoCapture(str(film), cv2.CAP_FFMPEG)
    started, number = time.process_time(), 0
    while (came := capture.read())[0]:
        if analysis is not None:
            analysis.add(came[1], number / FPS)
        number += 1
    assert number == SECONDS * FPS
    if analysis is not None:
        assert {one.metric for one in analysis.found("clock")} >= {"faces_count", "sharpness_sigma_px"}
    took = time.process_time() - started
    capture.release()
    return took


def _peak_mb(film: Path) -> float:
    """Return the largest resident memory of a probe that measures the film, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", _PEAK, str(film)], capture_output=True, check=True)
    return int(done.stdout) / (1024 if sys.platform.startswith("linux") else 1024 * 1024)
