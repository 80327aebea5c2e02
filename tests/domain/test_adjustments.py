"""Figures after correction: closed figures and signed entries, each under its own tariff and year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_closed_tariffs import tariff as empty
from vcops.domain.adjustments import Adjustment, AdjustmentKind, corrected
from vcops.domain.groups import asked_by, group_of
from vcops.domain.meeting_savings import meeting_saving
from vcops.domain.meetings import CountMethod, Meeting, Mode
from vcops.domain.savings import total
from vcops.domain.tariffs import Tariff

FLAT = Tariff.model_validate(
    empty("flat").model_dump() | {
        "method": "per_head", "components": [{"id": "food", "title": {"id": "x"}, "per": "participant", "amount": 7}],
        "own_costs": [{"id": "link", "title": {"id": "x"}, "per": "meeting", "amount": 3}],
    }
)  # fmt: skip


def meeting(number: int, people: int, mode: Mode) -> Meeting:
    start = datetime(2026, 10, 1 + number % 28, 2, tzinfo=UTC)
    return Meeting(
        id=str(number), title=f"Rapat {number}", zone="Asia/Jakarta", local_day=20261001 + number % 28,
        started_at=start, ended_at=start.replace(hour=4), participants=people, in_room=0, mode=mode,
        count_method=CountMethod.COUNTED,
    )  # fmt: skip


def entry(kind: AdjustmentKind, held: Meeting) -> Adjustment:
    return Adjustment(
        kind=kind, meeting=held, belongs_to=202610, booked_day=20261105, reason="x", by="x",
        saving=meeting_saving(held, FLAT),
    )  # fmt: skip


_meetings = st.lists(st.tuples(st.integers(0, 900), st.sampled_from(list(Mode))), min_size=1, max_size=8)


@given(_meetings, _meetings, st.data())
def test_after_correction_is_what_the_month_would_have_been(
    held: list[tuple[int, Mode]], late: list[tuple[int, Mode]], data: st.DataObject
) -> None:
    """An independent way to the same figures: tally what should have been there, without any entry."""
    closed = [meeting(place, *one) for place, one in enumerate(held)]
    forgotten = [meeting(100 + place, *one) for place, one in enumerate(late)]
    wrong = data.draw(st.sets(st.sampled_from(closed)).map(list))
    entries = [entry(AdjustmentKind.REVERSAL, one) for one in wrong]
    entries += [entry(AdjustmentKind.LATE, one) for one in forgotten]
    asked = asked_by(FLAT)
    before = total(FLAT, 2026, [group_of(one, asked) for one in closed])
    found = corrected(len(closed), sum(one.participants or 0 for one in closed), [before], entries)
    right = [one for one in closed if one not in wrong] + forgotten
    expected = total(FLAT, 2026, [group_of(one, asked) for one in right])
    assert (found.meetings, found.participants) == (len(right), sum(one.participants or 0 for one in right))
    (one,) = found.totals
    assert (one.meetings, one.gross, one.net) == (expected.meetings, expected.gross, expected.net)


def test_a_late_entry_is_valued_in_the_year_it_was_held() -> None:
    late = replace(meeting(1, 10, Mode.ONLINE), belongs_to=202610, local_day=20270104)
    assert late.held_day == 20261002
    assert meeting_saving(late, FLAT).year == 2026
    assert corrected(0, 0, [], [entry(AdjustmentKind.LATE, late)]).totals[0].year == 2026
