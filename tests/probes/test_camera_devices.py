"""Which camera is meant, and where it is plugged in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.lab.probing import run_probe
from vcops.probes.camera.devices import Camera, _place, is_identity, matching

BRIO = Camera("0", "Logitech BRIO", "046d:085e", "1-2:1.0")
LEFT = Camera("2", "USB Camera", "0c45:6366", "1-3:1.0")
RIGHT = Camera("4", "USB Camera", "0c45:6366", "1-4:1.0")
BUILT_IN = Camera("6", "Integrated Camera")
ALL = (BRIO, LEFT, RIGHT, BUILT_IN)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("046d:085e@1-2:1.0", [BRIO]),
        ("046D:085E", [BRIO]),
        ("046d:085e@1-9:1.0", [BRIO]),  # in another socket
        ("0c45:6366@1-4:1.0", [RIGHT]),
        ("0c45:6366", [LEFT, RIGHT]),
        ("0c45:6366@1-9:1.0", [LEFT, RIGHT]),
        ("ffff:0001", []),
        ("brio", [BRIO]),
        ("usb camera", [LEFT, RIGHT]),
        ("camera", [LEFT, RIGHT, BUILT_IN]),
        ("room.mp4", []),
    ],
)
def test_identity_and_name_say_which_camera_is_meant(text: str, meant: list[Camera]) -> None:
    assert matching(text, ALL) == meant


def test_an_identity_is_what_stays() -> None:
    assert [one.identity for one in ALL] == ["046d:085e@1-2:1.0", "0c45:6366@1-3:1.0", "0c45:6366@1-4:1.0", ""]
    assert all(is_identity(one.identity) for one in ALL if one.identity)
    assert not is_identity("http://camera/video")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a device's path says where it is elsewhere")
def test_the_socket_of_a_camera(tmp_path: Path) -> None:
    """The same tree of links that Linux shows under /sys."""
    port = tmp_path / "devices" / "usb1" / "1-2" / "1-2:1.0"
    port.mkdir(parents=True)
    (tmp_path / "class" / "video0").mkdir(parents=True)
    (tmp_path / "class" / "video0" / "device").symlink_to(port)
    assert _place("/dev/video0", tmp_path / "class") == "1-2:1.0"
    assert _place("/dev/video1", tmp_path / "class") == ""


@pytest.mark.skipif(not Path("/sys").exists() or bool(list(Path("/dev").glob("video*"))), reason="has a camera")
def test_a_camera_by_identity_on_a_machine_without_any() -> None:
    assert run_probe("camera", {"source": "046d:085e@1-2:1.0"}).code == "camera.none"
    assert run_probe("camera", {"source": "Logitech BRIO"}).code == "camera.no_file"
