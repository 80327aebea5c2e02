"""A process that logs meetings through the operations and says on stdout what was committed, one JSON line a change.

It is killed at any moment; whatever it said must still be there. `kill_in_the_middle` starts one and kills it,
`lost` compares what it said with the database.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["acknowledged_until_killed", "lost", "start_logger"]


def main(home: Path, meeting_id: str | None, most: int) -> None:
    """Log until killed, or `most` changes; with a meeting, count only in that one."""
    from vcops.operations import meetings
    from vcops.operations.workplace import open_workplace
    from vcops.settings import Options

    workplace = open_workplace(Options(home=home, who=f"logger {os.getpid()}"))
    for said in _counts(workplace, meetings, meeting_id) if meeting_id else _lives(workplace, meetings):
        print(json.dumps(said), flush=True)
        most -= 1
        if most == 0:
            break
    workplace.close()


def _counts(workplace: Any, meetings: Any, meeting_id: str) -> Iterator[dict[str, Any]]:
    for people in range(10**9):
        made = meetings.count(workplace, meeting_id, online=people % 500, in_room=1)
        yield {"did": "count", "meeting": meeting_id, "count": made.id, "total": made.total}


def _lives(workplace: Any, meetings: Any) -> Iterator[dict[str, Any]]:
    """One whole meeting after the other: add one that was held; start another, count twice, end."""
    for number in range(10**9):
        held = meetings.add(
            workplace,
            {"title": f"Held {number}", "date": "2026-10-05", "start": "09:00", "end": "10:00", "participants": "7"},
        )
        yield {"did": "add", "meeting": held.id, "participants": 7, "state": "ended"}
        live = meetings.start(workplace, texts={"title": f"Live {number}", "unit": f"Unit {number % 9}"})
        yield {"did": "start", "meeting": live.id, "state": "running"}
        for people in (5 + number % 50, 3):
            made = meetings.count(workplace, live.id, online=people, in_room=2)
            yield {"did": "count", "meeting": live.id, "count": made.id, "total": made.total}
        meetings.end(workplace, live.id)
        yield {"did": "end", "meeting": live.id, "state": "ended"}


def start_logger(home: Path, *, meeting_id: str = "", most: int = 0) -> subprocess.Popen[str]:
    """Start the process; its stdout is a pipe."""
    words = [sys.executable, "-m", "tests.lab.logger", str(home), meeting_id or "-", str(most)]
    folder = Path(__file__).parents[2]
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def acknowledged_until_killed(home: Path, chance: random.Random) -> list[dict[str, Any]]:
    """Start a logger, kill it outright at a random moment after its first words; return all that it said."""
    process = start_logger(home)
    assert process.stdout is not None
    said = [process.stdout.readline()]
    time.sleep(chance.uniform(0, 0.12))
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return [json.loads(line) for line in said if line.endswith("\n")]


def lost(home: Path, said: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what was acknowledged and is not in the database."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(home / "vcops.db")) as connection:
        states = dict(connection.execute("SELECT id, state FROM meeting"))
        counts = dict(connection.execute("SELECT id, total FROM head_count"))
        best = dict(connection.execute("SELECT id, participants FROM meeting"))
    missing = []
    for one in said:
        state = one.get("state")
        kept = one["meeting"] in states and (
            state is None
            or states[one["meeting"]] == state
            or (state == "running" and states[one["meeting"]] == "ended")
        )
        if "count" in one:
            kept = kept and counts.get(one["count"]) == one["total"] and best[one["meeting"]] >= one["total"]
        if "participants" in one:
            kept = kept and best[one["meeting"]] == one["participants"]
        if not kept:
            missing.append(one)
    return missing


if __name__ == "__main__":
    main(Path(sys.argv[1]), None if sys.argv[2] == "-" else sys.argv[2], int(sys.argv[3]))
