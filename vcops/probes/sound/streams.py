"""An open microphone and an open loudspeaker. A device may keep still or block for good: nothing here waits for it.

Both note how many samples had passed at which second, which is what the echo's delay is reckoned from. Neither is ever
closed: closing is where drivers hang, and the process that holds them ends with the check.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from time import monotonic
from typing import Any, TypeVar

import numpy as np
from miniaudio import CaptureDevice, MiniaudioError, PlaybackDevice, SampleFormat

from vcops.probes.sound.devices import BACKENDS, Device, trouble_of
from vcops.probes.sound.echo import clock_of
from vcops.probes.sound.levels import Samples
from vcops.probes.wire import Failure

__all__ = ["RATE", "Microphone", "Speaker", "in_time"]

RATE = 48_000
"""Samples a second, one channel; the system converts where the device has others."""
_HEARD_MS, _PLAYED_MS = 20, 40
"""How much is heard and handed over at a time; with less to play a busy machine comes too late."""
_SETTLE_S, _BUFFERED_S = 0.32, 0.3
_OPEN_S = 3.0
_STILL_S = 2.5
"""A device that passes nothing for so long has stopped."""
_STAMPS = 15
"""The last 0.3 s that were heard. A loudspeaker that once got its samples late plays late from then on, so older
stamps tell of another delay."""

_MOST_SAMPLES = 120 * RATE
"""No check lasts so long; a driver that pours out samples fills the memory no further."""

_Result = TypeVar("_Result")
_held: list[object] = []
"""Devices that must not be closed by the collector either."""


def in_time(work: Callable[[], _Result], seconds: float, late: Failure) -> _Result:
    """Return what `work` returns or raise what it raises; raise `late` when it takes longer, and leave it behind."""
    outcome: Future[_Result] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return outcome.result(seconds)
    except TimeoutError as error:
        raise late from error


class _Stream:
    """What both have: counting what passed, and telling when nothing does any more."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.passed = 0
        """Samples so far."""
        self.stamps: deque[tuple[float, int]] = deque(maxlen=_STAMPS)
        self.longest_gap_s = 0.0
        self.began_at: float | None = None
        self._moved = threading.Condition()

    def _note(self, count: int) -> None:
        now = monotonic()
        if self.stamps:
            self.longest_gap_s = max(self.longest_gap_s, now - self.stamps[-1][0])
        with self._moved:
            self.began_at = self.began_at or now
            self.passed += count
            self.stamps.append((now, self.passed))
            self._moved.notify_all()

    @property
    def clock(self) -> float:
        """At which second the first sample passed, by the latest stamps."""
        with self._moved:
            return clock_of(list(self.stamps), RATE)

    def _wait_for(self, passed: int, seconds: float) -> bool:
        """Wait until so many samples passed; False when none at all came for `seconds`."""
        with self._moved:
            while (before := self.passed) < passed:
                self._moved.wait(seconds)
                if self.passed == before:
                    return False
        return True


class Microphone(_Stream):
    """Records from the moment it is opened. Raises Failure where it cannot be opened."""

    def __init__(self, device: Device) -> None:
        super().__init__(device)
        self._blocks: list[bytes] = []
        self._joined: Samples = np.empty(0, np.int16)
        _open(CaptureDevice, device, self._take(), _HEARD_MS)

    def read(self, start: int, count: int, patience: float = _STILL_S) -> Samples:
        """Return `count` samples from the one at `start`, waiting for them.

        Raises Failure `sound.no_samples` where there has never been one, `sound.stopped` where they ended.
        """
        if not self._wait_for(start + count, patience):
            raise Failure("sound.stopped" if self.passed else "sound.no_samples", device=self.device.name)
        return self.heard()[start : start + count]

    def heard(self) -> Samples:
        """Return everything so far."""
        with self._moved:
            blocks, self._blocks = self._blocks, []
        if blocks:
            self._joined = np.concatenate((self._joined, np.frombuffer(b"".join(blocks), np.int16)))
        return self._joined

    @property
    def rate_seen(self) -> float:
        """Samples a second by the clock since the first came; a device that changes its own shows here."""
        with self._moved:
            if self.began_at is None or self.stamps[-1][0] <= self.began_at:
                return float(RATE)
            return self.passed / (self.stamps[-1][0] - self.began_at)

    def _take(self) -> Generator[None, bytes, None]:
        block = yield
        while self.passed < _MOST_SAMPLES:
            with self._moved:
                self._blocks.append(bytes(block))
            self._note(len(block) // 2)
            block = yield


class Speaker(_Stream):
    """Plays silence from the moment it is opened, which wakes the device, and what it is given in between."""

    def __init__(self, device: Device) -> None:
        super().__init__(device)
        self._waiting: Samples = np.empty(0, np.int16)
        self._started_at: int | None = None
        _open(PlaybackDevice, device, self._give(), _PLAYED_MS)

    def play(self, samples: Samples) -> int:
        """Play, and return at which sample of all that was played it begins. Does not wait for its end."""
        with self._moved:
            self._waiting, self._started_at = samples, None
        while self._started_at is None:
            self._pass_on(1)
        return self._started_at

    def playing(self) -> Iterator[int]:
        """Yield how many samples of what was given are still to be taken, ten times a second down to 0."""
        while waiting := len(self._waiting):
            yield waiting
            self._pass_on(min(waiting, RATE // 10))
        yield 0

    def settle(self) -> None:
        """Wait for stamps that are all from now on, while nothing else keeps this process busy."""
        with self._moved:
            self.stamps.clear()
        self._pass_on(round(_SETTLE_S * RATE))

    def finish(self) -> None:
        """Wait until what the device holds in its buffers was played."""
        self._pass_on(round(_BUFFERED_S * RATE))

    def _pass_on(self, samples: int) -> None:
        if not self._wait_for(self.passed + samples, _STILL_S):
            raise Failure("sound.speaker_stopped", device=self.device.name)

    def _give(self) -> Generator[bytes, int, None]:
        wanted = yield b""
        while True:
            with self._moved:
                given, self._waiting = self._waiting[:wanted], self._waiting[wanted:]
                if len(given) and self._started_at is None:
                    self._started_at = self.passed
            self._note(wanted)
            wanted = yield given.tobytes() + bytes(2 * (wanted - len(given)))


def _open(kind: Any, device: Device, callback: Generator[Any, Any, None], period_ms: int) -> None:
    next(callback)

    def opening() -> None:
        opened = kind(
            SampleFormat.SIGNED16, 1, RATE, period_ms, device_id=device.id, backends=BACKENDS, app_name="vcops"
        )
        _held.append(opened)
        opened.start(callback)

    try:
        in_time(opening, _OPEN_S, Failure("sound.no_answer"))
    except MiniaudioError as error:
        raise trouble_of(error, device.name) from error
