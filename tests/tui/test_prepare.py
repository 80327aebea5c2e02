"""Prepare: the list of what can be prepared, and the steps that a person answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.lab.clocks import SetClock
from tests.tui.harness import opened, press, settled, text_on
from tests.tui.walks import PROCEDURE, furnished, nothing_stored, prepare, the_run, walking
from vcops.domain.runs import Outcome, Ready, Standing
from vcops.operations import directory, meetings, runs
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp

HOSTILE = ("[/b] rapat", "a [/b] c", "[@click=app.quit]x[/]", "\x1b[31mmerah", "[bold", "{title}", "会議" * 80)


async def test_nothing_to_prepare_names_the_keys(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await prepare(app, pilot)
        shown = text_on(app)
    assert "There is no meeting and no room to prepare yet." in shown
    assert "n  Plan a meeting" in shown
    assert "6  Go to Rooms" in shown


async def test_the_list_has_walks_first_then_meetings_soonest_first_then_rooms(workplace: Workplace) -> None:
    furnished(workplace)
    later = {"title": "Rapat sore", "date": "23/11/2026", "start": "15.00", "room": "Ruang Utama"}
    sooner = {"title": "Rapat pagi", "date": "23/11/2026", "start": "08.10", "room": "Ruang Utama"}
    meetings.plan(workplace, later)
    meetings.plan(workplace, sooner)
    async with opened(workplace) as (app, pilot):
        place = await prepare(app, pilot)
        lines = [line.strip() for line in text_on(app).splitlines() if line.strip()]
        order = ("Planned meetings", "Rapat pagi", "Rapat kerja", "Rapat sore", "A room without a meeting")
        places = [next(at for at, line in enumerate(lines) if name in line) for name in order]
        assert places == sorted(places)
        assert "in 42 min" in text_on(app)
        await press(pilot, "down", "enter", "enter", "escape")
        assert place.walked is None
        lines = [line.strip() for line in text_on(app).splitlines() if line.strip()]
        under_way = lines.index("Under way")
        assert "Rapat kerja" in lines[under_way + 1]
        assert "1 of 5 steps" in lines[under_way + 1]
        assert sum("Rapat kerja" in line for line in lines) == 1


async def test_the_list_says_which_meetings_are_over_and_which_room_is_taken(
    workplace: Workplace, clock: SetClock
) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace, (80, 24), "id") as (app, pilot):
        await walking(app, pilot, meeting_id)
        await press(pilot, "enter", "escape")
        assert lines_below(app, "Sedang dipersiapkan") == 1
        await app.in_store(meetings.start, meeting_id)
        await press(pilot, "f5")
        assert lines_below(app, "Sedang dipersiapkan") == 1
        assert "ada rapat berlangsung" in text_on(app)
        clock.move(minutes=30)
        await app.in_store(meetings.end, meeting_id)
        await press(pilot, "f5")
        assert "Sedang dipersiapkan" not in text_on(app)
        assert lines_below(app, "Setelah rapat, belum tuntas") == 1
        assert "ada rapat berlangsung" not in text_on(app)


def lines_below(app: VcopsApp, heading: str) -> int:
    """Return how many lines stand between a heading of the list and the next empty one; none without the heading."""
    lines = [line.strip() for line in text_on(app).splitlines()]
    return lines.index("", lines.index(heading)) - lines.index(heading) - 1 if heading in lines else 0


async def test_a_walk_answers_its_steps_and_goes_on_by_itself(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        shown = text_on(app)
        assert "42 min left" in shown
        assert "decision at 08:27" in shown
        assert "0 of 4 before the decision" in shown
        assert "Turn all on." in shown
        await press(pilot, "enter")
        assert place.view.key == "camera"
        assert "1 of 4 before" in text_on(app)
        await press(pilot, "f", "1")
        assert place.view.key == "seats"
        await press(pilot, "s", "2")
        assert place.view.key == "link"
        run = await the_run(app)
    assert [(one.step, one.outcome, one.reason) for one in run.attempts] == [
        ("power", Outcome.DONE, ""),
        ("camera", Outcome.FAILED, "The device is broken"),
        ("seats", Outcome.SKIPPED, "This room has none"),
    ]


async def test_a_done_step_is_not_done_twice_but_can_be_done_again(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "enter", "k", "enter")
        assert len((await the_run(app)).attempts) == 1
        assert place.view.key == "camera"
        await press(pilot, "k", "r")
        assert len((await the_run(app)).attempts) == 2


async def test_two_quick_keys_do_not_answer_one_step_twice(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        place.action_do()
        place.action_do()
        await settled(pilot)
        assert [one.step for one in (await the_run(app)).attempts] == ["power"]


async def test_a_note_stays_with_the_answer(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "n", "U", "P", "S", "enter")
        assert (await the_run(app)).attempts[0].note == "UPS"
        place.view.turn_to("power")
        await settled(pilot)
        assert "Note: UPS" in text_on(app)


async def test_undo_takes_the_last_answer_back_and_keeps_it_among_the_attempts(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "f", "2", "u")
        assert place.view.key == "power"
        run = await the_run(app)
        shown = text_on(app)
    assert run.standing("power") is Standing.PENDING
    assert "Attempts" in shown
    assert "(taken back)" in shown
    assert "The device is missing" in shown


async def test_a_recorded_number_is_judged_and_a_wrong_one_keeps_the_form(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "seats")
        await press(pilot, "enter", "x", "enter")
        assert await nothing_stored(app), "what was refused has begun no walk"
        await press(pilot, "backspace", "2", "0", "enter")
        run = await the_run(app)
        assert run.attempts[0].value == "20"
        place.view.turn_to("seats")
        await settled(pilot)
        shown = text_on(app)
    assert run.standing("seats") in (Standing.PASS, Standing.WARN, Standing.FAIL)
    assert "Seats" in shown
    assert "20" in shown


async def test_a_killed_walk_goes_on_where_it_stood(workplace: Workplace, open_place: Callable[..., Workplace]) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id)
        await press(pilot, "enter", "f", "3")
        before = text_on(app)
    async with opened(open_place()) as (app, pilot):
        place = await prepare(app, pilot)
        await press(pilot, "enter")
        assert place.view.key == "seats"
        assert text_on(app) == before


async def test_decision_lists_the_worst_first_and_keeps_an_override_with_its_reason(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "s", "5", "f", "1", "g")
        lines = [one.key for one in place.view.gate.lines if one.key]
        assert lines == ["camera", "power", "seats", "decide:override", "decide:not_ready"]
        shown = text_on(app)
        assert "3 steps stand in the way" in shown
        assert "NOT MET" in shown
        assert "The device is broken" in shown
        await press(pilot, "G", "enter", "1")
        decision = (await the_run(app)).decisions[-1]
        assert (decision.ready, decision.reason) == (Ready.NOT_READY, "What stands in the way has to be mended first")
        assert "✗ NOT READY: Sari, 23/11/2026 at 08:00 WIB" in text_on(app)
        await press(pilot, "k", "enter", "1")
        decision = (await the_run(app)).decisions[-1]
        assert (decision.ready, decision.reason) == (Ready.OVERRIDE, "A tested spare stands ready")
        assert place.view.key == "admit"
        await press(pilot, "1")
        assert "READY WITH A NOTE" in text_on(app)


async def test_ready_only_when_nothing_stands_in_the_way_and_the_later_steps_go_on(workplace: Workplace) -> None:
    procedure = PROCEDURE.replace("check: {instrument: camera, standard: room-camera}", "minutes: 1")
    meeting_id = furnished(workplace, procedure=procedure)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "enter", "enter", "enter", "4", "0", "enter", "s", "1")
        assert place.view.key == "gate:go-no-go"
        assert "Nothing stands in the way." in text_on(app)
        assert [one.key for one in place.view.gate.lines if one.key] == ["decide:ready", "decide:not_ready"]
        await press(pilot, "enter")
        assert (await the_run(app)).decisions == ()
        await press(pilot, "enter")
        assert (await the_run(app)).decisions[-1].ready is Ready.READY
        assert place.view.key == "admit"
        await press(pilot, "enter")
        assert (await the_run(app)).closed_at is not None
        assert "Every step is answered" in text_on(app)
        place = await prepare(app, pilot, f"meeting:{meeting_id}")
        assert len(await app.in_store(runs.listing)) == 1


async def test_enter_on_what_stands_in_the_way_goes_to_its_step(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace, (80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "g", "j", "enter")
        assert place.view.key == "camera"
        assert place.view.steps.has_focus


async def test_a_room_without_a_meeting_is_walked_too(workplace: Workplace) -> None:
    furnished(workplace)
    (room,) = directory.rooms(workplace)
    async with opened(workplace) as (app, pilot):
        await prepare(app, pilot, f"room:{room.id}")
        shown = text_on(app)
        await press(pilot, "enter")
        run = await the_run(app)
    assert "without a meeting" in shown
    assert (run.room_id, run.meeting_id) == (room.id, None)


async def test_escape_goes_back_one_step_at_a_time(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "g")
        assert place.view.gate.has_focus
        await press(pilot, "escape")
        assert place.view.steps.has_focus
        await press(pilot, "escape")
        assert place.walked is None
        assert place.table.has_focus
        await press(pilot, "escape")
        assert app.shell.navigation.current == "today"


async def test_time_left_is_written_out_and_turns_into_a_warning(workplace: Workplace, clock: SetClock) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace, language="id") as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        assert "42 menit lagi" in text_on(app)
        assert "keputusan pukul 08.27" in text_on(app)
        clock.move(minutes=30)
        place._tick()
        await settled(pilot)
        assert "12 menit lagi" in text_on(app)
        assert "keputusan seharusnya pukul 08.27" in text_on(app)
        clock.move(minutes=20)
        place._tick()
        await settled(pilot)
        assert "seharusnya mulai 8 menit yang lalu" in text_on(app)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=str)
@pytest.mark.parametrize("text", HOSTILE)
async def test_text_from_people_is_drawn_as_it_is(
    workplace: Workplace, text: str, size: tuple[int, int], language: str
) -> None:
    import json

    said = json.dumps(text.replace("\x1b", ""))
    procedure = PROCEDURE.replace("{id: Periksa daya, en: Check power}", said).replace(
        "{id: Nyalakan semua., en: Turn all on.}", said
    )
    meeting_id = furnished(workplace, title=text, procedure=procedure)
    run = runs.start(workplace, "video-conference", meeting_id=meeting_id)
    async with opened(workplace, size, language) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await app.in_store(runs.answer, run.id, "power", Outcome.FAILED, reason=text, note=text)
        await press(pilot, "f5", "g")
        if size[0] == 200 and text.isprintable() and len(text) < 40:
            assert text in text_on(app)
        place.view.turn_to("power")
        place.view.focus_list()
        await press(pilot, "s", "escape", "escape")
        assert app.is_running
        assert "\x1b" not in text_on(app)


async def test_the_other_language_keeps_the_walk_where_it_is(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "j", "ctrl+l")
        assert place.view.key == "camera"
        assert "Ukur kamera" in text_on(app)
        assert "42 menit lagi" in text_on(app)
        await press(pilot, "ctrl+l")
        assert "Measure the camera" in text_on(app)
