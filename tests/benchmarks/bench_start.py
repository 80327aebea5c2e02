"""Start in a 120x40 terminal, against a bare Textual app (one Label and a Footer) in the same run."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.table import Row
from tests.lab.terminal import VCOPS, Terminal

ROOT = Path(__file__).parents[2]
RUNS = int(os.environ.get("BENCH_RUNS", "9"))
"""Alternating runs of each program; their medians are compared."""
SECONDS_BEHIND = 2.5
"""What is read behind the first picture is there by then; memory is looked at afterwards."""
BARE = """
from textual.app import App
from textual.widgets import Footer, Label

class Bare(App):
    BINDINGS = [("7", "answer", "Answer")]

    def compose(self):
        yield Label("bare and painted")
        yield Footer()

    def action_answer(self):
        self.query_one(Label).update("bare and answered")

Bare().run()
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds from exec, and megabytes."""

    painted: float
    answered: float
    rows: float
    memory: float


def rows() -> Iterator[Row]:
    """Measure and yield the table's rows."""
    folder = Path(tempfile.mkdtemp(prefix="vcops-bench-"))
    try:
        yield from _screens(folder)
        yield from _commands(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _screens(folder: Path) -> Iterator[Row]:
    _furnish(folder / "office")
    bare_file = folder / "bare.py"
    bare_file.write_text(BARE, encoding="utf-8")
    bare_command = [sys.executable, str(bare_file)]
    our_command = [str(VCOPS), "--home", str(folder / "office"), "--lang", "id"]
    ours: list[Seen] = []
    bare: list[Seen] = []
    for turn in range(RUNS + 1):
        one = _watch(bare_command, "bare and painted", "bare and answered", "bare and painted")
        other = _watch(our_command, "1 Hari ini", r"vcops +Pengaturan", "Rapat pengendalian")
        if turn:  # the first of each only warms the disk's cache
            bare.append(one)
            ours.append(other)
    for name, field, target in (
        ("first paint", "painted", 1.25),
        ("first key answered", "answered", 1.5),
        ("Today drawn with its rows", "rows", 2.2),
    ):
        yield Row(name, 1000 * _median(ours, field), "ms", target, 1000 * _median(bare, field))
    yield Row("peak memory", _median(ours, "memory"), "MB", 2.6, _median(bare, "memory"))


def _commands(folder: Path) -> Iterator[Row]:
    vcops = str(VCOPS)
    empty = folder / "empty"
    commands = {
        "textual": [sys.executable, "-c", "import textual.app"],
        "help": [vcops, "--home", str(empty), "--help"],
        "tally": [vcops, "--home", str(empty), "tally", "--json"],
    }
    took: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(RUNS + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
            if done.returncode:
                raise RuntimeError(f"{command}: {done.stderr.decode()}")
            if turn:
                took[name].append(1000 * (time.perf_counter() - began))
    reference = statistics.median(took["textual"])
    yield Row("vcops --help, against import textual.app", statistics.median(took["help"]), "ms", 0.8, reference)
    yield Row("vcops tally --json, empty, against the same", statistics.median(took["tally"]), "ms", 4, reference)


def _median(seen: Sequence[Seen], field: str) -> float:
    return float(statistics.median(getattr(one, field) for one in seen))


def _furnish(home: Path) -> None:
    from vcops.operations.demo import furnish
    from vcops.operations.workplace import open_workplace
    from vcops.settings import Options

    workplace = open_workplace(Options(home=home), lambda: datetime.now(UTC))
    furnish(workplace)
    workplace.close()


def _watch(command: list[str], painted: str, answered: str, filled: str) -> Seen:
    """Start twice: once only looking, once pressing a key as soon as something is painted."""
    with Terminal(command, columns=120, rows=40, folder=ROOT) as looking:
        first, rows_at = looking.wait_for(painted), looking.wait_for(filled)
        looking.read_for(SECONDS_BEHIND)
        memory = looking.peak_memory()
    with Terminal(command, columns=120, rows=40, folder=ROOT) as pressing:
        pressing.wait_for(painted)
        pressing.send("7")
        return Seen(first, pressing.wait_for(answered), rows_at, memory)
