"""A short procedure of an office's own, a room and a meeting to walk it for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import psutil
from textual.pilot import Pilot

from tests.tui.harness import settled
from vcops.domain.runs import Run
from vcops.operations import directory, meetings, runs
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp
from vcops.tui.prepare.place import PreparePlace

__all__ = ["PROCEDURE", "children", "furnished", "nothing_stored", "place_of", "prepare", "the_run", "until", "walking"]

PROCEDURE = """
procedure:
  id: video-conference
  version: "test"
  title: {id: Prosedur pendek, en: Short procedure}
  executors: [{id: operator, title: {id: Operator, en: Operator}}]
  phases:
    - id: preflight
      title: {id: Sebelum rapat, en: Before}
      steps:
        - {id: power, title: {id: Periksa daya, en: Check power}, executors: [operator], deadline: -60min, minutes: 5,
           instruction: {id: Nyalakan semua., en: Turn all on.}, reason: {id: Mudah dicegah., en: Easily prevented.}}
        - {id: camera, title: {id: Ukur kamera, en: Measure the camera}, executors: [operator],
           check: {instrument: camera, standard: room-camera}}
        - {id: seats, title: {id: Hitung kursi, en: Count the seats}, executors: [operator],
           record: {kind: number, label: {id: Kursi, en: Seats}, metric: seats_count, standard: meeting-room}}
        - {id: link, title: {id: Ukur sambungan, en: Measure the link}, executors: [operator], required: false,
           check: {instrument: connection, standard: room-connection}}
      gate: {id: go-no-go, title: {id: Siap atau belum, en: Go or no-go}, deadline: -15min}
    - id: hosting
      title: {id: Pelaksanaan, en: Hosting}
      steps:
        - {id: admit, title: {id: Terima peserta, en: Admit people}, executors: [operator]}
"""


def furnished(workplace: Workplace, *, title: str = "Rapat kerja", procedure: str = PROCEDURE, camera: str = "") -> str:
    """Give the workplace the procedure, a room and a meeting in 42 minutes; return the meeting's id."""
    folder = Path(workplace.places.handbook)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "short.yaml").write_text(procedure, encoding="utf-8")
    workplace.memory.keep(first_run="skipped")
    directory.add_room(workplace, {"name": "Ruang Utama", "camera": camera})
    texts = {"title": title, "date": "23/11/2026", "start": "08.42", "end": "10.00", "room": "Ruang Utama"}
    return meetings.plan(workplace, texts).id


def place_of(app: VcopsApp) -> PreparePlace:
    """Return the place."""
    return app.query_one(PreparePlace)


async def prepare(app: VcopsApp, pilot: Pilot[object], subject: str = "") -> PreparePlace:
    """Go to Prepare, to one subject's walk where one is named."""
    app.go("prepare", subject)
    await settled(pilot)
    return place_of(app)


async def walking(app: VcopsApp, pilot: Pilot[object], meeting_id: str, step: str = "") -> PreparePlace:
    """Open the meeting's walk at a step."""
    place = await prepare(app, pilot, f"meeting:{meeting_id}")
    if step:
        place.view.turn_to(step)
        await settled(pilot)
    return place


async def until(pilot: Pilot[object], holds: Callable[[], object]) -> None:
    """Let the program work until something holds; fail after a long while."""
    for _round in range(1200):
        if holds():
            await settled(pilot)
            return
        await asyncio.sleep(0.05)
        await pilot.pause()
    raise AssertionError("it never came")


async def the_run(app: VcopsApp) -> Run:
    """Return the only open or closed run, as the database has it."""
    (line,) = await app.in_store(runs.listing)
    return await app.in_store(runs.load, line.id)


async def nothing_stored(app: VcopsApp) -> bool:
    """Whether no run was started: looking and listening leave nothing behind."""
    return list(await app.in_store(runs.listing)) == []


def children() -> list[psutil.Process]:
    """Return the processes that the program has started and that still run."""
    return [
        one
        for one in psutil.Process().children(recursive=True)
        if one.status() != psutil.STATUS_ZOMBIE and "tests.lab.forker" not in one.cmdline()
    ]
