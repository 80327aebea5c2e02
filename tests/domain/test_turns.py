"""What may be measured side by side, and what keeps away from a meeting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.turns import begins_by_itself, beside, in_turn, kept_from

INSTRUMENTS = ("camera", "connection", "sound", "platform")


@pytest.mark.parametrize("one", INSTRUMENTS)
def test_the_link_is_measured_alone_and_one_of_a_kind_at_a_time(one: str) -> None:
    assert beside(one, [])
    assert not beside(one, [one])
    for other in set(INSTRUMENTS) - {one}:
        assert beside(one, [other]) == ("connection" not in (one, other))


def test_camera_sound_and_platform_run_together() -> None:
    assert beside("platform", ["camera", "sound"])


@given(st.lists(st.sampled_from(INSTRUMENTS)))
def test_what_fills_the_link_comes_last_and_the_rest_keeps_its_order(wanted: list[str]) -> None:
    numbered = list(enumerate(wanted))
    turned = in_turn((name, (place, name)) for place, name in numbered)
    assert sorted(turned) == numbered
    links = [one for one in turned if one[1] == "connection"]
    assert turned[len(turned) - len(links) :] == links == [one for one in numbered if one[1] == "connection"]
    assert turned[: len(turned) - len(links)] == [one for one in numbered if one[1] != "connection"]


def test_only_what_nobody_notices_begins_by_itself() -> None:
    assert [one for one in INSTRUMENTS if begins_by_itself(one, meeting_here=False)] == ["camera", "platform"]
    assert [one for one in INSTRUMENTS if begins_by_itself(one, meeting_here=True)] == ["platform"]


def test_a_running_meeting_keeps_away_what_would_disturb_it() -> None:
    assert [one for one in INSTRUMENTS if kept_from(one, here=True, elsewhere=False)] == [
        "camera", "connection", "sound",
    ]  # fmt: skip
    assert [one for one in INSTRUMENTS if kept_from(one, here=False, elsewhere=True)] == ["connection"]
    assert not any(kept_from(one, here=False, elsewhere=False) for one in INSTRUMENTS)
