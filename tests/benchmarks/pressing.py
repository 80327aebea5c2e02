"""What the benchmarks of keys share: a program in a terminal, a key, and the moment its effect is drawn."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.table import Row
from tests.lab.terminal import VCOPS, Terminal, View
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options

__all__ = ["CURSOR", "PAUSE", "STEPS", "TARGET", "figures", "office", "opened", "press", "serving", "steadiness"]

TARGET = 50.0
"""Milliseconds. Below a tenth of a second an answer feels immediate; half of it is left to the terminal."""
CURSOR = "24454c"
"""The background of the line under the cursor, in the colours one starts with."""
STEPS = 38
"""Columns that the list of steps takes in a window this wide."""
PAUSE = 0.3
"""Seconds read after a press before the next one: whatever it still sets off belongs to it."""

STEADY = 1.5
"""On a machine where equal work takes nineteen of twenty times less than so much of its quickest, a 95th percentile
tells of the program; on another one also of the machine."""

Effect = Callable[[View], bool]


def press(terminal: Terminal, key: str, effect: Effect) -> float:
    """Return the milliseconds from a key to the first output that shows its effect."""
    assert not effect(terminal.view()), f"{key} has nothing to show"
    pressed = terminal.send(key)
    for _wait in range(10):
        terminal.read_for(PAUSE)
        if (moment := terminal.first_moment(effect)) is not None:
            return 1000 * (moment - pressed)
    raise TimeoutError(f"{key} had no effect; the screen:\n{terminal.view().text}")


def figures(name: str, took: list[float]) -> Iterator[Row]:
    """Yield the median and the 95th percentile of what presses took."""
    yield Row(f"{name}, median", statistics.median(took), "ms", TARGET)
    yield Row(f"{name}, 95th percentile", sorted(took)[len(took) * 95 // 100 - 1], "ms", TARGET)


def steadiness(tries: int = 20) -> Row:
    """Return what the machine alone makes of one and the same work, some 15 ms of the processor after each pause."""
    took = []
    for _try in range(tries):
        time.sleep(PAUSE)
        began = time.perf_counter()
        for _step in range(1_000_000):
            pass
        took.append(1000 * (time.perf_counter() - began))
    *_rest, late, _latest = sorted(took)
    return Row("the machine: equal work, 95th percentile to quickest", late, "ms", STEADY, min(took))


@contextmanager
def office(home: Path) -> Iterator[Workplace]:
    """Yield an empty workplace whose files lie there."""
    workplace = open_workplace(Options(home=home, who="bench", language="en"))
    workplace.memory.keep(first_run="skipped")
    yield workplace
    workplace.close()


@contextmanager
def opened(home: Path) -> Iterator[Terminal]:
    """Start the program and let it come to rest: what it imports behind the first picture is there then."""
    with Terminal([VCOPS, "--home", home, "--lang", "en"], columns=120, rows=40) as terminal:
        terminal.see("Commands")
        terminal.read_until_still(2.5)
        yield terminal


@contextmanager
def serving(*what: str) -> Iterator[str]:
    """Run one of the lab's servers in a process of its own; yield its address.

    Here it would compete with the stopwatch.
    """
    words = [sys.executable, "-m", "tests.lab", *what, "--port", "0"]
    process = subprocess.Popen(words, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
