"""A run that was only looked at starts with what is stored first, and not where that is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.walks import furnished
from vcops.domain.frozen import thaw
from vcops.domain.runs import Outcome, Run
from vcops.errors import VcopsError
from vcops.operations import directory, runs
from vcops.operations.attachments import attach
from vcops.operations.room_checks import check_room
from vcops.operations.run_glances import newest_entry
from vcops.operations.workplace import Workplace

Deed = Callable[[Workplace, Run], Run]


def sketched(workplace: Workplace) -> Run:
    return runs.sketch(workplace, "video-conference", meeting_id=furnished(workplace))


REFUSED: dict[str, Deed] = {
    "no number": lambda at, run: runs.answer(at, run.id, "seats", Outcome.DONE, value="banyak", draft=run),
    "no such step": lambda at, run: runs.answer(at, run.id, "chairs", Outcome.DONE, draft=run),
    "to be measured": lambda at, run: runs.answer(at, run.id, "camera", Outcome.DONE, draft=run),
    "no such gate": lambda at, run: runs.decide(at, run.id, "gate", draft=run),
    "no step for the file": lambda at, run: attach(at, run.id, "chairs", [Path(__file__)], draft=run),
}


@pytest.mark.parametrize("deed", REFUSED.values(), ids=REFUSED.keys())
def test_a_first_deed_that_is_refused_leaves_no_run(workplace: Workplace, deed: Deed) -> None:
    draft = sketched(workplace)
    before = newest_entry(workplace)
    with pytest.raises(VcopsError):
        deed(workplace, draft)
    assert runs.listing(workplace) == []
    assert newest_entry(workplace) == before


def test_a_first_deed_starts_the_run_that_was_looked_at(workplace: Workplace) -> None:
    draft = sketched(workplace)
    run = runs.answer(workplace, draft.id, "power", Outcome.DONE, draft=draft)
    assert run.id == draft.id
    assert [one.step for one in run.attempts] == ["power"]
    assert run.procedure == draft.procedure
    assert run.facts == draft.facts


def test_what_is_rehearsed_is_what_the_first_deed_reads_and_nothing_of_it_is_stored(workplace: Workplace) -> None:
    draft = sketched(workplace)
    before = newest_entry(workplace)
    thaw.cache_clear()
    runs.rehearse(workplace, draft)
    assert runs.listing(workplace) == []
    assert newest_entry(workplace) == before
    read = thaw.cache_info().misses
    run = runs.answer(workplace, draft.id, "power", Outcome.DONE, draft=draft)
    assert thaw.cache_info().misses == read, "the procedure that was frozen had been read already"
    assert run.procedure == draft.procedure


def test_a_first_deed_joins_the_run_that_somebody_else_has_started(workplace: Workplace) -> None:
    draft = sketched(workplace)
    theirs = runs.start(workplace, "video-conference", meeting_id=draft.meeting_id)
    runs.answer(workplace, theirs.id, "seats", Outcome.SKIPPED, reason="dihitung kemarin")
    ours = runs.decide(workplace, draft.id, "go-no-go", draft=draft)
    assert ours.id == theirs.id != draft.id
    assert [one.step for one in ours.attempts] == ["seats"]
    assert [one.id for one in runs.listing(workplace)] == [theirs.id]


def test_a_room_is_not_checked_by_a_procedure_that_measures_nothing(workplace: Workplace) -> None:
    furnished(workplace)
    (room,) = directory.rooms(workplace)

    async def checked() -> None:
        async for _event in check_room(workplace, room, procedure_id="monthly-closing"):
            pass

    with pytest.raises(VcopsError, match="no_automatic"):
        asyncio.run(checked())
    assert runs.listing(workplace) == []
