"""A terminal that may go away while somebody still writes to it: a lost SSH session, a window that was closed.

Textual writes in a thread, which ends with the first error; the program would then wait for ever for room in that
thread's queue, with the camera still open.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from textual.driver import Driver

__all__ = ["Lasting", "end_when_asked", "outlive_terminal"]

Ended = Callable[[signal.Signals], None]


def end_when_asked(ended: Ended) -> None:
    """Call `ended` in the running loop when the system asks the program to end."""
    if sys.platform != "win32":
        for sign in (signal.SIGTERM, signal.SIGHUP):
            with suppress(ValueError, RuntimeError):  # not in the main thread: a test
                asyncio.get_running_loop().add_signal_handler(sign, ended, sign)


def outlive_terminal(driver: Driver, ended: Ended) -> Driver:
    """Let the program end in order, too, where the terminal goes away while it is written to."""
    if hasattr(driver, "_file"):  # the tests' own has none
        loop = asyncio.get_running_loop()

        def gone() -> None:
            loop.call_soon_threadsafe(ended, signal.SIGTERM)

        driver._file = Lasting(driver._file, gone)  # noqa: SLF001 - it has no other door
    return driver


class Lasting:
    """Passes on what is written until the terminal is gone; then says so, once, and swallows the rest."""

    def __init__(self, file: IO[str], gone: Callable[[], None]) -> None:
        self._file = file
        self._gone = gone
        self._is_there = True

    def write(self, text: str) -> int:
        """Write to the terminal, where there is one still."""
        return self._while_there(lambda: self._file.write(text)) or 0

    def flush(self) -> None:
        """Let the terminal have what was written."""
        self._while_there(self._file.flush)

    def fileno(self) -> int:
        """Return the terminal's file number."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()

    def _while_there(self, deed: Callable[[], int | None]) -> int | None:
        if not self._is_there:
            return None
        try:
            return deed()
        except OSError:
            self._is_there = False
            self._gone()
            return None
