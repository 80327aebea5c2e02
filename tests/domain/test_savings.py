"""Saving lines and totals, held against an oracle that adds up meeting by meeting."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.savings import Group, saves, saving_lines, total
from vcops.domain.tariffs import Tariff

KALBAR = Tariff.model_validate({
    "id": "kalbar-2020", "title": "Kalbar", "basis": "asumsi dokumen", "regulation": False, "year": 2020,
    "valid_from": "2020-03-01", "method": "flat",
    "components": [{"id": "travel", "title": "Perjalanan", "per": "meeting", "amount": 15_000_000},
                   {"id": "catering", "title": "Makan", "per": "meeting", "amount": 6_500_000}],
    "not_counted": [{"id": "transport", "title": "Transpor"}],
})  # fmt: skip
PER_HEAD = Tariff.model_validate({
    "id": "kepala", "title": "Per kepala", "basis": "SBM", "regulation": True, "year": 2026,
    "valid_from": "2026-01-01", "method": "per_head",
    "components": [{"id": "travel", "title": "Perjalanan", "per": "traveller", "amount": 430_000},
                   {"id": "catering", "title": "Makan", "per": "participant", "amount": 65_000,
                    "kinds": ["hosted", "unstated"]}],
})  # fmt: skip


@dataclass(frozen=True)
class One:
    kind: str
    mode: str
    face_to_face: bool | None
    people: int
    travellers: int


ones = st.builds(
    One,
    st.sampled_from(["hosted", "attended", ""]),
    st.sampled_from(["online", "hybrid", "on-site"]),
    st.sampled_from([None, True, False]),
    st.integers(0, 100_000),
    st.integers(0, 500),
)


def oracle(tariff: Tariff, meetings: list[One]) -> int:
    """Independent of groups: every meeting pays its way."""
    amount = 0
    for one in meetings:
        if one.mode == "on-site" or one.face_to_face is False:
            continue
        for component in tariff.components:
            if (one.kind or "unstated") in component.kinds:
                heads = {"meeting": 1, "participant": one.people, "traveller": one.travellers}
                amount += component.amount * heads[component.per]
    return amount


def grouped(meetings: list[One]) -> list[Group]:
    keys = {(one.kind, one.mode, one.face_to_face) for one in meetings}
    return [
        Group(
            *key,
            meetings=sum(1 for one in meetings if (one.kind, one.mode, one.face_to_face) == key),
            participants=sum(one.people for one in meetings if (one.kind, one.mode, one.face_to_face) == key),
            travellers=sum(one.travellers for one in meetings if (one.kind, one.mode, one.face_to_face) == key),
        )
        for key in sorted(keys, key=str)
    ]


@given(st.sampled_from([KALBAR, PER_HEAD]), st.lists(ones, max_size=30), st.integers(0, 10**10))
def test_totals_equal_the_sum_of_single_meetings(tariff: Tariff, meetings: list[One], own_cost: int) -> None:
    found = total(tariff, tariff.year, grouped(meetings), own_cost)
    assert found.gross == oracle(tariff, meetings)
    assert found.gross == sum(line.amount for line in found.lines if line.amount is not None)
    assert found.net == found.gross - own_cost
    assert all(line.amount == line.quantity * (line.rate or 0) for line in found.lines if line.amount is not None)


def test_the_document_to_the_rupiah() -> None:
    found = total(KALBAR, 2020, [Group("", "online", None, 395, 39_500)])
    assert [line.amount for line in found.lines] == [5_925_000_000, 2_567_500_000, None]
    assert found.gross == 8_492_500_000


def test_flat_and_per_head_differ() -> None:
    groups = [Group("hosted", "online", None, 1, 120)]
    assert saving_lines(KALBAR, groups)[1].amount == 6_500_000
    assert saving_lines(PER_HEAD, groups)[1].amount == 7_800_000


def test_attending_saves_the_way_not_the_hosts_catering() -> None:
    travel, catering = saving_lines(PER_HEAD, [Group("attended", "online", None, 1, 40, travellers=3)])
    assert (travel.amount, catering.amount) == (1_290_000, 0)


def test_on_site_and_never_face_to_face_save_nothing() -> None:
    assert not saves(Group("hosted", "on-site", None, 1, 10))
    assert not saves(Group("hosted", "online", False, 1, 10))
    assert saves(Group("hosted", "hybrid", None, 1, 10))
