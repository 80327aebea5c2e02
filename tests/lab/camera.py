"""A camera that is not one: an HTTP server that sends a motion-JPEG stream with the faults it is told to have."""

from __future__ import annotations

import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import cv2
import numpy as np

__all__ = ["CameraScript", "RunningCamera", "running_camera", "scene"]


@dataclass(frozen=True)
class CameraScript:
    """What the stream looks like and what goes wrong with it."""

    width: int = 640
    height: int = 360
    fps: float = 15.0
    luma: int = 120
    scenes: int = 12
    """How many different pictures the stream goes round in."""
    repeat: int = 1
    """Every picture is sent so many times: 2 makes half of the frames identical to the one before."""
    black_every: int = 0
    """Every so many-th frame is black; 0 for none."""
    cut_every: int = 0
    """Of every so many-th frame only the first 60 % of its bytes are sent; 0 for none."""
    login: str = ""
    """`NAME:PASSWORD`; empty: everyone may look."""
    stop_after: int | None = None
    """End the stream after so many frames."""
    stall_after: int | None = None
    """Send nothing more after so many frames, and keep the connection open."""
    shown: tuple[bytes, ...] = ()
    """JPEG pictures to go round in instead of the drawn ones."""
    never_answer: bool = False
    """Take the connection and say nothing at all."""
    garbage_after: int | None = None
    """From this frame on send what is no picture, and says it is."""
    claimed: float = 1.0
    """How many times as long as it is each picture is said to be."""
    grows_after: int | None = None
    """From this frame on the pictures are twice as wide and high."""
    giant: bool = False
    """Each picture says that it is 65500 pixels wide and high, and has hardly a byte: it unpacks into 12 gigabytes."""
    slow_bytes: int | None = None
    """Send so many bytes a second and no more."""


def scene(width: int, height: int, luma: int, number: int) -> np.ndarray[Any, Any]:
    """Return a picture with edges, faint noise and a box that moves with `number`; its mean luma is close to `luma`."""
    noise = np.random.default_rng(number).integers(-2, 3, (height, width))
    seen = np.clip(_room(width, height, luma) + noise, 0, 255).astype(np.uint8)
    frame = cv2.merge([seen] * 3)
    left = number * 31 % max(width - 40, 1)
    cv2.rectangle(frame, (left, 10), (left + 30, 40), (min(luma + 60, 255),) * 3, -1)
    return frame


@lru_cache(maxsize=8)
def _room(width: int, height: int, luma: int) -> np.ndarray[Any, Any]:
    """Return squares of many greys, whose mean is close to `luma`."""
    depth = min(luma, 255 - luma) // 3
    greys = np.random.default_rng(0).integers(-depth, depth + 1, (height // 40 + 1, width // 40 + 1))
    return luma + np.kron(greys - round(greys.mean()), np.ones((40, 40), int))[:height, :width]


@lru_cache(maxsize=256)
def _coded(width: int, height: int, luma: int, number: int) -> bytes:
    return cv2.imencode(".jpg", scene(width, height, luma, number))[1].tobytes()


def _giant(picture: bytes) -> bytes:
    """Return a picture that says in its frame header (SOF0) that it is as large as JPEG can say."""
    at = picture.index(b"\xff\xc0")
    return picture[: at + 5] + (65500).to_bytes(2, "big") * 2 + picture[at + 9 :]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: several run in one test."""

    def do_GET(self) -> None:
        script = self.server.script
        self.server.seen.append(self.headers.get("Authorization") or "")
        if script.never_answer:
            self.server.closing.wait()
            return
        if script.login and self.headers.get("Authorization") != _basic(script.login):
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.path.partition("?")[0] != "/video":
            self._page()
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        with suppress(OSError):
            self._stream(script)

    def _page(self) -> None:
        body = b"The pictures are at /video"
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, script: CameraScript) -> None:
        started = time.monotonic()
        for number, picture in enumerate(_pictures(script)):
            if self.server.closing.wait(max(started + number / script.fps - time.monotonic(), 0)):
                return
            if number == script.stop_after:
                return
            if number == script.stall_after:
                self.server.closing.wait()
                return
            length = round(len(picture) * script.claimed)
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {length}\r\n\r\n"
            self._send(head.encode() + picture + b"\r\n", script.slow_bytes)

    def _send(self, sent: bytes, rate: int | None) -> None:
        if rate is None:
            self.wfile.write(sent)
            return
        for place in range(0, len(sent), max(rate // 10, 1)):
            self.wfile.write(sent[place : place + max(rate // 10, 1)])
            if self.server.closing.wait(0.1):
                return


def _pictures(script: CameraScript) -> Iterator[bytes]:
    number = 0
    while True:
        black = script.black_every and number % script.black_every == 0
        shown = number // script.repeat % (len(script.shown) or script.scenes)
        times = 2 if script.grows_after is not None and number >= script.grows_after else 1
        drawn = _coded(script.width * times, script.height * times, 4 if black else script.luma, shown)
        picture = script.shown[shown] if script.shown and not black else drawn
        if script.giant:
            picture = _giant(picture)
        if script.garbage_after is not None and number >= script.garbage_after:
            picture = np.random.default_rng(number).bytes(len(picture))
        cut = script.cut_every and number % script.cut_every == script.cut_every - 1
        yield picture[: len(picture) * 6 // 10] if cut else picture
        number += 1


def _basic(login: str) -> str:
    return "Basic " + b64encode(login.encode()).decode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, script: CameraScript, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.script = script
        self.closing = threading.Event()
        self.seen: list[str] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A viewer that leaves is no error."""


@dataclass(frozen=True)
class RunningCamera:
    """Where it is, and what it saw."""

    port: int
    seen: list[str]
    """The Authorization header of every request."""

    @property
    def url(self) -> str:
        """The stream."""
        return f"http://127.0.0.1:{self.port}/video"


@contextmanager
def running_camera(script: CameraScript | None = None, port: int = 0) -> Iterator[RunningCamera]:
    """Run the camera until the block ends."""
    server = _Server(script or CameraScript(), port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield RunningCamera(server.server_address[1], server.seen)
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
