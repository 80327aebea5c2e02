"""What a probe says and how: one JSON object a line, on a descriptor that nothing else in the process can reach.

    {"type": "progress", "fraction": 0.4, "code": "camera.measuring", "params": {"fps": 29.9}}
    {"type": "reading", "metric": "fps", "value": 29.97, ...}
    {"type": "question", "code": "connection.extend", "params": {"seconds": 6}}
    {"type": "picture", "width": 76, "height": 42, "rgb": "...", "faces": [[0.4, 0.2, 0.5, 0.4]], ...}
    {"type": "failure", "code": "camera.none", "params": {}}
    {"type": "done"}

The request comes as one JSON line on stdin, so that passwords never stand in a list of processes. The answer to a
question comes the same way; one that does not come in time is no answer. A picture is answered too, and the next one
waits for that. A request that says `"lifeline": true` also
promises that stdin stays open for as long as someone listens: when it closes, the probe ends by itself, wherever it
is.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import IO, Any, BinaryIO, NoReturn

from vcops.domain.metrics import Value
from vcops.domain.readings import Reading
from vcops.errors import Param

__all__ = ["Failure", "Wire", "keep_stdout_private"]


class Failure(Exception):
    """It cannot be measured. `code` is explained by the face that shows it; `params` fill the sentence."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


_ANSWER_S = 1.0


class Wire:
    """Writes the lines, and reads what is answered. Whoever stopped listening ends the probe."""

    def __init__(self, stream: BinaryIO, heard: IO[bytes] | None = None) -> None:
        self._stream = stream
        self._heard = heard
        self._lock = threading.Lock()
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener: threading.Thread | None = None
        self._last_deeds: list[Callable[[], object]] = []
        self._lifeline = False
        self.told: set[str] = set()
        """The metrics of which a reading was told."""

    def watch_lifeline(self) -> None:
        """End the process when stdin closes. Works while a library blocks, as long as it lets other threads run."""
        self._lifeline = True
        self._listen()

    def before_leaving(self, deed: Callable[[], object]) -> None:
        """Do this too when nobody listens any more, such as ending a program that was started. It must be quick."""
        self._last_deeds.append(deed)

    def ask(self, code: str, **params: Param) -> dict[str, Any] | None:
        """Ask whoever reads the lines and wait a second for the answer; None where there is none that makes sense.

        Blocks: coroutines call it in a thread.
        """
        self._write({"type": "question", "code": code, "params": params})
        self._listen()
        try:
            answer = json.loads(self._answers.get(timeout=_ANSWER_S))
        except (queue.Empty, ValueError):
            return None
        return answer if isinstance(answer, dict) else None

    def progress(self, code: str, fraction: float | None = None, **params: Param) -> None:
        """Say what is being done, how far it is (0 to 1), and the figures so far."""
        shown = None if fraction is None else round(min(max(fraction, 0.0), 1.0), 3)
        self._write({"type": "progress", "fraction": shown, "code": code, "params": params})

    def reading(self, metric: str, value: Value | None, **details: Any) -> None:
        """Say what was measured; `details` are the other fields of a `Reading`. It is stamped with the time now."""
        self.told.add(metric)
        self._write({"type": "reading"} | Reading(metric, value, datetime.now(UTC), **details).as_json())

    def picture(self, **seen: Any) -> None:
        """Send a small picture with what is seen on it. Whoever takes it answers; see `heard`."""
        self._listen()
        self._write({"type": "picture"} | seen)

    def heard(self) -> dict[str, Any] | None:
        """Return the newest of what was answered meanwhile, without waiting; None where nothing was."""
        newest = None
        with suppress(queue.Empty, ValueError):
            while True:
                answer = json.loads(self._answers.get_nowait())
                newest = answer if isinstance(answer, dict) else newest
        return newest

    def failure(self, code: str, params: Mapping[str, Param]) -> None:
        """Say that it could not be measured, or not to the end."""
        self._write({"type": "failure", "code": code, "params": dict(params)})

    def done(self, **more: Any) -> None:
        """Say that this was all."""
        self._write({"type": "done"} | more)

    def _listen(self) -> None:
        """Start the one thread that reads stdin: answers as they come, and its end."""
        if self._listener is None:
            self._listener = threading.Thread(target=self._hear, name="lifeline", daemon=True)
            self._listener.start()

    def _hear(self) -> None:
        heard = self._heard or sys.stdin.buffer
        while line := heard.readline():
            self._answers.put(line)
        if self._lifeline:
            self._leave()
        self._answers.put(b"")  # nobody is there to answer: whoever waits need not

    def _write(self, line: dict[str, Any]) -> None:
        text = json.dumps(line, ensure_ascii=True, allow_nan=False)
        with self._lock:
            try:
                self._stream.write(text.encode("ascii") + b"\n")
                self._stream.flush()
            except OSError:
                self._leave()

    def _leave(self) -> NoReturn:
        for deed in self._last_deeds:
            with suppress(Exception):
                deed()
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


def leave(status: int) -> NoReturn:
    """End at once, without waiting for threads or for a driver that never comes back."""
    os._exit(status)
