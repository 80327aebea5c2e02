"""Cameras that lie, stall, break off or attack: each ends in a sentence with a remedy, and nothing hangs or scribbles.

Probes that mostly wait run side by side. None asserts how long it took: `run_probe` fails what does not end.
"""

from __future__ import annotations

import hashlib
import os
import struct
import threading
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer
from typing import Any

import cv2
import numpy as np
import psutil
import pytest

from tests.lab import rtsp, v4l2
from tests.lab.camera import CameraScript, running_camera
from tests.lab.probing import Probed, run_probe
from vcops.locale import use
from vcops.probes.camera.rtsp import described
from vcops.wording.errors import explain

SMALL: dict[str, Any] = {"width": 320, "height": 240, "fps": 15}


def probed(source: str, seconds: float = 3, env: Mapping[str, str] | None = None) -> Probed:
    """Look at a source; whatever it did, the probe ended by itself, said one last thing and nothing on stderr."""
    found = run_probe("camera", {"source": source, "seconds": seconds}, env=env, timeout=90)
    assert found.complaints == b""
    assert found.lines[-1]["type"] in ("failure", "done")
    return found


def told(found: Probed) -> str | None:
    """The code of what went wrong, which has a sentence and a remedy in both languages."""
    if found.failure is None:
        return None
    for tongue in ("id", "en"):
        use(tongue)
        said = explain(found.failure["code"], found.failure["params"])
        assert said.message != found.failure["code"]
        assert said.remedy
        assert "{" not in said.message + said.remedy
    return str(found.failure["code"])


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    before = {one.pid for one in psutil.Process().children(recursive=True)}
    yield
    left = [one for one in psutil.Process().children(recursive=True) if one.pid not in before]
    _gone, alive = psutil.wait_procs(left, timeout=10)
    assert alive == []


def test_motion_jpeg_that_goes_wrong() -> None:
    faults: dict[str, tuple[dict[str, Any], str]] = {
        "closes": ({"stop_after": 50}, "camera.stopped"),
        "stalls": ({"stall_after": 50}, "camera.stopped"),
        "turns into garbage": ({"garbage_after": 50}, "camera.stopped"),
        "is garbage": ({"garbage_after": 0}, "camera.no_pictures"),
        "says more than it sends": ({"claimed": 1.5}, "camera.no_pictures"),
        "says less than it sends": ({"claimed": 0.5}, "camera.no_pictures"),
        "unpacks into gigabytes": ({"giant": True}, "camera.no_pictures"),
        "asks for a password": ({"login": "sari:rahasia"}, "camera.unauthorized"),
        "never answers": ({"never_answer": True}, "network.timeout"),
    }
    with ExitStack() as stack, ThreadPoolExecutor(4) as pool:
        cameras = {
            name: stack.enter_context(running_camera(CameraScript(**SMALL | how))) for name, (how, _) in faults.items()
        }
        found = dict(zip(cameras, pool.map(probed, [one.url for one in cameras.values()]), strict=True))
    codes = {name: told(one) for name, one in found.items()}
    assert codes == {name: code for name, (_how, code) in faults.items()}
    for name in ("closes", "stalls", "turns into garbage"):
        assert found[name].readings["fps"]["partial"], name


def test_a_camera_at_a_trickle_sends_no_picture() -> None:
    with running_camera(CameraScript(width=640, height=360, slow_bytes=1000)) as camera:
        assert told(probed(camera.url)) in ("camera.no_pictures", "camera.cannot_open")


def test_a_picture_that_grows_goes_on_being_measured() -> None:
    """OpenCV scales every picture to the size of the first, so nothing more can be known here."""
    with running_camera(CameraScript(**SMALL, grows_after=45)) as camera:
        found = probed(camera.url)
    assert told(found) is None
    assert found.values["frame_width_px"] == 320


def test_an_8k_camera_is_measured_or_told() -> None:
    script = CameraScript(width=7680, height=4320, fps=2, scenes=1, repeat=1)
    with running_camera(script) as camera:
        run_probe("camera", {"source": camera.url, "seconds": 1}, timeout=90)  # until the pictures are made
        found = probed(camera.url, 6)
    assert told(found) in (None, "camera.stopped", "camera.no_pictures", "camera.cannot_open")
    assert found.failure is not None or found.values["frame_width_px"] == 7680


@pytest.mark.skipif(bool(rtsp.missing()), reason=rtsp.missing() or "GStreamer is here")
def test_rtsp_with_and_without_its_password() -> None:
    for digest in (False, True):
        with rtsp.running_rtsp(rtsp.RtspScript(login="sari:rah@sia", digest=digest)) as camera:
            where = "rtsp://{}" + camera.url.removeprefix("rtsp://")
            good = probed(where.format("sari:rah%40sia@"), 2)
            assert told(good) is None
            assert (good.values["frame_width_px"], good.values["frame_height_px"]) == (1280, 720)
            others = [where.format("sari:keliru@"), where.format(""), where.format("sari:rah%40sia@") + "er"]
            with ThreadPoolExecutor(3) as pool:
                found = list(pool.map(probed, others))
            assert [told(one) for one in found] == ["camera.unauthorized", "camera.unauthorized", "camera.http_status"]
            assert not [one for one in (good, *found) if b"sia" in one.raw or b"keliru" in one.raw]


