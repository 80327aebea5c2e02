"""Tallies over 1,000,000 meetings against the leanest raw SQL with the same filters and groups, and on the screen."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.pressing import opened, press
from tests.benchmarks.table import Row
from tests.lab.terminal import Terminal, View
from vcops.domain.periods import Period
from vcops.domain.tally import Grouping
from vcops.operations import tariffs
from vcops.operations.own_pages import new_page
from vcops.operations.tallies import tally
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options

MEETINGS = 1_000_000
MONTHS = 60
UNITS = 40
TIMES = 30
TARGET = 1.5
TARGET_ALL = 1.3
PRESSES = 20
REDRAWN = 100.0
"""Milliseconds from the key to the figures of the next period."""
COLUMNS = "kind, mode, would_be_face_to_face, count_method"
SUMS = "count(*), sum(participants), count(participants)"
HEADS = "CASE WHEN mode = 'hybrid' AND in_room IS NULL THEN NULL ELSE participants - coalesce(in_room, 0) END"
ASKED_SUMS = f", sum({HEADS}), count({HEADS}), sum(travellers), count(travellers)"
ASKED = ", outside_agencies, other_units, CASE WHEN minutes IS NULL THEN NULL WHEN minutes >= 120 THEN 1 ELSE 0 END"
"""What an itemised tariff asks more."""
ANSWERS = ("in_room", "travellers", "minutes", "outside_agencies", "other_units")


def rows() -> Iterator[Row]:
    """Build the million once, then time both readers turn by turn, so that a slow moment hits both."""
    with tempfile.TemporaryDirectory() as folder:
        place = open_workplace(Options(home=Path(folder), who="bench"))
        _fill(place)
        tariffs.adopt(place, "kalbar-2020", date(2022, 1, 1))
        new_page(place, "tariff", "itemised")
        raw = sqlite3.connect(Path(folder, "raw.db"))
        _copy(raw, Path(folder, "vcops.db"))
        for name, by, extra, period in (
            ("one month", None, "", Period.month("2024-07")),
            ("one month by unit", "unit", ", unit_id", Period.month("2024-07")),
            ("one year by month", "month", ", local_day / 100", Period.year("2024")),
        ):
            yield _compare(name, place, raw, by, _raw(by, extra), period)
        every = Period.between("2020-01", "2024-12")
        for name, by, extra in (
            (f"all {MONTHS} months by unit", "unit", ", unit_id"),
            (f"all {MONTHS} months by month", "month", ", local_day / 100"),
        ):
            yield _compare(name, place, raw, by, _raw(by, extra), every, target=TARGET_ALL, times=TIMES // 5)
        asked = _raw(None, ASKED, ASKED_SUMS)
        yield _compare("one month, itemised", place, raw, None, asked, Period.month("2024-07"), "itemised")
        place.memory.keep(first_run="skipped")
        place.close()
        raw.close()
        yield from _on_screen(Path(folder))


def _on_screen(home: Path) -> Iterator[Row]:
    """Go from month to month on the Tally screen: its summary and rows stand there for the other month."""
    with opened(home) as terminal:
        terminal.send("5")
        terminal.see("November 2026|no meeting")
        for key in "y[[m":
            terminal.send(key)
            terminal.read_until_still(1.5)
        terminal.see("December 2024")
        took = [_turned(terminal) for _press in range(PRESSES)]
    name = f"Tally screen, {MEETINGS:,} meetings, the month before"
    yield Row(f"{name}, median", statistics.median(took), "ms", REDRAWN)
    yield Row(f"{name}, 95th percentile", sorted(took)[len(took) * 95 // 100 - 1], "ms", REDRAWN)


def _turned(terminal: Terminal) -> float:
    def figures(view: View) -> list[str]:
        return [line.strip() for line in view.lines if "people took part" in line or "meetings ended" in line]

    before = figures(terminal.view())
    return press(terminal, "[", lambda view: bool(figures(view)) and figures(view) != before)


def _raw(by: Grouping | None, extra: str, sums: str = "") -> tuple[str, str]:
    """Return the leanest SQL with the same filters and groups, and the one that counts what has not ended."""
    table = "asked" if sums else "lean_unit" if by == "unit" else "lean"
    alike = COLUMNS + extra
    where = "local_day BETWEEN ? AND ? AND same_as IS NULL AND belongs_to IS NULL"
    return (
        f"SELECT {alike}, {SUMS}{sums} FROM {table} WHERE state = 'ended' AND {where} GROUP BY {alike}",
        f"SELECT count(*) FROM {table} WHERE state IN ('planned', 'running') AND {where}",
    )


def _compare(
    name: str,
    place: Workplace,
    raw: sqlite3.Connection,
    by: Grouping | None,
    sql: tuple[str, str],
    period: Period,
    tariff: str | None = None,
    *,
    target: float = TARGET,
    times: int = TIMES,
) -> Row:
    days = (period.first_day, period.last_day)
    counted = sql[0].partition(", count(*)")[0].count(",") + 1  # CASE holds no comma

    def lean() -> int:
        found = raw.execute(sql[0], days).fetchall()
        raw.execute(sql[1], days).fetchall()
        return sum(row[counted] for row in found)

    ours = _best_of(lambda: tally(place, period, by=by, tariff_id=tariff).meetings, lean, times)
    return Row(f"tally of {MEETINGS:,} meetings, {name}", ours[0] * 1000, "ms", target, ours[1] * 1000)


def _best_of(ours: Callable[[], int], lean: Callable[[], int], times: int) -> tuple[float, float]:
    assert ours() == lean()
    took: tuple[list[float], list[float]] = ([], [])
    for _turn in range(times):
        for reader, kept in zip((ours, lean), took, strict=True):
            start = time.perf_counter()
            reader()
            kept.append(time.perf_counter() - start)
    return statistics.median(took[0]), statistics.median(took[1])


def _fill(place: Workplace) -> None:
    """Insert the meetings behind the journal's back: only reading is measured."""
    place.store.close()
    first = date(2020, 1, 1)
    units = [f"018f0000-0000-7000-8000-{number:012}" for number in range(UNITS)]

    def meetings() -> Iterator[tuple[object, ...]]:
        for number in range(MEETINGS):
            day = first + timedelta(days=number * 1826 // MEETINGS)
            kind = ("hosted", "attended", "")[number % 3]
            mode = ("online", "online", "hybrid", "on-site")[number % 4]
            state = "ended" if number % 50 else "planned"
            local_day = day.year * 10_000 + day.month * 100 + day.day
            people = number % 400 if number % 20 else None
            method = None if people is None else ("counted", "counted", "unique", "claimed")[number % 4]
            answers = (
                None if people is None else people // 3,
                number % 6,
                60 + number % 120,
                number % 2,
                number % 3 and 1,
            )
            yield f"018f{number:032x}", local_day, units[number % UNITS], kind, mode, state, people, method, *answers

    assert place.database_file is not None
    connection = sqlite3.connect(place.database_file)
    connection.execute("PRAGMA synchronous = OFF")
    connection.executemany("INSERT INTO unit (id, name, code) VALUES (?, ?, '')", [(one, one[-4:]) for one in units])
    names = [row[1] for row in connection.execute("PRAGMA table_info(meeting)") if row[3] and row[1] != "id"]
    given = ("local_day", "unit_id", "kind", "mode", "state", "participants", "count_method", *ANSWERS)
    rest = [name for name in names if name not in given]
    columns = ", ".join(("id", *given, *rest))
    values = ", ".join([*"?" * (len(given) + 1), *["''"] * len(rest)])
    connection.executemany(f"INSERT INTO meeting ({columns}) VALUES ({values})", meetings())
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    place.__dict__.pop("store")


def _copy(raw: sqlite3.Connection, source: Path) -> None:
    """Give the reference tables that hold nothing else, each with its own covering index."""
    raw.execute("ATTACH ? AS ours", (str(source),))
    columns = f"state, local_day, {COLUMNS}, participants, same_as, belongs_to"
    asked = ", ".join((columns, *ANSWERS))
    tables = (("lean", columns), ("lean_unit", columns.replace("kind", "unit_id, kind", 1)), ("asked", asked))
    for table, indexed in tables:
        raw.execute(f"CREATE TABLE {table} AS SELECT {indexed} FROM ours.meeting")
        raw.execute(f"CREATE INDEX {table}_covering ON {table} ({indexed})")
    raw.commit()
    raw.execute("DETACH ours")
    raw.execute("ANALYZE")
