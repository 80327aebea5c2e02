"""Periods of whole months."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops import locale
from vcops.domain.periods import Period, Span
from vcops.errors import InvalidInput
from vcops.wording.terms import period_name

months = st.integers(1945 * 12, 2199 * 12 + 11).map(lambda index: f"{index // 12}-{index % 12 + 1:02}")


@pytest.mark.parametrize(
    ("period", "first", "last", "span"),
    [
        (Period.month("2026-2"), 20260201, 20260228, Span.MONTH),
        (Period.month("2028-02"), 20280201, 20280229, Span.MONTH),
        (Period.quarter("2026-3"), 20260701, 20260930, Span.QUARTER),
        (Period.semester("2026-2"), 20260701, 20261231, Span.SEMESTER),
        (Period.year("2026"), 20260101, 20261231, Span.YEAR),
        (Period.between("2020-03", "2020-10"), 20200301, 20201031, Span.OTHER),
        (Period.between("2020-02", "2020-04"), 20200201, 20200430, Span.OTHER),
    ],
)
def test_a_period_knows_its_days_and_its_name(period: Period, first: int, last: int, span: Span) -> None:
    assert (period.first_day, period.last_day, period.span) == (first, last, span)
    assert (period.first_month, period.last_month) == (first // 100, last // 100)


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (Period.month, "2026-13", "period.month"),
        (Period.month, "10-2026", "period.month"),
        (Period.month, "0001-01", "period.month"),
        (Period.month, "٢٠٢٦-10", "period.month"),
        (Period.quarter, "2026-5", "period.quarter"),
        (Period.quarter, "2026-0", "period.quarter"),
        (Period.semester, "2026-3", "period.semester"),
        (Period.year, "26", "period.year"),
    ],
)
def test_what_is_no_period_is_refused(read: object, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(text)  # type: ignore[operator]
    assert caught.value.code == code
    assert caught.value.params["value"] == text


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(InvalidInput, match=r"period\.backwards"):
        Period.between("2026-10", "2026-09")


@given(months, months)
def test_the_months_of_a_period_follow_each_other(one: str, other: str) -> None:
    period = Period.between(min(one, other), max(one, other))
    listed = period.months
    assert (listed[0], listed[-1]) == (period.first, period.last)
    for before, after in pairwise(listed):
        year, month = (int(part) for part in before.split("-"))
        assert after == f"{year + month // 12}-{month % 12 + 1:02}"


@given(st.sampled_from([Period.quarter("2026-1"), Period.year("2026"), Period.month("2026-12")]), st.integers(-40, 40))
def test_a_neighbour_is_as_long_and_comes_back(period: Period, step: int) -> None:
    there = period.neighbour(step)
    assert len(there.months) == len(period.months)
    assert there.span is period.span
    assert there.neighbour(-step) == period


def test_the_month_of_a_day() -> None:
    assert Period.of(date(2026, 11, 30)) == Period.month("2026-11")


def test_periods_have_indonesian_names() -> None:
    locale.use("id")
    assert period_name(Period.month("2026-10")) == "Oktober 2026"
    assert period_name(Period.quarter("2026-3")) == "Triwulan III 2026"
    assert period_name(Period.semester("2026-2")) == "Semester II 2026"
    assert period_name(Period.year("2026")) == "Tahun 2026"
    assert period_name(Period.between("2020-03", "2020-10")) == "Maret 2020 s.d. Oktober 2020"
