"""Disturbances of a meeting: open, over, told afterwards, moved, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.lab.clocks import SetClock
from vcops.errors import Conflict, InvalidInput
from vcops.operations import directory, meetings
from vcops.operations.workplace import Workplace
from vcops.wording.errors import explain


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00").astimezone(UTC)


def test_incidents_get_their_words_afterwards(any_workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(any_workplace, texts={"title": "A"})
    trouble = meetings.incident(any_workplace)
    assert meetings.details(any_workplace, held.id).open_incident == trouble
    clock.move(minutes=4)
    meetings.describe_incident(any_workplace, trouble.id, text="suara putus")
    over = meetings.recover(any_workplace, trouble.id, action="ganti mikrofon")
    assert (over.text, over.action, over.recovered_at) == ("suara putus", "ganti mikrofon", clock.now)
    with pytest.raises(Conflict, match="already_over"):
        meetings.recover(any_workplace, trouble.id)
    with pytest.raises(InvalidInput, match=r"incident\.unknown"):
        meetings.recover(any_workplace, "nowhere")


def test_an_incident_of_an_ended_meeting_lies_within_it(any_workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(any_workplace, texts={"title": "A"})
    clock.move(minutes=30)
    meetings.end(any_workplace)
    clock.move(minutes=5)
    for given in ({}, {"started_at": "08:10"}, {"recovered_at": "08:10"}):
        with pytest.raises(Conflict, match=r"incident\.meeting_ended"):
            meetings.incident(any_workplace, held.id, **given)
    for times, column in ((("07:50", "08:10"), "started_at"), (("08:10", "08:32"), "recovered_at")):
        with pytest.raises(InvalidInput) as caught:
            meetings.incident(any_workplace, held.id, started_at=times[0], recovered_at=times[1])
        assert caught.value.params["column"] == column
    made = meetings.incident(any_workplace, held.id, started_at="08:10", recovered_at="08:12")
    assert (made.started_at, made.recovered_at) == (at("2026-11-23 08:10"), at("2026-11-23 08:12"))
    assert meetings.undo(any_workplace, held.id).code == "incident"  # whole: nothing is left open
    assert meetings.details(any_workplace, held.id).incidents == ()


def test_a_recovery_lies_at_the_latest_at_the_end(workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    trouble = meetings.incident(workplace)
    ended = clock.move(minutes=30)
    meetings.end(workplace, held.id)
    clock.move(minutes=5)
    with pytest.raises(InvalidInput, match="stamp_after_end"):
        meetings.recover(workplace, trouble.id, at="08:32")
    assert meetings.recover(workplace, trouble.id).recovered_at == ended
    with pytest.raises(InvalidInput, match="stamp_after_end"):
        meetings.shift(workplace, held.id, 1)


def test_the_minute_in_which_a_meeting_began_lies_within_it(workplace: Workplace, clock: SetClock) -> None:
    clock.move(seconds=37)
    held = meetings.start(workplace, texts={"title": "A"})
    clock.move(minutes=30)
    meetings.end(workplace)
    made = meetings.incident(workplace, held.id, started_at="08:00", recovered_at="08:12")
    assert (made.started_at, made.recovered_at) == (held.started_at, at("2026-11-23 08:12"))


def test_no_end_comes_before_a_recovery(workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    clock.move(minutes=10)
    trouble = meetings.incident(workplace)
    clock.move(minutes=20)
    meetings.recover(workplace, trouble.id)
    ended = clock.move(minutes=10)
    with pytest.raises(InvalidInput, match="end_before_stamp"):
        meetings.end(workplace, at="08:25")
    meetings.end(workplace)
    with pytest.raises(InvalidInput, match="end_before_stamp"):
        meetings.shift(workplace, held.id, -15)
    assert meetings.details(workplace, held.id).meeting.ended_at == ended


def test_an_incident_told_with_its_recovery_is_moved_with_it(workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    clock.move(minutes=30)
    made = meetings.incident(workplace, held.id, started_at="08:10", recovered_at="08:12")
    for minutes in (5, -8):
        meetings.shift(workplace, held.id, minutes)
    (moved,) = meetings.details(workplace, held.id).incidents
    assert made.recovered_at is not None
    by = timedelta(minutes=-3)
    assert (moved.started_at, moved.recovered_at) == (made.started_at + by, made.recovered_at + by)


def test_an_incident_whose_meeting_was_corrected_to_end_before_it_can_still_be_over(
    workplace: Workplace, clock: SetClock
) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    clock.move(minutes=20)
    trouble = meetings.incident(workplace)
    clock.move(minutes=20)
    meetings.end(workplace)
    meetings.edit(workplace, held.id, {"end": "08:15"})
    assert meetings.recover(workplace, trouble.id).recovered_at == trouble.started_at


def test_what_is_advised_for_a_meeting_of_another_day_can_be_followed(workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    clock.move(minutes=90)
    meetings.end(workplace)
    clock.move(days=3)
    with pytest.raises(Conflict, match=r"incident\.meeting_ended") as caught:
        meetings.incident(workplace, held.id)
    advice = explain(caught.value.code, caught.value.params).remedy
    began, over = '"2026-11-23 09.10"', '"2026-11-23 09.15"'
    assert f"--start {began} --recovered {over}" in advice
    made = meetings.incident(workplace, held.id, started_at=began.strip('"'), recovered_at=over.strip('"'))
    assert made.recovered_at == at("2026-11-23 09:15")


def test_a_room_that_an_edit_adds_has_the_meetings_zone(workplace: Workplace) -> None:
    texts = {"title": "A", "date": "2026-10-05", "start": "09:00", "end": "10:00", "zone": "WITA"}
    held = meetings.add(workplace, texts)
    meetings.edit(workplace, held.id, {"room": "Aula"}, adding={"room"})
    (room,) = directory.rooms(workplace)
    assert room.zone == "Asia/Makassar"
