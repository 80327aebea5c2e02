"""From a key to what it draws, in a 120x40 terminal: median and 95th percentile of 20 presses."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.table import Row
from tests.lab.terminal import VCOPS, Terminal, View
from vcops.domain.meetings import day_number
from vcops.operations import directory
from vcops.operations.demo import furnish
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options
from vcops.tui.places import PLACES

TARGET = 50.0
"""Milliseconds. Below a tenth of a second an answer feels immediate; half of it is left to the terminal."""
PRESSES = 20
MEETINGS = 10_000
ZONE = "Asia/Jakarta"
CURSOR = "24454c"
"""The background of the line under the cursor, in the colours one starts with."""
STEPS = 38
"""Columns that the list of steps takes in a window this wide."""
PAUSE = 0.3
"""Seconds read after a press before the next one: whatever it still sets off belongs to it."""
ROOT = Path(__file__).parents[2]

Effect = Callable[[View], bool]


def rows() -> Iterator[Row]:
    """Measure the three kinds of work with the keyboard."""
    with tempfile.TemporaryDirectory(prefix="vcops-keys-") as folder:
        for name, months in (("spread over 40 months", 40), ("all in the one shown", 1)):
            yield from _in_meetings(Path(folder, name), f"{MEETINGS:,} meetings, {name}", months)
        yield from _in_a_walk(Path(folder, "walk"))
        yield from _between_places(Path(folder, "places"))


# -- Meetings -----------------------------------------------------------------------------------------------------


def _in_meetings(home: Path, name: str, months: int) -> Iterator[Row]:
    with _office(home) as workplace:
        _fill(workplace, months)
    with _opened(home) as terminal:
        terminal.send("4")
        terminal.see(r"Meeting \d{5}")
        terminal.read_until_still()
        terminal.send("g")
        terminal.read_until_still()
        yield from figures(f"j, {name}", [_moved(terminal, "j") for _press in range(PRESSES)])
        if months > 1:
            return
        for _page in range(MEETINGS // 250 + 2):  # each end that is reached reads the next page
            terminal.send("G")
            terminal.read_until_still(0.4)
        assert terminal.view().row_on(CURSOR), "the end was not reached"
        yield from figures("k, the same, every page read", [_moved(terminal, "k") for _press in range(PRESSES)])


def _moved(terminal: Terminal, key: str) -> float:
    before = terminal.view().row_on(CURSOR)
    return press(terminal, key, lambda view: view.row_on(CURSOR) not in {"", before})


def _fill(workplace: Workplace, months: int) -> None:
    from vcops.store import tables

    middle = datetime.now(UTC).replace(day=15, hour=2, minute=0, second=0, microsecond=0)
    meetings: list[dict[str, Any]] = []
    for number in range(MEETINGS):
        back, minute = number % months, number // months % (20 * 24 * 60)
        start = middle - timedelta(days=30.4 * back) + timedelta(minutes=minute - 14_000)
        meetings.append({
            "title": f"Meeting {number:05}", "zone": ZONE, "local_day": day_number(start, ZONE), "state": "ended",
            "planned_start": start, "planned_end": start + timedelta(minutes=90), "started_at": start,
            "ended_at": start + timedelta(minutes=85), "participants": number % 300, "count_method": "counted",
        })  # fmt: skip
    with workplace.store.writing("bench") as change:
        change.insert_many(tables.Meeting, meetings)


# -- the walk -----------------------------------------------------------------------------------------------------


def _in_a_walk(home: Path) -> Iterator[Row]:
    with _camera() as url:
        with _office(home) as workplace:
            directory.add_room(workplace, {"name": "Ruang Utama", "camera": url})
        with _opened(home) as terminal:
            terminal.send("2")
            terminal.see("A room without a meeting")
            terminal.read_until_still()
            terminal.send("\r")
            terminal.see("Check power and cables")
            while "Measure the camera" not in terminal.view().row_on(CURSOR, STEPS):
                terminal.send("j")
                terminal.read_until_still()
            turns = [_turned(terminal, "jk"[press % 2]) for press in range(PRESSES)]
            yield from figures("j and k in a walk, a camera being measured", turns)
            _turned(terminal, "j")
            yield from figures("s there: asks for the reason", [_asked(terminal) for _press in range(PRESSES)])


def _turned(terminal: Terminal, key: str) -> float:
    """Go from step to step: the cursor stands elsewhere, and the step is told on the right."""
    _measuring(terminal)
    before = terminal.view().row_on(CURSOR, STEPS)

    def told(view: View) -> bool:
        here = view.row_on(CURSOR, STEPS)
        title = here.split("  ")[-1].strip("○✓▸!× ")[:16]
        return here not in {"", before} and any(line[STEPS:].strip().startswith(title) for line in view.lines)

    return press(terminal, key, told)


def _asked(terminal: Terminal) -> float:
    _measuring(terminal)
    took = press(terminal, "s", lambda view: "another reason" in view.text)
    terminal.send("\x1b")
    terminal.read_for(2 * PAUSE)  # an escape waits a moment: it could be the beginning of another key
    assert "another reason" not in terminal.view().text, terminal.view().text
    return took


def _measuring(terminal: Terminal) -> None:
    """See to it that the camera is being measured: begin again where the check has ended."""
    view = terminal.view()
    if "Cancel the check" in view.lines[-1]:
        return
    below = "Measure the camera" not in view.row_on(CURSOR, STEPS)
    if below:
        terminal.send("k")
        terminal.read_for(PAUSE)
    terminal.send("r")
    terminal.see("Cancel the check")
    terminal.see(r"\d %")
    if below:
        terminal.send("j")
        terminal.read_for(PAUSE)


@contextmanager
def _camera() -> Iterator[str]:
    """Run the lab's camera in a process of its own: here it would compete with the stopwatch."""
    words = [sys.executable, "-m", "tests.lab", "camera", "--port", "0"]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


