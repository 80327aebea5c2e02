"""A walk of 200 steps in a database of 2,000 earlier runs: opening it, answering a step; a pre-flight's checks."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.pressing import CURSOR, STEPS, TARGET, figures, office, opened, press, serving
from tests.benchmarks.table import Row
from tests.lab.pulse import missing, running_pulse
from tests.lab.terminal import VCOPS, Terminal, View
from tests.lab.voices import speech
from vcops.domain.runs import Outcome
from vcops.operations import directory, runs
from vcops.operations.workplace import Workplace

EARLIER, OF_EACH = 2_000, 20
"""Runs walked before, and the attempts of each."""
STEPS_OF_IT = 200
TO_OPEN = 150.0
"""Milliseconds from Enter on the list to the walk with its first step."""
ALL_CHECKS = 45.0
"""Seconds that a full pre-flight's automatic checks may take together on a normal link."""
PRESSES = 20


def rows() -> Iterator[Row]:
    """Measure both."""
    with tempfile.TemporaryDirectory(prefix="vcops-walk-") as folder:
        yield from _long_walk(Path(folder, "long"))
        yield from _all_checks(Path(folder, "checks"))


def _long_walk(home: Path) -> Iterator[Row]:
    _write_long(home / "handbook")
    with office(home) as workplace:
        room = directory.add_room(workplace, {"name": "Ruang Utama"})
        _fill(workplace, room.id)
    with opened(home) as terminal:
        terminal.send("2")
        terminal.see("A room without a meeting")
        terminal.read_until_still()
        yield Row("a walk of 200 steps opens", _open(terminal, 0), "ms", TO_OPEN)
        yield Row("the first Enter in it, which starts the run", _answered(terminal), "ms", TARGET)
        yield from figures("Enter answers a step and goes on", [_answered(terminal) for _press in range(PRESSES)])
        terminal.send("\x1b")
        terminal.see("Under way")
        terminal.read_until_still()
        terminal.send("g")
        terminal.read_until_still()
        yield Row("the same is taken up again", _open(terminal, PRESSES + 1), "ms", TO_OPEN)


def _open(terminal: Terminal, answered: int) -> float:
    return press(terminal, "\r", lambda view: f"{answered} of 200" in view.text and "Standard time" in view.text)


def _answered(terminal: Terminal) -> float:
    before = terminal.view().row_on(CURSOR, STEPS)

    def gone_on(view: View) -> bool:
        return view.row_on(CURSOR, STEPS) not in {"", before}

    return press(terminal, "\r", gone_on)


def _write_long(folder: Path) -> None:
    folder.mkdir(parents=True)
    step = {"title": "", "executors": ["operator"], "minutes": 5, "instruction": "Kerjakan."}
    steps = [step | {"id": f"s{number}", "title": f"Langkah {number}"} for number in range(STEPS_OF_IT)]
    whole: dict[str, Any] = {
        "id": "video-conference", "version": "long", "title": "Panjang",
        "executors": [{"id": "operator", "title": "Operator"}],
        "phases": [{"id": "all", "title": "Semua", "steps": steps, "gate": {"id": "go", "title": "Siap"}}],
    }  # fmt: skip
    (folder / "long.yaml").write_text(json.dumps({"procedure": whole}), encoding="utf-8")


def _fill(workplace: Workplace, room_id: str) -> None:
    """Store earlier runs of the same procedure in the same room, all of them closed."""
    from vcops.store import tables

    first = runs.start(workplace, "video-conference", room_id=room_id)
    earlier = workplace.clock() - timedelta(days=700)
    with workplace.store.writing("bench") as change:
        change.update(tables.Run, first.id, {"closed_at": earlier, "started_at": earlier})
        ids = change.insert_many(
            tables.Run,
            [
                {
                    "procedure_id": "video-conference", "version": "long", "digest": first.digest, "room_id": room_id,
                    "started_at": earlier + timedelta(hours=8 * number), "started_by": "bench",
                    "closed_at": earlier + timedelta(hours=8 * number + 1),
                }
                for number in range(EARLIER)
            ],
        )  # fmt: skip
        change.insert_many(
            tables.Attempt,
            [
                {
                    "run_id": run_id, "step": f"s{step}", "outcome": Outcome.DONE.value, "by": "bench",
                    "at": earlier + timedelta(hours=8 * number, minutes=step),
                }
                for number, run_id in enumerate(ids)
                for step in range(OF_EACH)
            ],
        )  # fmt: skip


# -- the automatic part of a pre-flight -----------------------------------------------------------------------------


def _all_checks(home: Path) -> Iterator[Row]:
    with serving("camera") as camera, serving("server", "--mbps", "100") as server:
        with office(home) as workplace:
            room = {"name": "Ruang Utama", "camera": camera, "measure_server": server, "backup_link": "yes"}
            directory.add_room(workplace, room)
            directory.set_office(workplace, {"platform": server})
        with opened(home) as terminal:
            terminal.send("2")
            terminal.see("A room without a meeting")
            terminal.read_until_still()
            terminal.send("\r")
            terminal.see("Check power and cables")
            begun = time.monotonic()
            terminal.send("a")
            terminal.see("Cancel the check")
            while "Cancel the check" in terminal.view().text and time.monotonic() - begun < 2 * ALL_CHECKS:
                terminal.read_for(0.2)
            took = time.monotonic() - begun
        yield Row("a: camera, platform, main and backup link", took, "s", ALL_CHECKS)
        if reason := missing(delay=True):
            print(f"not measured with sound: {reason}")
            return
        yield Row("check room: the same, and camera with sound", _check_room(home), "s", ALL_CHECKS)


def _check_room(home: Path) -> float:
    """Let the command make every check of the room while somebody speaks; return the seconds it took."""
    with running_pulse(echo_ms=30) as pulse:
        pulse.play(speech(2 * ALL_CHECKS))
        begun = time.monotonic()
        words = [VCOPS, "--home", str(home), "--lang", "en", "check", "room", "Ruang Utama", "--json"]
        ran = subprocess.run(words, env=os.environ | pulse.env, capture_output=True, text=True, check=False)
        took = time.monotonic() - begun
    checks = {one["check"] for one in json.loads(ran.stdout)["checks"]}
    assert checks == {"camera", "sound", "platform", "connection"}, ran.stderr
    return took
