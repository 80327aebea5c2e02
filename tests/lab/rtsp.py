"""A real RTSP camera, where GStreamer's server is installed, and what can go wrong with it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

__all__ = ["RtspScript", "RunningRtsp", "missing", "running_rtsp", "silent_server"]

_SERVER = Path(__file__).parent / "rtsp_server.py"
_PYTHON = "/usr/bin/python3"
_NEEDED = "import gi\nfor one in ('GstRtsp', 'GstRtspServer'): gi.require_version(one, '1.0')"
_PACKAGES = "gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-good"


@dataclass(frozen=True)
class RtspScript:
    """What the camera shows, and whom."""

    width: int = 1280
    height: int = 720
    fps: int = 25
    pattern: str = "smpte"
    login: str = ""
    """`NAME:PASSWORD`; empty: everyone may look."""
    digest: bool = False
    """Ask for the login by digest instead of in plain text."""


@dataclass(frozen=True)
class RunningRtsp:
    """Where it is; `stall` and `resume` stop and continue it as a whole, `end` is its power cut."""

    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        """The stream."""
        return f"rtsp://127.0.0.1:{self.port}/stream"

    def stall(self) -> None:
        """Let it send nothing more, its connections open."""
        self.process.send_signal(signal.SIGSTOP)

    def end(self) -> None:
        """Cut its power."""
        self.process.kill()


@cache
def missing() -> str:
    """Return what is missing for a real RTSP server; empty where nothing is."""
    try:
        done = subprocess.run([_PYTHON, "-c", _NEEDED], capture_output=True, check=False, timeout=30)
    except OSError:
        return f"needs {_PYTHON} with GStreamer's RTSP server ({_PACKAGES})"
    has_jpeg = bool(list(Path("/usr/lib").glob("*/gstreamer-1.0/libgstjpeg.so")))
    return "" if done.returncode == 0 and has_jpeg else f"needs GStreamer's RTSP server ({_PACKAGES})"


@contextmanager
def running_rtsp(script: RtspScript | None = None) -> Iterator[RunningRtsp]:
    """Run the camera until the block ends."""
    words = [_PYTHON, str(_SERVER), json.dumps(asdict(script or RtspScript()))]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield RunningRtsp(int(process.stdout.readline()), process)
        finally:
            process.kill()


@contextmanager
def silent_server(said: bytes = b"") -> Iterator[int]:
    """Take connections at the yielded port, answer each first request with `said`, and then say nothing at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    taken, _place = server.accept()
                    held.append(taken)
                    if said and taken.recv(65536):
                        taken.sendall(said)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield int(server.getsockname()[1])
        finally:
            server.shutdown(socket.SHUT_RDWR)
            for one in held:
                one.close()
