"""From a key to what it draws, in a 120x40 terminal: median and 95th percentile of 20 presses."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.pressing import CURSOR, PAUSE, STEPS, figures, office, opened, press, serving, steadiness
from tests.benchmarks.table import Row
from tests.lab.terminal import Terminal, View
from vcops.domain.meetings import day_number
from vcops.operations import directory
from vcops.operations.demo import furnish
from vcops.operations.workplace import Workplace
from vcops.tui.places import PLACES

PRESSES = 20
MEETINGS = 10_000
ZONE = "Asia/Jakarta"


def rows() -> Iterator[Row]:
    """Measure the three kinds of work with the keyboard."""
    with tempfile.TemporaryDirectory(prefix="vcops-keys-") as folder:
        for name, months in (("spread over 40 months", 40), ("all in the one shown", 1)):
            yield from _in_meetings(Path(folder, name), f"{MEETINGS:,} meetings, {name}", months)
        yield from _in_a_walk(Path(folder, "walk"))
        yield from _between_places(Path(folder, "places"))
    yield steadiness()


# -- Meetings -----------------------------------------------------------------------------------------------------


def _in_meetings(home: Path, name: str, months: int) -> Iterator[Row]:
    with office(home) as workplace:
        _fill(workplace, months)
    with opened(home) as terminal:
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
    with serving("camera") as url:
        with office(home) as workplace:
            directory.add_room(workplace, {"name": "Ruang Utama", "camera": url})
        with opened(home) as terminal:
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
    terminal.send("r" if "Again" in terminal.view().lines[-1] else "\r")
    terminal.see("Cancel the check")
    terminal.see(r"\d %")
    if below:
        terminal.send("j")
        terminal.read_for(PAUSE)


# -- from place to place --------------------------------------------------------------------------------------------


def _between_places(home: Path) -> Iterator[Row]:
    with office(home) as workplace:
        furnish(workplace)
    with opened(home) as terminal:
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
