"""The other end of a STAMP session (RFC 8762, stateful): answers test packets with its own count and times."""

from __future__ import annotations

import errno
import ipaddress
import selectors
import socket
import struct
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from vcops.probes.connection.datagrams import receive, stamp_arrivals
from vcops.probes.connection.stamp import is_answer, reflected

__all__ = ["Reflector"]

_A_SECOND, _BURST = 500.0, 1000.0
"""Packets one address may have answered a second: ten rooms behind one router, and no more than it sent itself."""
_MOST_SESSIONS = 4096
_MOST_ADDRESSES = 65536
_AT_ONCE = 64
_LOOK_UP_S = 0.5
_NO_IPV6 = {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, getattr(errno, "WSAEAFNOSUPPORT", errno.EAFNOSUPPORT)}
_IP_RECVTTL, _IP_TTL = 12, 2
"""linux/in.h; the socket module names only the second."""


class Reflector:
    """Answers on one UDP port until it is told to stop. It keeps no packet and writes nothing.

    An answer is as long as its packet and goes only to where the packet came from, one address gets no more than
    500 a second, and answers of other reflectors are not answered: it is of no use to whoever wants to flood somebody
    else. `answered` and `refused` count packets,
    `senders` the addresses they came from.
    """

    def __init__(self, port: int, address: str = "") -> None:
        """Open the port on one address of this machine, or on all of them. Raises OSError."""
        self.answered = 0
        self.refused = 0
        self._sessions: OrderedDict[tuple[str, int], int] = OrderedDict()
        self._allowance: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._addresses: set[str] = set()
        self._socket = _open(port, address)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._socket.getsockname()[1])

    @property
    def senders(self) -> int:
        """How many addresses have sent a test packet."""
        return len(self._addresses)

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()

    def serve(self, stop: threading.Event, counted: Callable[[], None]) -> None:
        """Answer until `stop` is set (seen within half a second); `counted` is called after each pause of the work."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            while not stop.is_set():
                if selector.select(_LOOK_UP_S):
                    self._answer_all()
                counted()

    def _answer_all(self) -> None:
        for _place in range(_AT_ONCE):
            try:
                packet, sender, arrived_ns, told = receive(self._socket)
            except BlockingIOError:
                return
            except OSError:  # what ICMP brought of an earlier answer
                continue
            self._answer(packet, sender, arrived_ns, told)

    def _answer(self, packet: bytes, sender: Any, arrived_ns: int, told: list[tuple[int, int, bytes]]) -> None:
        host, port = str(sender[0]), int(sender[1])
        count = self._sessions.get((host, port), 0)
        answer = reflected(packet, count, arrived_ns, time.time_ns(), _ttl(told))
        if answer is None or is_answer(packet, arrived_ns) or not self._allowed(host):
            self.refused += 1
            return
        self._sessions[host, port] = count + 1
        self._sessions.move_to_end((host, port))
        if len(self._sessions) > _MOST_SESSIONS:
            self._sessions.popitem(last=False)
        if len(self._addresses) < _MOST_ADDRESSES:
            self._addresses.add(host)
        try:
            _send(self._socket, answer, sender, told)
        except OSError:  # the way back is gone, or the queue is full: a lost packet
            self.refused += 1
        else:
            self.answered += 1

    def _allowed(self, host: str) -> bool:
        """Take one from what the address may still have answered now; it grows by 500 a second up to 1000."""
        key, now = _network(host), time.monotonic()
        left, since = self._allowance.pop(key, (_BURST, now))
        left = min(left + (now - since) * _A_SECOND, _BURST)
        self._allowance[key] = (left - 1 if left >= 1 else left, now)
        if len(self._allowance) > _MOST_SESSIONS:
            self._allowance.popitem(last=False)
        return left >= 1


def _network(host: str) -> str:
    """Return what is counted as one sender: an IPv4 address, the /64 that one subscriber of IPv6 has."""
    found = ipaddress.ip_address(host.partition("%")[0])
    if found.version == 4 or found.ipv4_mapped:
        return host
    return found.packed[:8].hex()


def _open(port: int, address: str) -> socket.socket:
    """Open one socket for both families where no address is asked for and the machine has IPv6."""
    if address:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return _listening(family, address, port, both=False)
    try:
        return _listening(socket.AF_INET6, "::", port, both=True)
    except OSError as error:
        if error.errno not in _NO_IPV6:
            raise
        return _listening(socket.AF_INET, "0.0.0.0", port, both=False)  # noqa: S104 - answering everyone is its task


def _listening(family: int, address: str, port: int, *, both: bool) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_DGRAM)
    try:
        opened.setblocking(False)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0 if both else 1)
        stamp_arrivals(opened)
        _ask_for_details(opened)
        opened.bind((address, port))
    except BaseException:
        opened.close()
        raise
    return opened


def _ask_for_details(opened: socket.socket) -> None:
    """Let the kernel tell, where it can, which of our addresses a packet came to and with how many hops left."""
    if sys.platform != "linux":
        return
    opened.setsockopt(socket.IPPROTO_IP, _IP_RECVTTL, 1)
    if opened.family == socket.AF_INET6:
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)


def _ttl(told: list[tuple[int, int, bytes]]) -> int | None:
    if sys.platform == "linux":
        for level, kind, value in told:
            if (level, kind) in ((socket.IPPROTO_IP, _IP_TTL), (socket.IPPROTO_IPV6, socket.IPV6_HOPLIMIT)):
                return int(struct.unpack_from("@i", value)[0]) & 0xFF
    return None


def _send(opened: socket.socket, answer: bytes, sender: Any, told: list[tuple[int, int, bytes]]) -> None:
    """Answer from the address that was asked: a machine with several would else answer from another one."""
    if sys.platform == "linux":
        for level, kind, value in told:
            if (level, kind) == (socket.IPPROTO_IPV6, socket.IPV6_PKTINFO) and len(value) >= 16:
                source = value[:16] + bytes(4)  # by whichever interface leads there
                opened.sendmsg([answer], [(level, kind, source)], 0, sender)
                return
    opened.sendto(answer, sender)
