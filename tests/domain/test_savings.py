"""Saving lines and totals, held against an oracle that adds up meeting by meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lab.tariffs import ITEMISED, KALBAR, PER_HEAD, TARIFFS, meeting_rows, oracle
from vcops.domain.eligibility import Reason
from vcops.domain.groups import Group, asked_by, group_of
from vcops.domain.meeting_savings import meeting_saving
from vcops.domain.meetings import Kind, Meeting, Mode
from vcops.domain.savings import saves, saving_lines, total
from vcops.domain.tariffs import Tariff

START = datetime(2026, 10, 5, 2, tzinfo=UTC)


def held(**changes: Any) -> Meeting:
    """An ended meeting of two hours and 120 people."""
    usual: dict[str, Any] = {
        "id": "m", "title": "Rapat", "zone": "Asia/Jakarta", "local_day": 20261005, "kind": Kind.HOSTED,
        "started_at": START, "ended_at": START + timedelta(hours=2), "participants": 120,
    }  # fmt: skip
    return Meeting(**(usual | changes))


def meeting(row: dict[str, Any]) -> Meeting:
    minutes = row["minutes"]
    plain = {name: value for name, value in row.items() if name not in {"minutes", "kind", "mode", "count_method"}}
    return held(
        **plain,
        kind=Kind(row["kind"]),
        mode=Mode(row["mode"]),
        started_at=None if minutes is None else START,
        ended_at=START if minutes is None else START + timedelta(minutes=minutes, seconds=59),
    )


_SUMS = ("meetings", "participants", "with_count", "heads", "with_heads", "travellers", "with_travellers")


def grouped(tariff: Tariff, rows: Iterable[dict[str, Any]]) -> list[Group]:
    """Groups as the database makes them: alike in all but what is added up."""
    added: dict[Group, Group] = {}
    for row in rows:
        one = group_of(meeting(row), asked_by(tariff))
        alike = replace(one, **dict.fromkeys(_SUMS, 0))
        so_far = added.get(alike, alike)
        added[alike] = replace(so_far, **{name: getattr(so_far, name) + getattr(one, name) for name in _SUMS})
    return list(added.values())


@given(st.sampled_from(TARIFFS), st.lists(meeting_rows(), max_size=30), st.integers(0, 12))
def test_totals_equal_the_sum_of_single_meetings(tariff: Tariff, rows: list[dict[str, Any]], months: int) -> None:
    found = total(tariff, tariff.year, grouped(tariff, rows), months)
    wanted = oracle(tariff, rows)
    assert {line.component: line.amount or 0 for line in found.lines if line.per} == wanted
    assert found.gross == sum(wanted.values()) == sum(meeting_saving(meeting(row), tariff).gross for row in rows)
    assert sum(share.gross for share in found.kinds) == found.gross
    assert all(line.amount == line.quantity * (line.rate or 0) for line in found.lines if line.amount is not None)
    distant = sum(row["mode"] != "on-site" for row in rows)
    own = {"month": months, "meeting": distant}
    assert found.own_cost == sum(one.amount * own[one.per] for one in tariff.own_costs)
    assert found.net == found.gross - found.own_cost


@given(st.sampled_from(TARIFFS), meeting_rows())
def test_a_line_has_an_amount_or_says_why(tariff: Tariff, row: dict[str, Any]) -> None:
    for line in meeting_saving(meeting(row), tariff).lines:
        if line.amount is None:
            assert line.reason is not None
            assert line.reason.is_open or line.reason is Reason.NOT_VALUED
            assert line.reason is Reason.NOT_VALUED or line.unanswered == ((line.reason, 1),)
        else:
            assert line.unanswered == ()
            assert (
                line.reason is not None
                or line.quantity
                or row["participants"] == row["in_room"]
                or not (row["participants"] and row["travellers"])
            )


def test_every_sum_of_a_group_is_added_up() -> None:
    kinds = {one.name: one.type for one in fields(Group)}
    assert {name for name, kind in kinds.items() if kind == "int"} == set(_SUMS)


def test_the_document_to_the_rupiah() -> None:
    found = total(KALBAR, 2020, [Group("", "online", None, 395, 39_500)])
    assert [line.amount for line in found.lines] == [5_925_000_000, 2_567_500_000, None]
    assert found.gross == 8_492_500_000


def test_flat_and_per_head_differ() -> None:
    meeting_of_120 = held()
    assert meeting_saving(meeting_of_120, KALBAR).lines[1].amount == 6_500_000
    assert meeting_saving(meeting_of_120, PER_HEAD).lines[1].amount == 7_800_000


def test_attending_saves_the_way_not_the_hosts_catering() -> None:
    travel, catering = meeting_saving(held(kind=Kind.ATTENDED, travellers=3), PER_HEAD).lines
    assert (travel.quantity, travel.amount) == (6, 2_580_000)
    assert (catering.amount, catering.reason) == (0, Reason.KIND)


def test_on_site_and_never_face_to_face_save_nothing() -> None:
    assert not saves(Group("hosted", "on-site", None, 1, 10))
    assert not saves(Group("hosted", "online", False, 1, 10))
    assert saves(Group("hosted", "hybrid", None, 1, 10))
    for one, reason in (
        (held(mode=Mode.ON_SITE), Reason.ON_SITE),
        (held(would_be_face_to_face=False), Reason.NEVER_FACE_TO_FACE),
    ):
        found = meeting_saving(one, ITEMISED)
        assert (found.method, found.gross, found.reason) == ("none", 0, reason)
        assert {(line.amount, line.reason) for line in found.lines} == {(0, reason)}


def test_who_sat_in_the_room_of_a_hybrid_meeting_saves_no_catering() -> None:
    catering = meeting_saving(held(mode=Mode.HYBRID, in_room=20), PER_HEAD).lines[1]
    assert (catering.quantity, catering.amount) == (100, 6_500_000)
    unknown = meeting_saving(held(mode=Mode.HYBRID), PER_HEAD).lines[1]
    assert (unknown.amount, unknown.reason) == (None, Reason.IN_ROOM_OPEN)


ENTITLED = {"would_be_face_to_face": True, "travellers": 0, "destination": "Jakarta"}


@pytest.mark.parametrize(
    ("answers", "meal", "snack"),
    [
        ({"outside_agencies": True}, 120, 120),
        ({"outside_agencies": False, "other_units": True}, Reason.NOT_ENTITLED, 120),
        ({"outside_agencies": False, "other_units": False}, Reason.NOT_ENTITLED, Reason.NOT_ENTITLED),
        ({}, Reason.TAKING_PART_OPEN, Reason.TAKING_PART_OPEN),
        ({"outside_agencies": False}, Reason.NOT_ENTITLED, Reason.TAKING_PART_OPEN),
        ({"other_units": True}, Reason.TAKING_PART_OPEN, 120),
        ({"outside_agencies": True, "ended_at": START + timedelta(minutes=119)}, Reason.TOO_SHORT, Reason.TOO_SHORT),
        ({"outside_agencies": True, "started_at": None}, Reason.LENGTH_OPEN, Reason.LENGTH_OPEN),
        ({"outside_agencies": True, "participants": None}, Reason.COUNT_OPEN, Reason.COUNT_OPEN),
        ({"would_be_face_to_face": None}, Reason.FACE_TO_FACE_OPEN, Reason.FACE_TO_FACE_OPEN),
    ],
)
def test_who_takes_part_and_how_long_decides_about_the_catering(
    answers: dict[str, Any], meal: int | Reason, snack: int | Reason
) -> None:
    lines = {line.component: line for line in meeting_saving(held(**(ENTITLED | answers)), ITEMISED).lines}
    for name, wanted in (("meal", meal), ("snack", snack)):
        line = lines[name]
        if isinstance(wanted, Reason):
            assert line.reason is wanted
            assert line.amount == (None if wanted.is_open else 0)
        else:
            assert (line.quantity, line.amount) == (wanted, wanted * (line.rate or 0))


@pytest.mark.parametrize(
    ("place", "fare", "bus"),
    [
        ("JAKARTA ", 2, Reason.ELSEWHERE),
        ("singkawang", Reason.ELSEWHERE, 1),
        ("", Reason.DESTINATION_OPEN, Reason.DESTINATION_OPEN),
        ("Sambas", Reason.NO_RATE, Reason.NO_RATE),
    ],
)
def test_the_way_is_priced_by_where_it_leads(place: str, fare: int | Reason, bus: int | Reason) -> None:
    answers = ENTITLED | {"destination": place, "travellers": 1}
    lines = {line.component: line for line in meeting_saving(held(**answers), ITEMISED).lines}
    for name, wanted in (("fare", fare), ("bus", bus)):
        assert (lines[name].reason if isinstance(wanted, Reason) else lines[name].quantity) == wanted


def test_an_open_question_is_never_nothing_rupiah_and_makes_a_lower_bound() -> None:
    alone = total(PER_HEAD, 2026, [group_of(held(), asked_by(PER_HEAD))])
    travel = alone.lines[0]
    assert (travel.amount, travel.reason, travel.unanswered) == (None, Reason.TRAVELLERS_OPEN, ((travel.reason, 1),))
    both = saving_lines(PER_HEAD, [group_of(one, asked_by(PER_HEAD)) for one in (held(), held(travellers=2))])[0]
    assert (both.amount, both.reason, both.unanswered) == (1_720_000, None, ((Reason.TRAVELLERS_OPEN, 1),))
    assert alone.lower_bound


def test_what_stands_in_no_total_says_why() -> None:
    for one, reason in (
        (held(ended_at=None), Reason.NOT_ENDED),
        (held(ended_at=None, cancelled_at=START), Reason.CANCELLED),
        (held(same_as="other"), Reason.SAME_MEETING),
    ):
        found = meeting_saving(one, KALBAR)
        assert (found.reason, found.method, found.lines) == (reason, "none", ())
        (said,) = found.as_json()
        assert (said["amount"], said["reason"]) == (None, reason.value)
    assert meeting_saving(held(), None).reason is Reason.NO_TARIFF
