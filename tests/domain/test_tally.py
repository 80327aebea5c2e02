"""Cutting a period at tariffs and years, and adding up without ever mixing them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lab.tariffs import KALBAR, PER_HEAD
from vcops.domain.adoptions import Adoption, default_start, ending
from vcops.domain.groups import Group
from vcops.domain.meetings import day_number
from vcops.domain.periods import Period, as_date
from vcops.domain.tally import Counted, Segment, add_up, segments
from vcops.errors import Conflict

starts = st.lists(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=4, unique=True).map(sorted)


def in_turn(days: list[date], gap: int = 0) -> list[Adoption]:
    """Each ends where the next begins, or `gap` days earlier."""
    ends = [next_day - timedelta(days=1 + gap) for next_day in days[1:]] + [None]
    return [
        Adoption(
            str(place),
            (KALBAR, PER_HEAD)[place % 2],
            day_number(day),
            day_number(max(day, end)) if end else None,
        )
        for place, (day, end) in enumerate(zip(days, ends, strict=bool(days)))
    ]


@given(starts, st.integers(0, 40), st.integers(0, 30), st.integers(0, 20))
def test_segments_cover_every_day_once_with_the_tariff_in_force(
    days: list[date], gap: int, at: int, length: int
) -> None:
    first, last = 2024 * 12 + at, 2024 * 12 + at + length
    period = Period.between(f"{first // 12}-{first % 12 + 1}", f"{last // 12}-{last % 12 + 1}")
    adopted = in_turn(days, gap)
    cut = segments(period, adopted)
    day, place = as_date(period.first_day), 0
    while day_number(day) <= period.last_day:
        number = day_number(day)
        if number > cut[place].last_day:
            place += 1
        assert cut[place].first_day <= number <= cut[place].last_day
        assert cut[place].year == day.year
        assert cut[place].tariff == next((one.tariff for one in adopted if one.holds_on(number)), None)
        day += timedelta(days=1)
    assert place == len(cut) - 1


def test_a_what_if_stands_for_all_adoptions_but_years_stay_apart() -> None:
    cut = segments(Period.between("2025-11", "2026-02"), in_turn([date(2026, 1, 15)]), KALBAR)
    assert [(one.first_day, one.last_day, one.tariff) for one in cut] == [
        (20251101, 20251231, KALBAR),
        (20260101, 20260228, KALBAR),
    ]


def test_totals_are_never_added_across_tariffs_and_years() -> None:
    cut = segments(Period.between("2025-12", "2026-03"), in_turn([date(2025, 1, 1), date(2026, 2, 1)]))
    counted = [(one, [Counted("Umum", Group("hosted", "online", None, 2, 20, 2, 20, 2, 0, 2))]) for one in cut]
    found = add_up(Period.between("2025-12", "2026-03"), counted, by="unit")
    assert [(one.tariff.id, one.year, one.meetings, one.gross) for one in found.totals] == [
        ("kalbar-2020", 2025, 2, 43_000_000),
        ("kalbar-2020", 2026, 2, 43_000_000),
        ("kepala", 2026, 2, 1_300_000),
    ]
    assert [one.lines for one in found.rows[0].totals] == [one.lines for one in found.totals]
    assert found.meetings == 6


def test_a_months_own_cost_is_charged_once_and_only_when_the_month_has_begun() -> None:
    again = PER_HEAD.model_copy(update={"id": "lagi"})
    adopted = [
        Adoption("1", PER_HEAD, 20260115, 20260210),
        Adoption("2", again, 20260211, 20260420),  # nothing holds from 21 April to 9 May
        Adoption("3", PER_HEAD, 20260510, None),
    ]
    held = [Counted("Umum", Group("hosted", "online", None, 1, 10, 1, 10, 1, 0, 1))]

    def own(period: Period, today: int) -> list[tuple[str, int]]:
        found = add_up(period, [(one, held) for one in segments(period, adopted)], by="month", today=today)
        return [(one.tariff.id, line.quantity) for one in found.totals for line in one.own if line.per == "month"]

    assert own(Period.year("2026"), 20261231) == [("kepala", 10), ("lagi", 2)]
    assert own(Period.year("2026"), 20260601) == [("kepala", 4), ("lagi", 2)]
    assert own(Period.month("2026-02"), 20260205) == [("kepala", 1), ("lagi", 0)]
    assert own(Period.month("2026-02"), 20260131) == [("kepala", 0), ("lagi", 0)]


def test_a_tariff_that_comes_back_in_the_same_year_is_one_total() -> None:
    adopted = in_turn([date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)])
    cut = segments(Period.year("2026"), adopted)
    found = add_up(Period.year("2026"), [(one, [Counted("", Group("", "online", None, 1, 10))]) for one in cut])
    assert [(one.tariff.id, one.meetings) for one in found.totals] == [("kalbar-2020", 2), ("kepala", 1)]


def test_a_tariff_whose_words_alone_were_changed_is_one_total_in_its_newest_words() -> None:
    from vcops.domain.texts import Bilingual

    period = Period.month("2026-10")
    reworded = KALBAR.model_copy(update={"title": Bilingual(id="Kalbar, dibetulkan")})
    dearer = KALBAR.model_copy(
        update={"components": tuple(one.model_copy(update={"amount": 1}) for one in KALBAR.components)}
    )
    days = [(20261001, 20261009, KALBAR), (20261010, 20261019, reworded), (20261020, 20261031, dearer)]
    held = [Counted("", Group("hosted", "online", None, 2, 20))]
    found = add_up(period, [(Segment(*one), held) for one in days])
    assert [(one.tariff.title.id, one.meetings, one.gross) for one in found.totals] == [
        ("Kalbar, dibetulkan", 4, 86_000_000),
        ("Kalbar", 2, 4),
    ]


def test_where_nothing_could_be_valued_there_is_no_amount_and_a_reason() -> None:
    period = Period.month("2026-10")
    (cut,) = segments(period, [], PER_HEAD)
    open_ones = [Counted("", Group("hosted", "online", None, 2, 0))]
    (total,) = add_up(period, [(cut, open_ones)]).as_json()["totals"]
    assert (total["gross"], total["net"], total["in_words"]) == (None, None, None)
    assert (total["reasons"], total["own_cost"]) == (["count-open", "travellers-open"], 3_100_000)


def test_without_a_tariff_people_are_counted_and_rupiah_are_not() -> None:
    period = Period.month("2026-10")
    found = add_up(period, [(segments(period, [])[0], [Counted("", Group("", "online", None, 3, 30), 1)])]).as_json()
    assert found["totals"] == []
    assert (found["meetings"], found["participants"], found["unstated"], found["lower_bound"]) == (3, 30, 3, True)


def test_figures_are_a_lower_bound_only_where_something_lacks() -> None:
    period = Period.month("2026-10")
    assert add_up(period, [], not_ended=1).lower_bound
    assert not add_up(period, []).lower_bound


def test_an_adoption_starts_with_the_year_and_ends_the_one_before() -> None:
    today = date(2026, 11, 23)
    assert default_start([], today) == date(2026, 1, 1)
    (former,) = adopted = in_turn([date(2025, 1, 1)])
    assert default_start(adopted, today) == date(2026, 1, 1)
    assert ending(adopted, 20260101) == former
    assert ending([], 20260101) is None
    assert default_start(in_turn([date(2026, 3, 1)]), today) == today


def test_an_adoption_never_changes_what_was_reported() -> None:
    with pytest.raises(Conflict) as caught:
        ending(in_turn([date(2025, 1, 1), date(2026, 3, 1)]), 20260301)
    assert caught.value.code == "tariff.overlap"
    assert caught.value.params["earliest"] == "2026-03-02"
