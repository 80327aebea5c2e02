"""How far this machine's clock is off, asked of an NTP server (RFC 5905, client mode)."""

from __future__ import annotations

import asyncio
import secrets
import socket
import struct
import time
from dataclasses import dataclass

from vcops.probes.connection.binding import Binding
from vcops.probes.connection.datagrams import open_datagram
from vcops.probes.connection.servers import resolve
from vcops.probes.connection.stamp import unix_ns
from vcops.probes.wire import Failure, Wire

__all__ = ["INSTRUMENT", "ClockOffset", "NoTime", "ask_clock", "read_sample", "request", "tell_clock"]

INSTRUMENT = "vcops ntp"
PORT = 123
_SAMPLES = 3
_SPACING_S = 2.0
"""Servers that limit their clients drop what comes faster than every two seconds."""
_ANSWER_S = 1.0
_PACKET = struct.Struct("!BBbbII4sQQQQ")
_CLIENT = 4 << 3 | 3
_SERVER_MODE, _UNSYNCHRONISED, _HIGHEST_STRATUM = 4, 3, 15
_CLOCK_SET_S = 0.05


@dataclass(frozen=True, slots=True)
class ClockOffset:
    """What a server said about this machine's clock.

    `offset_s` is the server's time less this machine's: above zero the machine's clock is behind. `delay_s` is the
    round trip without the server's own work. The truth lies between `low_s` and `high_s`, however unlike the two
    ways were. `samples` answers were compared.
    """

    server: str
    offset_s: float
    delay_s: float
    samples: int

    @property
    def low_s(self) -> float:
        """The least the offset can be: the whole delay lay on one way."""
        return self.offset_s - self.delay_s / 2

    @property
    def high_s(self) -> float:
        """The most the offset can be: the whole delay lay on the other way."""
        return self.offset_s + self.delay_s / 2


class NoTime(Exception):
    """The server answers, but tells no time. `code` is that of the failure."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def request(nonce: int) -> bytes:
    """Return a client's packet, 48 bytes. It carries a random number where the time would be: the answer repeats it.

    So a stranger cannot forge an answer, and the packet tells nothing about this machine.
    """
    return _PACKET.pack(_CLIENT, 0, 0, 0, 0, 0, bytes(4), 0, 0, 0, nonce)


def read_sample(packet: bytes, nonce: int, sent_ns: int, arrived_ns: int) -> tuple[float, float] | None:
    """Return offset and delay in seconds; None for a packet that is no answer to this request.

    Raises NoTime for a kiss of death (`ntp.refused`), and from a server whose own clock is not set
    (`ntp.unsynchronised`). Offset = ((T2 - T1) + (T3 - T4)) / 2, delay = (T4 - T1) - (T3 - T2) (RFC 5905, section 8).
    """
    if len(packet) < _PACKET.size:
        return None
    flags, stratum, *_rest, origin, received, sent = _PACKET.unpack_from(packet)
    if flags & 7 != _SERVER_MODE or origin != nonce:
        return None
    if stratum == 0:
        raise NoTime("ntp.refused")
    if flags >> 6 == _UNSYNCHRONISED or stratum > _HIGHEST_STRATUM or not sent or not received:
        raise NoTime("ntp.unsynchronised")
    came_ns, went_ns = unix_ns(received, sent_ns), unix_ns(sent, sent_ns)
    offset = ((came_ns - sent_ns) + (went_ns - arrived_ns)) / 2e9
    delay = ((arrived_ns - sent_ns) - (went_ns - came_ns)) / 1e9
    return offset, max(delay, 0.0)


async def ask_clock(
    server: str, binding: Binding | None = None, samples: int = _SAMPLES, spacing_s: float = _SPACING_S
) -> ClockOffset:
    """Ask `server` (`host` or `host:port`) a few times; the answer with the smallest delay counts.

    Takes `samples - 1` times `spacing_s` and a little, 3 s at most where nobody answers. Raises Failure:
    `ntp.no_answer`, `ntp.refused`, `ntp.unsynchronised`, `network.dns` and the like, `network.no_interface`.
    """
    best: tuple[float, float] | None = None
    taken = 0
    refusal = Failure("ntp.no_answer", server=server)
    for place in await resolve([server], PORT):
        try:
            with open_datagram(place.family, place.address, binding or Binding()) as asking:
                for number in range(samples):
                    found = await _sample(asking)
                    if found is not None:
                        taken += 1
                        best = found if best is None else min(best, found, key=lambda one: one[1])
                    elif best is None and number:
                        break  # two packets without an answer: the next address, or nobody
                    if number + 1 < samples and found is not None:
                        await asyncio.sleep(spacing_s)
        except OSError:
            continue
        except NoTime as reason:
            refusal = Failure(reason.code, server=server)
        if best is not None:
            return ClockOffset(server, best[0], best[1], taken)
    raise refusal


async def tell_clock(server: str, binding: Binding, wire: Wire, samples: int = _SAMPLES) -> None:
    """Tell `clock_offset_s` with its interval. Raises Failure as `ask_clock` does."""
    found = await ask_clock(server, binding, samples)
    wire.reading(
        "clock_offset_s",
        round(found.offset_s, 4),
        low=round(found.low_s, 4),
        high=round(found.high_s, 4),
        samples=found.samples,
        instrument=INSTRUMENT,
        how="ntp-exchange",
        subject=found.server,
    )


async def _sample(asking: socket.socket) -> tuple[float, float] | None:
    """Ask once; None where no answer came in time, or this machine's clock was set meanwhile."""
    loop = asyncio.get_running_loop()
    nonce = secrets.randbits(64) | 1
    sent_ns, steady = time.time_ns(), time.monotonic()
    try:
        async with asyncio.timeout(_ANSWER_S):
            await loop.sock_sendall(asking, request(nonce))
            while True:
                packet = await loop.sock_recv(asking, 512)
                arrived_ns, passed = time.time_ns(), time.monotonic() - steady
                found = read_sample(packet, nonce, sent_ns, arrived_ns)
                if found is not None:
                    return found if abs((arrived_ns - sent_ns) / 1e9 - passed) < _CLOCK_SET_S else None
    except (TimeoutError, ConnectionError):
        return None
