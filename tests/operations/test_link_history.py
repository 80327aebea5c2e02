"""The history of a room's links: real runs, real checks kept in them, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from tests.lab.clocks import SetClock
from vcops.domain.checks import CheckFailed, CheckResult, JudgedReading
from vcops.domain.readings import Reading
from vcops.domain.runs import Outcome
from vcops.domain.verdicts import Verdict
from vcops.operations import directory, runs
from vcops.operations.link_history import history
from vcops.operations.workplace import Workplace

PROCEDURE = "video-conference"


def measure(
    workplace: Workplace, room_id: str, step: str, download: float, *, counts: bool = True, failed: bool = False
) -> str:
    """Keep one check of a step in the room's walk of the day; return the walk's id."""
    run = runs.start(workplace, PROCEDURE, room_id=room_id)
    reading = Reading("download_mbps", download, workplace.clock(), low=download - 1, high=download + 1, how="clock")
    error = CheckFailed("network.refused", {"host": "h"}) if failed else None
    verdict = Verdict.UNMEASURED if failed else Verdict.PASS
    readings = () if failed else (JudgedReading(reading, verdict, required=True),)
    result = CheckResult("connection", "http://server/", "room-connection", verdict, readings, error)
    return runs.keep_check(workplace, run.id, step, result, counts=counts).id


def rooms(workplace: Workplace) -> list[str]:
    """Add two rooms with two links each and return their ids."""
    for name in ("Utama", "Kecil"):
        directory.add_room(workplace, {"name": name, "backup_link": "yes"})
    return [one.id for one in sorted(directory.rooms(workplace), key=lambda one: one.name, reverse=True)]


def test_each_link_of_each_room_has_its_own(any_workplace: Workplace, clock: SetClock) -> None:
    room, other = rooms(any_workplace)
    for day in range(3):
        measure(any_workplace, room, "main-link", 50.0 + day)
        clock.now += timedelta(days=1)
    measure(any_workplace, room, "backup-link", 9.0)
    measure(any_workplace, other, "main-link", 700.0)
    seen = history(any_workplace, room)
    assert [one.number("download_mbps") for one in seen.points] == [50, 51, 52]
    assert [one.at for one in seen.points] == sorted(one.at for one in seen.points)
    newest = seen.points[-1]
    assert (newest.verdict, newest.source, newest.step, newest.by) == (
        Verdict.PASS, "http://server/", "main-link", "Sari",
    )  # fmt: skip
    assert newest.readings[0].low == 51
    assert [one.number("download_mbps") for one in history(any_workplace, room, "backup").points] == [9]
    assert [one.number("download_mbps") for one in history(any_workplace, other).points] == [700]
    assert history(any_workplace, other, "backup").points == ()


def test_every_try_counts_but_those_taken_back_or_stopped(any_workplace: Workplace, clock: SetClock) -> None:
    room, _other = rooms(any_workplace)
    run_id = measure(any_workplace, room, "main-link", 1.0)
    runs.undo(any_workplace, run_id)
    clock.now += timedelta(minutes=1)
    measure(any_workplace, room, "main-link", 2.0, counts=False)
    measure(any_workplace, room, "main-link", 0.0, failed=True)
    measure(any_workplace, room, "main-link", 3.0)
    seen = history(any_workplace, room)
    assert [one.number("download_mbps") for one in seen.points] == [None, 3]
    assert seen.points[0].verdict is Verdict.UNMEASURED


def test_only_what_was_measured_is_read(any_workplace: Workplace) -> None:
    room, _other = rooms(any_workplace)
    run = runs.start(any_workplace, PROCEDURE, room_id=room)
    runs.answer(any_workplace, run.id, "main-link", Outcome.FAILED, reason="kabel putus")
    runs.answer(any_workplace, run.id, "power", Outcome.DONE)
    assert history(any_workplace, room).points == ()


def test_the_newest_are_kept_where_there_are_too_many(any_workplace: Workplace) -> None:
    room, _other = rooms(any_workplace)
    for speed in range(5):
        measure(any_workplace, room, "main-link", float(speed))
    assert [one.number("download_mbps") for one in history(any_workplace, room, most=2).points] == [3, 4]


def test_a_walk_whose_procedure_was_changed_is_counted_and_left_out(any_workplace: Workplace) -> None:
    room, _other = rooms(any_workplace)
    measure(any_workplace, room, "main-link", 50.0)
    with any_workplace.store.engine.begin() as connection:
        connection.execute(text("UPDATE frozen SET text = text || ' '"))
    seen = history(any_workplace, room)
    assert (seen.points, seen.altered) == ((), 1)