@pytest.mark.skipif(bool(rtsp.missing()), reason=rtsp.missing() or "GStreamer is here")
@pytest.mark.parametrize("fault", ["stall", "end"])
def test_rtsp_that_breaks_off(fault: str) -> None:
    with rtsp.running_rtsp() as camera:
        timer = threading.Timer(6, getattr(camera, fault))
        timer.start()
        found = probed(camera.url, 20)
        timer.cancel()
    assert told(found) in ("camera.stopped", "camera.no_pictures")  # the latter where this machine was slow to begin


def test_a_realm_with_a_comma_in_it_is_answered_whole() -> None:
    def digest(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    class Camera(StreamRequestHandler):
        def handle(self) -> None:
            challenge = 'WWW-Authenticate: Digest realm="Aula, depan", nonce="n1", stale=FALSE\r\n'
            self.asked()
            self.wfile.write(f"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n{challenge}\r\n".encode())
            said = self.asked()
            url = said.split()[1]
            wanted = digest(f"{digest('operator:Aula, depan:rahasia')}:n1:{digest(f'DESCRIBE:{url}')}")
            status = "200 OK" if f'response="{wanted}"' in said else "401 Unauthorized"
            self.wfile.write(f"RTSP/1.0 {status}\r\nCSeq: 2\r\n\r\n".encode())

        def asked(self) -> str:
            lines = []
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                lines.append(line.decode())
            return "".join(lines)

    with TCPServer(("127.0.0.1", 0), Camera) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"rtsp://operator:{{}}@127.0.0.1:{server.server_address[1]}/1"
        assert described(address.format("rahasia")) == 200
        assert described(address.format("keliru")) == 401
        server.shutdown()


def test_what_is_no_rtsp_server() -> None:
    answers = (b"", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b"\0" * 5000)
    with ExitStack() as stack, ThreadPoolExecutor(3) as pool:
        ports = [stack.enter_context(rtsp.silent_server(one)) for one in answers]
        found = list(pool.map(probed, [f"rtsp://sari:rahasia@127.0.0.1:{port}/1" for port in ports]))
    assert [told(one) for one in found] == ["camera.not_rtsp"] * 3
    assert not [one for one in found if b"rahasia" in one.raw]


def _png(side: int) -> bytes:
    """A white square of one bit a pixel, which zlib makes a thousand times smaller."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packed = zlib.compress((b"\0" + b"\xff" * (side // 8)) * side, 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def _hostile() -> dict[str, tuple[bytes, str]]:
    """Files of other kinds, and pictures that say they are as large as can be said."""
    plain = cv2.imencode(".jpg", np.zeros((64, 64, 3), np.uint8))[1].tobytes()
    at = plain.index(b"\xff\xc0")
    frame = struct.pack("<HHHH", 0, 0, 65535, 65535)
    gif = b"GIF89a" + frame[4:] + b"\x80\0\0\0\0\0\xff\xff\xff,"
    return {
        "bomb.png": (_png(24_000), "camera.no_film"),
        "huge.jpg": (plain[: at + 5] + (65500).to_bytes(2, "big") * 2 + plain[at + 9 :], "camera.no_film"),
        "huge.gif": (gif + frame + b"\0\x02\x02\x4c\x01\0;", "camera.no_film"),
        "one.jpg": (plain, "camera.no_film"),
        "text.jpg": (b"halo\n" * 99, "camera.no_film"),
        "empty.mp4": (b"", "camera.cannot_open"),
        "program.mp4": (b"\x7fELF" + bytes(range(256)) * 99, "camera.cannot_open"),
        "archive.avi": (b"PK\3\4" + bytes(range(256)) * 20, "camera.cannot_open"),
        "list.ffconcat": (b"ffconcat version 1.0\nfile /etc/passwd\n", "camera.cannot_open"),
        "list.m3u8": (b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "camera.cannot_open"),
    }


def test_hostile_files(tmp_path: Path) -> None:
    expected = {}
    for name, (content, code) in _hostile().items():
        (tmp_path / name).write_bytes(content)
        expected[name] = code
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.avi")
        expected["pipe.avi"] = "camera.no_file"
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(probed, [str(tmp_path / name) for name in expected])
        assert dict(zip(expected, map(told, found), strict=True)) == expected


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[v4l2.FakeCamera]:
    if reason := v4l2.missing():
        pytest.skip(reason)
    camera = v4l2.make_camera(tmp_path_factory.mktemp("v4l2"))
    yield camera
    Path(camera.path).unlink()


def test_a_local_camera_is_measured(fake: v4l2.FakeCamera) -> None:
    found = probed(fake.path, env=fake.env())
    assert told(found) is None
    assert (found.values["frame_width_px"], found.values["identical_frames_pct"]) == (1280, 0)
    assert found.readings["fps"]["instrument"].endswith(" v4l2")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("busy", "camera.cannot_open_device"),
        ("gone:60", "camera.stopped"),
        ("gone:0", "camera.no_frames"),
        ("stall:60", "camera.stopped"),
        ("stall:0", "camera.no_frames"),
    ],
)
def test_a_local_camera_that_goes_wrong(fake: v4l2.FakeCamera, fault: str, code: str) -> None:
    """Held by another program, unplugged, or standing still: at the start, and while it is measured."""
    found = probed(fake.path, 6, env=fake.env(fault))
    assert told(found) == code
    if code == "camera.stopped":
        assert found.readings["fps"]["partial"]
