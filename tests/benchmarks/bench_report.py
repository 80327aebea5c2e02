"""The printed month: a PDF in a process of its own against importing Textual, a workbook against xlsxwriter's own."""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.benchmarks.table import Row
from tests.lab.terminal import VCOPS
from vcops.documents.report_book import write_book
from vcops.domain.meetings import Kind, Meeting, Mode
from vcops.domain.reports import Report
from vcops.operations import directory, reports, tariffs
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options

MEETINGS = 200
RUNS = 25
"""Turns of each: of nine, the ratio of the medians came out between 3.1 and 4.8 on one idle afternoon."""
ROWS = 100_000
TURNS = 3
PDF_TARGET = 3.8
BOOK_TARGET = 1.2


def rows() -> Iterator[Row]:
    """Time each beside its reference, turn by turn, so that a slow moment hits both."""
    with tempfile.TemporaryDirectory(prefix="vcops-report-") as folder:
        home = Path(folder, "office")
        place = open_workplace(Options(home=home, who="bench"))
        _furnish(place)
        yield _pdf(home)
        yield _book(reports.month(place, "2026-10"))
        place.close()


def _furnish(place: Workplace) -> None:
    from vcops.store import tables

    directory.set_office(place, {"name": "Dinas Komunikasi dan Informatika", "place": "Pontianak"})
    tariffs.adopt(place, "kalbar-2020", date(2026, 1, 1))
    first = datetime(2026, 10, 1, 2, tzinfo=UTC)
    with place.store.writing("bench") as change:
        units = change.insert_many(tables.Unit, [{"name": f"Unit kerja {place}"} for place in range(12)])
        change.insert_many(tables.Meeting, [
            {
                "title": f"Rapat koordinasi penanganan inflasi daerah ke-{number}", "unit_id": units[number % 12],
                "local_day": 20261001 + number % 30, "state": "ended", "participants": number,
                "count_method": "counted", "kind": ("hosted", "attended", "")[number % 3],
                "started_at": first + timedelta(days=number % 30), "minutes": 90,
                "ended_at": first + timedelta(days=number % 30, minutes=90),
            }
            for number in range(MEETINGS)
        ])  # fmt: skip


def _pdf(home: Path) -> Row:
    file = home / "laporan.pdf"
    commands = {
        "ours": [str(VCOPS), "--home", str(home), "--lang", "id", "report", "month", "2026-10", "--pdf", str(file)],
        "textual": [sys.executable, "-c", "import textual.app"],
    }
    took: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(RUNS + 1):
        for name, words in commands.items():
            began = time.perf_counter()
            subprocess.run(words, check=True, capture_output=True)
            if turn:  # the first only warms the disk's cache
                took[name].append(1000 * (time.perf_counter() - began))
    ours, reference = (statistics.median(took[name]) for name in ("ours", "textual"))
    return Row(f"PDF of {MEETINGS} meetings, whole process", ours, "ms", PDF_TARGET, reference)


def _book(small: Report) -> Row:
    """Write a row a meeting and one a saving line, together as many as wanted."""
    meetings = -(-ROWS // 3)
    lines = tuple(
        replace(line, meeting=_copy(line.meeting, number))
        for number in range(meetings)
        for line in (small.lines[number % len(small.lines)],)
    )
    report = replace(small, lines=lines)
    told = _recorded(report)
    write_book(report, io.BytesIO())
    took: tuple[list[float], list[float]] = ([], [])
    for _turn in range(TURNS):
        took[0].append(_timed(lambda: write_book(report, io.BytesIO())))
        took[1].append(_timed(_replaying(told)))
    ours, reference = (statistics.median(one) for one in took)
    return Row(f"workbook of {ROWS:,} rows", ours, "s", BOOK_TARGET, reference)


def _copy(meeting: Meeting, number: int) -> Meeting:
    return replace(meeting, id=f"{number:036}", title=f"Rapat {number}", kind=Kind.HOSTED, mode=Mode.ONLINE)


Calls = list[tuple[str, str, tuple[Any, ...]]]
_CALLS = (
    "set_column", "set_row", "write_string", "write_number", "write_blank", "write_formula", "write_datetime",
    "merge_range", "freeze_panes", "autofilter",
)  # fmt: skip


def _recorded(report: Report) -> Calls:
    """Return every cell that is written, in its order: the reference writes these and reckons nothing."""
    calls: Calls = []
    kept = {name: getattr(Worksheet, name) for name in _CALLS}
    depth = [0]

    def listening(name: str) -> Callable[..., Any]:
        def call(self: Worksheet, *args: Any) -> Any:
            if not depth[0]:
                calls.append((self.name, name, args))
            depth[0] += 1
            try:
                return kept[name](self, *args)
            finally:
                depth[0] -= 1

        return call

    for name in _CALLS:
        setattr(Worksheet, name, listening(name))
    try:
        write_book(report, io.BytesIO())
    finally:
        for name, method in kept.items():
            setattr(Worksheet, name, method)
    return calls


def _replaying(calls: Calls) -> Callable[[], None]:
    """Return what writes the same cells with xlsxwriter alone."""
    book: Workbook = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    formats: dict[int, Any] = {}
    sheets: dict[str, Worksheet] = {}
    plain = []
    for sheet, name, args in calls:
        if sheet not in sheets:
            sheets[sheet] = book.add_worksheet(sheet)
        own = tuple(
            formats.setdefault(id(one), book.add_format({"border": 1})) if type(one).__name__ == "Format" else one
            for one in args
        )
        plain.append((getattr(sheets[sheet], name), own))

    def write() -> None:
        for method, own in plain:
            method(*own)
        book.close()

    return write


def _timed(write: Callable[[], None]) -> float:
    began = time.perf_counter()
    write()
    return time.perf_counter() - began
