"""The camera's preview: what a picture costs the screen, and what sending it costs the probe."""

from __future__ import annotations

import asyncio
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import psutil
from textual.screen import Screen

from tests.benchmarks.bench_camera import COST, FPS, MEMORY_MB, SECONDS, film_of_a_room
from tests.benchmarks.bench_keys import PRESSES, figures, press
from tests.benchmarks.table import Row
from tests.lab.camera import CameraScript, running_camera
from tests.lab.scenes import coded, scenes
from tests.lab.terminal import VCOPS, Terminal, View
from tests.tui.harness import opened
from tests.tui.walks import furnished, walking
from vcops.domain.pictures import CheckPicture, Preview
from vcops.operations.workplace import open_workplace
from vcops.probes.camera.analysis import Analysis
from vcops.probes.camera.faces import Faces
from vcops.probes.camera.mtcnn import Detector
from vcops.probes.camera.preview import Preview as Sending
from vcops.probes.camera.preview import Wish, small_picture
from vcops.probes.wire import Wire
from vcops.settings import Options
from vcops.tui.prepare.sight import Sight

FRAME_MS = 16.0
"""One picture of a screen that shows sixty a second."""
PICTURES = 150
PICTURES_A_SECOND = 15.0
SIZE = (120, 40)
TURNS = 3
CAMERA = CameraScript(width=1280, height=720, fps=15, shown=coded(scenes("report")[3]))
_PEAK = """
import json, resource, subprocess, sys
wish = {"width": 76, "height": 42, "fps": 15}
probe = subprocess.Popen(
    [sys.executable, "-m", "vcops.probes", "camera"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
)
probe.stdin.write(json.dumps({"source": sys.argv[1], "preview": wish, "lifeline": True}).encode() + b"\\n")
probe.stdin.flush()
pictures = 0
for line in probe.stdout:
    if json.loads(line)["type"] == "picture":
        pictures += 1
        probe.stdin.write(json.dumps(wish).encode() + b"\\n")
        probe.stdin.flush()
probe.wait()
assert pictures > 10
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def rows() -> Iterator[Row]:
    """Measure frames of the screen, then processor time and memory of the probe on 1080p30 motion JPEG."""
    os.environ.update(COLORTERM="truecolor", TERM="xterm-256color")
    os.environ.pop("NO_COLOR", None)
    took = asyncio.run(_frames())
    name = f"a picture on a screen of {SIZE[0]}x{SIZE[1]}, 15 a second"
    yield Row(f"{name}, median", statistics.median(took), "ms", FRAME_MS)
    yield Row(f"{name}, 95th percentile", sorted(took)[len(took) * 95 // 100], "ms", FRAME_MS)
    yield from _in_a_terminal()
    with tempfile.TemporaryDirectory() as folder:
        film = film_of_a_room(Path(folder) / "room.avi")
        yield _cost(film)
        if sys.platform != "win32":
            done = subprocess.run([sys.executable, "-c", _PEAK, str(film)], capture_output=True, check=True)
            peak = int(done.stdout) / (1024 if sys.platform.startswith("linux") else 1024 * 1024)
            yield Row("memory of the probe at its peak, sending pictures", peak, "MB", MEMORY_MB)


# -- the screen -----------------------------------------------------------------------------------------------------


async def _frames() -> list[float]:
    """Return the milliseconds of work that each picture is to the screen: taken, drawn, composed and written."""
    took: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        workplace = open_workplace(Options(home=Path(folder), who="bench", language="en"))
        meeting_id = furnished(workplace, camera="0")
        async with opened(workplace, SIZE) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "camera")
            sight = Sight("run", "camera", place.view.preview, looking=True)
            place.view.look_through(sight)
            await pilot.pause()
            pictures = _pictures(sight.preview)
            composing = _timed_composing()
            for number in range(PICTURES):
                composing.clear()
                started = time.perf_counter()
                sight.take(CheckPicture.from_json(pictures[number % len(pictures)]))
                place.view.viewfinder.show_picture(sight)
                shown = time.perf_counter() - started
                await asyncio.sleep(1 / PICTURES_A_SECOND)
                assert composing, "nothing was drawn"
                took.append(1000 * (shown + sum(composing)))
        workplace.close()
    return took[10:]


def _timed_composing() -> list[float]:
    """Note how long each of Textual's own refreshes takes: composing the lines, writing them for the terminal."""
    noted: list[float] = []
    refresh = Screen._compositor_refresh

    def timed(screen: Screen[Any]) -> None:
        started = time.perf_counter()
        refresh(screen)
        noted.append(time.perf_counter() - started)

    Screen._compositor_refresh = timed  # type: ignore[method-assign]
    return noted


