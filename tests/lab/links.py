"""Links of known speed between a client's and a server's network, to hold measurements against.

    with Link(down=20, up=5, rtt_ms=40) as link:
        link.server.start(["iperf3", "-s"])
        link.client.run(["iperf3", "-c", link.address])
        link.truth.down  # Mbps of payload that TCP can carry

Without delay, jitter, loss or faults the kernel's own shaper (tbf on a veth pair) makes the link; otherwise the relay
of `tests.lab.relay` does. There is no netem in every kernel.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.lab.netns import Namespace, available

__all__ = ["CLIENT", "CLIENT_6", "DEVICE", "SERVER", "SERVER_6", "Link", "Seen", "Truth", "available"]

CLIENT, SERVER = "10.99.0.2", "10.99.0.1"
CLIENT_6, SERVER_6 = "fd99::2", "fd99::1"
DEVICE = "link0"
"""The interface's name on both sides."""
_ON_VETH = 1448 / 1514
"""Payload of a full TCP segment with time stamps, over what tbf counts: the Ethernet frame without its checksum."""
_ON_IP = 1448 / 1500
"""The same over what the relay counts: the IP packet."""
_BURST_BYTES = 16_000
_WARM_UP_S = 1.5
_ALLOWED = Path("/proc/sys/net/ipv4/tcp_allowed_congestion_control")
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Truth:
    """What a perfect instrument would read."""

    down: float
    """Mbps of TCP payload to the client."""
    up: float
    rtt_ms: float
    loss_pct: float
    """Of round trips: lost on either way."""


@dataclass(frozen=True)
class Seen:
    """What really passed over a relayed link between two looks at it. Times are those of `time.monotonic`."""

    down: dict[str, Any]
    up: dict[str, Any]
    cpu_s: float
    base_rtt_ms: float

    def round_trips(self) -> list[float | None]:
        """Milliseconds that the link took for each small UDP request and its answer; None where one was lost."""
        back = {mark: (came, went) for mark, came, went in self.down["noted"]}
        found: list[float | None] = []
        for mark, came, went in self.up["noted"]:
            answered = back.get(mark)
            whole = went is not None and answered is not None and answered[1] is not None
            found.append(1000 * (went - came + answered[1] - answered[0]) if whole and answered else None)
        return found

    def jitter_ms(self) -> float | None:
        """Mean difference between neighbouring round trips, as far as the link made it."""
        trips = self.round_trips()
        steps = [abs(b - a) for a, b in pairwise(trips) if a is not None and b is not None]
        return statistics.fmean(steps) if steps else None

    def loaded_ms(self, way: str, mbps: float) -> float | None:
        """Median round trip while that way was full, the first 1.5 s of it left out; None where it never was.

        Full: over half a second at least six tenths of the line's rate passed.
        """
        samples = getattr(self, way)["samples"]
        full = [(at, waiting) for at, waiting in _while_full(samples, 0.6 * mbps * 1e6 / 8)]
        if not full:
            return None
        steady = [waiting for at, waiting in full if at >= full[0][0] + _WARM_UP_S]
        return self.base_rtt_ms + 1000 * statistics.median(steady) if steady else None


def _while_full(samples: list[tuple[float, float, int]], least: float) -> Iterator[tuple[float, float]]:
    before = 0
    for at, waiting, passed in samples:
        while samples[before][0] < at - 0.5:
            before += 1
        earlier = samples[before]
        if at - earlier[0] > 0.4 and (passed - earlier[2]) / (at - earlier[0]) >= least:
            yield at, waiting


@dataclass(frozen=True)
class Way:
    """One direction of a link; the words are those of `tests.lab.relay.Way.change`."""

    mbps: float
    delay_ms: float = 0.0
    queue_ms: float = 100.0
    jitter_ms: float = 0.0
    loss_pct: float = 0.0
    most_bytes: int = 65535
    """Larger packets vanish without a word."""
    udp: bool = True
    up: bool = True


