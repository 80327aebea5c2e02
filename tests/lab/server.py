"""A server to measure against: LibreSpeed, Speedtest and Cloudflare paths, paced, with the faults it is told."""

from __future__ import annotations

import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

__all__ = ["RunningServer", "ServerScript", "running_server"]

_BLOCK = os.urandom(16 * 1024)


@dataclass(frozen=True)
class ServerScript:
    """How fast the server is, and what goes wrong with it."""

    mbps: float | None = None
    """Both directions together never pass more than this; None: as fast as the machine can."""
    delay: float = 0.0
    """Seconds before every answer."""
    redirect: str = ""
    """Answer everything with a redirect to this place."""
    status: int = 0
    """Answer everything with this status."""
    stall_after: int | None = None
    """Send and take nothing more after so many bytes, and keep every connection open."""
    die_after: int | None = None
    """Close every connection after so many bytes, and take no new one."""
    never_answer: bool = False
    """Take connections and say nothing at all."""
    most_post: int | None = None
    """Refuse larger uploads with 413, as nginx does."""
    buffer: int = 64 * 1024
    """Bytes that the system takes for a connection of a paced server before the server reads them."""
    refuse_posts: bool = False
    """Answer every upload with 403."""
    chunked: bool = False
    """Send downloads in chunks that tell their own size, as PHP behind Apache does."""
    tls: ssl.SSLContext | None = field(default=None, compare=False)


class _Fault(Exception):
    """The server stops being a server, as its script says."""


class _Pace:
    """Lets bytes pass at a rate, shared by all connections, and carries out what is due after so many of them."""

    def __init__(self, script: ServerScript, closing: threading.Event, die: Callable[[], None]) -> None:
        self._script, self._closing, self._die = script, closing, die
        self._lock = threading.Lock()
        self._next = 0.0
        self.passed = 0

    def take(self, size: int) -> None:
        script = self._script
        with self._lock:
            self.passed += size
            now = time.monotonic()
            due = max(self._next, now)
            if script.mbps:
                self._next = due + size * 8e-6 / script.mbps
            passed = self.passed
        if script.die_after is not None and passed >= script.die_after:
            self._die()
            raise _Fault
        if script.stall_after is not None and passed >= script.stall_after:
            self._closing.wait()
            raise _Fault
        if self._closing.wait(max(due - now, 0)):
            raise _Fault


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: several run in one test."""

    def handle(self) -> None:
        with suppress(_Fault, OSError, ValueError):
            super().handle()
        self.close_connection = True

    def do_GET(self) -> None:
        self._serve(self._get)

    def do_HEAD(self) -> None:
        self._serve(self._get)

    def do_POST(self) -> None:
        self._serve(self._post)

    def _serve(self, answer: Callable[[str, dict[str, list[str]]], None]) -> None:
        script = self.server.script
        self.server.requests.append((self.command, self.path, self.headers.get("Authorization") or ""))
        if script.never_answer:
            self.server.closing.wait()
            raise _Fault
        if script.delay and self.server.closing.wait(script.delay):
            raise _Fault
        if script.redirect or script.status:
            self._whole(script.status or 302, b"", location=script.redirect)
            return
        parts = urlsplit(self.path)
        answer(parts.path, parse_qs(parts.query))

    def _get(self, path: str, query: dict[str, list[str]]) -> None:
        name = path.rpartition("/")[2]
        if name == "garbage.php":
            self._garbage(min(int(query.get("ckSize", ["4"])[0]), 1024) * 1024 * 1024)
        elif name == "__down":
            self._garbage(int(query.get("bytes", ["0"])[0]))
        elif found := re.fullmatch(r"random(\d+)x\d+\.jpg", name):
            self._garbage(int(found[1]) ** 2 * 2)
        elif name == "large.bin":
            self._garbage(20_000_000)
        elif name == "latency.txt":
            self._whole(200, b"test=test\n")
        elif name == "getIP.php":
            self._whole(200, self.client_address[0].encode())
        elif name in ("empty.php", ""):
            self._whole(200, b"")
        elif name == "upload.php":
            self._whole(200, b"size=500")
        else:
            self._whole(404, b"no such path")

    def _post(self, path: str, query: dict[str, list[str]]) -> None:
        script, length = self.server.script, int(self.headers.get("Content-Length") or 0)
        name = path.rpartition("/")[2]
        if script.refuse_posts or name not in ("empty.php", "__up", "upload.php", "write"):
            self.close_connection = True
            self._whole(403 if script.refuse_posts else 404, b"")
            return
        if script.most_post is not None and length > script.most_post:
            self.close_connection = True
            self._whole(413, b"")
            return
        left = length
        while left > 0:
            block = self.rfile.read(min(left, len(_BLOCK)))
            if not block:
                raise _Fault
            self.server.pace.take(len(block))
            left -= len(block)
        self._whole(200, f"size={length}".encode() if name == "upload.php" else b"")

    def _garbage(self, size: int) -> None:
        chunked = self.server.script.chunked
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header(*(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(size))))
        self.end_headers()
        if self.command == "HEAD":
            return
        left = size
        while left > 0:
            block = _BLOCK[: min(left, len(_BLOCK))]
            self.server.pace.take(len(block))
            self.wfile.write(b"%x\r\n%b\r\n" % (len(block), block) if chunked else block)
            left -= len(block)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _whole(self, status: int, body: bytes, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, script: ServerScript, port: int, host: str) -> None:
        super().__init__((host, port), _Handler)
        self.script = script
        self.closing = threading.Event()
        self.pace = _Pace(script, self.closing, self.die)
        self.requests: list[tuple[str, str, str]] = []
        self._open: set[socket.socket] = set()
        if script.mbps:  # or the kernel would take megabytes at once and acknowledge them
            for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
                self.socket.setsockopt(socket.SOL_SOCKET, option, script.buffer)

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.script.tls:
            connection = self.script.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def die(self) -> None:
        """Hang up on everyone and take no new connection."""
        self.socket.close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def serve_forever(self, poll_interval: float = 0.05) -> None:
        with suppress(ValueError, OSError):  # its own socket is gone after `die`
            super().serve_forever(poll_interval)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor that leaves is no error."""


@dataclass(frozen=True)
class RunningServer:
    """Where it is, and what it was asked."""

    port: int
    secure: bool
    requests: list[tuple[str, str, str]]
    """Method, path with query, and Authorization header of every request."""
    pace: _Pace

    @property
    def url(self) -> str:
        """The folder that holds `garbage.php` and `empty.php`, and the origin of all other paths."""
        return f"{'https' if self.secure else 'http'}://{'localhost' if self.secure else '127.0.0.1'}:{self.port}"


@contextmanager
def running_server(script: ServerScript | None = None, port: int = 0) -> Iterator[RunningServer]:
    """Run the server until the block ends."""
    script = script or ServerScript()
    server = _Server(script, port, "127.0.0.1")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield RunningServer(server.server_address[1], script.tls is not None, server.requests, server.pace)
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
