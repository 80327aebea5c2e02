"""Closing a month of 10,000 meetings with their head counts, and verifying it."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.benchmarks.table import Row
from vcops.domain.closings import Answer
from vcops.domain.periods import Period
from vcops.operations import closing, directory, verifying
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options

MEETINGS = 10_000
MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
TARGET = 1000


def rows() -> Iterator[Row]:
    """Close five such months one after the other, each in a database that holds them all; print the middle ones."""
    took: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        place = open_workplace(Options(home=Path(folder), who="bench"), lambda: datetime(2026, 11, 2, tzinfo=UTC))
        _fill(place)
        for month in map(Period.month, MONTHS):
            start = time.perf_counter()
            closing.close(place, month, [Answer("reconciled", "tidak ada laporan penyedia")])
            closed = time.perf_counter()
            found = verifying.verify(place, month)
            took.append(((closed - start) * 1000, (time.perf_counter() - closed) * 1000))
            assert found.intact
            assert found.rows == 2 * MEETINGS
        place.close()
    yield Row(f"close a month of {MEETINGS:,} meetings", statistics.median(one for one, _other in took), "ms", TARGET)
    yield Row("verify it", statistics.median(other for _one, other in took), "ms", TARGET)
    yield Row("both together", statistics.median(sum(one) for one in took), "ms", TARGET)


def _fill(place: Workplace) -> None:
    """Store months that lack nothing but the provider's report, through the journal as the program does."""
    from vcops.store import tables

    unit = directory.add_unit(place, {"name": "Bidang"}).id
    for month in map(Period.month, MONTHS):
        with place.store.writing("bench") as change:
            starts = [
                datetime(int(month.first[:4]), int(month.first[5:]), 1 + number % 28, 2, tzinfo=UTC)
                for number in range(MEETINGS)
            ]
            values = [
                {"title": f"Rapat koordinasi {number}", "local_day": month.first_day + number % 28, "kind": "hosted",
                 "mode": "online", "unit_id": unit, "participants": 40, "online": 40, "in_room": 0,
                 "count_method": "counted", "state": "ended", "minutes": 60, "started_at": start,
                 "ended_at": start + timedelta(hours=1), "created_by": "bench"}
                for number, start in enumerate(starts)
            ]  # fmt: skip
            ids = change.insert_many(tables.Meeting, values)
            change.insert_many(tables.HeadCount, [
                {"meeting_id": row_id, "at": start, "total": 40, "online": 40, "in_room": 0, "by": "bench"}
                for row_id, start in zip(ids, starts, strict=True)
            ])  # fmt: skip
