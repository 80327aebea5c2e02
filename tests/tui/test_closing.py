"""Closing on the screen: KONSEP or the code in Tally, the questions before it, and what a closed month still allows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.operations.test_closing import NO_REPORT, OCTOBER, held, october
from tests.tui.harness import opened, press, settled, text_on
from vcops.domain.closings import Answer
from vcops.domain.meetings import Meeting
from vcops.operations import closing, meetings, tallies
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp


def line_with(app: object, word: str) -> str:
    return next(line for line in text_on(app).splitlines() if word in line)  # type: ignore[arg-type]


async def to_october(pilot: Pilot[object]) -> None:
    await press(pilot, "5", "left_square_bracket")


@asynccontextmanager
async def asked(
    workplace: Workplace, language: str = "en", *, whole: bool = False
) -> AsyncIterator[tuple[VcopsApp, Pilot[object]]]:
    """Press the key that closes an October whose report is missing and, unless it is `whole`, one meeting's unit."""
    october(workplace)
    if not whole:
        held(workplace, 8, unit="")
    async with opened(workplace, (80, 24), language) as (app, pilot):
        await to_october(pilot)
        await press(pilot, "x")
        yield app, pilot


@asynccontextmanager
async def after_closing(workplace: Workplace) -> AsyncIterator[tuple[VcopsApp, Pilot[object], Meeting]]:
    """Open Meetings at a meeting of an October that is closed."""
    one, *_others = october(workplace)
    closing.close(workplace, OCTOBER, [NO_REPORT])
    async with opened(workplace, (100, 40)) as (app, pilot):
        app.go("meetings", f"meeting:{one.id}")
        await settled(pilot)
        yield app, pilot, one


async def typed(pilot: Pilot[object], name: str, text: str) -> None:
    pilot.app.screen.query_one(f"#field-{name}", Input).value = text
    await settled(pilot)


@pytest.mark.parametrize(("language", "draft", "shut"), [("id", "KONSEP", "DITUTUP"), ("en", "DRAFT", "CLOSED")])
async def test_tally_says_whether_the_month_is_open(workplace: Workplace, language: str, draft: str, shut: str) -> None:
    october(workplace)
    async with opened(workplace, (80, 24), language) as (app, pilot):
        await press(pilot, "5")
        assert draft in text_on(app)
        await press(pilot, "left_square_bracket")
        assert " x " in line_with(app, draft)
        made = closing.close(workplace, OCTOBER, [NO_REPORT])
        await press(pilot, "f5")
        assert made.code in line_with(app, shut)
        await press(pilot, "y")
        assert "1 " in line_with(app, draft)


async def test_the_key_asks_for_what_lacks_and_closes(workplace: Workplace) -> None:
    async with asked(workplace) as (app, pilot):
        shown = " ".join(text_on(app).split())
        assert "1 meeting: no unit" in shown
        assert "4 meetings: head count not compared with the provider's report" in shown
        await press(pilot, "ctrl+s")
        assert "is needed" in text_on(app)
        await typed(pilot, "unit", "tamu")
        await typed(pilot, "reconciled", "tidak ada laporan")
        await press(pilot, "ctrl+s")
        assert "for ever" in text_on(app)
        assert closing.closing_of(workplace, OCTOBER) is None
        await press(pilot, "y")
        made = closing.closing_of(workplace, OCTOBER)
        assert made is not None
        assert made.answers == (Answer("unit", "tamu"), Answer("reconciled", "tidak ada laporan"))
        assert made.code in line_with(app, "CLOSED")
        await press(pilot, "x")  # there is nothing left to close, and no key for it
        assert closing.closing_of(workplace, OCTOBER) == made


async def test_what_lacks_is_numbered_in_the_language_of_the_screen(workplace: Workplace) -> None:
    async with asked(workplace, "id") as (app, _pilot):
        shown = " ".join(text_on(app).split())
        assert "1 rapat: tanpa unit kerja" in shown
        assert "4 rapat: " in shown
        assert " meeting" not in shown


async def test_leaving_either_question_closes_nothing(workplace: Workplace) -> None:
    async with asked(workplace, whole=True) as (_app, pilot):
        await press(pilot, "escape")
        await press(pilot, "x")
        await typed(pilot, "reconciled", "x")
        await press(pilot, "ctrl+s", "n")
        assert closing.closing_of(workplace, OCTOBER) is None


async def test_an_edit_in_a_closed_month_is_refused_with_the_remedy(workplace: Workplace) -> None:
    async with after_closing(workplace) as (app, pilot, one):
        await press(pilot, "e")
        shown = " ".join(text_on(app).split())
        assert "The month is closed: only evidence may follow." in shown
        assert "the key r in Meetings" in shown
        await typed(pilot, "participants", "400")
        await press(pilot, "ctrl+s")
        assert "October 2026 is closed; nothing was changed." in " ".join(text_on(app).split())
        await typed(pilot, "participants", "40")
        await typed(pilot, "evidence", "foto.jpg")
        await press(pilot, "ctrl+s")
        assert meetings.find(workplace, one.id).evidence == "foto.jpg"
        assert meetings.find(workplace, one.id).participants == 40


async def test_a_correction_takes_the_meeting_out_and_enters_it_again(workplace: Workplace) -> None:
    async with after_closing(workplace) as (app, pilot, _one):
        await press(pilot, "r", "1", "y")
        await typed(pilot, "participants", "4")
        await press(pilot, "ctrl+s")
        tally = tallies.tally(workplace, OCTOBER)
        assert [(entry.kind.value, entry.participants) for entry in tally.adjustments] == [
            ("reversal", -40), ("late", 4),
        ]  # fmt: skip
        await press(pilot, "r")
        assert "was reversed before" in text_on(app)
        assert any("× corrected" in line for line in text_on(app).splitlines())
        await to_october(pilot)
        app.clear_notifications()
        await settled(pilot)
        assert "after correction" in line_with(app, "CLOSED")
        assert "After correction: 3 meetings, 84 people" in text_on(app)


async def test_a_forgotten_meeting_is_entered_late_when_that_is_wanted(workplace: Workplace) -> None:
    async with after_closing(workplace) as (app, pilot, _one):
        await press(pilot, "a")
        for name, text in (("title", "Terlupa"), ("date", "2026-10-09"), ("start", "09.00"), ("end", "10.00"),
                           ("participants", "12")):  # fmt: skip
            await typed(pilot, name, text)
        await press(pilot, "ctrl+s")
        assert "Enter the meeting late" in text_on(app)
        await press(pilot, "n")
        assert "October 2026 is closed; nothing was changed." in " ".join(text_on(app).split())
        await press(pilot, "ctrl+s", "y")
        app.clear_notifications()
        await settled(pilot)
        assert "9 Oct" in line_with(app, "Terlupa")
        assert "late entry" in line_with(app, "Terlupa")
        (late,) = tallies.tally(workplace, OCTOBER).adjustments
        assert (late.meeting.title, late.participants) == ("Terlupa", 12)
