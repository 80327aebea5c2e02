"""What a probe says and how: one JSON object a line, on a descriptor that nothing else in the process can reach.

    {"type": "progress", "fraction": 0.4, "code": "camera.measuring", "params": {"fps": 29.9}}
    {"type": "reading", "metric": "fps", "value": 29.97, ...}
    {"type": "failure", "code": "camera.none", "params": {}}
    {"type": "done"}

The request comes as one JSON line on stdin, so that passwords never stand in a list of processes. A request that
says `"lifeline": true` also promises that stdin stays open for as long as someone listens: when it closes, the
probe ends by itself, wherever it is.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO, NoReturn

from vcops.domain.metrics import Value
from vcops.domain.readings import Reading
from vcops.errors import Param

__all__ = ["Failure", "Wire", "keep_stdout_private", "watch_lifeline"]


class Failure(Exception):
    """It cannot be measured. `code` is explained by the face that shows it; `params` fill the sentence."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Wire:
    """Writes the lines. Whoever stopped listening ends the probe."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def progress(self, code: str, fraction: float | None = None, **params: Param) -> None:
        """Say what is being done, how far it is (0 to 1), and the figures so far."""
        shown = None if fraction is None else round(min(max(fraction, 0.0), 1.0), 3)
        self._write({"type": "progress", "fraction": shown, "code": code, "params": params})

    def reading(self, metric: str, value: Value | None, **details: Any) -> None:
        """Say what was measured; `details` are the other fields of a `Reading`. It is stamped with the time now."""
        self._write({"type": "reading"} | Reading(metric, value, datetime.now(UTC), **details).as_json())

    def failure(self, code: str, params: Mapping[str, Param]) -> None:
        """Say that it could not be measured, or not to the end."""
        self._write({"type": "failure", "code": code, "params": dict(params)})

    def done(self, **more: Any) -> None:
        """Say that this was all."""
        self._write({"type": "done"} | more)

    def _write(self, line: dict[str, Any]) -> None:
        text = json.dumps(line, ensure_ascii=True, allow_nan=False)
        with self._lock:
            try:
                self._stream.write(text.encode("ascii") + b"\n")
                self._stream.flush()
            except OSError:
                leave(1)


def keep_stdout_private() -> BinaryIO:
    """Return the real stdout, and point the descriptors 1 and 2 at nothing.

    A C library that complains (libjpeg does, with no way to stop it) then neither corrupts the lines nor scribbles
    on the terminal of whoever started the probe.
    """
    private = os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    return private


def watch_lifeline() -> None:
    """End the process when stdin closes. Works while a library blocks, as long as it lets other threads run."""

    def wait() -> None:
        while sys.stdin.buffer.read(1):
            pass
        leave(1)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def leave(status: int) -> NoReturn:
    """End at once, without waiting for threads or for a driver that never comes back."""
    os._exit(status)
