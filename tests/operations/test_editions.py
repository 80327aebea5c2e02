"""A run says when its procedure reads otherwise by now."""

from __future__ import annotations

import pytest

from tests.operations.test_runs import SMALL, write_small
from vcops.operations import handbooks, runs
from vcops.operations.editions import EditionState, digest_of_procedure, edition_of_line, edition_of_run


@pytest.fixture
def place(workplace):
    write_small(workplace.places.data)
    return workplace


def rewrite(workplace, text: str) -> None:
    (workplace.places.data / "handbook" / "small.yaml").write_text(text, encoding="utf-8")
    workplace.__dict__.pop("handbook", None)


@pytest.mark.parametrize(
    ("text", "state", "now"),
    [
        (SMALL, EditionState.SAME, "7"),
        ("# a remark\n" + SMALL, EditionState.SAME, "7"),
        (SMALL.replace('"7"', '"8"'), EditionState.NEWER, "8"),
        (SMALL.replace("Daya", "Listrik"), EditionState.NEWER, "7"),
        (SMALL.replace("id: small", "id: other"), EditionState.GONE, ""),
        (SMALL.replace("title: Daya", "titel: Daya"), EditionState.GONE, ""),
    ],
)
def test_what_the_handbook_holds_by_now(place, text, state, now) -> None:
    run = runs.start(place, "small")
    before = edition_of_run(place, run)
    rewrite(place, text)
    found = edition_of_run(place, runs.load(place, run.id))
    assert (found.state, found.version, found.now_version) == (state, "7", now)
    assert found.digest == before.digest
    (line,) = runs.listing(place)
    assert edition_of_line(place, line) == found


def test_the_digest_is_of_what_it_says(place) -> None:
    first = digest_of_procedure(handbooks.procedure(place, "small"))
    assert len(first) == 64
    rewrite(place, SMALL.replace("Daya", "Listrik"))
    assert digest_of_procedure(handbooks.procedure(place, "small")) != first


def test_the_meetings_needs_make_no_other_edition(place) -> None:
    """Two runs freeze standards with other numbers, and still walk the same procedure."""
    from vcops.operations import meetings

    asked = {"title": "Rapat", "date": "2026-12-01", "start": "09:00", "platform": "zoom"}
    few = meetings.plan(place, {**asked, "expected": "5"})
    many = meetings.plan(place, {**asked, "expected": "900", "start": "13:00"})
    one, other = (runs.start(place, "video-conference", meeting_id=meeting.id) for meeting in (few, many))
    assert edition_of_run(place, one) == edition_of_run(place, other)
