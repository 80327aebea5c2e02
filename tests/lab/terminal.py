"""A real pseudo-terminal with a program in it: what it draws, when it drew it, and what it leaves behind. POSIX only.

What is drawn is kept whole, each piece with its moment. The screen as a person sees it is worked out from that
afterwards by an emulator, so that looking costs the program nothing while it is timed.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

__all__ = ["VCOPS", "Terminal", "View", "stripped"]

VCOPS = Path(sys.executable).parent / "vcops"
"""The console script as it was installed beside this Python."""
PATIENCE = 30.0
"""Seconds after which something that was not drawn counts as never drawn."""
_ESCAPES = re.compile(r"\x1b(\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[PX^_].*?\x1b\\|.)", re.DOTALL)
_MODES_LEFT_ON = {"?1049": "alternate screen", "?1000": "mouse", "?1003": "mouse moves", "?2004": "bracketed paste"}


def stripped(text: str) -> str:
    """Return what was drawn without the escape sequences, in the order in which it was drawn."""
    return _ESCAPES.sub("", text)


class View:
    """The characters and colours of the screen."""

    def __init__(self, screen: pyte.Screen) -> None:
        self._screen = screen
        self.lines: list[str] = [line.rstrip() for line in screen.display]
        self.text = "\n".join(self.lines)

    def row_on(self, background: str, columns: int | None = None) -> str:
        """Return the text of the first row with this background (`24454c`); only its first `columns` cells."""
        for y, line in enumerate(self._screen.display):
            row = self._screen.buffer[y]
            if any(row[x].bg == background for x in range(columns or self._screen.columns)):
                return line[:columns].rstrip()
        return ""


class Terminal:
    """Starts a command in a terminal of `columns` x `rows` and is its keyboard and its screen. A context manager.

    `environment` is added to this process's, from which everything that changes the program's looks is taken out.
    """

    def __init__(
        self,
        words: Sequence[str | Path],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.pieces: list[tuple[float, bytes]] = []
        """What was read, each with its moment in seconds since the start."""
        self._screen = pyte.Screen(columns, rows)
        self._emulator = pyte.ByteStream(self._screen)
        self._shown = 0
        self._ours, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._before = termios.tcgetattr(self._theirs)
        self._began = time.perf_counter()
        self.process = subprocess.Popen(
            [str(word) for word in words],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env=_environment() | dict(environment or {}),
            cwd=folder,
            start_new_session=True,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- the keyboard -----------------------------------------------------------------------------------------

    def send(self, keys: str) -> float:
        """Press keys; return the moment, in seconds since the start."""
        moment = self.now
        os.write(self._ours, keys.encode())
        return moment

    @property
    def now(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._began

    # -- what is drawn ----------------------------------------------------------------------------------------

    @property
    def raw(self) -> str:
        """Everything that was written, escape sequences and all."""
        return b"".join(piece for _moment, piece in self.pieces).decode(errors="replace")

    def wait_for(self, pattern: str, seconds: float = PATIENCE) -> float:
        """Read until the pattern stands in what was written; return the moment. Raises TimeoutError."""
        wanted, deadline = re.compile(pattern), self.now + seconds
        while not wanted.search(stripped(self.raw)):
            self._read_or_give_up(deadline, pattern)
        return self.now

    def see(self, pattern: str, seconds: float = PATIENCE) -> View:
        """Read until the pattern stands on the screen; return the screen. Raises TimeoutError."""
        wanted, deadline = re.compile(pattern), self.now + seconds
        while not wanted.search((view := self.view()).text):
            self._read_or_give_up(deadline, pattern)
        return view

    def view(self) -> View:
        """Return the screen after all that was read."""
        for _moment, piece in self.pieces[self._shown :]:
            self._emulator.feed(piece)
        self._shown = len(self.pieces)
        return View(self._screen)

    def first_moment(self, holds: Callable[[View], bool]) -> float | None:
        """Look at the pieces not looked at yet, one by one; return when the screen first was so, else None."""
        found = None
        for moment, piece in self.pieces[self._shown :]:
            self._emulator.feed(piece)
            self._shown += 1
            if found is None and holds(View(self._screen)):
                found = moment
        return found

    def read_until_still(self, still: float = 0.25, most: float = PATIENCE) -> None:
        """Read until nothing was written for `still` seconds, at most for `most`."""
        deadline = self.now + most
        while self.now < deadline and self._read(still):
            pass

    def read_for(self, seconds: float) -> None:
        """Read for so long."""
        deadline = self.now + seconds
        while (left := deadline - self.now) > 0:
            self._read(left)

    def _read(self, seconds: float) -> bool:
        """Wait for a piece; False where none came."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return False
        piece = os.read(self._ours, 65536)
        self.pieces.append((self.now, piece))
        return True

    def _read_or_give_up(self, deadline: float, pattern: str) -> None:
        if not self._read(0.2) and (self.now > deadline or self.process.poll() is not None):
            raise TimeoutError(f"{pattern!r} was not drawn; the screen:\n{self.view().text}")

    # -- the end ----------------------------------------------------------------------------------------------

    def peak_memory(self) -> float:
        """Return the program's highest resident memory so far, in MB (Linux only)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024

    def terminate(self) -> None:
        """Ask the program to end, as the system does when it shuts down."""
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it outright, as a power cut does."""
        self.process.kill()
        self.process.wait()

    def end(self, seconds: float = PATIENCE) -> int:
        """Read until the program has ended; return its exit status. Raises TimeoutError."""
        deadline = self.now + seconds
        while self.process.poll() is None:
            self._read(0.05)
            if self.now > deadline:
                raise TimeoutError(f"it did not end; the screen:\n{self.view().text}")
        while self._read(0.05):
            pass
        return self.process.returncode

    def left_behind(self) -> list[str]:
        """Return what the program changed about the terminal and did not put back."""
        raw = self.raw
        left = [
            name for mode, name in _MODES_LEFT_ON.items() if raw.rfind(f"\x1b[{mode}h") > raw.rfind(f"\x1b[{mode}l")
        ]
        if raw.rfind("\x1b[?25l") > raw.rfind("\x1b[?25h"):
            left.append("hidden cursor")
        if termios.tcgetattr(self._theirs) != self._before:
            left.append("line discipline")
        return left

    def close(self) -> None:
        """End what still runs, first by asking, and let go of the terminal."""
        if self.process.poll() is None:
            self.terminate()
            try:
                self.end(5)
            except TimeoutError:
                self.kill()
        os.close(self._ours)
        os.close(self._theirs)


def _environment() -> dict[str, str]:
    """Return this process's environment without what changes the program's looks, and with a good terminal's."""
    away = {"NO_COLOR", "PYTHONDONTWRITEBYTECODE", "LC_ALL", "LANGUAGE", "COLUMNS", "LINES"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in away and not name.startswith(("VCOPS_", "TEXTUAL"))
    }
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
