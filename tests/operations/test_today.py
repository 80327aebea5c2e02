"""Today, read with sqlite3 alone and through the store: the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.lab.clocks import SetClock
from vcops.operations import directory, meetings, today
from vcops.operations.workplace import Workplace
from vcops.store.lists import today as through_the_store


def furnish(workplace: Workplace, clock: SetClock) -> None:
    directory.set_office(workplace, {"name": "Diskominfo", "zone": "WIT"})
    for name in ("Zamrud", "aula"):
        directory.add_room(workplace, {"name": name})
    for day, start in (("2026-11-23", "15:00"), ("2026-11-23", "13:00"), ("2026-11-25", "08:00"), ("2026-11-22", "9")):
        meetings.plan(workplace, {"title": f"Rencana {day} {start}", "date": day, "start": start, "room": "Aula"})
    cancelled = meetings.plan(workplace, {"title": "Batal", "date": "2026-11-23", "start": "16:00"})
    meetings.cancel(workplace, cancelled.id, "x")
    meetings.add(workplace, {"title": "Kemarin", "date": "2026-11-22", "start": "8", "end": "9"})
    meetings.add(workplace, {"title": "Tadi", "date": "2026-11-23", "start": "8", "end": "9"})
    meetings.start(workplace, texts={"title": "Kini", "unit": "Dinas"})
    meetings.count(workplace, online=3)


def test_today_tells_what_is_on_and_next(any_workplace: Workplace, clock: SetClock) -> None:
    furnish(any_workplace, clock)
    seen = today.overview(any_workplace)
    assert [(one.title, one.unit, one.participants) for one in seen.running] == [("Kini", "Dinas", 3)]
    assert [one.title for one in seen.upcoming] == [
        "Rencana 2026-11-23 13:00", "Rencana 2026-11-23 15:00", "Rencana 2026-11-25 08:00",
    ]  # fmt: skip
    assert [one.title for one in seen.ended_today] == ["Tadi"]
    assert [(one.name, one.ready, one.open_run) for one in seen.rooms] == [
        ("aula", None, False),
        ("Zamrud", None, False),
    ]
    assert (seen.office_name, seen.zone, seen.empty, seen.now) == ("Diskominfo", "Asia/Jayapura", False, clock.now)


def test_the_glance_and_the_store_agree(workplace: Workplace, clock: SetClock) -> None:
    furnish(workplace, clock)
    with workplace.store.reading() as connection:
        assert today.overview(workplace) == through_the_store(connection, clock.now)


def test_nothing_is_made_by_looking(workplace: Workplace) -> None:
    assert today.overview(workplace).empty
    assert not workplace.places.data.exists()


def test_the_glance_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from vcops.operations import today;"
        "from vcops.operations.workplace import open_workplace; from vcops.settings import Options;"
        "today.overview(open_workplace(Options(home=Path(sys.argv[1]))));"
        "print(sorted({'sqlalchemy', 'sqlmodel', 'pydantic', 'yaml', 'httpx', 'textual'} & set(sys.modules)))"
    )
    empty = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert empty.stdout.strip() == "[]"
