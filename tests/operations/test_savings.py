"""Savings on real databases: sums against the oracle, and every figure opened down to its lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from tests.lab.clocks import SetClock
from tests.lab.tariffs import BIG, ITEMISED, KALBAR, PER_HEAD, TARIFFS, meeting_rows, offer, oracle
from vcops.domain.periods import Period
from vcops.domain.tally import GROUPINGS
from vcops.domain.tariffs import Tariff
from vcops.errors import Conflict, InvalidInput
from vcops.operations import directory, meetings, same_meeting, savings, tallies, tariffs
from vcops.operations.workplace import Workplace
from vcops.store.tables import Meeting, Unit, table_of

OCTOBER = Period.month("2026-10")


def log(workplace: Workplace, rows: Iterable[dict[str, Any]]) -> list[str]:
    """Store ended meetings through the journalled way of writing; `minutes` gives the real end."""
    complete = []
    for row in rows:
        day, minutes = row["local_day"], row.get("minutes", 60)
        start = datetime(day // 10_000, day // 100 % 100, day % 100, 2, tzinfo=UTC)
        times = (
            {"started_at": None, "ended_at": start}
            if minutes is None
            else {"started_at": start, "ended_at": start + timedelta(minutes=minutes)}
        )
        complete.append({"title": "Rapat", "state": "ended", "minutes": minutes} | times | row)
    with workplace.store.writing("test") as change:
        return change.insert_many(Meeting, complete)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(TARIFFS), st.lists(meeting_rows(), max_size=25), st.sampled_from((None, *GROUPINGS)))
def test_sums_equal_the_oracle_on_both_databases(
    any_workplace: Workplace, tariff: Tariff, rows: list[dict[str, Any]], by: Any
) -> None:
    with any_workplace.store.writing("test") as change:
        change.connection.execute(delete(table_of(Meeting)))
    log(any_workplace, rows)
    offer(any_workplace, *TARIFFS)
    found = tallies.tally(any_workplace, OCTOBER, by=by, tariff_id=tariff.id)
    inside = [row for row in rows if row["local_day"] // 100 == 202610]
    wanted = oracle(tariff, inside)
    (total,) = found.totals
    assert {line.component: line.amount or 0 for line in total.lines if line.per} == wanted
    assert total.gross == sum(wanted.values())
    assert sum(one.gross for row in found.rows for one in row.totals) == (total.gross if by else 0)
    assert found.participants == sum(row["participants"] or 0 for row in inside)
    for method, (held, people) in found.count_methods.items():
        alike = [row["participants"] for row in inside if row["count_method"] == method]
        assert (held, people) == (len(alike), sum(alike))
    # Opened row by row and meeting by meeting it is the same again.
    opened = (
        [one for row in found.rows for one in savings.behind(any_workplace, OCTOBER, by, row.key, tariff.id)[0]]
        if by
        else savings.behind(any_workplace, OCTOBER, None, "", tariff.id)[0]
    )
    assert len(opened) == found.meetings
    assert sum(one.saving.gross for one in opened) == total.gross
    open_lines = sum(1 for one in opened for line in one.saving.lines if line.unanswered)
    assert open_lines == sum(number for line in total.lines for _reason, number in line.unanswered)


def test_beyond_two_to_the_53_every_rupiah_is_kept(any_workplace: Workplace) -> None:
    offer(any_workplace, BIG)
    log(any_workplace, [{"local_day": 20261005, "participants": 99_999} for _ in range(3)])
    said = json.loads(json.dumps(tallies.tally(any_workplace, OCTOBER, tariff_id="besar").as_json()))
    (total,) = said["totals"]
    assert total["gross"] == 3 * 99_999 * 999_999_999_999 > 2**53
    assert total["in_words"].startswith("dua ratus sembilan puluh sembilan kuadriliun")


def test_a_gap_in_the_middle_of_a_month_is_said(any_workplace: Workplace, clock: SetClock) -> None:
    clock.now = datetime(2026, 11, 23, tzinfo=UTC)
    first = KALBAR.model_copy(update={"valid_to": date(2026, 10, 10)})
    offer(any_workplace, first)
    tariffs.adopt(any_workplace, KALBAR.id, date(2026, 10, 1))
    offer(any_workplace, PER_HEAD)
    tariffs.adopt(any_workplace, PER_HEAD.id, date(2026, 10, 20))
    log(any_workplace, [{"local_day": 20261000 + day, "participants": 10} for day in (9, 10, 11, 19, 20)])
    found = tallies.tally(any_workplace, OCTOBER)
    assert [(one.tariff.id, one.meetings) for one in found.totals] == [(KALBAR.id, 2), (PER_HEAD.id, 1)]
    assert (found.meetings, found.without_tariff) == (5, 2)
    reasons = [one.saving.reason for one in savings.behind(any_workplace, OCTOBER, None, "")[0]]
    assert [one and one.value for one in reasons] == [None, None, "no-tariff", "no-tariff", None]


def test_two_tariffs_never_hold_on_one_day(any_workplace: Workplace) -> None:
    tariffs.adopt(any_workplace, "kalbar-2020", date(2026, 10, 1))
    offer(any_workplace, PER_HEAD)
    tariffs.adopt(any_workplace, PER_HEAD.id, date(2026, 10, 16))
    for day in (1, 15, 16, 31):
        held = [one for one in tariffs.adoptions(any_workplace) if one.holds_on(20261000 + day)]
        assert len(held) == 1
    with pytest.raises(Conflict, match=r"tariff\.overlap"):
        tariffs.adopt(any_workplace, "kalbar-2020", date(2026, 10, 16))


def test_a_changed_text_under_the_same_id_is_never_mixed_with_the_former(any_workplace: Workplace) -> None:
    offer(any_workplace, KALBAR)
    tariffs.adopt(any_workplace, KALBAR.id, date(2026, 1, 1))
    dearer = KALBAR.components[0].model_copy(update={"amount": 1})
    offer(any_workplace, KALBAR.model_copy(update={"components": (dearer, *KALBAR.components[1:])}))
    tariffs.adopt(any_workplace, KALBAR.id, date(2026, 10, 16))
    log(any_workplace, [{"local_day": day, "participants": 10, "kind": "hosted"} for day in (20261001, 20261020)])
    found = tallies.tally(any_workplace, OCTOBER)
    assert [one.gross for one in found.totals] == [21_500_000, 6_500_001]


TYPED = {"date": "31/10/2026", "start": "22.30", "end": "01.00", "end_date": "1/11/2026", "title": "Malam",
         "participants": "10", "kind": "hosted"}  # fmt: skip


def test_a_meeting_across_midnight_and_months_belongs_to_the_day_it_began(
    any_workplace: Workplace, clock: SetClock
) -> None:
    clock.now = datetime(2026, 11, 23, tzinfo=UTC)
    held = meetings.add(any_workplace, TYPED)
    assert (held.local_day, held.minutes) == (20261031, 150)
    for period, number in ((OCTOBER, 1), (Period.month("2026-11"), 0)):
        assert tallies.tally(any_workplace, period, tariff_id="kalbar-2020").totals[0].meetings == number


def test_half_past_eleven_in_the_west_is_another_day_in_the_east(any_workplace: Workplace, clock: SetClock) -> None:
    clock.now = datetime(2026, 11, 23, tzinfo=UTC)
    for zone, start, end, end_date in (
        ("WIB", "23.30", "00.30", "1/11/2026"),
        ("WIT", "01.30", "02.30", "1/11/2026"),
    ):
        texts = TYPED | {"start": start, "end": end, "end_date": end_date, "zone": zone, "title": zone}
        if zone == "WIT":
            texts["date"] = "1/11/2026"
        meetings.add(any_workplace, texts)
    found = [tallies.tally(any_workplace, period).meetings for period in (OCTOBER, Period.month("2026-11"))]
    assert found == [1, 1]
    (west,), (east,) = (
        savings.behind(any_workplace, period, None, "")[0] for period in (OCTOBER, Period.month("2026-11"))
    )
    assert west.meeting.started_at == east.meeting.started_at


def test_a_renamed_unit_stays_one_row(any_workplace: Workplace) -> None:
    with any_workplace.store.writing("test") as change:
        unit = change.insert(Unit, {"name": "Dinas Kominfo"})
    log(any_workplace, [{"local_day": 20261005, "participants": 10, "unit_id": unit}])
    with any_workplace.store.writing("test") as change:
        change.update(Unit, unit, {"name": "Diskominfo"})
    log(any_workplace, [{"local_day": 20261006, "participants": 20, "unit_id": unit}])
    found = tallies.tally(any_workplace, OCTOBER, by="unit")
    assert [(row.key, row.meetings, row.participants) for row in found.rows] == [("Diskominfo", 2, 30)]
    assert len(savings.behind(any_workplace, OCTOBER, "unit", "Diskominfo")[0]) == 2
    assert [one.name for one in directory.units(any_workplace)] == ["Diskominfo"]


def test_no_meetings_at_all(any_workplace: Workplace, clock: SetClock) -> None:
    clock.now = datetime(2026, 11, 23, tzinfo=UTC)
    offer(any_workplace, PER_HEAD)
    found = tallies.tally(any_workplace, OCTOBER, by="unit", tariff_id=PER_HEAD.id)
    assert (found.meetings, found.rows, found.lower_bound) == (0, (), False)
    (total,) = found.totals
    assert (total.gross, total.own_cost, total.net) == (0, 3_000_000, -3_000_000)
    assert total.net < 0
    assert savings.behind(any_workplace, OCTOBER, None, "") == ([], False)
    assert savings.incomplete(any_workplace, OCTOBER) == []


# -- one meeting joined from several rooms --------------------------------------------------------------------


def two_entries(workplace: Workplace, unit: str | None = None, **second: Any) -> list[str]:
    usual = {"local_day": 20261005, "participants": 40, "kind": "hosted", "meeting_number": "812 3456", "unit_id": unit}
    return log(workplace, [usual, usual | {"participants": 12, "meeting_number": "8123456"} | second])


def test_a_meeting_joined_from_several_rooms_counts_once(any_workplace: Workplace) -> None:
    main, other = two_entries(any_workplace)
    assert tallies.tally(any_workplace, OCTOBER, tariff_id="kalbar-2020").totals[0].gross == 43_000_000
    joined = same_meeting.join(any_workplace, other[-8:], main)
    assert joined.same_as == main
    found = tallies.tally(any_workplace, OCTOBER, by="unit", tariff_id="kalbar-2020")
    assert (found.meetings, found.participants, found.joined, found.totals[0].gross) == (1, 40, 1, 21_500_000)
    assert savings.of_meeting(any_workplace, other).saving.reason == "same-meeting"
    assert [one.meeting.id for one in savings.behind(any_workplace, OCTOBER, "unit", "")[0]] == [main]
    same_meeting.part(any_workplace, other)
    assert tallies.tally(any_workplace, OCTOBER).meetings == 2


def test_entries_that_follow_are_never_a_chain(any_workplace: Workplace) -> None:
    first, second = two_entries(any_workplace)
    (third,) = log(any_workplace, [{"local_day": 20261005, "participants": 5}])
    same_meeting.join(any_workplace, second, third)
    same_meeting.join(any_workplace, third, first)
    assert meetings.find(any_workplace, second).same_as == meetings.find(any_workplace, third).same_as == first
    assert same_meeting.join(any_workplace, third, second).same_as == first
    with pytest.raises(InvalidInput, match=r"meeting\.same_itself"):
        same_meeting.join(any_workplace, first, third)


def test_only_what_was_at_one_time_is_one_meeting(any_workplace: Workplace, clock: SetClock) -> None:
    main, other = two_entries(any_workplace, local_day=20261006)
    with pytest.raises(Conflict, match=r"meeting\.same_not_at_once"):
        same_meeting.join(any_workplace, other, main)
    plan = {"date": "24/11/2026", "start": "09.00", "end": "10.00", "title": "Nanti"}
    planned, beside = meetings.plan(any_workplace, plan), meetings.plan(any_workplace, plan)
    same_meeting.join(any_workplace, beside.id, planned.id)
    with pytest.raises(Conflict, match=r"meeting\.cancel_joined"):
        meetings.cancel(any_workplace, planned.id, "batal")
    meetings.cancel(any_workplace, beside.id, "batal")
    del clock


# -- what is incomplete ---------------------------------------------------------------------------------------


def test_the_last_of_very_many_is_found_incomplete(workplace: Workplace, clock: SetClock) -> None:
    clock.now = datetime(2026, 10, 20, 5, tzinfo=UTC)
    by_place = PER_HEAD.model_copy(
        update={
            "components": tuple(one.model_copy(update={"destinations": ("Jakarta",)}) for one in PER_HEAD.components)
        }
    )
    offer(workplace, by_place)
    with workplace.store.writing("test") as change:
        unit = change.insert(Unit, {"name": "Bappeda"})
    told = {"unit_id": unit, "participants": 5, "travellers": 1, "destination": "Jakarta", "kind": "hosted"}
    early = [{"local_day": 20261001} | told] * (savings.MOST + 1)
    *_rest, last = log(workplace, [*early, told | {"local_day": 20261002, "destination": ""}])
    (found,) = savings.incomplete(workplace, OCTOBER, PER_HEAD.id)
    assert (found.meeting.id, found.lacking) == (last, ("destination-open",))


def test_what_is_incomplete_is_listed_with_what_it_lacks(any_workplace: Workplace, clock: SetClock) -> None:
    clock.now = datetime(2026, 10, 20, 5, tzinfo=UTC)
    offer(any_workplace, ITEMISED)
    with any_workplace.store.writing("test") as change:
        unit = change.insert(Unit, {"name": "Bappeda"})
    whole = {
        "local_day": 20261005, "participants": 40, "unit_id": unit, "kind": "hosted", "travellers": 3,
        "destination": "Jakarta", "would_be_face_to_face": True, "outside_agencies": True, "minutes": 180,
        "mode": "hybrid", "in_room": 4,
    }  # fmt: skip
    log(any_workplace, [
        whole,
        whole | {"title": "tanpa unit", "unit_id": None},
        whole | {"title": "nol menit", "minutes": 0},
        whole | {"title": "nol menit, luring", "minutes": 0, "mode": "on-site"},
        whole | {"title": "tanpa hitungan", "participants": None},
        whole | {"title": "ruang", "in_room": None},
        whole | {"title": "siapa", "outside_agencies": None},
        whole | {"title": "tatap muka", "would_be_face_to_face": None},
        whole | {"title": "perjalanan", "travellers": None, "destination": ""},
        whole | {"title": "luring tak ditanya", "mode": "on-site", "travellers": None, "outside_agencies": None},
        whole | {"title": "berjalan", "state": "running", "ended_at": None, "local_day": 20261007},
        whole | {"title": "rencana", "state": "planned", "ended_at": None, "started_at": None, "local_day": 20261025},
    ])  # fmt: skip
    found = savings.incomplete(any_workplace, OCTOBER, ITEMISED.id)
    assert {one.meeting.title: one.lacking for one in found} == {
        "tanpa unit": ("unit",),
        "nol menit": ("no-length",),
        "nol menit, luring": ("no-length",),
        "tanpa hitungan": ("count",),
        "ruang": ("in-room-open",),
        "siapa": ("taking-part-open",),
        "tatap muka": ("face-to-face-open",),
        "perjalanan": ("destination-open",),
        "berjalan": ("end",),
    }
    assert {one.meeting.title for one in savings.incomplete(any_workplace, OCTOBER)} == {
        "tanpa unit", "nol menit", "nol menit, luring", "tanpa hitungan", "berjalan",
    }  # fmt: skip


def test_what_lasted_no_minute_is_asked_about_and_not_counted(any_workplace: Workplace) -> None:
    log(any_workplace, [
        {"local_day": 20261005, "participants": 40, "kind": "hosted"},
        {"local_day": 20261006, "participants": 30, "kind": "hosted", "minutes": 0},
    ])  # fmt: skip
    found = tallies.tally(any_workplace, OCTOBER, tariff_id="kalbar-2020")
    assert (found.meetings, found.participants, found.no_length, found.lower_bound) == (2, 70, 1, True)
    (total,) = found.totals
    assert total.gross == 21_500_000  # that of the other meeting
    assert [line.unanswered for line in total.lines if line.per] == [(("no-length", 1),)] * 2
    without = tallies.tally(any_workplace, OCTOBER)
    assert (without.totals, without.no_length, without.lower_bound) == ((), 1, True)


def test_entries_of_one_provider_number_at_one_time_are_asked_about(any_workplace: Workplace) -> None:
    with any_workplace.store.writing("test") as change:
        unit = change.insert(Unit, {"name": "Bappeda"})
    ids = two_entries(any_workplace, unit)
    (asked,) = savings.incomplete(any_workplace, OCTOBER)
    assert asked.lacking == ("joined",)
    assert asked.twin is not None
    assert {asked.meeting.id, asked.twin.id} == set(ids)
    same_meeting.join(any_workplace, asked.meeting.id, asked.twin.id)
    assert savings.incomplete(any_workplace, OCTOBER) == []


# -- beside other periods -------------------------------------------------------------------------------------


def test_a_period_is_compared_with_the_one_before_and_the_year_before(any_workplace: Workplace) -> None:
    log(any_workplace, [
        *({"local_day": 20261005, "participants": 10} for _ in range(3)),
        *({"local_day": 20260905, "participants": 10} for _ in range(2)),
        {"local_day": 20251005, "participants": 10},
    ])  # fmt: skip
    found = savings.comparison(any_workplace, OCTOBER)
    assert found.year_before is not None
    assert (found.before.meetings, found.year_before.meetings) == (2, 1)
    assert savings.comparison(any_workplace, Period.year("2026")).year_before is None
    months = savings.chart(any_workplace, OCTOBER)
    assert [one.month for one in months][::11] == ["2025-11", "2026-10"]
    held = {
        one.month: (one.now.meetings if one.now else 0, one.before.meetings if one.before else 0)
        for one in months
        if one.now or one.before
    }
    assert held == {"2026-09": (2, 0), "2026-10": (3, 1)}
