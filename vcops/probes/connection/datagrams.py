"""UDP sockets that time what they receive, and the addresses people write for servers.

A probe's own threads compete for the interpreter while megabytes pass. On Linux the kernel stamps each packet as it
arrives, so a busy process does not look like a slow link.
"""

from __future__ import annotations

import socket
import struct
import sys
import time
from typing import Any

from vcops.probes.connection.binding import Binding
from vcops.probes.wire import Failure

__all__ = ["Datagram", "open_datagram", "receive", "split_server", "stamp_arrivals"]

_SO_TIMESTAMPNS = 35
"""asm-generic/socket.h; the socket module does not name it."""
_LARGEST = 2048
_ANCILLARY = 256

Datagram = tuple[bytes, Any, int, list[tuple[int, int, bytes]]]
"""The bytes, who sent them, the Unix time in nanoseconds when they arrived, and what else the kernel told."""


def split_server(text: str, default_port: int) -> tuple[str, int]:
    """Return host and port of `host`, `host:port`, `[address]:port`, also with `stun:` before it (RFC 7064).

    Raises Failure("connection.bad_address") for anything else.
    """
    said = text.strip().removeprefix("stun:")
    host, port = said, str(default_port)
    if said.startswith("["):
        host, _bracket, rest = said[1:].partition("]")
        port = rest.removeprefix(":") or port
    elif said.count(":") == 1:
        host, _colon, port = said.partition(":")
    number = int(port) if port.isascii() and port.isdigit() else 0
    if not host or set(host) & set("/@ ?#") or not 0 < number < 65536:
        raise Failure("connection.bad_address", server=text.rpartition("@")[2])
    return host, number


def open_datagram(family: int, place: Any, binding: Binding) -> socket.socket:
    """Return a socket that exchanges packets with `place` only and never blocks. Raises OSError and Failure."""
    opened = socket.socket(family, socket.SOCK_DGRAM)
    try:
        opened.setblocking(False)
        binding.apply(opened)
        stamp_arrivals(opened)
        opened.connect(place)
    except BaseException:
        opened.close()
        raise
    return opened


def stamp_arrivals(opened: socket.socket) -> None:
    """Let the kernel note when each packet arrives, where it can."""
    if sys.platform == "linux":
        opened.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)


def receive(opened: socket.socket) -> Datagram:
    """Return the next packet. Raises BlockingIOError where there is none, other OSErrors for what ICMP brought."""
    if sys.platform == "win32":
        data, sender = opened.recvfrom(_LARGEST)
        return data, sender, time.time_ns(), []
    data, told, _flags, sender = opened.recvmsg(_LARGEST, _ANCILLARY)
    return data, sender, _arrival(told) or time.time_ns(), told


def _arrival(told: list[tuple[int, int, bytes]]) -> int | None:
    if sys.platform == "linux":
        for level, kind, value in told:
            if level == socket.SOL_SOCKET and kind == _SO_TIMESTAMPNS and len(value) in (8, 16):
                seconds, nanoseconds = struct.unpack("@qq" if len(value) == 16 else "@ii", value)
                return int(seconds) * 1_000_000_000 + int(nanoseconds)
    return None
