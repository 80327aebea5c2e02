"""Prepare: what goes wrong around a walk is said in the walk, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.harness import opened, press, settled, text_on
from tests.tui.walks import PROCEDURE, furnished, prepare, the_run, walking
from vcops.domain.runs import Outcome, Ready
from vcops.operations import directory, journal, meetings, runs
from vcops.operations.run_glances import newest_entry
from vcops.operations.workplace import Workplace

Open = Callable[..., Workplace]
CAMERA = """\
standard:
  id: room-camera
  title: Kamera kantor
  instrument: camera
  requirements:
    - {metric: fsp, pass: 24, source: kantor}
"""


def office_file(workplace: Workplace, name: str, text: str) -> Path:
    file = Path(workplace.places.handbook) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


async def test_whoever_only_looks_at_a_room_starts_nothing(workplace: Workplace) -> None:
    furnished(workplace)
    (room,) = directory.rooms(workplace)
    before = newest_entry(workplace)
    async with opened(workplace) as (app, pilot):
        place = await prepare(app, pilot, f"room:{room.id}")
        assert place.view.key == "power"
        await press(pilot, "j", "j", "k", "g", "escape", "u", "b")
        assert newest_entry(workplace) == before
        await press(pilot, "left")
        assert "Under way" not in text_on(app)
        await prepare(app, pilot, f"room:{room.id}")
        await press(pilot, "enter")
        run = await the_run(app)
        assert [one.step for one in run.attempts] == ["power"]
        assert place.walked is not None
        assert place.walked.run == run
        assert place.view.key == "camera"


async def test_two_who_looked_at_one_room_walk_it_together(workplace: Workplace, open_place: Open) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "seats")
        other = open_place(who="Budi")
        theirs = runs.start(other, "video-conference", meeting_id=meeting_id)
        runs.answer(other, theirs.id, "power", Outcome.DONE)
        await press(pilot, "enter", *"12", "enter")
        run = await the_run(app)
        assert (run.id, [one.step for one in run.attempts]) == (theirs.id, ["power", "seats"])
        assert place.walked is not None
        assert place.walked.run == run


async def test_a_meeting_that_was_moved_to_another_room_leads_there(workplace: Workplace, open_place: Open) -> None:
    meeting_id = furnished(workplace)
    directory.add_room(workplace, {"name": "Aula"})
    async with opened(workplace, size=(80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "power")
        await press(pilot, "enter")
        meetings.edit(open_place(who="Budi"), meeting_id, {"room": "Aula"})
        place.look_around()
        await settled(pilot)
        assert [one.message for one in app._notifications] == ["The meeting was moved to Aula."]
        app.clear_notifications()
        await settled(pilot)
        assert "! The meeting was moved to Aula. Go back with ← and open the meeting anew." in text_on(app)
        await press(pilot, "left")
        shown = text_on(app)
        assert "Under way" in shown
        assert "Planned meetings" in shown
        place.table.turn_to(f"meeting:{meeting_id}")
        await press(pilot, "enter")
        assert place.walked is not None
        assert place.walked.run.draft
        assert place.walked.room is not None
        assert place.walked.room.name == "Aula"
        assert (await the_run(app)).attempts[0].step == "power"


async def test_a_walk_that_was_only_looked_at_follows_its_meeting(workplace: Workplace, open_place: Open) -> None:
    meeting_id = furnished(workplace)
    directory.add_room(workplace, {"name": "Aula"})
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "power")
        meetings.edit(open_place(who="Budi"), meeting_id, {"room": "Aula"})
        place.look_around()
        await settled(pilot)
        await press(pilot, "enter")
        room_id = (await the_run(app)).room_id
    assert {one.id: one.name for one in directory.rooms(workplace)}[room_id or ""] == "Aula"


async def test_a_procedure_that_is_edited_spoilt_and_deleted_meanwhile_is_said(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    file = Path(workplace.places.handbook) / "short.yaml"
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "power")
        await press(pilot, "enter")
        goes_on = "has a fault; the run goes on by version test"
        for text, said in (
            (PROCEDURE.replace('version: "test"', 'version: "next"'), "A newer version of the procedure is in force"),
            (PROCEDURE.replace("steps:", "stesp:", 1), f"! short.yaml, line 8, {goes_on}"),
            (PROCEDURE.replace("phases:", "phases: ["), f"! short.yaml, line 8, {goes_on}"),
            (None, "A newer version of the procedure is in force"),
            (PROCEDURE, ""),
        ):  # fmt: skip
            if text is None:
                file.unlink()
            else:
                file.write_text(text, encoding="utf-8")
            place.look_around()
            await settled(pilot)
            assert said in text_on(app)
        assert "has a fault" not in text_on(app)
        assert "newer version" not in text_on(app)
        run = await the_run(app)
    assert (run.procedure.version, len(run.attempts)) == ("test", 1)


async def test_a_spoilt_file_of_the_office_s_is_said_where_what_ships_is_walked(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, procedure=PROCEDURE.replace("deadline: -60min", "deadline: -60minn"))
    office_file(workplace, "camera.yaml", CAMERA)
    async with opened(workplace, size=(80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        shown = text_on(app)
        assert place.walked is not None
        assert len(place.walked.run.steps()) > 10, "what ships is walked"
        assert "! The shipped procedure is used: short.yaml, line 11, has a fault." in shown
        assert "! The office's standard is left out: camera.yaml, line 6, has a fault." in shown


async def test_a_disk_that_is_full_at_the_decision_is_said_and_loses_nothing(tiny_disk: Path, open_place: Open) -> None:
    workplace = open_place(home=tiny_disk)
    meeting_id = furnished(workplace)
    run = runs.start(workplace, "video-conference", meeting_id=meeting_id)
    for step in ("power", "camera", "seats"):
        outcome, value = (Outcome.FAILED, "") if step == "camera" else (Outcome.DONE, "12" if step == "seats" else "")
        run = runs.answer(workplace, run.id, step, outcome, value=value, reason="rusak" if step == "camera" else "")
    filler, reason = tiny_disk / "filler", "cadangan siap " * 15_000
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "g")
        with pytest.raises(OSError, match="No space"):
            filler.write_bytes(b"x" * 2_000_000)
        place.decide(Ready.OVERRIDE)
        await settled(pilot)
        field = app.screen.query_one("#reason", Input)
        field.focus()
        field.value = reason
        await press(pilot, "enter")
        assert "is full" in " ".join(text_on(app).split())
        assert place.walked is not None
        assert place.walked.run.attempts == run.attempts
        assert (await the_run(app)).decisions == ()
        filler.unlink()
        place.decide(Ready.OVERRIDE)
        await settled(pilot)
        assert app.screen.query_one("#reason", Input).value == reason.strip(), "what was typed is not typed twice"
        await press(pilot, "enter")
        decided = await the_run(app)
    assert [(one.ready, one.reason) for one in decided.decisions] == [(Ready.OVERRIDE, reason.strip())]
    assert decided.attempts == run.attempts
    assert journal.verify(workplace).intact


async def test_a_decision_that_was_made_looks_made(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    run = runs.start(workplace, "video-conference", meeting_id=meeting_id)
    runs.answer(workplace, run.id, "power", Outcome.DONE)
    runs.answer(workplace, run.id, "seats", Outcome.DONE, value="12")
    runs.answer(workplace, run.id, "camera", Outcome.SKIPPED, reason="tidak ada")
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id)
        assert "2 of 4 before the decision, 1 with a problem" in text_on(app)
        await press(pilot, "g")
        assert "a Measure all" in text_on(app)
        await press(pilot, "G", "enter", "1")
        shown = text_on(app)
        assert "Decide anew" in shown, "not ready: it is decided again when it is mended"
        runs.undo(workplace, run.id)
        runs.decide(workplace, run.id, "go-no-go", override=True, reason="cadangan siap")
        await press(pilot, "f5")
        assert "Decide anew" in text_on(app)


async def test_where_nothing_stands_in_the_way_nothing_is_offered_to_be_measured(workplace: Workplace) -> None:
    meeting_id = furnished(
        workplace, procedure=PROCEDURE.replace("standard: room-camera}", "standard: room-camera}, required: false")
    )
    run = runs.start(workplace, "video-conference", meeting_id=meeting_id)
    runs.answer(workplace, run.id, "power", Outcome.DONE)
    runs.answer(workplace, run.id, "seats", Outcome.DONE, value="12")
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "g")
        shown = text_on(app)
        assert "✓ Nothing stands in the way." in shown
        assert "Measure all" not in shown
        await press(pilot, "a")
        assert place.checks == []
        await press(pilot, "enter")
        assert (await the_run(app)).is_open("go-no-go")
        place.view.turn_to("gate:go-no-go")
        await settled(pilot)
        shown = text_on(app)
        assert "It is decided, nothing is left to do here." in shown
        assert "Decide" not in shown.replace("Decided", "")
        assert "Enter Next" in shown
        await press(pilot, "enter")
        assert place.view.key == "admit"
        assert len((await the_run(app)).decisions) == 1
