"""Keys that a slow line delivers at once."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from tests.lab.clocks import SetClock
from tests.tui.harness import opened, press, settled, text_on
from tests.tui.walks import furnished, walking
from vcops.domain.meetings import MeetingState
from vcops.operations import meetings
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.tui.dialogs.reason import ReasonDialog
from vcops.tui.prepare.walk import WalkView


async def burst(app: VcopsApp, pilot: Pilot[object], *keys: str) -> None:
    """Send keys without waiting between them, as one packet of a slow line brings them."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    await settled(pilot)


async def test_a_burst_goes_on_in_the_field_to_which_tab_and_enter_lead(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        app.push_screen(FormDialog("Title", [FieldSpec(one, one) for one in ("one", "two", "three")]))
        await settled(pilot)
        await burst(app, pilot, "a", "b", "tab", "B", "i", "enter", "r", "o")
        assert [one.value for one in app.screen.query(Input)] == ["ab", "Bi", "ro"]


async def test_a_key_of_the_whole_form_does_not_overtake_what_was_typed_before_it(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        answers: list[object] = []
        app.push_screen(FormDialog("Title", [FieldSpec(one, one) for one in ("one", "two")]), answers.append)
        await settled(pilot)
        await burst(app, pilot, *"Dinas", "tab", *"Kominfo", "ctrl+s")
        assert answers == [{"one": "Dinas", "two": "Kominfo"}]


async def test_a_key_sent_with_the_one_that_opens_a_dialog_goes_into_the_dialog(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id)
        before = app.shell.query_one(WalkView).key
        await burst(app, pilot, "s", "u")
        assert isinstance(app.screen, ReasonDialog)
        assert app.shell.query_one(WalkView).key == before
        await press(pilot, "escape")
        await burst(app, pilot, "s", "5")
        assert app.shell.navigation.current == "prepare"
        assert app.screen is app.shell
        assert app.shell.query_one(WalkView).key != before


async def test_a_burst_of_undo_stops_at_its_own_meeting(empty_office: Workplace, clock: SetClock) -> None:
    day = {"date": "2026-11-23", "start": "07.00", "end": "07.58"}
    other = meetings.add(empty_office, {**day, "title": "Sudah selesai", "participants": "10"})
    mine = meetings.plan(empty_office, {"title": "Rakor", "date": "2026-11-23", "start": "08.00"})
    meetings.start(empty_office, mine.id)
    async with opened(empty_office) as (app, pilot):
        await press(pilot, "3")
        clock.move(minutes=2)
        await press(pilot, "i", "escape")
        await burst(app, pilot, *"uuuuuu")
        assert any("Sudah selesai is another meeting" in one.message for one in app._notifications)
    assert meetings.details(empty_office, mine.id).meeting.state is MeetingState.PLANNED
    kept = meetings.details(empty_office, other.id)
    assert (kept.meeting.state, [one.total for one in kept.counts]) == (MeetingState.ENDED, [10])


async def test_end_and_undo_in_turn_are_each_done(empty_office: Workplace, clock: SetClock) -> None:
    mine = meetings.plan(empty_office, {"title": "Rakor", "date": "2026-11-23", "start": "08.00"})
    meetings.start(empty_office, mine.id)
    clock.move(minutes=2)
    found = meetings.incident(empty_office, mine.id, text="suara")
    meetings.recover(empty_office, found.id)
    async with opened(empty_office) as (app, pilot):
        await press(pilot, "3")
        clock.move(minutes=1)
        await burst(app, pilot, *"eueue")
    held = meetings.details(empty_office, mine.id)
    assert held.meeting.state is MeetingState.ENDED
    assert held.incidents[0].recovered_at is not None


async def test_undo_twice_at_once_takes_two_answers_back(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id)
        first = app.shell.query_one(WalkView).key
        await burst(app, pilot, "f", "1")
        await burst(app, pilot, "f", "1")
        await burst(app, pilot, "u", "u")
        assert app.shell.query_one(WalkView).key == first
        assert "0 of" in text_on(app)