# -- from place to place --------------------------------------------------------------------------------------------


def _between_places(home: Path) -> Iterator[Row]:
    with _office(home) as workplace:
        furnish(workplace)
    with _opened(home) as terminal:
        seen: dict[str, list[str]] = {}
        for place in PLACES:
            terminal.send(place.digit)
            terminal.read_until_still(1.5)
            seen[place.digit] = terminal.view().lines
        digits = [one.digit for one in PLACES] * 3
        yield from figures("to another place", [_gone(terminal, digit, seen[digit]) for digit in digits[:PRESSES]])


def _gone(terminal: Terminal, digit: str, picture: list[str]) -> float:
    """Go to a place: most of what stood there stands there again. Minutes may have passed."""
    rows = [(y, line) for y, line in enumerate(picture) if y > 1 and line.strip()]

    def there(view: View) -> bool:
        return sum(view.lines[y] == line for y, line in rows) >= 0.5 * len(rows)

    return press(terminal, digit, there)


# -- what they share ------------------------------------------------------------------------------------------------


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
    yield Row(f"{name}, median", statistics.median(took), "ms", TARGET)
    yield Row(f"{name}, 95th percentile", sorted(took)[len(took) * 95 // 100 - 1], "ms", TARGET)


@contextmanager
def _office(home: Path) -> Iterator[Workplace]:
    workplace = open_workplace(Options(home=home, who="bench", language="en"))
    workplace.memory.keep(first_run="skipped")
    yield workplace
    workplace.close()


@contextmanager
def _opened(home: Path) -> Iterator[Terminal]:
    """Start the program and let it come to rest: what it imports behind the first picture is there then."""
    with Terminal([VCOPS, "--home", home, "--lang", "en"], columns=120, rows=40) as terminal:
        terminal.see("Commands")
        terminal.read_until_still(2.5)
        yield terminal
