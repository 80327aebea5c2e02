"""A terminal that may go away while somebody still writes to it: a lost SSH session, a window that was closed.

Textual writes in a thread, which ends with the first error; the program would then wait for ever for room in that
thread's queue, with the camera still open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

__all__ = ["Lasting"]


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
