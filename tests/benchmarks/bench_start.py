"""Start in a 120x40 terminal, against a bare Textual app (one Label and a Footer) in the same run."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.table import Row

ROOT = Path(__file__).parents[2]
RUNS = int(os.environ.get("BENCH_RUNS", "9"))
"""Alternating runs of each program; their medians are compared."""
PATIENCE = 20.0
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
_ESCAPES = re.compile(r"\x1b(\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[PX^_].*?\x1b\\|.)", re.DOTALL)


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
    our_command = [str(Path(sys.executable).parent / "vcops"), "--home", str(folder / "office"), "--lang", "id"]
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
    vcops = str(Path(sys.executable).parent / "vcops")
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
    return statistics.median(getattr(one, field) for one in seen)


def _furnish(home: Path) -> None:
    from vcops.operations.demo import furnish
    from vcops.operations.workplace import open_workplace
    from vcops.settings import Options

    workplace = open_workplace(Options(home=home), lambda: datetime.now(UTC))
    furnish(workplace)
    workplace.close()


def _watch(command: list[str], painted: str, answered: str, filled: str) -> Seen:
    """Start twice: once only looking, once pressing a key as soon as something is painted."""
    first, rows_at, memory = _session(command, painted, filled, key=b"")
    _first, key_at, _memory = _session(command, painted, answered, key=b"7")
    return Seen(first, key_at, rows_at, memory)


def _session(command: list[str], first: str, then: str, *, key: bytes) -> tuple[float, float, float]:
    """Return when `first` and `then` were drawn, in seconds from exec, and the peak memory in MB."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    for name in [one for one in environment if one.startswith("VCOPS_")] + ["NO_COLOR", "PYTHONDONTWRITEBYTECODE"]:
        environment.pop(name, None)
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=ROOT, start_new_session=True
    )
    os.close(theirs)
    try:
        text, found = "", [0.0, 0.0]
        wanted = [re.compile(first), re.compile(then)]
        while found[1] == 0.0:
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{command}: {wanted} not drawn; seen: {text[-2000:]}")
            if not select.select([ours], [], [], 1)[0]:
                continue
            text += os.read(ours, 65536).decode(errors="replace")
            plain = _ESCAPES.sub("", text)
            now = time.perf_counter() - began
            if found[0] == 0.0 and wanted[0].search(plain):
                found[0] = now
                if key:
                    os.write(ours, key)
            if found[0] and wanted[1].search(plain):
                found[1] = now
        memory = 0.0 if key else _peak(process.pid, ours)
    finally:
        _end(process, ours)
    return found[0], found[1], memory


def _peak(pid: int, terminal: int) -> float:
    """Wait until what is read behind the first picture is there too; return the peak resident memory in MB."""
    until = time.perf_counter() + 2.5
    while (left := until - time.perf_counter()) > 0:
        if select.select([terminal], [], [], left)[0]:
            os.read(terminal, 65536)
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def _end(process: subprocess.Popen[bytes], terminal: int) -> None:
    process.send_signal(signal.SIGTERM)
    deadline = time.perf_counter() + 5
    while process.poll() is None and time.perf_counter() < deadline:
        if select.select([terminal], [], [], 0.05)[0]:
            with suppress(OSError):
                os.read(terminal, 65536)
    if process.poll() is None:
        process.kill()
        process.wait()
    os.close(terminal)
