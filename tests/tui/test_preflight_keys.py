"""A practised person walks the whole shipped pre-flight to GO: every key is counted, every check is a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lab.certificates import Authority
from tests.lab.pulse import missing, sounding_room
from tests.lab.server import ServerScript, running_server
from tests.lab.video import write_video
from tests.lab.voices import speech
from tests.tui.harness import opened, press, text_on
from tests.tui.walks import the_run, until, walking
from vcops.domain.runs import Outcome, Ready, Standing
from vcops.operations import directory, meetings
from vcops.operations.workplace import Workplace

MOST_KEYS = 60
VALUES = {"seats": "12", "spare-microphone": "2", "display": "2", "remote-sites": "Semarang"}
"""What is typed at the steps that are recorded."""


def planned(workplace: Workplace, folder: Path, server: str, platform: str) -> str:
    """Plan a meeting that asks for all there is, in a room where everything can be measured; return its id.

    Its camera is a film, which has as many pictures a second on any machine.
    """
    camera = str(write_video(folder / "room.avi", width=1280, height=720, fps=30, frames=60))
    workplace.memory.keep(first_run="skipped")
    directory.add_room(workplace, {"name": "Aula", "camera": camera, "measure_server": server, "backup_link": "yes"})
    directory.set_office(workplace, {"platform": platform})
    texts = {
        "title": "Rapat gubernur", "date": "23/11/2026", "start": "08.55", "end": "11.00", "room": "Aula",
        "kind": "hosted", "mode": "hybrid", "service": "vip streaming inter-agency", "expected": "150",
    }  # fmt: skip
    return meetings.plan(workplace, texts).id


@pytest.mark.skipif(bool(missing(delay=True)), reason=missing(delay=True) or "pulseaudio is here")
async def test_a_whole_preflight_takes_fewer_than_sixty_keys(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with (
        sounding_room(monkeypatch, echo_ms=30) as sounds,
        running_server(ServerScript(mbps=40)) as server,
        running_server(ServerScript(tls=authority.server_context())) as platform,
    ):
        meeting_id = planned(workplace, tmp_path, server.url, platform.url)
        pressed: list[str] = []
        async with opened(workplace, size=(80, 24), language="id") as (app, pilot):

            async def keys(*names: str) -> None:
                pressed.extend(names)
                await press(pilot, *names)

            place = await walking(app, pilot, meeting_id)
            assert place.view.key == "power"
            await keys("a")
            while place.view.gate_shown is None:
                step = place.view.step
                assert step is not None
                if step.id == "microphone" and place.walked.run.standing(step.id) is Standing.PENDING:  # type: ignore[union-attr]
                    sounds.play(speech(25))
                    await keys("enter", "enter")  # the second goes on while the voice is listened to
                    continue
                if step.check is not None:  # only what is still measured is left
                    await until(pilot, lambda: not place.checks)
                    await keys("g")
                    break
                if step.sounds:  # a person would hear that the microphone is still being listened to
                    await until(pilot, lambda: "microphone" not in {one.step_id for one in place.checks})
                await keys("enter")
                if step.record is not None:
                    await until(pilot, lambda: len(app.screen_stack) > 1)  # a test tone is played first
                    await keys(*((*VALUES[step.id], "enter") if step.id in VALUES else "1"))
            await until(pilot, lambda: not place.checks)
            run = await the_run(app)
            blockers = run.blockers("go-no-go")
            if not place.view.gate.has_focus:
                await keys("enter")
            while not (place.view.gate.current or "").startswith("decide:"):
                await keys("j")
            await keys("enter")
            await until(pilot, lambda: "SIAP" in text_on(app))
            run = await the_run(app)
    steps = list(run.procedure.steps_before("go-no-go", run.facts))
    assert len(steps) == 22, "the most that a meeting asks for"
    assert {one.step for one in run.attempts} == {one.id for one in steps}
    measured = [one for one in run.attempts if one.outcome is Outcome.MEASURED]
    assert {one.step for one in measured} == {one.id for one in steps if one.check}
    assert all(any(reading.value is not None for reading in one.readings) for one in measured)
    decision = run.decision("go-no-go")
    assert decision is not None
    assert [one.step.id for one in blockers] == []
    assert decision.ready is Ready.READY
    assert len(pressed) < MOST_KEYS, pressed
