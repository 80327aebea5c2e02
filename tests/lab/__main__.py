"""`python -m tests.lab camera`, `server` or `room`: a stream, a server, or both with sound, to try vcops on."""

from __future__ import annotations

import argparse
import time
from contextlib import suppress

from tests.lab.camera import CameraScript, running_camera
from tests.lab.server import ServerScript, running_server


def main() -> None:
    """Run one of them, print its address, and go on until Ctrl+C."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    camera = kinds.add_parser("camera", help="a motion-JPEG stream over HTTP")
    camera.add_argument("--width", type=int, default=1280)
    camera.add_argument("--height", type=int, default=720)
    camera.add_argument("--fps", type=float, default=30.0)
    camera.add_argument("--luma", type=int, default=120, help="mean brightness, 0 to 255")
    camera.add_argument("--repeat", type=int, default=1, help="send every picture so many times")
    camera.add_argument("--black-every", type=int, default=0, help="every so many-th frame is black")
    camera.add_argument("--port", type=int, default=8090)
    server = kinds.add_parser("server", help="LibreSpeed, Speedtest and Cloudflare paths")
    server.add_argument("--mbps", type=float, default=None, help="never pass more than this")
    server.add_argument("--delay", type=float, default=0.0, help="seconds before every answer")
    server.add_argument("--port", type=int, default=8091)
    room = kinds.add_parser("room", help="a camera, a server, an https platform, a microphone and a loudspeaker")
    room.add_argument("--camera-port", type=int, default=8090)
    room.add_argument("--server-port", type=int, default=8091)
    asked = parser.parse_args()
    with suppress(KeyboardInterrupt):
        if asked.kind == "room":
            from tests.lab.room import run_room  # the others need no sound and no certificates

            run_room(asked.camera_port, asked.server_port)
        elif asked.kind == "camera":
            script = CameraScript(
                width=asked.width,
                height=asked.height,
                fps=asked.fps,
                luma=asked.luma,
                repeat=asked.repeat,
                black_every=asked.black_every,
            )
            with running_camera(script, asked.port) as seen:
                _wait(seen.url)
        else:
            with running_server(ServerScript(asked.mbps, asked.delay), asked.port) as asked_of:
                _wait(asked_of.url)


def _wait(url: str) -> None:
    print(url, flush=True)
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    main()