def _pictures(preview: Preview) -> list[dict[str, Any]]:
    """Return lines of a probe: a still room with a sensor's noise, so that every line of the screen changes."""
    wire = _Wire()
    dice = np.random.default_rng(0)
    room, lines = scenes("report")[3].picture, []
    sending = Sending(wire, Wish(preview.width, preview.height, 30.0), clock=iter(range(100)).__next__)
    for _number in range(8):
        noisy = np.clip(room + dice.normal(0, 6, room.shape), 0, 255).astype(np.uint8)
        sending.offer(noisy, None)
        lines.append(wire.sent | {"faces": [[0.6, 0.2, 0.7, 0.4]]})
    assert small_picture(room, preview.width, preview.height).shape[0] > 20
    return lines


def _in_a_terminal() -> Iterator[Row]:
    """Measure the whole program in a real terminal while it looks through a camera: its work, and a key's way."""
    with tempfile.TemporaryDirectory() as folder, running_camera(CAMERA) as camera:
        workplace = open_workplace(Options(home=Path(folder), who="bench", language="en"))
        furnished(workplace, camera=camera.url)
        workplace.close()
        words = [VCOPS, "--home", folder, "--lang", "en"]
        local = {"SSH_CONNECTION": "", "SSH_TTY": ""}
        with Terminal(words, columns=SIZE[0], rows=SIZE[1], environment=local) as terminal:
            terminal.see("Today")
            keys = (("2", "A room without"), ("G", ""), ("\r", "Check power"), ("j", "v Look"), ("v", "faces: 1"))
            for key, seen in keys:
                terminal.send(key)
                terminal.see(seen)
            terminal.read_for(2)
            program, since = psutil.Process(terminal.process.pid), len(terminal.raw)
            before = program.cpu_times()
            terminal.read_for(SECONDS)
            after = program.cpu_times()
            lines = sum("▀▀▀" in line for line in terminal.view().lines)
            pictures = terminal.raw[since:].count("▀\x1b[0m") / lines
            work = 1000 * (after.user + after.system - before.user - before.system) / pictures
            yield Row(f"processor time of the program for one of {pictures:.0f} pictures", work, "ms", FRAME_MS)
            took = [_pressed(terminal, shown=turn % 2 == 0) for turn in range(PRESSES)]
            yield from figures("w while it previews", took)


def _pressed(terminal: Terminal, *, shown: bool) -> float:
    """Press the key that asks for a white sheet, or takes it away, until the words say so.

    A wall as even as a sheet is taken for one.
    """

    def said(view: View) -> bool:
        return ("white sheet into" in view.text or "Colour cast" in view.text) is shown

    return press(terminal, "w", said)


# -- the probe ------------------------------------------------------------------------------------------------------


class _Wire(Wire):
    """Answers each picture at once."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO())  # type: ignore[arg-type]
        self.sent: dict[str, Any] = {}

    def picture(self, **seen: Any) -> None:
        self.sent = seen
        self._write({"type": "picture"} | seen)

    def heard(self) -> dict[str, Any] | None:
        return {}


def _cost(film: Path) -> Row:
    """Compare the processor time of decoding, looking and sending pictures with that of decoding alone."""
    cv2.setNumThreads(0)  # as the probe does
    detector = Detector()
    alone, sending = [], []
    for _turn in range(TURNS):
        alone.append(_decode(film, None))
        sending.append(_decode(film, Faces(detector)))
    name = "camera, 8 s of 1080p30 and 15 pictures a second: beside decoding"
    return Row(name, min(sending), "s", COST, min(alone))


def _decode(film: Path, faces: Faces | None) -> float:
    capture = cv2.VideoCapture(str(film), cv2.CAP_FFMPEG)
    started, number = time.process_time(), 0
    analysis = Analysis(faces)
    preview = Sending(_Wire(), Wish(76, 42, PICTURES_A_SECOND), clock=lambda: number / FPS)
    while (came := capture.read())[0]:
        if faces is not None:
            analysis.add(came[1], number / FPS)
            preview.offer(came[1], faces)
        number += 1
    assert number == SECONDS * FPS
    took = time.process_time() - started
    capture.release()
    return took
