"""A room's cameras as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.room_cameras import RoomCamera, camera_shown, cameras_shown, cameras_text, read_cameras
from vcops.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "cameras"),
    [
        ("", []),
        ("0", [RoomCamera("0")]),
        ("046d:085e@1-2:1.0", [RoomCamera("046d:085e@1-2:1.0")]),
        ("http://10.0.0.9/video?token=a;b=c", [RoomCamera("http://10.0.0.9/video?token=a;b=c")]),
        ("rtsp://10.0.0.9/a=b", [RoomCamera("rtsp://10.0.0.9/a=b")]),
        ("Depan=0", [RoomCamera("0", "Depan")]),
        (
            "Depan = 046d:085e@1-2:1.0; Meja  Pembicara = rtsp://10.0.0.9/1?a=b;",
            [RoomCamera("046d:085e@1-2:1.0", "Depan"), RoomCamera("rtsp://10.0.0.9/1?a=b", "Meja Pembicara")],
        ),
        ("Depan = 0\nPembicara = /dev/video2\n", [RoomCamera("0", "Depan"), RoomCamera("/dev/video2", "Pembicara")]),
    ],
)
def test_what_is_typed(text: str, cameras: list[RoomCamera]) -> None:
    assert list(read_cameras(text)) == cameras
    assert list(read_cameras(cameras_text(cameras))) == cameras


@pytest.mark.parametrize(
    ("text", "code", "called"),
    [
        ("0; 2", "room.camera_unnamed", "0"),
        ("Depan = 0; rtsp://sari:rahasia@10.0.0.9/1", "room.camera_unnamed", "rtsp://sari:***@10.0.0.9/1"),
        ("Depan = 0; depan = 2", "room.camera_twice", "Depan"),
    ],
)
def test_several_cameras_need_names_of_their_own(text: str, code: str, called: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_cameras(text)
    assert (caught.value.code, caught.value.params["called"]) == (code, called)


def test_an_identity_is_shown_and_a_secret_is_not() -> None:
    assert camera_shown("046d:085e@1-2:1.0") == "046d:085e@1-2:1.0"
    assert cameras_shown(read_cameras("A = 046d:085e@1-2:1.0; B = http://10.0.0.9/v?token=rahasia")) == (
        "A = 046d:085e@1-2:1.0; B = http://10.0.0.9/v?token=***"
    )


@given(st.text(max_size=80))
def test_any_text_is_read_the_same_again(text: str) -> None:
    try:
        cameras = read_cameras(text)
    except InvalidInput:
        return
    assert read_cameras(cameras_text(cameras)) == cameras
