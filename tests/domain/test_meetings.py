"""The rules of meetings: the chosen count, the derived state, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.meetings import (
    COUNT_EVERY,
    FIRST_COUNT,
    MOST_PEOPLE,
    HeadCount,
    Meeting,
    MeetingState,
    check_times,
    chosen_count,
    day_number,
    next_count_due,
    overdue,
    total_of,
)
from vcops.errors import InvalidInput

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
moments = st.integers(0, 600).map(lambda minutes: NOON + timedelta(minutes=minutes))
counts = st.lists(
    st.builds(
        HeadCount,
        id=st.uuids().map(str),
        meeting_id=st.just("m"),
        at=moments,
        total=st.integers(0, 300),
        undone_at=st.none() | moments,
    ),
    max_size=8,
)
stamps = st.none() | moments


def meeting(**changes: object) -> Meeting:
    return replace(Meeting(id="m", title="A", zone="Asia/Jakarta", local_day=20261123), **changes)  # type: ignore[arg-type]


@given(counts)
def test_the_chosen_count_is_the_largest_that_stands(made: list[HeadCount]) -> None:
    standing = [one for one in made if one.undone_at is None]
    best = chosen_count(made)
    assert (best is None) == (not standing)
    if best is not None:
        assert best in standing
        assert best.total == max(one.total for one in standing)
        assert best.at == min(one.at for one in standing if one.total == best.total)


@given(counts, st.randoms())
def test_the_chosen_count_does_not_depend_on_the_order(made: list[HeadCount], chance: object) -> None:
    shuffled = sorted(made, key=lambda _one: chance.random())  # type: ignore[attr-defined]
    first, second = chosen_count(made), chosen_count(shuffled)
    assert (first and (first.total, first.at)) == (second and (second.total, second.at))


@given(stamps, stamps, stamps, stamps)
def test_the_state_is_derived_from_the_stamps(
    planned: datetime | None, started: datetime | None, ended: datetime | None, cancelled: datetime | None
) -> None:
    held = meeting(planned_start=planned, started_at=started, ended_at=ended, cancelled_at=cancelled)
    expected = (
        MeetingState.CANCELLED if cancelled else MeetingState.ENDED if ended else MeetingState.RUNNING if started
        else MeetingState.PLANNED
    )  # fmt: skip
    assert held.state is expected
    assert replace(held, title="B").state is expected


@given(st.none() | st.integers(-5, 200_000), st.none() | st.integers(-5, 200_000), st.none() | st.integers(-5, 200_000))
def test_a_total_is_the_sum_of_its_parts_or_refused(online: int | None, in_room: int | None, total: int | None) -> None:
    known = [one for one in (online, in_room) if one is not None]
    try:
        made = total_of(online, in_room, total)
    except InvalidInput as error:
        assert error.code.startswith("count.")  # noqa: PT017 - refusing is allowed, and only so
        return
    assert 0 <= made <= MOST_PEOPLE
    assert all(0 <= one <= made for one in known)
    if len(known) == 2 or total is None:
        assert made == sum(known)
    else:
        assert made == total


@given(moments, st.integers(-3000, 3000))
def test_an_end_lies_within_a_day_after_the_start(start: datetime, minutes: int) -> None:
    end = start + timedelta(minutes=minutes)
    if 0 <= minutes <= 24 * 60:
        check_times(start, end)
    else:
        with pytest.raises(InvalidInput):
            check_times(start, end)


def test_the_next_count_is_due_half_an_hour_after_the_last() -> None:
    running = meeting(started_at=NOON)
    late = HeadCount("a", "m", NOON + timedelta(minutes=12), 3)
    undone = HeadCount("b", "m", NOON + timedelta(minutes=40), 4, undone_at=NOON)
    assert next_count_due(running, []) == NOON + FIRST_COUNT
    assert next_count_due(running, [late, undone]) == late.at + COUNT_EVERY
    assert next_count_due(replace(running, ended_at=NOON), [late]) is None


@pytest.mark.parametrize(("minutes", "asks"), [(89, False), (90, True), (600, True)])
def test_it_asks_half_an_hour_past_the_planned_end(minutes: int, asks: bool) -> None:
    running = meeting(started_at=NOON, planned_end=NOON + timedelta(minutes=60))
    assert overdue(running, NOON + timedelta(minutes=minutes)) is asks
    assert not overdue(replace(running, ended_at=NOON), NOON + timedelta(minutes=minutes))


@given(st.integers(0, 5_680_281_600).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_the_day_is_the_zones_own(moment: datetime) -> None:
    number = day_number(moment, "Asia/Jayapura")
    assert datetime.strptime(str(number), "%Y%m%d").date() == (moment + timedelta(hours=9)).date()  # noqa: DTZ007
