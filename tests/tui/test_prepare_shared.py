"""Prepare: two people at one walk, who did it, what shows it, and what one should know of the walk as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from tests.lab.clocks import SetClock
from tests.tui.harness import opened, press, settled, text_on
from tests.tui.walks import PROCEDURE, furnished, place_of, the_run, walking
from vcops.domain.runs import Outcome, Ready
from vcops.operations import meeting_stamps, meetings, runs
from vcops.operations.run_glances import newest_entry
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp

Open = Callable[..., Workplace]


async def look(app: VcopsApp, pilot: Pilot[object]) -> str:
    """Look around now instead of at the next tick; return the screen."""
    place = place_of(app)
    while place.walked is None or place.walked.seen != newest_entry(app.workplace):
        place.look_around()
        await settled(pilot)
    return text_on(app)


async def without_toasts(app: VcopsApp, pilot: Pilot[object]) -> str:
    """Return the screen when what was said has gone again."""
    app.clear_notifications()
    await settled(pilot)
    return text_on(app)


def told(app: VcopsApp) -> list[str]:
    """Return what was said so far."""
    return [one.message for one in app._notifications]


async def test_what_another_terminal_did_is_seen_without_moving_the_cursor(
    workplace: Workplace, open_place: Open
) -> None:
    meeting_id = furnished(workplace)
    run_id = runs.start(workplace, "video-conference", meeting_id=meeting_id).id
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "seats")
        other = open_place(who="Budi")
        runs.answer(other, run_id, "power", Outcome.DONE)
        runs.answer(other, run_id, "camera", Outcome.FAILED, reason="rusak")
        shown = await look(app, pilot)
        assert place.view.key == "seats"
        assert "✓ Check power" in shown
        assert told(app) == ["Budi: Check power  ✓ done", "Budi: Measure the camera  ✗ failed"]
        runs.undo(other, run_id)
        await look(app, pilot)
        assert told(app)[-1] == "Measure the camera: the answer was taken back"


async def test_nothing_is_told_of_what_one_does_oneself(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id, "power")
        await press(pilot, "enter", "u")
        await look(app, pilot)
        assert told(app) == []


async def test_what_somebody_did_just_before_one_s_own_answer_is_said_too(
    workplace: Workplace, open_place: Open
) -> None:
    meeting_id = furnished(workplace)
    run_id = runs.start(workplace, "video-conference", meeting_id=meeting_id).id
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id, "power")
        runs.answer(open_place(who="Budi"), run_id, "seats", Outcome.FAILED, reason="kursi kurang")
        await press(pilot, "enter")
        await look(app, pilot)
        assert told(app) == ["Budi: Count the seats  ✗ failed"]


async def test_undo_takes_back_one_s_own_answer_and_not_the_colleague_s(workplace: Workplace, open_place: Open) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "power")
        await press(pilot, "enter")
        run_id = (await the_run(app)).id
        runs.answer(open_place(who="Budi"), run_id, "seats", Outcome.FAILED, reason="kursi kurang")
        await look(app, pilot)
        await press(pilot, "u")
        assert place.view.key == "power"
        run = await the_run(app)
        assert [one.step for one in run.attempts if one.undone_at] == ["power"]
        await press(pilot, "u")
        assert place.view.key == "seats", "where one has no answer left, the newest of all"
        assert all(one.undone_at for one in (await the_run(app)).attempts)


async def test_a_meeting_that_is_moved_and_cancelled_is_said_and_the_time_left_follows(
    workplace: Workplace, open_place: Open
) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id, "power")
        assert "42 min left" in text_on(app)
        other = open_place(who="Budi")
        meetings.edit(other, meeting_id, {"start": "09.42", "end": "11.00"})
        shown = await look(app, pilot)
        assert "1 h 42 min left" in shown
        assert "decision at 09:27" in shown
        assert told(app) == ["The meeting was moved to 23/11/2026 at 09:42 WIB; the deadlines follow."]
        meetings.cancel(other, meeting_id, "pimpinan berhalangan")
        await look(app, pilot)
        gone = await without_toasts(app, pilot)
        assert "! The meeting is cancelled. What was done so far stays on record." in gone
        await press(pilot, "enter")
        assert (await the_run(app)).attempts[-1].step == "power"


async def test_the_conditions_follow_the_meeting_and_what_was_done_stays_in_sight(
    workplace: Workplace, open_place: Open
) -> None:
    conditional = PROCEDURE.replace("{id: seats,", "{id: seats, when: {service: [vip]},")
    meeting_id = furnished(workplace, procedure=conditional)
    meetings.edit(workplace, meeting_id, {"service": "vip"})
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "seats")
        await press(pilot, "enter", *"12", "enter")
        assert (await the_run(app)).attempts[-1].value == "12"
        meetings.edit(open_place(who="Budi"), meeting_id, {"service": ""})
        await look(app, pilot)
        assert "No longer applies" in text_on(app)
        place.view.turn_to("seats")
        await settled(pilot)
        shown = text_on(app)
        assert "✓ MET" in shown
        assert "f Failed" not in shown
        await press(pilot, "f", "s")
        assert len((await the_run(app)).attempts) == 1


async def test_a_meeting_that_begins_in_the_room_is_said_unless_it_is_the_walks_own(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace, size=(120, 40)) as (app, pilot):
        await walking(app, pilot, meeting_id, "power")
        meeting_stamps.start(workplace, meeting_id)
        assert "is on in this room now" not in await look(app, pilot)
        room = place_of(app).walked.room  # type: ignore[union-attr]
        assert room is not None
        room_name = room.name
        other = meeting_stamps.start(workplace, texts={"title": "Rapat lain", "room": room_name})
        assert "! “Rapat lain” is on in this room now; until it ends only the platform is checked." in await look(
            app, pilot
        )
        meeting_stamps.end(workplace, other.id)
        assert "is on in this room now" not in await look(app, pilot)


async def test_another_run_in_the_room_and_a_clock_set_back_are_said(
    workplace: Workplace, open_place: Open, clock: SetClock
) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "power")
        await press(pilot, "enter")
        room_id = (await the_run(app)).room_id
        other = open_place(who="Budi")
        second = runs.start(other, "video-conference", room_id=room_id)
        runs.answer(other, second.id, "power", Outcome.DONE)
        await look(app, pilot)
        assert "! This room is being checked for “Short procedure” too, by Budi." in text_on(app)
        clock.now -= timedelta(minutes=30)
        runs.answer(other, place.walked.run.id, "admit", Outcome.DONE)  # type: ignore[union-attr]
        await look(app, pilot)
        shown = await without_toasts(app, pilot)
        assert "! This room is being checked" in shown
        assert "! This computer's clock was set back" in shown
        run = place.walked.run  # type: ignore[union-attr]
        assert [one.step for one in run.attempts] == ["power", "admit"]
        assert run.attempts[0].at < run.attempts[1].at


async def test_a_procedure_that_was_edited_or_deleted_is_said_in_one_line(
    workplace: Workplace, open_place: Open
) -> None:
    meeting_id = furnished(workplace)
    file = Path(workplace.places.handbook) / "short.yaml"
    run = runs.start(workplace, "video-conference", meeting_id=meeting_id)
    file.write_text(file.read_text(encoding="utf-8").replace('version: "test"', 'version: "next"'), encoding="utf-8")
    async with opened(open_place()) as (app, pilot):
        await walking(app, pilot, meeting_id, "power")
        assert "A newer version of the procedure is in force: next." in text_on(app)
        await press(pilot, "enter")
        assert (await the_run(app)).id == run.id


async def test_who_carries_it_out_is_named_once_and_remembered(workplace: Workplace, open_place: Open) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id, "power")
        await press(pilot, "o", *"Budi", "enter", "enter")
        assert "by Budi" in text_on(app)
        assert (await the_run(app)).attempts[-1].by == "Budi"
    async with opened(open_place()) as (app, pilot):
        await walking(app, pilot, meeting_id, "admit")
        assert "by Budi" in text_on(app)
        await press(pilot, "enter")
        assert [one.by for one in (await the_run(app)).attempts] == ["Budi", "Budi"]


async def test_files_are_attached_and_one_that_goes_is_said(workplace: Workplace, tmp_path: Path) -> None:
    meeting_id = furnished(workplace)
    photo = tmp_path / "r.jpg"
    photo.write_bytes(b"picture")
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "power")
        await press(pilot, "e")
        app.screen.query_one("#field-file").value = str(tmp_path / "none.jpg")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "cannot be read" in text_on(app)
        app.screen.query_one("#field-file").value = str(photo)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "+ r.jpg, 7 bytes" in text_on(app)
        photo.unlink()
        await press(pilot, "f5")
        shown = text_on(app)
        assert place.view.key == "power"
    assert "! r.jpg, 7 bytes: not there any more" in shown
    assert "! Attached file r.jpg: not there any more." in shown


async def test_the_step_s_own_time_runs_calmly(workplace: Workplace, clock: SetClock) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        assert place.view.key == "power"
        assert "Standard time: 0 of 5 min" in text_on(app)
        clock.now += timedelta(minutes=2, seconds=30)
        place._tick()
        await pilot.pause()
        assert "Standard time: 2 of 5 min" in text_on(app)
        clock.now += timedelta(minutes=5)
        place._tick()
        await pilot.pause()
        assert "Standard time: 7 of 5 min  2 min over" in text_on(app)
        await press(pilot, "enter")
        (attempt,) = (await the_run(app)).attempts
    assert attempt.begun_at is not None
    assert attempt.at - attempt.begun_at == timedelta(minutes=7, seconds=30)


async def test_at_the_decision_one_key_mends_what_stands_in_the_way(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "power")
        await press(pilot, "f", "1", "g")
        assert "r does the marked one from here" in " ".join(text_on(app).split())
        assert place.view.gate.has_focus
        assert place.view.gate.current == "power", "the worst comes first"
        await press(pilot, "r")
        assert place.view.gate.has_focus
        assert place.view.gate.current != "power"
        run = await the_run(app)
    assert [one.outcome for one in run.tried("power")] == [Outcome.FAILED, Outcome.DONE]


async def test_going_ahead_all_the_same_needs_a_name_and_a_reason(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "power")
        await press(pilot, "g")
        place.decide(Ready.OVERRIDE)
        await settled(pilot)
        field = app.screen.query_one("#name")
        assert field.value == "Sari"  # type: ignore[attr-defined]
        field.value = ""  # type: ignore[attr-defined]
        await press(pilot, "1")
        assert await app.in_store(runs.listing) == [], "nothing is decided, and nothing begun"
        assert app.focused is field
        await press(pilot, *"Kabid", "enter", "1")
        (decision,) = (await the_run(app)).decisions
    assert (decision.ready, decision.by, decision.reason) == (Ready.OVERRIDE, "Kabid", "A tested spare stands ready")
