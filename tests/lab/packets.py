"""A UDP server on this machine that answers the way a test wants: late, twice, wrongly, or not at all."""

from __future__ import annotations

import heapq
import itertools
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["UdpServer", "black_hole", "closed_port", "udp_server"]

Behaviour = Callable[[bytes, int, Any], Iterable[tuple[float, bytes]]]
"""Gets a packet, its number from 0 on and who sent it; returns what is sent back and after how many seconds."""


class UdpServer:
    """Runs in a thread. `received` counts packets."""

    def __init__(self, behave: Behaviour, address: str) -> None:
        self.received = 0
        self._behave = behave
        self._stop = threading.Event()
        self.socket = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 0))
        self.socket.setblocking(False)
        self._thread = threading.Thread(target=self._work, daemon=True)

    @property
    def target(self) -> str:
        """Its address as a person would write it."""
        host, port, *_rest = self.socket.getsockname()
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def __enter__(self) -> UdpServer:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        self._thread.join()
        self.socket.close()

    def _work(self) -> None:
        waiting: list[tuple[float, int, bytes, Any]] = []
        order = itertools.count()
        with selectors.DefaultSelector() as selector:
            selector.register(self.socket, selectors.EVENT_READ)
            while not self._stop.is_set():
                left = waiting[0][0] - time.monotonic() if waiting else 0.05
                if selector.select(min(max(left, 0.0), 0.05)):
                    packet, sender = self.socket.recvfrom(2048)
                    for delay, answer in self._behave(packet, self.received, sender):
                        heapq.heappush(waiting, (time.monotonic() + delay, next(order), answer, sender))
                    self.received += 1
                while waiting and waiting[0][0] <= time.monotonic():
                    _due, _order, answer, sender = heapq.heappop(waiting)
                    self.socket.sendto(answer, sender)


def udp_server(behave: Behaviour, address: str = "127.0.0.1") -> UdpServer:
    """Return a server to be used as a context."""
    return UdpServer(behave, address)


def black_hole() -> UdpServer:
    """Return a server that swallows everything."""
    return UdpServer(lambda _packet, _number, _sender: (), "127.0.0.1")


@contextmanager
def closed_port() -> Iterator[str]:
    """Give an address where nobody listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    yield address
