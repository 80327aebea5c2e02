"""SOP compliance by room and month, from real runs, and the same on the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.lab.clocks import SetClock
from vcops.domain.periods import Period
from vcops.domain.procedures import USUAL
from vcops.domain.runs import Outcome
from vcops.operations import directory, meetings, runs
from vcops.operations.compliance import by_room_and_month
from vcops.operations.workplace import Workplace


def walked(place: Workplace, clock: SetClock, room: str, begun: datetime, minutes: int) -> None:
    clock.now = begun
    day = f"{begun + timedelta(hours=7):%Y-%m-%d}"
    meeting = meetings.plan(place, {"title": "Rapat", "date": day, "start": "10:00", "room": room})
    run = runs.start(place, USUAL, meeting_id=meeting.id)
    clock.now += timedelta(minutes=minutes)
    runs.answer(place, run.id, "power", Outcome.DONE, begun_at=begun)


def test_each_room_has_its_months(any_workplace: Workplace, clock: SetClock) -> None:
    place = any_workplace
    for name in ("Zamrud", "aula"):
        directory.add_room(place, {"name": name})
    walked(place, clock, "aula", datetime(2026, 10, 31, 17, 30, tzinfo=UTC), 4)  # 1 November in the office's zone
    walked(place, clock, "aula", datetime(2026, 10, 5, 1, 0, tzinfo=UTC), 8)
    walked(place, clock, "Zamrud", datetime(2026, 11, 5, 1, 30, tzinfo=UTC), 60)
    runs.start(place, USUAL, room_id=directory.rooms(place)[0].id)  # opened and left: not walked
    found = by_room_and_month(place, Period.between("2026-10", "2026-11"))
    assert [(one.room, one.month, one.figures.runs) for one in found] == [
        ("aula", "2026-11", 1),
        ("aula", "2026-10", 1),
        ("Zamrud", "2026-11", 1),
    ]
    assert [one.figures.times[0].took for one in found] == [(4.0,), (8.0,), (60.0,)]
    assert [one.figures.answered for one in found] == [1, 1, 1]
    late = found[2].figures
    assert late.in_time < late.due
    (only,) = by_room_and_month(place, Period.month("2026-10"))
    assert only.month == "2026-10"


def test_the_command_line_tells_the_same(workplace: Workplace, clock: SetClock, vcops) -> None:
    directory.add_room(workplace, {"name": "aula"})
    walked(workplace, clock, "aula", datetime(2026, 11, 5, 1, 0, tzinfo=UTC), 9)
    (line,) = vcops("run", "compliance", "--month", "2026-11", "--json").json
    (ours,) = by_room_and_month(workplace, Period.month("2026-11"))
    assert (line["room"], line["month"], line["answered"]) == ("aula", "2026-11", 1)
    assert line["times"] == ours.figures.as_json()["times"] == [
        {"step": "power", "standard_minutes": 5.0, "median_minutes": 9.0, "times": 1}
    ]  # fmt: skip
    said = vcops("run", "compliance", "--month", "2026-11", lang="id").out
    assert "Periksa daya dan kabel: 9,0 dari 5 menit, 1 kali" in said
    assert vcops("run", "compliance", "--month", "2020-01", "--json").json == []
    run_id = vcops("run", "status", "--json").json[0]["id"]
    assert vcops("run", "show", run_id, "--json").json["compliance"]["answered"] == 1
