"""STAMP test packets without authentication (RFC 8762): both ends number and time them, so each direction is seen."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from vcops.probes.connection.echoes import Reflection

__all__ = ["PACKET", "Reflected", "Stamp", "is_answer", "ntp_time", "read_reflected", "reflected", "unix_ns"]

PACKET = 44
"""Bytes of a packet of either end; the sender's padding makes them equal, so a reflector never amplifies."""
_SENT = struct.Struct("!IQH30x")
_BACK = struct.Struct("!IQH2xQIQH2xB3x")
_FROM_1900_S = 2_208_988_800
"""Seconds from 1900, where NTP's time begins, to 1970."""
_HALF = 1 << 31
_HOUR_NS = 3_600_000_000_000
_PTP = 0x4000
"""The bit of the error estimate that says: seconds and nanoseconds since 1970 instead of NTP's format."""
_ERROR_ESTIMATE = 22 << 8 | 1
"""Clock not synchronised to anything that is known of; error 1 * 2**(22 - 32) s, about a millisecond."""
_NO_TTL = 255
"""What RFC 8762 wants where the received TTL is not known."""


def ntp_time(unix_nanoseconds: int) -> int:
    """Return NTP's 64-bit time (32 bits of seconds since 1900, 32 of their fraction) of a Unix time."""
    seconds, rest = divmod(unix_nanoseconds, 1_000_000_000)
    return ((seconds + _FROM_1900_S) & 0xFFFFFFFF) << 32 | (rest << 32) // 1_000_000_000


def unix_ns(stamp: int, near_ns: int, *, ptp: bool = False) -> int:
    """Return the Unix time (ns) of a 64-bit time, within 68 years of `near_ns`: NTP's seconds wrap in 2036."""
    seconds, rest = stamp >> 32, stamp & 0xFFFFFFFF
    nanoseconds = rest if ptp else (rest * 1_000_000_000 + _HALF) >> 32
    near = near_ns // 1_000_000_000
    shift = (seconds - (0 if ptp else _FROM_1900_S) - near + _HALF) % (1 << 32) - _HALF
    return (near + shift) * 1_000_000_000 + nanoseconds


def reflected(packet: bytes, count: int, received_ns: int, sent_ns: int, ttl: int | None = None) -> bytes | None:
    """Return the answer to a sender's packet, exactly as long as it; None where it is too short to be one.

    `count` is the reflector's own number of the packet (stateful mode, RFC 8762 section 4.2). What stands behind the
    44 bytes is sent back as it came.
    """
    if len(packet) < PACKET:
        return None
    number, stamp, estimate = _SENT.unpack_from(packet)
    times = ntp_time(sent_ns), ntp_time(received_ns)
    head = _BACK.pack(
        count & 0xFFFFFFFF,
        times[0],
        _ERROR_ESTIMATE,
        times[1],
        number,
        stamp,
        estimate,
        _NO_TTL if ttl is None else ttl,
    )
    return head + packet[PACKET:]


def is_answer(packet: bytes, near_ns: int) -> bool:
    """Whether a packet is a reflector's answer of this hour: a sender has zeros or padding where its time stands.

    Two reflectors that are told they come from each other would else answer each other for ever.
    """
    back = read_reflected(packet, near_ns)
    return back is not None and abs(back.received_ns - near_ns) < _HOUR_NS


@dataclass(frozen=True, slots=True)
class Reflected:
    """A reflector's packet: its own count, the sender's number and time that came back, and its own two times."""

    count: int
    number: int
    stamp: int
    received_ns: int
    sent_ns: int


def read_reflected(packet: bytes, near_ns: int) -> Reflected | None:
    """Return what a reflector's packet says; None for one that is too short. Reads NTP's and PTP's time format."""
    if len(packet) < PACKET:
        return None
    count, sent, estimate, received, number, stamp, _estimate, _ttl = _BACK.unpack_from(packet)
    ptp = bool(estimate & _PTP)
    return Reflected(count, number, stamp, unix_ns(received, near_ns, ptp=ptp), unix_ns(sent, near_ns, ptp=ptp))


class Stamp:
    """One session with a STAMP reflector, as `vcops.probes.connection.udp.Pinger` leads it.

    Number 1 is never sent. To the reflector that is a lost packet; here it tells a reflector that counts by itself
    (its count stays one behind) from one that only repeats the sender's number, and never could tell the direction
    of a loss.
    """

    instrument = "vcops stamp"
    port = 862

    def __init__(self) -> None:
        self._stamps: dict[int, int] = {}
        self.stateful = False
        """Whether the reflector has been seen to count by itself."""

    def packet(self, number: int, sent_ns: int) -> bytes:
        """Return the packet of that number (from 0 on, one more each time)."""
        stamp = ntp_time(sent_ns)
        self._stamps[number] = stamp
        return _SENT.pack(_skipping(number), stamp, _ERROR_ESTIMATE)

    def read(self, packet: bytes, arrived_ns: int) -> tuple[int, float, Reflection | None] | None:
        """Return the number that a packet answers, the reflector's own milliseconds, and what it told; else None."""
        back = read_reflected(packet, arrived_ns)
        if back is None or back.number == 1:
            return None
        number = back.number - 1 if back.number else 0
        if self._stamps.get(number) != back.stamp:
            return None
        self.stateful = self.stateful or back.count != back.number
        up = (back.received_ns - unix_ns(back.stamp, arrived_ns)) / 1e6
        down = (arrived_ns - back.sent_ns) / 1e6
        return number, (back.sent_ns - back.received_ns) / 1e6, Reflection(back.count, up, down)


def _skipping(number: int) -> int:
    return number + 1 if number else 0
