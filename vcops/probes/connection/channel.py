"""One HTTP/1.1 connection that counts bytes as they pass and keeps none of them.

The protocol is a `BufferedProtocol`: the kernel writes into one buffer that is used again and again, which keeps up
with a gigabit where the streams of a client library do not.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from contextlib import suppress
from typing import Any

from vcops.probes.connection.framing import Answer, BadAnswer, Body, parse_head
from vcops.probes.connection.route import Route
from vcops.probes.connection.tcp_info import acknowledged_bytes
from vcops.probes.wire import Failure

__all__ = ["Channel"]

_BUFFER = 256 * 1024
_MOST_HEAD = 64 * 1024
_MOST_INTERIM = 16
"""Heads of the kind "wait, the answer follows" that are read before one answer."""
_ANY = float("inf")
_HANDSHAKE_S = 5.0
_NO_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""`struct linger`: on, for no time at all."""


class Channel(asyncio.BufferedProtocol):
    """One connection. `received` counts body bytes, `written` what was handed to the system, over its whole life."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.received = 0
        self.written = 0
        self.acknowledged: int | None = None
        self._buffer = memoryview(bytearray(_BUFFER))
        self._transport: asyncio.Transport | None = None
        self._head = bytearray()
        self._interim = 0
        self._path = ""
        self._body: Body | None = None
        self._bodiless = False
        self._most_body = _ANY
        self._body_bytes = 0
        self._answer: asyncio.Future[Answer] | None = None
        self._ended: asyncio.Future[None] | None = None
        self._may_write = asyncio.Event()

    @property
    def open(self) -> bool:
        """Whether it can carry another request."""
        return self._transport is not None and not self._transport.is_closing()

    async def connect(self) -> None:
        """Connect, with encryption where the endpoint asks for it. Raises OSError or Failure."""
        loop, endpoint = asyncio.get_running_loop(), self.route.endpoint
        connected = await self.route.open()
        try:
            async with asyncio.timeout(_HANDSHAKE_S):
                transport, _protocol = await loop.create_connection(
                    lambda: self,
                    sock=connected,
                    ssl=self.route.context if endpoint.secure else None,
                    server_hostname=endpoint.host if endpoint.secure else None,
                )
        except BaseException:
            connected.close()
            raise
        transport.set_write_buffer_limits(high=_BUFFER)
        self._transport = transport
        self._may_write.set()
        self.sent()  # from the start, or what a refused upload only filled the system's buffers with would count

    async def start(self, method: str, path: str, length: int | None = None) -> None:
        """Send a request's head. With `length` a body of so many bytes has to follow through `send`."""
        loop = asyncio.get_running_loop()
        self._head.clear()
        self._interim = 0
        self._body, self._bodiless, self._most_body, self._body_bytes = None, method == "HEAD", _ANY, 0
        self._answer, self._ended = loop.create_future(), loop.create_future()
        for future in (self._answer, self._ended):
            future.add_done_callback(_look_away)
        self._path = path.partition("?")[0]
        lines = [
            f"{method} {self.route.target(path)} HTTP/1.1",
            *self.route.headers,
            "User-Agent: vcops",
            "Accept: */*",
            "Accept-Encoding: identity",
            "Cache-Control: no-cache",
        ]
        if length is not None:
            lines += ["Content-Type: application/octet-stream", f"Content-Length: {length}"]
        self._write("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))

    async def send(self, block: bytes) -> bool:
        """Send a part of the body as soon as there is room. Returns False where the server has refused it already.

        A server that says yes before it has read everything goes on reading.
        """
        await self._may_write.wait()
        if self._answer is not None and self._answer.done() and self._answer.result().status >= 300:
            return False
        self._write(block)
        return True

    async def answer(self) -> Answer:
        """Wait for the head of the answer. Raises OSError where the connection breaks off before it."""
        assert self._answer is not None, "start comes first"
        return await self._answer

    async def finish(self) -> None:
        """Wait for the end of the answer's body. Raises OSError where it breaks off."""
        assert self._ended is not None, "start comes first"
        await self._ended

    async def exchange(self, method: str, path: str, most: float = _ANY) -> Answer:
        """Send a small request and take its whole answer, connecting again where the server had hung up.

        Raises Failure("connection.not_bytes") for an answer longer than `most` bytes.
        """
        if not self.open:
            await self.connect()
        await self.start(method, path)
        self._most_body = most
        answer = await self.answer()
        await self.finish()
        if not answer.keeps_alive:
            self.close()
        return answer

    def sent(self) -> int:
        """Return the bytes that reached the other side; where the system cannot tell, those it took to send."""
        if self.open and self._transport is not None:
            known = acknowledged_bytes(self._transport.get_extra_info("socket"))
            if known is not None:
                self.acknowledged = known
        if self.acknowledged is not None:
            return self.acknowledged
        waiting = self._transport.get_write_buffer_size() if self._transport is not None and self.open else 0
        return max(self.written - waiting, 0)

    def close(self) -> None:
        """Hang up at once; what was counted stays.

        What the system still holds of an upload is thrown away: it would go on filling the link, uncounted, in the
        phase that follows.
        """
        self.sent()
        if self._transport is None:
            return
        if self.open:
            with suppress(OSError):  # the other side was faster
                connected = self._transport.get_extra_info("socket")
                connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self._transport.abort()

    def _write(self, data: bytes) -> None:
        if not self.open or self._transport is None:
            raise ConnectionResetError
        self._transport.write(data)
        self.written += len(data)

    # What asyncio calls.

    def get_buffer(self, sizehint: int) -> memoryview:
        """Lend the one buffer."""
        del sizehint
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Count what came."""
        try:
            self._take(self._buffer[:nbytes])
        except BadAnswer:
            self._fail(Failure("connection.not_http", host=self.route.endpoint.host))
            self.close()

    def _take(self, data: memoryview) -> None:
        if self._answer is None or self._ended is None:
            return
        if self._body is None:
            rest = self._take_head(data, self._answer)
            if rest is None:
                return
            data = rest
        self._take_body(data, self._body, self._ended)

    def _take_head(self, data: memoryview, waiting: asyncio.Future[Answer]) -> memoryview | None:
        """Collect the head; return what follows it, None while it is not complete."""
        self._head += data
        while True:
            head, found, rest = bytes(self._head).partition(b"\r\n\r\n")
            if not found:
                if len(self._head) > _MOST_HEAD:
                    raise BadAnswer
                return None
            answer = parse_head(head)
            if answer.status >= 200:
                break
            self._head[:] = rest  # such as 100, "continue": the answer itself follows
            self._interim += 1
            if self._interim > _MOST_INTERIM:
                raise BadAnswer
        self._body = Body(answer, bodiless=self._bodiless)
        if not waiting.done():
            waiting.set_result(answer)
        return memoryview(rest)

    def _take_body(self, data: memoryview, body: Body | None, ended: asyncio.Future[None]) -> None:
        if body is None:
            return
        counted = body.take(data)
        self.received += counted
        self._body_bytes += counted
        if self._body_bytes > self._most_body and not ended.done():
            place = {"host": self.route.endpoint.host, "path": self._path}
            ended.set_exception(Failure("connection.not_bytes", kind=body.kind, **place))
            self.close()
        elif body.complete:
            if not ended.done():
                ended.set_result(None)
            if body.surplus:  # it sent more than it had announced: nothing that follows can be told apart
                self.close()

    def eof_received(self) -> bool:
        """Let the transport close."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Wake whoever waits: with the end of a body that lasts until the end, else with an error."""
        self._may_write.set()
        if self._body is not None and self._body.until_closed and exc is None:
            if self._ended is not None and not self._ended.done():
                self._ended.set_result(None)
            return
        self._fail(exc or ConnectionResetError())

    def pause_writing(self) -> None:
        """The system has enough for now."""
        self._may_write.clear()

    def resume_writing(self) -> None:
        """There is room again."""
        self._may_write.set()

    def _fail(self, error: Exception) -> None:
        for future in (self._answer, self._ended):
            if future is not None and not future.done():
                future.set_exception(error)


def _look_away(future: asyncio.Future[Any]) -> None:
    """Mark an error as seen: a measurement that is over does not wait for what its connections still had to say."""
    if not future.cancelled():
        future.exception()
