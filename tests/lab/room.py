"""A whole room to walk to its decision: camera, measuring server, https platform, microphone and loudspeaker."""

from __future__ import annotations

import ssl
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.lab.camera import CameraScript, running_camera
from tests.lab.certificates import Authority
from tests.lab.pulse import missing, running_pulse
from tests.lab.server import ServerScript, running_server
from tests.lab.voices import speech

__all__ = ["run_room"]

_SPEAKS_S = 25.0
_MBPS = 40.0
_ECHO_MS = 30.0
_PLATFORM_PORT = 8092


def run_room(camera_port: int, server_port: int) -> None:
    """Print the room's addresses and what the terminal of vcops must know of it; Enter lets somebody speak in it."""
    if lacking := missing(delay=True):
        raise SystemExit(lacking)
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="vcops-room-")))
        authority = Authority(folder)
        _trust_others_too(authority.file)
        camera = parts.enter_context(running_camera(CameraScript(width=1280, height=720, fps=30), camera_port))
        server = parts.enter_context(running_server(ServerScript(mbps=_MBPS), server_port))
        secure = ServerScript(tls=authority.server_context())
        platform = parts.enter_context(running_server(secure, _PLATFORM_PORT))
        sounds = parts.enter_context(running_pulse(echo_ms=_ECHO_MS))
        print(f"camera    {camera.url}\nserver    {server.url}\nplatform  {platform.url}\n")
        print(f"export PULSE_SERVER={sounds.env['PULSE_SERVER']}\nexport SSL_CERT_FILE={authority.file}\n")
        print(f"Enter: somebody speaks for {_SPEAKS_S:.0f} seconds. Ctrl+C ends it.", flush=True)
        voice = speech(_SPEAKS_S)
        while True:
            _wait_for_enter()
            sounds.play(voice)


def _trust_others_too(file: Path) -> None:
    """Add the system's own authorities: SSL_CERT_FILE stands in their place, and real platforms are still asked."""
    system = ssl.get_default_verify_paths().cafile
    if system and Path(system).exists():
        with file.open("a", encoding="utf-8") as stream:
            stream.write("\n" + Path(system).read_text(encoding="utf-8"))


def _wait_for_enter() -> None:
    try:
        input()
    except EOFError:  # no terminal: the room stands there silent
        while True:
            time.sleep(3600)
