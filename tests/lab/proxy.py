"""A proxy to go through: it passes on what it is asked for by absolute address or by CONNECT, to whoever may."""

from __future__ import annotations

import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

__all__ = ["RunningProxy", "running_proxy"]

_BUFFER = 64 * 1024
"""Bytes it holds back a connection and way: with the system's megabytes it would take all and pass on nothing."""


@dataclass
class RunningProxy:
    """Where it is, and the first line of every request."""

    port: int
    asked: list[str] = field(default_factory=list)
    refused: int = 0

    @property
    def place(self) -> str:
        """`host:port`."""
        return f"127.0.0.1:{self.port}"


@contextmanager
def running_proxy(login: str = "") -> Iterator[RunningProxy]:
    """Run it until the block ends. `login` (`name:password`) is asked for where it is given."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        proxy = RunningProxy(listening.getsockname()[1])
        threading.Thread(target=_accept, args=(listening, proxy, login), daemon=True).start()
        yield proxy
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, proxy: RunningProxy, login: str) -> None:
    with suppress(OSError):
        while True:
            visitor, _address = listening.accept()
            threading.Thread(target=_serve, args=(visitor, proxy, login), daemon=True).start()


def _serve(visitor: socket.socket, proxy: RunningProxy, login: str) -> None:
    with visitor, suppress(OSError, ValueError):
        head = b""
        while b"\r\n\r\n" not in head:
            block = visitor.recv(65536)
            if not block:
                return
            head += block
        first, _end, rest = head.partition(b"\r\n")
        method, target, _version = first.decode("latin-1").split(" ")
        proxy.asked.append(f"{method} {target}")
        if login and f"Basic {b64encode(login.encode()).decode()}".encode() not in head:
            proxy.refused += 1
            visitor.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        with socket.create_connection((parts.hostname or "", parts.port or 80)) as server:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
            if method == "CONNECT":
                visitor.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:  # what follows on this connection goes to the same server, which takes absolute addresses
                server.sendall(first + b"\r\n" + rest)
            back = threading.Thread(target=_copy, args=(server, visitor), daemon=True)
            back.start()
            _copy(visitor, server)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while block := source.recv(65536):
            target.sendall(block)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
