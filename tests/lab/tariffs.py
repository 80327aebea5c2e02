"""Tariffs to test with, and an oracle of what meetings save that shares no line with the program's."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from vcops.domain.tariffs import Tariff
from vcops.operations.workplace import Workplace

__all__ = ["BIG", "ITEMISED", "KALBAR", "PER_HEAD", "TARIFFS", "meeting_rows", "offer", "oracle"]

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
    "components": [{"id": "travel", "title": "Perjalanan", "per": "traveller", "amount": 430_000, "times": 2},
                   {"id": "catering", "title": "Makan", "per": "participant", "amount": 65_000,
                    "kinds": ["hosted", "unstated"]}],
    "own_costs": [{"id": "licence", "title": "Lisensi", "per": "month", "amount": 3_000_000},
                  {"id": "data", "title": "Paket data", "per": "meeting", "amount": 50_000}],
})  # fmt: skip
ITEMISED = Tariff.model_validate({
    "id": "butir", "title": "Per butir", "basis": "SBM", "regulation": True, "year": 2026,
    "valid_from": "2026-01-01", "method": "itemised",
    "components": [
        {"id": "fare", "title": "Tiket", "per": "traveller", "amount": 1_200_000, "times": 2,
         "destinations": ["Jakarta", "Kota  Bandung"]},
        {"id": "bus", "title": "Bus", "per": "traveller", "amount": 150_000, "destinations": ["Singkawang"]},
        {"id": "meal", "title": "Makan", "per": "participant", "amount": 47_000, "kinds": ["hosted"]},
        {"id": "snack", "title": "Kudapan", "per": "participant", "amount": 18_000, "kinds": ["hosted"]},
        {"id": "hall", "title": "Gedung", "per": "meeting", "amount": 900_000, "kinds": ["hosted"]}],
    "eligibility": {"least_minutes": 120, "face_to_face": True,
                    "outside": ["meal", "snack"], "other_unit": ["snack"]},
})  # fmt: skip
BIG = Tariff.model_validate({
    "id": "besar", "title": "Besar", "basis": "uji", "regulation": False, "year": 2026, "valid_from": "2026-01-01",
    "method": "per_head",
    "components": [{"id": "all", "title": "Semua", "per": "participant", "amount": 999_999_999_999}],
})  # fmt: skip
TARIFFS = (KALBAR, PER_HEAD, ITEMISED, BIG)


def offer(workplace: Workplace, *offered: Tariff) -> None:
    """Put tariffs into the office's handbook."""
    folder = workplace.handbook_folder / "tariffs"
    folder.mkdir(parents=True, exist_ok=True)
    for one in offered:
        text = json.dumps({"tariff": one.model_dump(mode="json", exclude_defaults=True)})
        (folder / f"{one.id}-own.yaml").write_text(text, encoding="utf-8")
    workplace.__dict__.pop("handbook", None)


@st.composite
def meeting_rows(draw: st.DrawFn) -> dict[str, Any]:
    """Return one ended meeting as a row, whatever of it was answered."""
    total = draw(st.none() | st.integers(0, 100_000))
    in_room = None if total is None else draw(st.none() | st.integers(0, total))
    return {
        "local_day": draw(st.integers(1, 28)) + draw(st.sampled_from([20261000, 20261100])),
        "kind": draw(st.sampled_from(["hosted", "attended", ""])),
        "mode": draw(st.sampled_from(["online", "hybrid", "on-site"])),
        "would_be_face_to_face": draw(st.none() | st.booleans()),
        "participants": total,
        "in_room": in_room,
        "count_method": None if total is None else draw(st.sampled_from(["claimed", "counted", "unique", "peak"])),
        "travellers": draw(st.none() | st.integers(0, 500)),
        "outside_agencies": draw(st.none() | st.booleans()),
        "other_units": draw(st.none() | st.booleans()),
        "minutes": draw(st.none() | st.just(0) | st.integers(100, 140)),
        "destination": draw(st.sampled_from(["", "JAKARTA", "kota bandung ", "Singkawang", "Sambas"])),
    }


def oracle(tariff: Tariff, rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Return rupiah by component: every meeting pays its way, one after another, in plain words."""
    amounts = {one.id: 0 for one in tariff.components}
    for row in rows:
        if row["mode"] == "on-site" or row["would_be_face_to_face"] is False or row["minutes"] == 0:
            continue
        for one in tariff.components:
            if (row["kind"] or "unstated") in one.kinds and _entitled(tariff, one.id, row) and _leads(one, row):
                amounts[one.id] += one.amount * one.times * _units(one.per, row)
    return amounts


def _entitled(tariff: Tariff, item: str, row: dict[str, Any]) -> bool:
    rules = tariff.eligibility
    if rules is None:
        return True
    if rules.face_to_face and row["would_be_face_to_face"] is not True:
        return False
    if item not in {"meal", "snack"}:
        return True
    if row["minutes"] is None or row["minutes"] < rules.least_minutes:
        return False
    # A snack is due whether or not outsiders came, once it is known that another unit did.
    snack_at_least = row["other_units"] is True and item == "snack"
    return row["outside_agencies"] is True or snack_at_least


def _leads(component: Any, row: dict[str, Any]) -> bool:
    places = [" ".join(place.lower().split()) for place in component.destinations]
    return not places or " ".join(row["destination"].lower().split()) in places


def _units(per: str, row: dict[str, Any]) -> int:
    if per == "meeting":
        return 1
    if per == "traveller":
        return row["travellers"] or 0
    if row["participants"] is None or (row["mode"] == "hybrid" and row["in_room"] is None):
        return 0
    return row["participants"] - (row["in_room"] or 0)
