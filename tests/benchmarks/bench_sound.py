"""The sound check in a room that is known: a private PulseAudio whose null sinks are loudspeaker, air and microphone.

`BENCH_VOICES` (12) voices for each fault. A line that starts with a bar says which findings each fault got.
"""

from __future__ import annotations

import math
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.table import Row
from tests.lab.camera import CameraScript, running_camera
from tests.lab.probing import Probed, run_probe
from tests.lab.pulse import Pulse, missing, running_pulse
from tests.lab.voices import RATE, Sound, as_samples, clipped, gated, hum, noise, sine, speech
from vcops.domain.readings import Reading
from vcops.domain.standards import Standard, judge_all
from vcops.domain.verdicts import Verdict
from vcops.handbook import open_handbook
from vcops.probes.sound.echo import HEARD_RATIO
from vcops.probes.sound.hum import hum_db
from vcops.probes.sound.levels import measure_levels

VOICES = int(os.environ.get("BENCH_VOICES", "12"))
TONES_DBFS = (-6.0, -20.0, -40.0)
DELAYS_MS = (0.0, 50.0, 100.0, 200.0, 400.0)
SECONDS = 4.0
TOGETHER_FPS = 25.0

FAULTS: Mapping[str, tuple[str, Callable[[int], Sound]]] = {
    "none": ("", lambda seed: speech(SECONDS, -24 - seed % 8, -62, seed)),
    "silent": ("mic_silent", lambda seed: 0 * noise(SECONDS, -90, seed)),
    "low": ("mic_active_dbfs", lambda seed: speech(SECONDS, -44 - seed % 6, -82, seed)),
    "clipped": ("mic_clipped_samples", lambda seed: clipped(speech(SECONDS, -24, -62, seed), 20 + seed % 6)),
    "noisy": ("mic_snr_db", lambda seed: speech(SECONDS, -22, -36 + seed % 4, seed)),
    "hum": ("mic_hum_db", lambda seed: speech(SECONDS, -24, -62, seed) + _mains(seed)),
    "gated": ("gated", lambda seed: gated(speech(SECONDS, -24, -62, seed))),
}
"""What goes wrong, which finding is its own, and how it sounds; parameters differ with the voice."""


def _mains(seed: int) -> Sound:
    return hum(SECONDS, -46 - seed % 6, 50.0 * (1 + seed % 2))


def rows() -> Iterator[Row]:
    """Measure and yield the table's rows."""
    yield from _named()
    if reason := missing(delay=True):
        print(f"not measured: {reason}")
        return
    yield from _levels()
    yield from _echo()
    yield from _together()
    yield from _gone()


# -- faults told apart, from samples alone --------------------------------------------------------------------------


def _named() -> Iterator[Row]:
    standard = open_handbook(Path("/nowhere")).standards["room-sound"]
    wrong, spent = Counter[str](), []
    for fault, (own, sound) in FAULTS.items():
        found = Counter[str]()
        for seed in range(100, 100 + VOICES):
            samples = as_samples(sound(seed))
            began = time.process_time()
            said = _findings(standard, samples)
            spent.append(1000 * (time.process_time() - began))
            found.update(said or ["good"])
            wrong[fault] += (own not in said) if own else bool(said)
        print(f"| {fault}: " + ", ".join(f"{name} {count}" for name, count in found.most_common()), flush=True)
    for fault in FAULTS:
        name = "good voices found fault with" if fault == "none" else f"{fault}: not named as itself"
        yield Row(f"{name}, of {VOICES}", wrong[fault], "", 0)
    yield Row(f"analysis of {SECONDS:g} s of sound", statistics.median(spent), "ms", 60)


def _findings(standard: Standard, samples: Any) -> list[str]:
    """Return what falls short of the standard, and the gate."""
    levels = measure_levels(samples, RATE)
    values: dict[str, float | bool | None] = {
        "mic_silent": levels.silent,
        "mic_active_dbfs": levels.active_dbfs,
        "mic_peak_dbfs": levels.peak_dbfs,
        "mic_clipped_samples": float(levels.clipped),
        "mic_snr_db": None if levels.silent else levels.snr_db,
        "mic_hum_db": None if levels.silent or levels.gated else hum_db(samples, RATE),
    }
    at = datetime.now(UTC)
    readings = {metric: Reading(metric, value, at) for metric, value in values.items() if value is not None}
    _whole, parts = judge_all(standard, readings)
    short = [metric for metric in readings if parts[metric] is not Verdict.PASS]
    return short + ["gated"] * levels.gated


# -- on null sinks, through the whole probe ---------------------------------------------------------------------------


