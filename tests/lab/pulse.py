"""A sound system of its own: a private PulseAudio whose null sinks are the room's air, its loudspeaker and microphone.

What is played into the sink `air` is heard by the microphone, sample for sample. The loudspeaker leads into the same
air through a LADSPA delay, so that how late its sound comes back is known exactly.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

__all__ = ["MICROPHONE", "RATE", "SPEAKER", "Pulse", "missing", "running_pulse", "sounding_room"]

RATE = 48_000
MICROPHONE = "Room microphone"
SPEAKER = "Room loudspeaker"
_DELAY = "delay.so"
_LADSPA = (Path("/usr/lib/ladspa"), Path("/usr/lib64/ladspa"), Path("/usr/local/lib/ladspa"))
_UP_S = 10.0

_ROOM = """\
load-module module-null-sink sink_name=air rate=48000 channels=1 sink_properties=device.description=Air
load-module module-remap-source source_name=mic master=air.monitor source_properties="device.description='{mic}'"
{speaker}
set-default-sink speaker
set-default-source mic
"""
_HEARD = """\
load-module module-ladspa-sink sink_name=speaker master=air channels=1 plugin=delay label=delay_5s \
control={delay:.6f},1.0 sink_properties="device.description='{name}'"
"""
_UNHEARD = """\
load-module module-null-sink sink_name=speaker rate=48000 sink_properties="device.description='{name}'"
"""


def missing(*, delay: bool = False) -> str:
    """Return what is not installed here, as a reason to skip; empty where all is there."""
    lacking = [program for program in ("pulseaudio", "pactl", "pacat") if shutil.which(program) is None]
    if lacking:
        return f"not installed: {', '.join(lacking)} (Debian: pulseaudio, pulseaudio-utils)"
    if delay and not any((folder / _DELAY).exists() for folder in _LADSPA):
        return "not installed: the LADSPA delay (Debian: ladspa-sdk)"
    return ""


class Pulse:
    """A running server. `env` is what a program must be told to speak to it and to no other."""

    def __init__(self, folder: Path, script: str) -> None:
        self.folder = folder
        self.script = script
        self.env = {"PULSE_SERVER": f"unix:{folder}/native", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        self._server: subprocess.Popen[bytes] | None = None
        self._players: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [
            "pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--disallow-exit", "--exit-idle-time=-1",
            "--disable-shm=yes", "--realtime=no", "--high-priority=no", "-F", str(self.folder / "script.pa"),
        ]  # fmt: skip
        socket = f"load-module module-native-protocol-unix socket={self.folder}/native auth-anonymous=1\n"
        (self.folder / "script.pa").write_text(self.script + socket, encoding="utf-8")
        own = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")} | self.env
        own.pop("PULSE_SERVER")
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(command, env=own, stdout=log, stderr=log)
        latest = time.monotonic() + _UP_S
        while self._ask("info").returncode:
            if self._server.poll() is not None or time.monotonic() > latest:
                raise RuntimeError((self.folder / "log").read_text(encoding="utf-8")[-2000:])
            time.sleep(0.05)

    def pactl(self, *words: str) -> str:
        """Run `pactl` against it and return what it said."""
        return self._ask(*words).stdout.decode()

    def unload(self, module: str) -> None:
        """Unload every module of that name: the devices that it made are gone, as if unplugged."""
        self._ask("unload-module", module)

    def play(self, samples: np.ndarray[Any, Any], sink: str = "air") -> subprocess.Popen[bytes]:
        """Play mono samples of -1 to 1 into a sink, without waiting for the end."""
        file = self.folder / f"played-{len(self._players)}.raw"
        file.write_bytes((np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes())
        command = ["pacat", "--raw", "--channels=1", f"--rate={RATE}", "--format=s16le", f"--device={sink}", str(file)]
        player = subprocess.Popen(command, env=os.environ | self.env)
        self._players.append(player)
        return player

    def kill(self) -> None:
        """Kill the server without a word to anyone."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            (self.folder / "native").unlink(missing_ok=True)

    def stand_still(self) -> None:
        """Halt the server: it holds every connection and answers nothing."""
        assert self._server is not None
        self._server.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it run again."""
        assert self._server is not None
        self._server.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End the players and the server."""
        for player in self._players:
            player.kill()
            player.wait()
        if self._server is not None and self._server.poll() is None:
            self.go_on()
            self._server.terminate()
            try:
                self._server.wait(5)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()

    def _ask(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        command = ["pactl", "-s", self.env["PULSE_SERVER"], *words]
        return subprocess.run(command, env=os.environ | self.env, capture_output=True, timeout=10, check=False)


@contextmanager
def running_pulse(*, echo_ms: float | None = None, devices: bool = True) -> Iterator[Pulse]:
    """Run a private server until the block ends.

    `echo_ms` is how much later than at once the loudspeaker is heard at the microphone; None: it is not heard at all.
    Without `devices` it has none.
    """
    speaker = _UNHEARD.format(name=SPEAKER)
    if echo_ms is not None:
        speaker = _HEARD.format(delay=echo_ms / 1000, name=SPEAKER)
    with tempfile.TemporaryDirectory(prefix="vcops-pulse-") as folder:
        pulse = Pulse(Path(folder), _ROOM.format(mic=MICROPHONE, speaker=speaker) if devices else "")
        try:
            pulse.start()
            yield pulse
        finally:
            pulse.close()


@contextmanager
def sounding_room(
    environment: pytest.MonkeyPatch, *, echo_ms: float | None = None, devices: bool = True
) -> Iterator[Pulse]:
    """Run a private server as this process's own sound system, so that whatever it starts finds that one."""
    with running_pulse(echo_ms=echo_ms, devices=devices) as pulse:
        for name, value in pulse.env.items():
            environment.setenv(name, value)
        yield pulse