class Link:
    """Two namespaces and the link between them, until the block ends.

    `down`, `up`: Mbps; `rtt_ms`: both ways together, halved; `queue_ms`: how long the bottleneck's queue may grow;
    `jitter_ms`: mean difference of neighbouring packets' delays, each way (round trips differ by 1.4 times as much);
    `loss_pct`: of the packets that come down, `loss_up_pct`: of those that go up, whatever they carry;
    `udp=False` swallows UDP; `most_bytes` swallows larger packets. `congestion` is TCP's, on both sides.
    """

    def __init__(
        self, down: float, up: float, rtt_ms: float = 0.0, *, queue_ms: float = 100.0, jitter_ms: float = 0.0,
        loss_pct: float = 0.0, loss_up_pct: float = 0.0, udp: bool = True, most_bytes: int = 65535,
        relayed: bool | None = None, congestion: str = "cubic", seed: int = 1,
    ) -> None:  # fmt: skip
        way = Way(0.0, rtt_ms / 2, queue_ms, jitter_ms, most_bytes=most_bytes, udp=udp)
        self.down = replace(way, mbps=down, loss_pct=loss_pct)
        self.up = replace(way, mbps=up, loss_pct=loss_up_pct)
        odd = bool(rtt_ms or jitter_ms or loss_pct or loss_up_pct) or not udp or most_bytes < 65535
        self.relayed = odd if relayed is None else relayed
        self.client, self.server = Namespace("c"), Namespace("s")
        self._congestion, self._seed = congestion, seed
        self._relay: subprocess.Popen[bytes] | None = None
        self._stack = ExitStack()

    @property
    def address(self) -> str:
        """The server's address, as the client sees it."""
        return SERVER

    @property
    def truth(self) -> Truth:
        """What a perfect instrument would read now."""
        share = _ON_IP if self.relayed else _ON_VETH
        through = (1 - self.down.loss_pct / 100) * (1 - self.up.loss_pct / 100)
        rtt = self.down.delay_ms + self.up.delay_ms
        return Truth(self.down.mbps * share, self.up.mbps * share, rtt, 100 * (1 - through))

    def __enter__(self) -> Link:
        with ExitStack() as stack:
            stack.enter_context(self.client)
            stack.enter_context(self.server)
            if self.relayed:
                stack.enter_context(self._relaying())
            else:
                self._join()
            for side, four, six in ((self.client, CLIENT, CLIENT_6), (self.server, SERVER, SERVER_6)):
                side.ip("address", "add", f"{four}/24", "dev", DEVICE)
                with suppress(subprocess.CalledProcessError):  # a kernel without IPv6 has links all the same
                    side.ip("address", "add", f"{six}/64", "dev", DEVICE, "nodad")
                side.ip("link", "set", DEVICE, "up", "txqueuelen", "1000")
                side.sysctl("net.ipv4.tcp_no_metrics_save", "1")  # every measurement meets the link anew
                _choose_congestion(side, self._congestion)
            if not self.relayed:
                self._shape()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    # -- the kernel's shaper -----------------------------------------------------------------------------------------

    def _join(self) -> None:
        there = ["peer", "name", DEVICE, "netns", self.server.name]
        self.client.ip("link", "add", DEVICE, "type", "veth", *there)

    def _shape(self) -> None:
        for side, way in ((self.server, self.down), (self.client, self.up)):
            limit = max(int(way.mbps * 125 * way.queue_ms), 2 * _BURST_BYTES)
            words = ["rate", f"{way.mbps}mbit", "burst", str(_BURST_BYTES), "limit", str(limit)]
            side.run(["tc", "qdisc", "replace", "dev", DEVICE, "root", "tbf", *words], check=True)

    # -- the relay ---------------------------------------------------------------------------------------------------

    @contextmanager
    def _relaying(self) -> Iterator[None]:
        command = [sys.executable, "-m", "tests.lab.relay"]
        relay = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT)
        self._relay = relay
        try:
            ends = {"client": str(self.client.path), "server": str(self.server.path)}
            self._say(ends | {"device": DEVICE, "seed": self._seed, "down": asdict(self.down), "up": asdict(self.up)})
            assert relay.stdout is not None
            assert relay.stdout.readline() == b"ready\n", "the relay did not start"
            yield
        finally:
            self._relay = None
            relay.kill()
            relay.communicate()

    def _say(self, line: dict[str, Any]) -> None:
        assert self._relay is not None, "only a relayed link can be asked and changed: relayed=True"
        assert self._relay.stdin is not None
        self._relay.stdin.write(json.dumps(line).encode() + b"\n")
        self._relay.stdin.flush()

    def _ask(self, line: dict[str, Any]) -> dict[str, Any]:
        self._say(line)
        assert self._relay is not None
        assert self._relay.stdout is not None
        answer: dict[str, Any] = json.loads(self._relay.stdout.readline())
        return answer

    def seen(self) -> Seen:
        """Return what passed since the last call, and forget it."""
        said = self._ask({"order": "report"})
        return Seen(said["down"], said["up"], said["cpu_s"], self.truth.rtt_ms)

    def change(self, down: dict[str, Any] | None = None, up: dict[str, Any] | None = None) -> None:
        """Become another link under traffic: the words are those of `Way`."""
        self.down = replace(self.down, **(down or {}))
        self.up = replace(self.up, **(up or {}))
        self._ask({"order": "change", "down": asdict(self.down), "up": asdict(self.up)})

    def cut(self) -> None:
        """Swallow everything, as a cable that was pulled somewhere on the way."""
        self.change({"up": False}, {"up": False})

    def mend(self) -> None:
        """Let packets pass again."""
        self.change({"up": True}, {"up": True})


def _choose_congestion(side: Namespace, name: str) -> None:
    """Choose TCP's congestion control; the host has to allow it first. Where it does not, the host's own stays."""
    if side.sysctl("net.ipv4.tcp_congestion_control", name):
        return
    with suppress(OSError):
        allowed = _ALLOWED.read_text(encoding="ascii").split()
        _ALLOWED.write_text(" ".join([*allowed, name]), encoding="ascii")
        side.sysctl("net.ipv4.tcp_congestion_control", name)
