"""The tally on real databases, SQLite and PostgreSQL, held against plain arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from tests.lab.clocks import SetClock
from vcops.domain.periods import Period
from vcops.domain.tally import GROUPINGS
from vcops.errors import InvalidInput
from vcops.operations import tallies, tariffs
from vcops.operations.workplace import Workplace
from vcops.store.tables import Meeting, Office, Room, Unit, table_of

MONTHS = Period.between("2020-03", "2020-10")


def log(workplace: Workplace, rows: Iterable[dict[str, Any]]) -> None:
    """Store meetings through the journalled way of writing; ended unless they say otherwise."""
    complete = []
    for row in rows:
        day = row["local_day"]
        start = datetime(day // 10_000, day // 100 % 100, day % 100, 2, tzinfo=UTC)
        end = start + timedelta(hours=1)
        complete.append({"title": "Rapat", "state": "ended", "started_at": start, "ended_at": end} | row)
    with workplace.store.writing("test") as change:
        change.insert_many(Meeting, complete)


def kalbar_meetings() -> list[dict[str, Any]]:
    """395 meetings of 100 people over eight months: 49 a month, 50 in the last three."""
    sizes = [49, 49, 49, 49, 49, 50, 50, 50]
    return [
        {"local_day": 20200001 + (3 + place) * 100 + number % 28, "participants": 100, "kind": "hosted"}
        for place, size in enumerate(sizes)
        for number in range(size)
    ]


def test_the_example_document_to_the_rupiah(any_workplace: Workplace) -> None:
    log(any_workplace, kalbar_meetings())
    found = tallies.tally(any_workplace, MONTHS, by="month", tariff_id="kalbar-2020").as_json()
    (total,) = found.pop("totals")
    rows = found.pop("rows")
    assert found == {
        "from": "2020-03", "to": "2020-10", "meetings": 395, "hosted": 395, "attended": 0, "unstated": 0,
        "not_ended": 0, "lower_bound": False, "participants": 39_500, "joined": 0, "without_tariff": 0,
        "unanswered": [], "corrections": [], "after_corrections": None, "booked_here": [],
        "count_methods": {
            name: {"meetings": 0, "participants": 0} for name in ("claimed", "counted", "rows", "unique", "peak")
        },
    }  # fmt: skip
    basis = total.pop("basis")
    assert basis == any_workplace.handbook.tariffs["kalbar-2020"].basis.id
    assert total == {
        "tariff": "kalbar-2020", "method": "flat", "year": 2020, "meetings": 395,
        "components": [{"id": "travel", "amount": 5_925_000_000}, {"id": "catering", "amount": 2_567_500_000}],
        "not_counted": ["transport", "office-supplies", "photocopying", "building-rent"],
        "gross": 8_492_500_000, "own_cost": 0, "net": 8_492_500_000,
        "in_words": "delapan miliar empat ratus sembilan puluh dua juta lima ratus ribu rupiah", "reasons": [],
    }  # fmt: skip
    assert [row["key"] for row in rows] == list(MONTHS.months)
    assert (rows[0]["meetings"], rows[0]["participants"]) == (49, 4900)
    assert sum(row["totals"][0]["gross"] for row in rows) == 8_492_500_000


def test_without_an_adopted_tariff_there_are_no_rupiah(any_workplace: Workplace) -> None:
    log(any_workplace, kalbar_meetings())
    found = tallies.tally(any_workplace, MONTHS, by="kind")
    assert found.totals == ()
    assert [(row.key, row.meetings, row.totals) for row in found.rows] == [("hosted", 395, ())]


def test_only_ended_meetings_count(any_workplace: Workplace) -> None:
    log(any_workplace, [
        {"local_day": 20261001, "participants": 10},
        {"local_day": 20261002, "participants": 500, "state": "running", "ended_at": None},
        {"local_day": 20261003, "state": "planned", "started_at": None, "ended_at": None},
        {"local_day": 20261004, "state": "cancelled", "participants": 7},
        {"local_day": 20260930, "participants": 1000},
    ])  # fmt: skip
    found = tallies.tally(any_workplace, Period.month("2026-10"))
    assert (found.meetings, found.participants, found.not_ended, found.lower_bound) == (1, 10, 2, True)
    assert not tallies.tally(any_workplace, Period.month("2026-09")).lower_bound


def test_a_missing_head_count_makes_a_lower_bound(any_workplace: Workplace) -> None:
    log(any_workplace, [{"local_day": 20261001}, {"local_day": 20261001, "participants": 3}])
    found = tallies.tally(any_workplace, Period.month("2026-10"))
    assert (found.meetings, found.participants, found.without_count, found.lower_bound) == (2, 3, 1, True)


def test_rows_by_everything(any_workplace: Workplace) -> None:
    with any_workplace.store.writing("test") as change:
        unit = change.insert(Unit, {"name": "Dinas Kesehatan"})
        room = change.insert(Room, {"name": "Ruang Data"})
    log(any_workplace, [
        {"local_day": 20260105, "participants": 10, "unit_id": unit, "room_id": room, "kind": "hosted",
         "platform": "Zoom", "created_by": "Sari"},
        {"local_day": 20260205, "participants": 20, "mode": "hybrid", "created_by": "Budi"},
        {"local_day": 20260215, "participants": 30, "mode": "hybrid", "created_by": "Budi"},
    ])  # fmt: skip
    wanted = {
        "unit": [("", 2, 50), ("Dinas Kesehatan", 1, 10)],
        "room": [("", 2, 50), ("Ruang Data", 1, 10)],
        "month": [("2026-01", 1, 10), ("2026-02", 2, 50)],
        "kind": [("hosted", 1, 10), ("unstated", 2, 50)],
        "mode": [("hybrid", 2, 50), ("online", 1, 10)],
        "platform": [("", 2, 50), ("Zoom", 1, 10)],
        "operator": [("Budi", 2, 50), ("Sari", 1, 10)],
    }
    for by in GROUPINGS:
        found = tallies.tally(any_workplace, Period.year("2026"), by=by, tariff_id="kalbar-2020")
        assert [(row.key, row.meetings, row.participants) for row in found.rows] == wanted[by]
        assert sum(row.totals[0].gross for row in found.rows) == found.totals[0].gross == 3 * 21_500_000


def test_the_period_is_cut_where_another_tariff_comes_into_force(any_workplace: Workplace) -> None:
    tariffs.adopt(any_workplace, "kalbar-2020", date(2026, 1, 1))
    own = tariffs.type_in(
        any_workplace,
        {"title": "SSH", "basis": "Pergub 1/2026", "catering": "65.000", "method": "per_head"},
        date(2026, 10, 16),
    )
    log(any_workplace, [{"local_day": 20261000 + day, "participants": 100} for day in (1, 15, 16, 31)])
    found = tallies.tally(any_workplace, Period.month("2026-10"))
    assert [(one.tariff.id, one.tariff.method, one.meetings, one.gross) for one in found.totals] == [
        ("kalbar-2020", "flat", 2, 43_000_000),
        (own.tariff.id, "per_head", 2, 13_000_000),
    ]


def test_a_tariff_named_by_mistake_is_refused_with_the_known_ones(workplace: Workplace) -> None:
    with pytest.raises(InvalidInput) as caught:
        tallies.tally(workplace, MONTHS, tariff_id="kalbar")
    assert "kalbar-2020" in str(caught.value.params["known"])


def test_the_current_month_is_that_of_the_offices_zone(workplace: Workplace, clock: SetClock) -> None:
    clock.now = datetime(2026, 10, 31, 16, 30, tzinfo=UTC)
    assert tallies.current_month(workplace) == Period.month("2026-10")
    with workplace.store.writing("test") as change:
        change.insert(Office, {"name": "Kantor", "zone": "Asia/Jayapura"})
    assert tallies.current_month(workplace) == Period.month("2026-11")


rows = st.lists(
    st.fixed_dictionaries({
        "local_day": st.integers(1, 28).flatmap(lambda day: st.sampled_from([20261000 + day, 20261100 + day])),
        "participants": st.none() | st.integers(0, 100_000),
        "kind": st.sampled_from(["hosted", "attended", ""]),
        "mode": st.sampled_from(["online", "hybrid", "on-site"]),
        "state": st.sampled_from(["ended", "running"]),
        "would_be_face_to_face": st.none() | st.booleans(),
    }),
    max_size=25,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, st.sampled_from(GROUPINGS))
def test_sums_equal_plain_arithmetic(workplace: Workplace, meetings: list[dict[str, Any]], by: Any) -> None:
    with workplace.store.writing("test") as change:
        change.connection.execute(delete(table_of(Meeting)))
    log(workplace, meetings)
    found = tallies.tally(workplace, Period.month("2026-10"), by=by, tariff_id="kalbar-2020")
    inside = [one for one in meetings if one["local_day"] // 100 == 202610]
    ended = [one for one in inside if one["state"] == "ended"]
    saving = [one for one in ended if one["mode"] != "on-site" and one["would_be_face_to_face"] is not False]
    assert found.meetings == len(ended) == found.hosted + found.attended + found.unstated
    assert found.participants == sum(one["participants"] or 0 for one in ended)
    assert found.not_ended == len(inside) - len(ended)
    hosting = [one for one in saving if one["kind"] != "attended"]  # attending saves no catering
    assert found.totals[0].gross == 15_000_000 * len(saving) + 6_500_000 * len(hosting)
    assert sum(row.participants for row in found.rows) == found.participants
    assert sum(one.gross for row in found.rows for one in row.totals) == found.totals[0].gross


def test_a_meeting_still_to_come_makes_no_figure_doubtful(any_workplace: Workplace, clock: SetClock) -> None:
    today = tallies.today(any_workplace)
    day = today.year * 10_000 + today.month * 100 + today.day
    planned = {"state": "planned", "started_at": None, "ended_at": None}
    log(any_workplace, [{"local_day": day, "participants": 3}, {"local_day": day, **planned}])
    found = tallies.tally(any_workplace, Period.of(today))
    assert (found.not_ended, found.to_come, found.overdue, found.lower_bound) == (1, 1, 0, False)
    clock.move(days=40)
    later = tallies.tally(any_workplace, Period.of(today))
    assert (later.not_ended, later.to_come, later.lower_bound) == (1, 0, True)
