"""The pace of a run on a real database: what is due when, and where the room begins."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.operations.test_workdays import write_own
from vcops.domain.runs import Outcome
from vcops.operations import directory, meetings, runs
from vcops.operations.pace import current_step, timing

SOP = "video-conference"


def plan(workplace, day: str, **texts: str) -> str:
    asked = {"title": "Rapat", "date": day, "start": "09:00", "end": "10:00", "kind": "hosted", **texts}
    return meetings.plan(workplace, asked).id


def test_working_days_skip_holidays_and_the_offices_own_days(workplace) -> None:
    run = runs.start(workplace, SOP, meeting_id=plan(workplace, "2026-12-28"))
    assert timing(workplace, run).due(run.procedure.step("team")).at == datetime(2026, 12, 22, 2, 0, tzinfo=UTC)
    write_own(workplace)  # it works on 24 December
    assert timing(workplace, run).due(run.procedure.step("team")).at == datetime(2026, 12, 23, 2, 0, tzinfo=UTC)


def test_what_hangs_on_the_moon_is_said(workplace) -> None:
    meeting = plan(workplace, "2029-02-20", service="vip")
    run = runs.start(workplace, SOP, meeting_id=meeting)
    found = timing(workplace, run).due(run.procedure.step("request-vip"))
    assert not found.certain
    assert "Tahun Baru Imlek" in {one.name.id for one in found.estimated}
    assert timing(workplace, run).due(run.procedure.step("power")).certain


def test_the_room_begins_with_the_preflight(workplace, clock) -> None:
    run = runs.start(workplace, SOP, meeting_id=plan(workplace, "2026-12-14"))
    assert current_step(workplace, run).id == "request"
    clock.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    assert current_step(workplace, run).id == "power"
    run = runs.answer(workplace, run.id, "power", Outcome.DONE)
    assert current_step(workplace, run).id == "room"


def test_a_room_without_a_meeting_begins_with_the_preflight(workplace) -> None:
    room = directory.add_room(workplace, {"name": "Garuda"})
    assert current_step(workplace, runs.start(workplace, SOP, room_id=room.id)).id == "power"
