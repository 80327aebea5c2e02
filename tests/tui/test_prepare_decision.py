"""Deciding and answering in a walk: what is taken only on purpose, and that one may always say no."""

from __future__ import annotations

import pytest

from tests.lab.camera import CameraScript, running_camera
from tests.tui.harness import opened, press, text_on
from tests.tui.walks import furnished, place_of, the_run, until, walking
from vcops.documents.paper_text import paper_text
from vcops.documents.run_paper import run_paper
from vcops.domain.runs import Ready
from vcops.operations import directory, runs
from vcops.operations.papers import run_report
from vcops.operations.workplace import Workplace

BY_HAND = """
procedure:
  id: video-conference
  version: "test"
  title: {id: Pendek, en: Short}
  executors: [{id: operator, title: {id: Operator, en: Operator}}]
  phases:
    - id: preflight
      title: {id: Sebelum rapat, en: Before}
      steps:
        - {id: heard, title: {id: Dengarkan, en: Listen}, executors: [operator],
           record: {kind: choice, label: {id: Terdengar?, en: Heard?}, choices: [
             {id: "Ya", en: "Yes", verdict: pass}, {id: "Tidak", en: "No", verdict: fail}]}}
        - {id: seats, title: {id: Hitung kursi, en: Count the seats}, executors: [operator],
           record: {kind: number, label: {id: Kursi, en: Seats}, metric: seats_count, standard: meeting-room}}
      gate: {id: go-no-go, title: {id: Siap atau belum siap, en: Go or no-go}}
    - id: hosting
      title: {id: Pelaksanaan, en: Hosting}
      steps:
        - {id: admit, title: {id: Terima, en: Admit}, executors: [operator]}
"""


async def test_an_answer_is_chosen_and_never_taken_by_a_tired_enter(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, procedure=BY_HAND)
    async with opened(workplace, (80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "heard")
        await press(pilot, "enter", "enter", "enter")
        assert "Choose an answer first: 1-2." in text_on(app)
        await press(pilot, "k", "j", "enter")
        assert place.view.key == "seats"
        assert (await the_run(app)).counting("heard").value == "Ya"  # type: ignore[union-attr]
        place.view.turn_to("heard")
        await press(pilot, "r", "enter")
        assert len((await the_run(app)).tried("heard")) == 1, "what was answered before is not taken again either"
        await press(pilot, "2")
        assert (await the_run(app)).counting("heard").value == "Tidak"  # type: ignore[union-attr]


async def test_the_seats_that_the_room_has_are_offered_for_enter_to_take(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, procedure=BY_HAND)
    (room,) = directory.rooms(workplace)
    directory.edit_room(workplace, room.id, {"seats": "20"})
    async with opened(workplace, (80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "seats")
        await press(pilot, "enter")
        assert "The room's own data say 20: Enter takes it." in text_on(app)
        await press(pilot, "enter")
        assert (await the_run(app)).counting("seats").value == "20"  # type: ignore[union-attr]
        place.view.turn_to("seats")
        await press(pilot, "r", "1", "8", "enter")
        assert (await the_run(app)).counting("seats").value == "18"  # type: ignore[union-attr]


@pytest.mark.parametrize("blocked", [False, True])
async def test_not_ready_can_always_be_decided_with_a_reason_that_is_kept_and_printed(
    workplace: Workplace, blocked: bool
) -> None:
    meeting_id = furnished(workplace, procedure=BY_HAND)
    async with opened(workplace, (80, 24), "id") as (app, pilot):
        place = await walking(app, pilot, meeting_id, "heard")
        await press(pilot, "enter", "2" if blocked else "1", "enter", *"20", "enter", "g", "end")
        assert place.view.gate.current == "decide:not_ready"
        shown = text_on(app)
        assert "BELUM SIAP" in shown
        assert ("tidak diperlukan" in shown) is not blocked, "an override, where nothing stands in the way"
        await press(pilot, "enter")
        assert "Belum siap: apa alasannya?" in text_on(app)
        await press(pilot, "1")
        shown = text_on(app)
        run = await the_run(app)
        await press(pilot, "end", "enter", "escape")
        assert len((await the_run(app)).decisions) == 1, "whoever leaves the question decides nothing"
    decision = run.decision("go-no-go")
    assert decision is not None
    assert decision.ready is Ready.NOT_READY
    assert decision.reason == (
        "Yang menghalangi harus dibenahi dahulu" if blocked else "Penanggung jawab membatalkannya"
    )
    assert decision.reason in shown
    assert "putuskan lagi di bawah" in shown
    assert decision.reason in paper_text(run_paper(run_report(workplace, run.id)))


async def test_after_no_one_may_still_decide_ready(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, procedure=BY_HAND)
    async with opened(workplace, (80, 24)) as (app, pilot):
        await walking(app, pilot, meeting_id, "heard")
        await press(pilot, "enter", "1", "enter", *"20", "enter", "g", "end", "enter", "1")
        await press(pilot, "home", "enter")
        run = await the_run(app)
    assert [one.ready for one in run.decisions] == [Ready.NOT_READY, Ready.READY]


async def test_opening_or_browsing_starts_no_measurement_and_an_answer_that_leads_there_does(
    workplace: Workplace,
) -> None:
    with running_camera(CameraScript(width=1280, height=720, fps=15)) as camera:
        meeting_id = furnished(workplace, camera=camera.url)
        async with opened(workplace, (80, 24)) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "power")
            await press(pilot, "enter", "u")
            assert place.view.key == "power"
            await press(pilot, "x")
            await until(pilot, lambda: not place.checks)
            before = len((await the_run(app)).tried("camera"))
            await press(pilot, "j", "k", "j")
            assert place.view.key == "camera"
            assert place.checks == []
            await press(pilot, "backspace", "enter")
            assert place_of(app).checks == []
            assert len((await the_run(app)).tried("camera")) == before


async def test_taking_up_a_walk_at_its_camera_measures_nothing_unasked(workplace: Workplace) -> None:
    with running_camera(CameraScript(width=1280, height=720, fps=15)) as camera:
        meeting_id = furnished(workplace, camera=camera.url)
        run = runs.start(workplace, "video-conference", meeting_id=meeting_id)
        runs.answer(workplace, run.id, "power", runs.Outcome.DONE)
        async with opened(workplace, (80, 24)) as (app, pilot):
            place = await walking(app, pilot, meeting_id)
            assert place.view.key == "camera"
            assert place.checks == []
            await press(pilot, "u", "enter")
            assert [one.step_id for one in place.checks] == ["camera"], "an answer led there"
