"""Starting a probe, reading its lines, and making sure that nothing of it is left behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any

from vcops.errors import Unreachable

__all__ = ["Answer", "Limits", "Line", "listed", "probe_lines"]

Line = dict[str, Any]
"""One line of a probe: `type` is progress, reading, question, picture, failure or done."""

Answer = Callable[[Line], Mapping[str, Any]]
"""Returns what a probe is told that asked a question or sent a picture."""

_TYPES = ("progress", "reading", "question", "picture", "failure", "done")
_LONGEST_LINE = 1024 * 1024
_BURIAL_S = 2.0
_LISTING_S = 30.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a probe may take as a whole, and how long it may keep silent, in seconds."""

    whole: float
    silence: float = 20.0


async def probe_lines(
    name: str,
    request: Mapping[str, Any],
    limits: Limits,
    stop: asyncio.Event | None = None,
    answer: Answer | None = None,
) -> AsyncGenerator[Line, None]:
    """Run `python -m vcops.probes NAME` and yield its lines; the last is always a `failure` or `done`.

    A probe that is late, dies, or talks nonsense ends in a `failure` of the `probe.` family; when `stop` is set it
    ends in `probe.cancelled`. A question is not yielded but answered with what `answer` returns; a picture is yielded,
    and answered when the next line is asked for: whoever is slow gets fewer. However this iterator
    ends, also when it is closed or its task is cancelled, the probe and everything it started are killed.
    """
    process, transport = await _started(name)
    try:
        await _tell(process, {**request, "lifeline": True})
        async for line in _read(process, limits, stop):
            if line["type"] == "question":
                await _tell(process, answer(line) if answer else {})
                continue
            yield line
            if line["type"] == "picture":
                await _tell(process, answer(line) if answer else {})
            if line["type"] in ("failure", "done"):
                return
        yield await _died(process)
    finally:
        await _bury(process, transport)


async def listed(name: str) -> Line:
    """Ask a probe for its devices; return its last line. Raises Unreachable where it cannot tell."""
    async with aclosing(probe_lines(name, {"list": True}, Limits(_LISTING_S))) as lines:
        async for line in lines:
            if line["type"] == "failure":
                raise Unreachable(line["code"], **line["params"])
            if line["type"] == "done":
                return line
    return {}


_Started = tuple[asyncio.subprocess.Process, asyncio.SubprocessTransport]
"""A probe, and what is closed when it is over, whether or not its pipes have come to their end by then."""


async def _started(name: str) -> _Started:
    """Start a probe. Who is cancelled meanwhile leaves none: what has begun is waited for and ended."""
    starting = asyncio.ensure_future(_start(name))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await _bury(*await starting)
        raise


async def _start(name: str) -> _Started:
    own_group: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.subprocess_exec(
        lambda: asyncio.subprocess.SubprocessStreamProtocol(_LONGEST_LINE, loop),
        sys.executable,
        "-m",
        "vcops.probes",
        name,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
        **own_group,
    )
    return asyncio.subprocess.Process(transport, protocol, loop), transport


async def _tell(process: asyncio.subprocess.Process, said: Mapping[str, Any]) -> None:
    """Write one line to the probe. stdin stays open: it is the lifeline that ends the probe when this process dies."""
    assert process.stdin is not None, "opened as a pipe"
    with suppress(BrokenPipeError, ConnectionResetError):  # it died already; reading tells
        process.stdin.write(json.dumps(dict(said)).encode() + b"\n")
        await process.stdin.drain()


async def _read(
    process: asyncio.subprocess.Process, limits: Limits, stop: asyncio.Event | None
) -> AsyncGenerator[Line, None]:
    """Yield lines until the end of the output, a time-out or the stop."""
    assert process.stdout is not None, "opened as a pipe"
    clock = asyncio.get_running_loop().time
    latest = clock() + limits.whole
    stopped = asyncio.ensure_future(stop.wait()) if stop is not None else None
    try:
        while True:
            reading = asyncio.ensure_future(process.stdout.readline())
            waited = {reading} if stopped is None else {reading, stopped}
            try:
                done, _pending = await asyncio.wait(
                    waited,
                    timeout=min(limits.silence, max(latest - clock(), 0.0)),
                    return_when=asyncio.FIRST_COMPLETED,
                )
            finally:
                if not reading.done():
                    reading.cancel()
            if stopped is not None and stopped in done:
                yield _failure("probe.cancelled")
                return
            if reading not in done:
                yield _failure("probe.late", seconds=round(limits.silence if clock() < latest else limits.whole))
                return
            try:
                text = reading.result()
            except ValueError:  # a line that never ends
                text = b"?"
            if not text:
                return
            yield _parsed(text)
    finally:
        if stopped is not None:
            stopped.cancel()


def _parsed(text: bytes) -> Line:
    try:
        line = json.loads(text)
    except ValueError:
        line = None
    if not isinstance(line, dict) or line.get("type") not in _TYPES:
        return _failure("probe.garbled")
    return line


async def _died(process: asyncio.subprocess.Process) -> Line:
    """The output ended without a last word."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_BURIAL_S):
            await process.wait()
    return _failure("probe.died", status=process.returncode)


def _failure(code: str, **params: Any) -> Line:
    return {"type": "failure", "code": code, "params": params}


async def _bury(process: asyncio.subprocess.Process, transport: asyncio.SubprocessTransport) -> None:
    _kill_tree(process)
    try:
        with suppress(TimeoutError):  # a driver that hangs in the kernel outlives even this, and nobody waits for it
            async with asyncio.timeout(_BURIAL_S):
                await process.wait()
    finally:  # not before: it would look for the exit status too, and take it from the one who waits for it
        transport.close()


def _kill_tree(process: asyncio.subprocess.Process) -> None:
    """Kill the probe and whatever it started. A process that is gone already is no fault."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            if process.returncode is None:
                command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
                with suppress(OSError, subprocess.SubprocessError):
                    subprocess.run(command, check=False, capture_output=True, timeout=5)
                process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
