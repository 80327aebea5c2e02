"""Choosing a camera: by name where this machine has some, by address, alone or beside those the room has."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from tests.tui.harness import opened, press, text_on
from tests.tui.walks import furnished, until, walking
from vcops.domain.room_cameras import RoomCamera
from vcops.errors import InvalidInput
from vcops.locale import use
from vcops.operations import directory
from vcops.operations.checks import CameraFound
from vcops.operations.workplace import Workplace
from vcops.tui.prepare.camera_dialog import CameraDialog, cameras_after, stays

BRIO = CameraFound("0", "Logitech BRIO", "046d:085e@1-2:1.0")
LEFT = CameraFound("2", "USB Camera", "0c45:6366@1-3:1.0")
RIGHT = CameraFound("4", "USB Camera", "0c45:6366@1-4:1.0")
NAMED = CameraFound("6", "Integrated Camera")
TWIN = CameraFound("8", "USB Camera")
NOW = (RoomCamera("http://10.0.0.9/video?token=rahasia"),)


@pytest.mark.parametrize(
    ("camera", "source"),
    [(BRIO, "046d:085e@1-2:1.0"), (LEFT, "0c45:6366@1-3:1.0"), (NAMED, "Integrated Camera"), (TWIN, "8")],
)
def test_a_camera_is_remembered_by_what_stays(camera: CameraFound, source: str) -> None:
    assert stays(camera, (BRIO, LEFT, RIGHT, NAMED, TWIN)) == source


@pytest.mark.parametrize(
    ("texts", "cameras"),
    [
        ({"pick": "0", "name": ""}, [RoomCamera("046d:085e@1-2:1.0", "Logitech BRIO")]),
        ({"pick": "0", "name": "Depan"}, [RoomCamera("046d:085e@1-2:1.0", "Depan")]),
        ({"pick": "typed", "name": "", "value": "rtsp://10.0.0.8/1"}, [RoomCamera("rtsp://10.0.0.8/1")]),
        (
            {"pick": "0", "name": "", "also": "too"},
            [RoomCamera(NOW[0].source, "Camera 1"), RoomCamera("046d:085e@1-2:1.0", "Logitech BRIO")],
        ),
        (
            {"pick": "0", "name": "Lama", "also": "too"},
            [RoomCamera(NOW[0].source, "Camera 1"), RoomCamera("046d:085e@1-2:1.0", "Lama")],
        ),
        (
            {"pick": "typed", "name": "Depan", "value": "http://10.0.0.9/video?token=***"},
            [RoomCamera(NOW[0].source, "Depan")],
        ),
    ],
)
def test_what_is_chosen(texts: dict[str, str], cameras: list[RoomCamera]) -> None:
    use("en")
    assert list(cameras_after({"value": "", **texts}, "value", NOW, (BRIO, NAMED))) == cameras


@pytest.mark.parametrize(
    ("value", "code"), [("", "form.needed"), ("http://10.0.0.7/video?token=***", "room.masked_address")]
)
def test_what_cannot_be_chosen(value: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        cameras_after({"pick": "typed", "name": "", "value": value}, "value", NOW, ())
    assert caught.value.code == code


async def test_what_is_chosen_is_shown_and_what_was_typed_comes_back(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, camera="Depan = rtsp://10.0.0.9/1")
    async with opened(workplace, (80, 24)) as (app, pilot):
        await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "c")
        dialog = app.screen
        assert isinstance(dialog, CameraDialog)
        address, name = dialog.query_one("#field-value", Input), dialog.query_one("#field-name", Input)
        await until(pilot, lambda: "its address below" in text_on(app))
        dialog.show_found((BRIO, NAMED))
        await pilot.pause()
        assert (address.value, name.value, address.disabled) == ("rtsp://10.0.0.9/1", "Depan", False)
        dialog.pick.focus()
        for shown in ("046d:085e@1-2:1.0", "Integrated Camera", "rtsp://10.0.0.9/1"):
            await press(pilot, "right")
            assert address.value == shown
        assert (name.value, address.disabled) == ("Depan", False)
        await press(pilot, "right", "enter")
        await until(pilot, lambda: app.screen is app.shell)
    (room,) = directory.rooms(workplace)
    assert room.cameras == (RoomCamera("046d:085e@1-2:1.0", "Logitech BRIO"),)


async def test_a_second_camera_is_added_in_the_walk(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, camera="rtsp://10.0.0.9/1")
    async with opened(workplace, (80, 24)) as (app, pilot):
        await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "c")
        dialog = app.screen
        assert isinstance(dialog, CameraDialog)
        assert "instead of rtsp://10.0.0.9/1" in text_on(app)
        for name, text in (("value", "rtsp://admin:rahasia@10.0.0.8/1"), ("name", "Pembicara")):
            dialog.query_one(f"#field-{name}").value = text  # type: ignore[attr-defined]
        dialog.query_one("#field-also").value = "too"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: any("secrets.toml" in str(one.message) for one in app._notifications))
        await until(pilot, lambda: "Camera 1, Pembicara" in text_on(app))
    (room,) = directory.rooms(workplace)
    assert room.cameras == (RoomCamera("rtsp://10.0.0.9/1", "Camera 1"), RoomCamera("rtsp://10.0.0.8/1", "Pembicara"))
