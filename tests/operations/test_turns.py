"""Checks that are wanted together take turns: side by side where that disturbs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from tests.lab.camera import CameraScript, running_camera
from tests.lab.server import ServerScript, running_server
from vcops.domain.checks import CheckDone, CheckProgress, CheckRemark
from vcops.operations import directory, meetings, runs
from vcops.operations.meeting_on import meetings_on
from vcops.operations.room_checks import StepEvent, check_room
from vcops.operations.turns import Turns
from vcops.operations.workplace import Workplace


async def test_what_fills_the_link_waits_and_holds_up_those_behind_it() -> None:
    turns, at_once, order = Turns(), [], []
    inside: set[str] = set()

    async def one(name: str, instrument: str) -> None:
        async with turns.taken(instrument) as mine:
            assert mine
            inside.add(name)
            at_once.append(frozenset(inside))
            order.append(name)
            await asyncio.sleep(0.01)
            inside.remove(name)

    wanted = [
        ("camera", "camera"),
        ("sound", "sound"),
        ("link", "connection"),
        ("spare", "connection"),
        ("p", "platform"),
    ]
    await asyncio.gather(*(one(*each) for each in wanted))
    assert order == [name for name, _instrument in wanted]
    assert frozenset({"camera", "sound"}) in at_once
    assert {frozenset({"link"}), frozenset({"spare"}), frozenset({"p"})} <= set(at_once)


async def test_one_that_is_stopped_or_given_up_while_it_waits_lets_the_next_pass() -> None:
    turns, stop = Turns(), asyncio.Event()
    came: list[str] = []

    async def one(name: str, instrument: str, stop: asyncio.Event | None = None) -> None:
        async with turns.taken(instrument, stop) as mine:
            came.append(f"{name} {mine}")

    async with turns.taken("connection"):
        waiting = [
            asyncio.create_task(one("stopped", "camera", stop)),
            asyncio.create_task(one("given up", "platform")),
            asyncio.create_task(one("last", "platform")),
        ]
        await asyncio.sleep(0)
        waiting[1].cancel()
        stop.set()
        await asyncio.gather(*waiting[:2], return_exceptions=True)
        assert came == ["stopped False"]
    await waiting[2]
    assert came == ["stopped False", "last True"]


async def test_what_is_heard_at_once_waits_for_nobody_and_keeps_out_what_listens() -> None:
    turns, came = Turns(), list[str]()

    async def one(name: str, instrument: str) -> None:
        async with turns.taken(instrument):
            came.append(name)

    async with turns.taken("connection"):
        waiting_link = asyncio.create_task(one("backup", "connection"))
        await asyncio.sleep(0)
        await one("voice", "sound")
        with turns.held("sound"):
            came.append("tone")
        assert came == ["voice", "tone"], "whoever speaks waits for no link"
    await waiting_link
    came.clear()
    with turns.held("sound"):
        waiting = [asyncio.create_task(one("camera", "camera")), asyncio.create_task(one("microphone", "sound"))]
        await asyncio.sleep(0.01)
        assert came == ["camera"]
    await asyncio.gather(*waiting)
    assert came == ["camera", "microphone"]


@pytest.fixture
def equipped(workplace: Workplace) -> Iterator[Workplace]:
    """A room with a camera and a server, and a platform that answers at once."""
    with running_camera(CameraScript(1280, 720, 30)) as camera, running_server(ServerScript(mbps=40)) as server:
        directory.add_room(workplace, {"name": "Aula", "camera": camera.url, "measure_server": server.url})
        directory.set_office(workplace, {"platform": server.url})
        yield workplace


async def events_of(workplace: Workplace) -> list[StepEvent]:
    (room,) = directory.rooms(workplace)
    async with aclosing(check_room(workplace, room)) as events:
        return [told async for told in events]


async def test_a_rooms_camera_and_platform_are_measured_together_and_the_link_alone(equipped: Workplace) -> None:
    with running_server(ServerScript(delay=4)) as slow:  # the camera's probe takes a while until it tells something
        directory.set_office(equipped, {"platform": slow.url})
        told = await events_of(equipped)
    done = [one.step.id for one in told if isinstance(one.event, CheckDone)]
    assert sorted(done) == ["camera", "main-link", "microphone", "platform"]
    assert done[-1] == "main-link"
    began = [one.step.id for one in told if isinstance(one.event, CheckProgress)]
    ended = next(at for at, one in enumerate(told) if isinstance(one.event, CheckDone) and one.step.id == "platform")
    assert {"camera", "platform"} <= {one.step.id for one in told[: ended + 1]}, "side by side"
    assert "main-link" in began
    (line,) = runs.listing(equipped)
    assert {one.step for one in runs.load(equipped, line.id).attempts} == set(done)


async def test_while_a_meeting_is_on_in_the_room_only_what_nobody_notices_is_measured(equipped: Workplace) -> None:
    meetings.start(equipped, texts={"title": "Rapat pimpinan", "room": "Aula"})
    told = await events_of(equipped)
    left_out = {one.step.id: one.event.code for one in told if isinstance(one.event, CheckRemark)}
    assert left_out == dict.fromkeys(("camera", "microphone", "main-link"), "check.meeting_here")
    assert [one.step.id for one in told if isinstance(one.event, CheckDone)] == ["platform"]


async def test_what_waited_is_not_measured_when_a_meeting_has_begun_meanwhile(equipped: Workplace) -> None:
    (room,) = directory.rooms(equipped)
    told = []
    async with aclosing(check_room(equipped, room)) as events:
        async for one in events:
            if not told:
                meetings.start(equipped, texts={"title": "Rapat pimpinan", "room": "Aula"})
            told.append(one)
    assert "main-link" not in [one.step.id for one in told if isinstance(one.event, CheckDone)]
    remarks = {one.step.id: one.event.code for one in told if isinstance(one.event, CheckRemark)}
    assert remarks["main-link"] == "check.meeting_here"


async def test_whoever_is_in_the_room_is_told_to_speak_before_it_is_listened_to(equipped: Workplace) -> None:
    (room,) = directory.rooms(equipped)
    async with aclosing(check_room(equipped, room, countdown=2)) as events:
        heard = [one.event async for one in events if one.step.id == "microphone"]
    told, *rest = heard
    assert told == CheckRemark("sound.someone_speaks")
    assert rest[:2] == [CheckProgress(None, "sound.soon", {"seconds": left}) for left in (2, 1)]
    assert isinstance(heard[-1], CheckDone)


def test_a_meeting_elsewhere_keeps_the_link_free_and_nothing_else(workplace: Workplace) -> None:
    here = directory.add_room(workplace, {"name": "Aula"})
    directory.add_room(workplace, {"name": "Ruang Utama"})
    meetings.start(workplace, texts={"title": "Rapat pimpinan", "room": "Ruang Utama"})
    on = meetings_on(workplace, here.id)
    assert on.hinders("connection") == ("check.meeting_elsewhere", "Rapat pimpinan")
    assert on.hinders("camera") == on.hinders("sound") == ("", "")
    meetings.start(workplace, texts={"title": "Rapat luring", "room": "Aula", "mode": "on-site"})
    assert meetings_on(workplace, here.id).hinders("sound") == ("check.meeting_here", "Rapat luring")
    assert meetings_on(workplace, None).elsewhere == ("Rapat pimpinan",)
