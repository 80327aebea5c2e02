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
_PAGE = b"<!DOCTYPE html><title>Log in</title>" + b"<p>Welcome to our guest network.</p>" * 100


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
    retry_after: str = ""
    """Say with every answer when to come again."""
    page: bool = False
    """Answer every GET with a page for people, as a guest network does."""
    large_page: bool = False
    """Answer only what should be large with such a page."""
    drip: float = 0.0
    """Send the large answers one byte at a time, with so many seconds between."""
    headers: tuple[str, ...] = ()
    """Lines that stand in the head of every answer, whatever they say."""
    interim: int = 0
    """Say so many times that the answer follows, before each answer."""
    drips_heads: str = ""
    """Where a request's path holds this, send the answer's head one byte at a time, and never come to its end."""
    endless: bool = False
    """Never come to the end of a small answer."""
    claims: int | None = None
    """Say that large answers have so many bytes, whatever is sent."""
    sends: int | None = None
    """Send so many bytes of each large answer and hang up, whatever was said."""
    stall_after: int | None = None
    """Send and take nothing more after so many bytes, and keep every connection open."""
    stall_seconds: float | None = None
    """How long it stalls; None: for good."""
    drop_after: int | None = None
    """Hang up on everyone once, after so many bytes, and go on serving."""
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

    def __init__(
        self, script: ServerScript, closing: threading.Event, die: Callable[[], None], drop: Callable[[], None]
    ) -> None:
        self._script, self._closing, self._die, self._drop = script, closing, die, drop
        self._lock = threading.Lock()
        self._next = 0.0
        self.passed = 0
        self._stalled_until = 0.0
        self._dropped = False

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
        if script.drop_after is not None and passed >= script.drop_after and not self._dropped:
            self._dropped = True
            self._drop()
            raise _Fault
        if script.stall_after is not None and passed >= script.stall_after:
            self._stall(script.stall_seconds)
        if self._closing.wait(max(due - now, 0)):
            raise _Fault

    def _stall(self, seconds: float | None) -> None:
        """Let nobody pass until the time is over, once for all connections together."""
        with self._lock:
            if not self._stalled_until:
                self._stalled_until = time.monotonic() + (seconds or float("inf"))
            left = self._stalled_until - time.monotonic()
        if left > 0 and self._closing.wait(min(left, 3600)):
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
        if script.drips_heads and script.drips_heads in self.path:
            self._drip_head()
        if script.interim:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * script.interim)
        if script.redirect or script.status:
            self._whole(script.status or 302, b"", location=script.redirect)
            return
        if script.page and self.command == "GET":
            self._whole(200, _PAGE, kind="text/html; charset=utf-8")
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
        elif name in ("empty.php", "") and self.server.script.endless:
            self._endless()
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
        script = self.server.script
        chunked = script.chunked
        if script.large_page:
            self._whole(200, _PAGE, kind="text/html")
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        length = ("Content-Length", str(script.claims or size))
        self.send_header(*(("Transfer-Encoding", "chunked") if chunked else length))
        self.end_headers()
        if self.command == "HEAD":
            return
        left = size if script.sends is None else script.sends
        while left > 0:
            block = _BLOCK[: 1 if script.drip else min(left, len(_BLOCK))]
            if script.drip and self.server.closing.wait(script.drip):
                raise _Fault
            self.server.pace.take(len(block))
            self.wfile.write(b"%x\r\n%b\r\n" % (len(block), block) if chunked else block)
            left -= len(block)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")
        if script.sends is not None:
            raise _Fault

    def end_headers(self) -> None:
        for line in self.server.script.headers:
            self.send_header(*line.split(": ", 1))
        super().end_headers()

    def _drip_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.server.closing.wait(0.1):
            self.wfile.write(b".")
        raise _Fault

    def _endless(self) -> None:
        """Say that there is no end, and keep to it, a byte every now and then."""
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while not self.server.closing.wait(0.2):
            self.wfile.write(b"1\r\n.\r\n")
        raise _Fault

    def _whole(self, status: int, body: bytes, location: str = "", kind: str = "") -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if self.server.script.retry_after:
            self.send_header("Retry-After", self.server.script.retry_after)
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
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)
        self.script = script
        self.closing = threading.Event()
        self.pace = _Pace(script, self.closing, self.die, self.drop)
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

    def become(self, script: ServerScript) -> None:
        """Answer as another script says from now on."""
        self.script = script

    def die(self) -> None:
        """Hang up on everyone and take no new connection."""
        self.socket.close()
        self.drop()

    def drop(self) -> None:
        """Hang up on everyone."""
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
    die: Callable[[], None]
    """Hang up on everyone and take no new connection."""
    become: Callable[[ServerScript], None]
    """Answer as another script says from now on; the pace stays."""
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        """The folder that holds `garbage.php` and `empty.php`, and the origin of all other paths."""
        return f"{'https' if self.secure else 'http'}://{'localhost' if self.secure else self.host}:{self.port}"


@contextmanager
def running_server(
    script: ServerScript | None = None, port: int = 0, host: str = "127.0.0.1"
) -> Iterator[RunningServer]:
    """Run the server until the block ends. `host` may be `::1`."""
    script = script or ServerScript()
    server = _Server(script, port, host)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        place = f"[{host}]" if ":" in host else host
        port = int(server.server_address[1])
        yield RunningServer(
            port, script.tls is not None, server.requests, server.pace, server.die, server.become, place
        )
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
