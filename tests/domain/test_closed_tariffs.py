"""What is in force on a day: in a closed month what was in force when it was closed, else what is adopted now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.adoptions import Adoption, day_before, on_day, with_closed
from vcops.domain.meetings import day_number
from vcops.domain.periods import Period
from vcops.domain.tariffs import Tariff

_DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(200)]


def tariff(name: str) -> Tariff:
    return Tariff.model_validate({
        "id": name, "title": {"id": name}, "basis": {"id": "x"}, "regulation": False, "year": 2026,
        "valid_from": "2026-01-01", "method": "none",
    })  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> list[Adoption]:
    """Adoptions one after another, with gaps, the last one open where it pleases."""
    starts = sorted(draw(st.sets(st.sampled_from(_DAYS), max_size=4)))
    found: list[Adoption] = []
    for place, start in enumerate(starts):
        after = starts[place + 1] if place + 1 < len(starts) else None
        end = day_before(day_number(after)) if after else None
        if draw(st.booleans()):
            gap = start + timedelta(days=draw(st.integers(0, 60)))
            end = min(end, day_number(gap)) if end else day_number(gap)
        name = draw(st.sampled_from(["a", "b", "c"]))
        found.append(Adoption(f"{name}{place}", tariff(name), day_number(start), end))
    return found


@given(lines(), st.dictionaries(st.sampled_from(["2026-01", "2026-02", "2026-04", "2026-05"]), lines()))
def test_a_closed_month_keeps_its_own_and_every_other_day_the_office_s(
    live: Sequence[Adoption], closed: dict[str, list[Adoption]]
) -> None:
    frozen = {Period.month(month): kept for month, kept in closed.items()}
    found = with_closed(live, frozen)
    assert [one.valid_from for one in found] == sorted(one.valid_from for one in found)
    for day in map(day_number, _DAYS):
        month = next((one for one in frozen if one.first_day <= day <= one.last_day), None)
        expected = on_day(live if month is None else frozen[month], day)
        now = on_day(found, day)
        assert (now.tariff if now else None) == (expected.tariff if expected else None)


def test_closing_changes_no_line_where_nothing_was_adopted_since() -> None:
    live = [Adoption("a", tariff("a"), 20260101, None)]
    months = {Period.month(f"2026-{number:02}"): live for number in range(1, 13)}
    assert with_closed(live, months) == live
