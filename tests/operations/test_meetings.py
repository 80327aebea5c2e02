"""Meetings from plan to end, as people type them, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.lab.clocks import SetClock
from vcops.domain.meetings import CountMethod, Kind, LastStamp, MeetingState, Mode
from vcops.errors import Conflict, InvalidInput, VcopsError
from vcops.operations import directory, journal, meetings, today
from vcops.operations.clashes import clashes
from vcops.operations.meeting_forms import Context, check_meeting
from vcops.operations.workplace import Workplace

HELD = {"date": "2026-10-05", "start": "09:00", "end": "10:00", "title": "Rapat koordinasi", "participants": "40"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00").astimezone(UTC)


def code_of(error: pytest.ExceptionInfo[VcopsError]) -> tuple[str, Any]:
    return error.value.code, error.value.params.get("column")


def test_a_meeting_added_afterwards(any_workplace: Workplace) -> None:
    made = meetings.add(
        any_workplace, {**HELD, "unit": "Dinas Kesehatan", "kind": "diselenggarakan", "mode": "hibrida"}
    )
    assert (made.state, made.kind, made.mode) == (MeetingState.ENDED, Kind.HOSTED, Mode.HYBRID)
    assert (made.started_at, made.ended_at) == (at("2026-10-05 09:00"), at("2026-10-05 10:00"))
    assert (made.participants, made.count_method, made.local_day) == (40, CountMethod.CLAIMED, 20261005)
    assert made.created_by == "Sari"
    found = meetings.details(any_workplace, made.id)
    assert found.unit is not None
    assert found.unit.name == "Dinas Kesehatan"
    assert [one.total for one in found.counts] == [40]
    assert journal.verify(any_workplace).intact


def test_a_planned_meeting_runs_and_ends(any_workplace: Workplace, clock: SetClock) -> None:
    directory.add_room(any_workplace, {"name": "Aula"})
    planned = meetings.plan(
        any_workplace,
        {"title": "Rakor", "date": "2026-11-23", "start": "08.30 s.d. 09.30", "room": "aula", "passcode": "123",
         "participants": "50", "service": "VIP, siaran langsung"},
    )  # fmt: skip
    assert (planned.state, planned.expected, planned.participants) == (MeetingState.PLANNED, 50, None)
    assert planned.service == ("vip", "streaming")
    assert [one.title for one in today.overview(any_workplace).upcoming] == ["Rakor"]
    clock.move(minutes=31)
    started = meetings.start(any_workplace, planned.id[-6:])
    assert started.started_at == clock.now
    clock.move(minutes=12)
    assert meetings.count(any_workplace, online=30, in_room=5).total == 35
    clock.move(minutes=10)
    meetings.count(any_workplace, online=20, in_room=5)
    live = meetings.live(any_workplace)[0]
    assert live.next_count_due == clock.now + timedelta(minutes=30)
    assert not live.overdue
    clock.move(minutes=70)
    assert meetings.live(any_workplace)[0].overdue
    ended = meetings.end(any_workplace)
    assert (ended.ended_at, ended.participants, ended.online, ended.in_room) == (clock.now, 35, 30, 5)
    assert ended.count_method is CountMethod.COUNTED
    overview = today.overview(any_workplace)
    assert [one.title for one in overview.ended_today] == ["Rakor"]
    assert (overview.running, overview.upcoming, overview.empty) == ([], [], False)
    assert journal.verify(any_workplace).intact


def test_each_stamp_can_be_undone_the_last_first(any_workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(any_workplace, texts={"title": "A"})
    meetings.count(any_workplace, online=5)
    clock.move(minutes=5)
    trouble = meetings.incident(any_workplace, text="listrik")
    clock.move(minutes=5)
    meetings.recover(any_workplace, trouble.id, action="genset")
    # Typed in last, though its time lies before the others: the order of making counts.
    meetings.count(any_workplace, online=9, at="08:02")
    meetings.end(any_workplace)
    undone = [meetings.undo(any_workplace, held.id).code for _stamp in range(6)]
    assert undone == ["end", "count", "recovered", "incident", "count", "start"]
    found = meetings.details(any_workplace, held.id)
    assert (found.meeting.state, found.meeting.participants, found.counts, found.incidents) == (
        MeetingState.PLANNED, None, (), (),
    )  # fmt: skip
    with pytest.raises(Conflict, match="nothing_stamped"):
        meetings.undo(any_workplace, held.id)
    assert journal.verify(any_workplace).intact


def test_stamps_shift_by_minutes(any_workplace: Workplace, clock: SetClock) -> None:
    began = clock.now
    held = meetings.start(any_workplace, texts={"title": "A"})
    assert meetings.shift(any_workplace, held.id, -90).local_day == 20261123
    assert meetings.shift(any_workplace, held.id, -400).local_day == 20261122
    meetings.shift(any_workplace, held.id, 490)
    clock.move(minutes=20)
    meetings.count(any_workplace, total=7)
    meetings.shift(any_workplace, held.id, -15)
    assert meetings.details(any_workplace, held.id).counts[0].at == began + timedelta(minutes=5)
    with pytest.raises(InvalidInput, match="stamp_before_start"):
        meetings.shift(any_workplace, held.id, -6)
    trouble = meetings.incident(any_workplace)
    meetings.shift(any_workplace, held.id, -1)
    meetings.recover(any_workplace, trouble.id)
    with pytest.raises(InvalidInput, match="over_before_start"):
        meetings.shift(any_workplace, held.id, -5)
    with pytest.raises(InvalidInput, match="shift_future"):
        meetings.shift(any_workplace, held.id, 60)
    clock.move(minutes=2)
    meetings.end(any_workplace)
    assert meetings.shift(any_workplace, held.id, -1).ended_at == began + timedelta(minutes=21)


def test_start_and_end_stay_around_what_was_stamped_between(any_workplace: Workplace, clock: SetClock) -> None:
    began = clock.now
    held = meetings.start(any_workplace, texts={"title": "A"})
    clock.move(minutes=20)
    meetings.count(any_workplace, total=7)
    with pytest.raises(InvalidInput, match="end_before_stamp"):
        meetings.end(any_workplace, at="08:10")
    clock.move(minutes=10)
    meetings.end(any_workplace)
    with pytest.raises(InvalidInput, match="end_before_stamp"):
        meetings.shift(any_workplace, held.id, -11)
    meetings.shift(any_workplace, held.id, -5)
    clock.move(minutes=30)
    with pytest.raises(InvalidInput, match="stamp_after_end"):
        meetings.count(any_workplace, held.id, total=9, at="08:40")
    assert meetings.count(any_workplace, held.id, total=9).at == began + timedelta(minutes=25)
    with pytest.raises(InvalidInput, match="stamp_after_end"):
        meetings.shift(any_workplace, held.id, 1)


def test_no_stamp_is_shifted_to_what_has_not_come(workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    clock.move(minutes=20)
    ended = meetings.end(workplace).ended_at
    with pytest.raises(InvalidInput) as caught:
        meetings.shift(workplace, held.id, 1)
    assert caught.value.code == "meeting.shift_future"
    assert str(caught.value.params["value"]).replace(".", ":") == "08:21"
    assert meetings.find(workplace, held.id).ended_at == ended
    clock.move(minutes=-3)  # as on another machine, whose clock is slower
    with pytest.raises(InvalidInput, match="shift_future"):
        meetings.shift(workplace, held.id, 1)
    assert meetings.shift(workplace, held.id, -1).ended_at == ended - timedelta(minutes=1)


def test_a_correction_of_times_is_no_stamp(any_workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(any_workplace, texts={"title": "A"})
    clock.move(minutes=20)
    meetings.count(any_workplace, total=7)
    counted = clock.now
    meetings.edit(any_workplace, held.id, {"start": "08:05"})
    assert meetings.last_stamp(any_workplace, held.id) == LastStamp("count", counted, corrected=True)
    ended = clock.move(minutes=40)
    meetings.end(any_workplace, held.id)
    assert meetings.last_stamp(any_workplace, held.id) == LastStamp("end", ended)
    meetings.edit(any_workplace, held.id, {"start": "07:30"})
    meetings.edit(any_workplace, held.id, {"title": "B"})
    told = [meetings.undo(any_workplace, held.id) for _stamp in range(3)]
    assert told == [
        LastStamp("end", ended, corrected=True), LastStamp("count", counted, corrected=True),
        LastStamp("start", at("2026-11-23 07:30")),
    ]  # fmt: skip
    assert meetings.find(any_workplace, held.id).state is MeetingState.PLANNED


def test_an_end_that_is_corrected_is_taken_back_as_it_stands(workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    clock.move(minutes=40)
    meetings.end(workplace)
    meetings.edit(workplace, held.id, {"end": "08:30"})
    assert meetings.undo(workplace, held.id) == LastStamp("end", at("2026-11-23 08:30"))
    found = meetings.find(workplace, held.id)
    assert (found.state, found.minutes) == (MeetingState.RUNNING, None)


def test_an_end_from_the_form_tells_of_the_start_that_was_corrected_with_it(
    workplace: Workplace, clock: SetClock
) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    clock.move(minutes=40)
    meetings.edit(workplace, held.id, {"start": "08:10", "end": "08:30"})
    assert meetings.undo(workplace, held.id) == LastStamp("end", at("2026-11-23 08:30"), corrected=True)


def test_an_undone_start_leaves_a_meeting_with_a_time(workplace: Workplace, clock: SetClock) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    meetings.undo(workplace, held.id)
    (line,) = today.overview(workplace).upcoming
    assert (line.title, line.start) == ("A", clock.now)
    assert meetings.cancel(workplace, held.id, "salah").state is MeetingState.CANCELLED


def test_a_head_count_is_not_emptied(workplace: Workplace) -> None:
    made = meetings.add(workplace, {**HELD, "participants": "30"})
    with pytest.raises(InvalidInput, match=r"count\.emptied"):
        meetings.edit(workplace, made.id, {"participants": ""})
    assert meetings.find(workplace, made.id).participants == 30


def test_a_planned_end_follows_its_planned_start_while_it_runs(workplace: Workplace, clock: SetClock) -> None:
    planned = meetings.plan(workplace, {"title": "A", "date": "2026-11-23", "start": "09:00", "end": "10:00"})
    meetings.start(workplace, planned.id)
    with pytest.raises(InvalidInput, match="planned_end_before_start") as caught:
        meetings.edit(workplace, planned.id, {"end": "08:30"})
    assert caught.value.params["column"] == "end"
    assert meetings.edit(workplace, planned.id, {"end": "09:30"}).planned_end == at("2026-11-23 09:30")


def test_an_edit_changes_only_what_is_named(any_workplace: Workplace) -> None:
    made = meetings.add(any_workplace, {**HELD, "unit": "A", "notes": "x"})
    edited = meetings.edit(any_workplace, made.id, {"date": "6/10/2026", "participants": "30"})
    assert (edited.started_at, edited.ended_at) == (at("2026-10-06 09:00"), at("2026-10-06 10:00"))
    assert (edited.participants, edited.notes, edited.unit_id, edited.local_day) == (30, "x", made.unit_id, 20261006)
    assert meetings.edit(any_workplace, made.id, {"zone": "WITA"}).started_at == at("2026-10-06 08:00")
    assert meetings.edit(any_workplace, made.id, {"unit": ""}).unit_id is None
    running = meetings.start(any_workplace, texts={"title": "B", "end": "11:00"})
    assert meetings.edit(any_workplace, running.id, {"end": "12:00"}).planned_end == at("2026-11-23 12:00")
    assert meetings.edit(any_workplace, running.id, {"title": "C"}).state is MeetingState.RUNNING
    assert journal.verify(any_workplace).intact


def test_an_open_end_is_not_an_end(any_workplace: Workplace) -> None:
    made = meetings.add(any_workplace, {**HELD, "start": "09.00 s.d. selesai", "end": ""})
    assert (made.started_at, made.ended_at) == (at("2026-10-05 09:00"), None)
    assert made.state is not MeetingState.ENDED
    # It lacks its end since weeks; it does not run, and does not get in the way of the one that does.
    assert meetings.live(any_workplace) == []
    assert today.overview(any_workplace).running == []
    assert meetings.edit(any_workplace, made.id, {"end": "10.30"}).state is MeetingState.ENDED


def test_the_day_is_the_rooms_own(any_workplace: Workplace) -> None:
    directory.add_room(any_workplace, {"name": "Jayapura", "zone": "WIT"})
    late = meetings.add(any_workplace, {**HELD, "room": "Jayapura", "start": "00:30", "end": "01:30"})
    assert (late.zone, late.local_day, late.started_at) == ("Asia/Jayapura", 20261005, at("2026-10-04 22:30"))
    said = meetings.add(any_workplace, {**HELD, "start": "09.00 WITA"})
    assert (said.zone, said.started_at) == ("Asia/Makassar", at("2026-10-05 08:00"))


def test_an_end_on_the_next_day_says_so(any_workplace: Workplace) -> None:
    night = {**HELD, "start": "22:00", "end": "01:00"}
    with pytest.raises(InvalidInput) as caught:
        meetings.add(any_workplace, night)
    assert code_of(caught) == ("meeting.end_before_start", "end")
    made = meetings.add(any_workplace, {**night, "end_date": "2026-10-06"})
    assert made.ended_at == at("2026-10-06 01:00")
    assert meetings.edit(any_workplace, made.id, {"date": "2026-10-07"}).ended_at == at("2026-10-08 01:00")


@pytest.mark.parametrize(
    ("texts", "code", "column"),
    [
        ({"participants": "-5"}, "count.negative", "participants"),
        ({"participants": "5000000"}, "count.absurd", "participants"),
        ({"participants": "banyak"}, "form.number", "participants"),
        ({"participants": "10", "online": "8", "in_room": "3"}, "count.sum", "participants"),
        ({"date": "2026-13-01"}, "form.date", "date"),
        ({"date": "10-7"}, "form.date", "date"),
        ({"date": ""}, "form.needed", "date"),
        ({"start": "25:00"}, "form.time", "start"),
        ({"start": ""}, "form.needed", "start"),
        ({"end": "pagi"}, "form.time", "end"),
        ({"title": "  "}, "form.needed", "title"),
        ({"kind": "x"}, "form.kind", "kind"),
        ({"mode": "x"}, "form.mode", "mode"),
        ({"service": "x"}, "form.service", "service"),
        ({"count_method": "x"}, "form.count_method", "count_method"),
        ({"outside_agencies": "mungkin"}, "form.yes_no", "outside_agencies"),
        ({"zone": "GMT+7"}, "form.zone", "zone"),
        ({"date": "2031-01-01"}, "meeting.not_held_yet", "start"),
        ({"end_date": "2026-10-09"}, "meeting.too_long", "end"),
        ({"room": "Aulaa"}, "room.none_such", "room"),
        ({"color": "red"}, "form.unknown_column", "color"),
    ],
)
def test_a_fault_names_its_column_and_stores_nothing(
    workplace: Workplace, texts: dict[str, str], code: str, column: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        meetings.add(workplace, {**HELD, **texts})
    assert code_of(caught) == (code, column)
    assert meetings.listing(workplace) == []
    assert directory.units(workplace) == []


def test_every_fault_of_a_row_is_told_at_once(clock: SetClock) -> None:
    draft, faults = check_meeting({**HELD, "date": "x", "kind": "x", "participants": "-1"}, Context(clock.now))
    assert draft is None
    assert {str(one.params["column"]) for one in faults} == {"date", "kind", "participants"}


@pytest.mark.parametrize(("when", "state"), [("2026-11-24", MeetingState.PLANNED), ("2026-11-20", MeetingState.ENDED)])
def test_a_sheet_may_hold_what_was_and_what_is_to_come(clock: SetClock, when: str, state: MeetingState) -> None:
    draft, _faults = check_meeting({**HELD, "date": when, "participants": ""}, Context(clock.now), when="either")
    assert draft is not None
    assert ("planned_start" in draft.values) == (state is MeetingState.PLANNED)


def test_what_is_typed_is_cleaned(workplace: Workplace) -> None:
    made = meetings.add(workplace, {**HELD, "title": "  Rapat\x00 \x1b[31m merah \ud800 ", "notes": "a\r\nb\x07"})
    assert (made.title, made.notes) == ("Rapat [31m merah", "a\nb")


@pytest.mark.parametrize("state", ["planned", "running", "ended", "cancelled"])
def test_what_a_state_does_not_allow_is_refused(workplace: Workplace, state: str) -> None:
    held = meetings.plan(workplace, {"title": "A", "date": "2026-11-23", "start": "09:00"})
    if state in ("running", "ended"):
        meetings.start(workplace, held.id)
    if state == "ended":
        meetings.end(workplace, held.id)
    if state == "cancelled":
        meetings.cancel(workplace, held.id, "batal")
    deeds = {
        "start": lambda: meetings.start(workplace, held.id),
        "end": lambda: meetings.end(workplace, held.id),
        "count": lambda: meetings.count(workplace, held.id, total=3),
        "cancel": lambda: meetings.cancel(workplace, held.id, "x"),
    }
    allowed = {"planned": {"start", "cancel"}, "running": {"end", "count"}, "ended": {"count"}, "cancelled": set()}
    for name, deed in deeds.items():
        if name in allowed[state]:
            continue
        with pytest.raises(Conflict):
            deed()
    assert meetings.find(workplace, held.id).state == state


def test_an_id_is_found_by_its_unique_tail(workplace: Workplace) -> None:
    made = [meetings.start(workplace, texts={"title": str(number)}) for number in range(3)]
    assert meetings.find(workplace, made[1].id[-8:].upper()).title == "1"
    for text, error in (("%", "id_short"), ("____", "unknown"), ("zzzz", "unknown"), ("-0000", "unknown")):
        with pytest.raises(InvalidInput, match=error):
            meetings.find(workplace, text)
    with pytest.raises(Conflict, match="several_running"):
        meetings.count(workplace, online=3)


def test_the_list_is_searched_and_bounded(any_workplace: Workplace) -> None:
    for day, title, unit in (("1", "Rakor 100%", "Dinas A"), ("2", "Bimtek", "Dinas B"), ("3", "Rakor_2", "Dinas A")):
        meetings.add(any_workplace, {**HELD, "date": f"2026-10-0{day}", "title": title, "unit": unit})

    def titles(**filters: Any) -> list[str]:
        return [one.title for one in meetings.listing(any_workplace, **filters)]

    assert titles() == ["Rakor_2", "Bimtek", "Rakor 100%"]
    assert titles(search="RAKOR") == ["Rakor_2", "Rakor 100%"]
    assert titles(search="dinas b") == ["Bimtek"]
    assert titles(search="0%") == ["Rakor 100%"]
    assert titles(search="r_2") == ["Rakor_2"]
    assert titles(day_from=date(2026, 10, 2), day_to=date(2026, 10, 2)) == ["Bimtek"]
    assert titles(state=MeetingState.RUNNING) == []
    assert titles(limit=1, offset=1) == ["Bimtek"]


def test_letters_beyond_a_to_z_have_a_lower_case_too(workplace: Workplace) -> None:
    directory.add_room(workplace, {"name": "Ruang É"})
    meetings.add(workplace, {**HELD, "title": "ÉVALUASI", "room": "RUANG É"})
    assert len(meetings.listing(workplace, search="évaluasi")) == 1
    with pytest.raises(Conflict, match=r"room\.exists"):
        directory.add_room(workplace, {"name": "ruang é"})


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("07.45", "2026-11-23 07:45"),
        ("23:55", "2026-11-22 23:55"),
        ("2026-11-23 07:10", "2026-11-23 07:10"),
        ("23/11/2026 07.10", "2026-11-23 07:10"),
        ("2026-11-23 07.40", "2026-11-23 07:40"),
        ("2026-11-23T00:30:00Z", "2026-11-23 07:30"),
    ],
)
def test_a_stamp_may_be_given_its_time(workplace: Workplace, said: str, moment: str) -> None:
    assert meetings.start(workplace, texts={"title": "A"}, at=said).started_at == at(moment)


def test_a_stamp_to_come_is_refused(workplace: Workplace) -> None:
    with pytest.raises(InvalidInput, match=r"meeting\.future"):
        meetings.start(workplace, texts={"title": "A"}, at="2026-11-23 09:00")


@pytest.mark.parametrize("said", ["0001-01-01T00:00:00+07:00", "1500-01-02T08:00", "2026-11-23T07.40"])
def test_a_stamp_of_another_age_is_refused(workplace: Workplace, said: str) -> None:
    with pytest.raises(InvalidInput, match=r"form\.time"):
        meetings.start(workplace, texts={"title": "A"}, at=said)


@pytest.mark.parametrize("minutes", [10**20, -1441])
def test_a_stamp_is_not_shifted_beyond_a_day(workplace: Workplace, minutes: int) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    with pytest.raises(InvalidInput, match="shift_too_far"):
        meetings.shift(workplace, held.id, minutes)


def test_a_meeting_that_runs_did_not_start_in_the_future(workplace: Workplace) -> None:
    held = meetings.start(workplace, texts={"title": "A"})
    for texts in ({"date": "2030-01-01"}, {"start": "23.00"}):
        with pytest.raises(InvalidInput, match="not_held_yet"):
            meetings.edit(workplace, held.id, texts)


def test_an_undone_correction_gives_the_counts_back(any_workplace: Workplace, clock: SetClock) -> None:
    held = meetings.add(any_workplace, HELD)
    clock.move(minutes=1)
    meetings.count(any_workplace, held.id, online=50)
    clock.move(minutes=1)
    assert meetings.edit(any_workplace, held.id, {"participants": "30"}).participants == 30
    clock.move(minutes=1)
    assert meetings.undo(any_workplace, held.id).code == "count"
    found = meetings.details(any_workplace, held.id)
    assert (found.meeting.participants, sorted(one.total for one in found.counts)) == (50, [40, 50])
    clock.move(minutes=1)
    meetings.undo(any_workplace, held.id)
    assert meetings.find(any_workplace, held.id).participants == 40
    assert journal.verify(any_workplace).intact


def test_the_way_of_counting_can_be_corrected_alone(workplace: Workplace) -> None:
    held = meetings.add(workplace, {**HELD, "participants": "", "online": "30", "in_room": "10"})
    edited = meetings.edit(workplace, held.id, {"count_method": "unik"})
    assert (edited.participants, edited.online, edited.in_room) == (40, 30, 10)
    assert edited.count_method is CountMethod.UNIQUE


def test_a_room_that_is_taken_is_told(any_workplace: Workplace) -> None:
    for name in ("Aula", "Ruang kecil"):
        directory.add_room(any_workplace, {"name": name})

    def planned(title: str, times: str, room: str = "Aula", day: str = "2026-11-24") -> Any:
        return meetings.plan(any_workplace, {"title": title, "date": day, "start": times, "room": room})

    first = planned("Rakor", "09.00 s.d. 10.30")
    planned("Di ruang lain", "09.00 s.d. 10.30", "Ruang kecil")
    planned("Hari lain", "09.00 s.d. 10.30", day="2026-11-25")
    meetings.cancel(any_workplace, planned("Batal", "09.15 s.d. 09.45").id, "bentrok")
    assert clashes(any_workplace, first) == []
    assert clashes(any_workplace, planned("Sesudahnya", "10.30 s.d. 11.00")) == []
    open_end = planned("Tanpa akhir", "10.15")
    assert [one.title for one in clashes(any_workplace, open_end)] == ["Rakor", "Sesudahnya"]
    moved = meetings.edit(any_workplace, open_end.id, {"start": "11.00"})
    assert clashes(any_workplace, moved) == []
    nowhere = meetings.plan(any_workplace, {"title": "Tanpa ruang", "date": "2026-11-24", "start": "09.00"})
    assert clashes(any_workplace, nowhere) == []
