"""A slow, long, lossy link: every packet between two TUN devices passes through this process.

`python -m tests.lab.relay` reads one JSON line: the two namespaces and what each way is like. It says `ready`, then
carries packets until stdin ends; each further JSON line is an order: `{"order": "report"}` answers with everything seen
since the last one, `{"order": "change", "down": {...}, "up": {...}}` changes a way under traffic.

Each way is a queue of bytes in front of a line of a rate, behind it a delay. The line is kept as the moment at which it
will be free: no timer per byte, and exact over any time longer than a burst.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import random
import select
import struct
import sys
from collections import deque
from contextlib import suppress
from time import monotonic, sleep
from typing import Any

from tests.lab.netns import netns_inside

__all__ = ["main"]

_TUNSETIFF = 0x400454CA
_IFF_TUN, _IFF_NO_PI = 0x0001, 0x1000
_BATCH = 64
"""Packets read before the due ones are written."""
_BURST_S = 0.004
"""How far the line may lag behind the clock: what this process loses by waking late is not lost to the link."""
_SAMPLE_S = 0.01
_NOTED = 400
"""UDP packets up to this size are noted one by one: measuring packets are small, media packets are not."""
_SMALLEST_QUEUE = 3 * 1500
_CROWD = 12
_NAP_S = 0.0004
"""While more than a crowd of packets is on the way this process wakes so seldom at the most: half the work."""


class Way:
    """One direction: what comes from `source` goes to `sink`, later, or never."""

    def __init__(self, source: int, sink: int, seed: int) -> None:
        self.source, self.sink = source, sink
        self._chance = random.Random(seed)
        self._line: deque[tuple[float, bytes, list[Any] | None]] = deque()
        self._free_at = self._last_due = self._sampled_at = 0.0
        self.change({})
        self.clear()

    def change(self, kind: dict[str, Any]) -> None:
        """Become another link: `mbps`, `delay_ms`, `queue_ms`, `jitter_ms`, `loss_pct`, `most_bytes`, `udp`, `up`."""
        self._rate = float(kind.get("mbps", 1000.0)) * 1e6 / 8
        self._delay = float(kind.get("delay_ms", 0.0)) / 1000
        self._queue = max(self._rate * float(kind.get("queue_ms", 100.0)) / 1000, _SMALLEST_QUEUE)
        self._spread = 3 * float(kind.get("jitter_ms", 0.0)) / 1000  # neighbours differ by a third of it on average
        self._loss = float(kind.get("loss_pct", 0.0)) / 100
        self._most_bytes = int(kind.get("most_bytes", 65535))
        self._udp, self._up = bool(kind.get("udp", True)), bool(kind.get("up", True))

    def clear(self) -> None:
        """Forget what was seen."""
        self.samples: list[tuple[float, float, int]] = []
        self.noted: list[list[Any]] = []
        self.passed = self.bytes = self.lost = self.dropped = 0
        self.late_sum = self.late_most = 0.0

    def report(self) -> dict[str, Any]:
        """Return what was seen, and forget it."""
        seen = {
            "samples": self.samples, "noted": self.noted, "passed": self.passed, "bytes": self.bytes,
            "lost": self.lost, "dropped": self.dropped,
            "late_mean_ms": 1000 * self.late_sum / max(self.passed, 1), "late_most_ms": 1000 * self.late_most,
        }  # fmt: skip
        self.clear()
        return seen

    def due(self) -> float:
        """When the next packet is to be written."""
        return self._line[0][0] if self._line else float("inf")

    def crowded(self) -> bool:
        """Whether many packets are on the way, so that a moment's rest changes nothing that can be measured."""
        return len(self._line) > _CROWD

    def take(self) -> None:
        """Read what is waiting and give each packet its time."""
        for _packet in range(_BATCH):
            try:
                packet = os.read(self.source, 65536)
            except BlockingIOError:
                return
            self._admit(packet, monotonic())

    def _admit(self, packet: bytes, now: float) -> None:
        size, udp = len(packet), _is_udp(packet)
        note: list[Any] | None = None
        if udp and size <= _NOTED:
            note = [_mark(packet), now, None]
            self.noted.append(note)
        if not self._up or size > self._most_bytes or (udp and not self._udp):
            self.dropped += 1
            return
        if self._loss and self._chance.random() < self._loss:
            self.lost += 1
            return
        waiting = max(self._free_at - now, 0.0)
        if now - self._sampled_at >= _SAMPLE_S:
            self._sampled_at = now
            self.samples.append((now, waiting, self.bytes))
        if waiting * self._rate + size > self._queue:
            self.dropped += 1
            return
        self._free_at = max(self._free_at, now - _BURST_S) + size / self._rate
        due = max(self._free_at, now) + self._delay
        if self._spread:
            due += self._spread * (self._chance.random() - 0.5)
        self._last_due = due = max(due, self._last_due)  # packets of one way stay in order, as behind one queue
        self._line.append((due, packet, note))

    def give(self) -> None:
        """Write the packets whose time has come."""
        line, now = self._line, monotonic()
        while line and line[0][0] <= now:
            due, packet, note = line.popleft()
            with suppress(OSError):  # the other side may be gone already
                os.write(self.sink, packet)
            now = monotonic()
            late = now - due
            self.late_sum += late
            self.late_most = max(self.late_most, late)
            self.passed += 1
            self.bytes += len(packet)
            if note is not None:
                note[2] = now