def _levels() -> Iterator[Row]:
    off, took = [], []
    with running_pulse() as pulse:
        for dbfs in TONES_DBFS:
            values = _probe(pulse, sine(14, dbfs), took, seconds=2).values
            off += [abs(values["mic_peak_dbfs"] - dbfs), abs(values["mic_active_dbfs"] - (dbfs - 3.01))]
        for seed in range(3):
            sound = speech(14, -25, -60, seed)
            truth = measure_levels(as_samples(sound), RATE).active_dbfs
            read = _probe(pulse, sound, took, seconds=6).values["mic_active_dbfs"]
            print(f"| a voice of {truth:.1f} dBFS over 14 s is read {read:.1f} over 6 s", flush=True)
    yield Row("level of a tone, the worst is off by", max(off), "dB", 0.5)


def _echo() -> Iterator[Row]:
    """The delay between two rooms is what the LADSPA delay was told; what both have in common are the buffers."""
    read, took = {}, []
    ratios, uneven = [], 0
    for late in DELAYS_MS:
        with running_pulse(echo_ms=late) as pulse:
            found = []
            for _run in range(3):
                done = _probe(pulse, noise(14, -50), took, seconds=SECONDS, chirp=True)
                ratios.append(done.values.get("echo_heard_ratio", 0.0))
                reading = done.readings.get("echo_delay_ms")
                if reading is not None and reading["note"] is None:
                    found.append(reading["value"])
                else:
                    uneven += 1
            read[late] = found
    base = statistics.median(read[0.0]) if read[0.0] else math.nan
    off = [abs(value - base - late) for late, found in read.items() for value in found]
    print(f"| echo with no delay: {base:.1f} ms of buffers; said to be uncertain: {uneven}", flush=True)
    yield Row(f"echo delay, the worst of {len(off)} is off by", max(off, default=math.nan), "ms", 10)
    yield Row("echo not heard", sum(not ratio > HEARD_RATIO for ratio in ratios), "", 0)
    with running_pulse() as pulse:
        ratio = _probe(pulse, speech(14, -25, -60), took, seconds=SECONDS, chirp=True).values["echo_heard_ratio"]
    yield Row("no echo while someone speaks: peak over median", ratio, "", HEARD_RATIO)
    yield Row(f"whole check with chirp, the longest of {len(took)}", max(took), "s", 10)


def _together() -> Iterator[Row]:
    """Camera and sound at once: each reads what it reads alone, and neither makes the other late."""
    took: dict[str, list[float]] = {"camera": [], "sound": []}
    script = CameraScript(width=1280, height=720, fps=TOGETHER_FPS)
    with running_camera(script) as camera, running_pulse(echo_ms=100) as pulse:
        source = {"source": camera.url, "seconds": 8.0}

        def look() -> Probed:
            began = time.perf_counter()
            done = run_probe("camera", source)
            took["camera"].append(time.perf_counter() - began)
            return done

        def hear() -> Probed:
            return _probe(pulse, sine(25, -20), took["sound"], seconds=SECONDS, chirp=True)

        run_probe("camera", source | {"seconds": 2.0})  # the lab encodes its pictures once
        alone = look(), hear()
        with ThreadPoolExecutor(2) as both:
            pairs = [tuple(one.result() for one in (both.submit(look), both.submit(hear))) for _turn in range(3)]
    off_fps, off_db = [], []
    for picture, sound in pairs:
        off_fps.append(abs(picture.values["fps"] - alone[0].values["fps"]))
        off_db.append(abs(sound.values["mic_active_dbfs"] - alone[1].values["mic_active_dbfs"]))
        print(f"| together: {picture.values['fps']:.2f} fps, {sound.values['mic_active_dbfs']:.2f} dBFS", flush=True)
    print(f"| alone: {alone[0].values['fps']:.2f} fps, {alone[1].values['mic_active_dbfs']:.2f} dBFS", flush=True)
    yield Row("camera beside sound: frames a second differ by", max(off_fps), "", 0.5)
    yield Row("sound beside camera: the level differs by", max(off_db), "dB", 0.5)
    yield Row("whole camera check beside sound, the longest", max(took["camera"][1:]), "s", 12)
    yield Row("whole sound check beside camera, the longest", max(took["sound"][1:]), "s", 10)


def _gone() -> Iterator[Row]:
    """How long it takes until a device that fails is said to."""
    for name, fault in {
        "sound server that does not answer": lambda pulse: pulse.stand_still(),
        "microphone that gives nothing": lambda pulse: pulse.pactl("suspend-source", "mic", "1"),
        "no sound server": lambda pulse: pulse.kill(),
    }.items():
        with running_pulse() as pulse:
            fault(pulse)
            took: list[float] = []
            said = _probe(pulse, None, took, seconds=SECONDS)
            print(f"| {name}: {said.code}", flush=True)
            yield Row(f"{name}, until it is said", took[0] if said.failure else math.nan, "s", 10)


def _probe(pulse: Pulse, sound: Sound | None, took: list[float], **request: Any) -> Probed:
    player = pulse.play(sound) if sound is not None else None
    began = time.perf_counter()
    done = run_probe("sound", request, env=pulse.env)
    took.append(time.perf_counter() - began)
    if player is not None:
        player.kill()
    return done
