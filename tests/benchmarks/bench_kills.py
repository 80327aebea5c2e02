"""Two hundred kill -9 during a stream of meetings: nothing acknowledged is lost, the journal verifies."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.benchmarks.table import Row
from tests.lab.logger import acknowledged_until_killed, lost
from vcops.operations import journal
from vcops.operations.workplace import open_workplace
from vcops.settings import Options

KILLS = 200


def rows(kills: int = KILLS) -> Iterator[Row]:
    """Kill so many loggers on one database and count what is missing afterwards. The targets are all nought."""
    with tempfile.TemporaryDirectory(prefix="vcops-kills-") as folder:
        home, chance = Path(folder), random.Random(2026)
        said = [one for _kill in range(kills) for one in acknowledged_until_killed(home, chance)]
        workplace = open_workplace(Options(home=home, who="bench"))
        found = journal.verify(workplace)
        workplace.close()
        with closing(sqlite3.connect(home / "vcops.db")) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        yield Row(f"acknowledged changes lost ({kills} kills, {len(said)} changes)", len(lost(home, said)), "", 0)
        yield Row(f"faults in the journal ({found.entries} entries)", len(found.faults) + found.more, "", 0)
        yield Row("integrity_check not ok", 0 if sound else 1, "", 0)
