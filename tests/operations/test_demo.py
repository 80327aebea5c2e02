"""The example: the same each time, marked, gone when closed, and no real person in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.lab.clocks import SetClock
from vcops.domain.periods import Period
from vcops.operations import demo, journal, meetings, tallies, today
from vcops.operations.workplace import Workplace
from vcops.settings import Options


def test_it_has_a_year_of_meetings_and_something_on_now(open_place: Callable[..., Workplace], clock: SetClock) -> None:
    workplace = open_place()
    demo.furnish(workplace)
    seen = today.overview(workplace)
    assert len(seen.running) == 1
    assert [one.start - clock.now for one in seen.upcoming[:2] if one.start] == [
        timedelta(minutes=42),
        timedelta(hours=2, minutes=30),
    ]
    assert len(seen.rooms) == 4
    tally = tallies.tally(workplace, Period("2025-11", "2026-11"))
    assert 340 <= tally.meetings <= 360
    assert tally.participants > 10_000
    assert tally.totals
    assert not journal.verify(workplace).faults


def test_it_is_the_same_each_time(open_place: Callable[..., Workplace]) -> None:
    lists = []
    for name in ("one", "two"):
        workplace = open_place(home=open_place().places.config / name)
        demo.furnish(workplace)
        lists.append([(one.title, one.start, one.unit, one.participants) for one in meetings.listing(workplace)])
    assert lists[0] == lists[1]


def test_a_database_with_entries_is_left_alone(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    meetings.plan(workplace, {"title": "Rapat", "date": "2026-12-01", "start": "09:00"})
    demo.furnish(workplace)
    assert len(meetings.listing(workplace)) == 1


def test_closing_removes_every_file() -> None:
    workplace = demo.open_demo(Options(database="sqlite:////never/used.db"))
    assert workplace.demo
    demo.furnish(workplace)
    folder = workplace.places.config
    assert (folder / "vcops.db").exists()
    workplace.close()
    assert not folder.exists()