def _is_udp(packet: bytes) -> bool:
    version = packet[0] >> 4
    return (version == 4 and packet[9] == 17) or (version == 6 and packet[6] == 17)


def _mark(packet: bytes) -> str:
    """Return what a request and its answer have in common: a STUN transaction id, a STAMP sequence number."""
    start = 28 if packet[0] >> 4 == 4 else 48
    payload = packet[start:]
    stun = payload[4:8] == b"\x21\x12\xa4\x42"
    return (payload[8:20] if stun else payload[:4]).hex()


def _open_tun(namespace: str, name: str) -> int:
    with netns_inside(namespace):
        descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(descriptor, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TUN | _IFF_NO_PI))
    return descriptor


def _obey(order: dict[str, Any], down: Way, up: Way) -> None:
    if order["order"] == "change":
        down.change(order["down"])
        up.change(order["up"])
        answer: dict[str, Any] = {}
    else:
        answer = {"now": monotonic(), "down": down.report(), "up": up.report(), "cpu_s": sum(os.times()[:2])}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _carry(down: Way, up: Way) -> None:
    """Carry packets until stdin ends. `select`, not epoll: its time-out is not rounded to milliseconds."""
    orders = sys.stdin.fileno()
    text = b""
    while True:
        if down.crowded() or up.crowded():
            sleep(_NAP_S)
        wait = min(down.due(), up.due()) - monotonic()
        ready, _, _ = select.select([down.source, up.source, orders], [], [], min(max(wait, 0.0), 1.0))
        for way in (down, up):
            if way.source in ready:
                way.take()
            way.give()
        if orders in ready:
            more = os.read(orders, 65536)
            if not more:
                return
            *lines, text = (text + more).split(b"\n")
            for line in lines:
                _obey(json.loads(line), down, up)


def main() -> None:
    """Open the two devices, say so, and carry."""
    asked = json.loads(_first_line())
    client = _open_tun(asked["client"], asked["device"])
    server = _open_tun(asked["server"], asked["device"])
    down, up = Way(server, client, asked["seed"]), Way(client, server, asked["seed"] + 1)
    down.change(asked["down"])
    up.change(asked["up"])
    gc.disable()  # nothing here goes round in circles, and a collection would be a delay nobody made
    with suppress(OSError):  # where it is not allowed, the link is a little less exact
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        _carry(down, up)


def _first_line() -> bytes:
    text = b""
    while not text.endswith(b"\n"):  # byte by byte: what follows is read from the descriptor itself
        more = os.read(0, 1)
        if not more:
            raise SystemExit(2)
        text += more
    return text


if __name__ == "__main__":
    main()
