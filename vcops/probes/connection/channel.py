"""One HTTP/1.1 connection that counts bytes as they pass and keeps none of them.

The protocol is a `BufferedProtocol`: the kernel writes into one buffer that is used again and again, which keeps up
with a gigabit where the streams of a client library do not.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from typing import Any

from vcops.probes.connection.framing import Answer, BadAnswer, Body, parse_head
from vcops.probes.connection.tcp_info import acknowledged_bytes
from vcops.probes.wire import Failure

__all__ = ["Channel", "Endpoint"]

_BUFFER = 256 * 1024
_MOST_HEAD = 64 * 1024
_CONNECT_S = 6.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a channel leads."""

    host: str
    port: int
    secure: bool
    authority: str
    """The Host header."""
    login: str = ""
    """The Authorization header; empty where the address holds no login."""


class Channel(asyncio.BufferedProtocol):
    """One connection. `received` counts body bytes, `written` what was handed to the system, over its whole life."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.received = 0
        self.written = 0
        self.acknowledged: int | None = None
        self._buffer = memoryview(bytearray(_BUFFER))
        self._transport: asyncio.Transport | None = None
        self._head = bytearray()
        self._body: Body | None = None
        self._bodiless = False
        self._answer: asyncio.Future[Answer] | None = None
        self._ended: asyncio.Future[None] | None = None
        self._may_write = asyncio.Event()

    @property
    def open(self) -> bool:
        """Whether it can carry another request."""
        return self._transport is not None and not self._transport.is_closing()

    async def connect(self) -> None:
        """Connect, with encryption where the endpoint asks for it. Raises OSError."""
        loop = asyncio.get_running_loop()
        secured = ssl.create_default_context() if self.endpoint.secure else None
        async with asyncio.timeout(_CONNECT_S):
            transport, _protocol = await loop.create_connection(
                lambda: self, self.endpoint.host, self.endpoint.port, ssl=secured
            )
        transport.set_write_buffer_limits(high=_BUFFER)
        self._transport = transport
        self._may_write.set()
        self.sent()  # from the start, or what a refused upload only filled the system's buffers with would count

    async def start(self, method: str, path: str, length: int | None = None) -> None:
        """Send a request's head. With `length` a body of so many bytes has to follow through `send`."""
        loop = asyncio.get_running_loop()
        self._head.clear()
        self._body, self._bodiless = None, method == "HEAD"
        self._answer, self._ended = loop.create_future(), loop.create_future()
        for future in (self._answer, self._ended):
            future.add_done_callback(_look_away)
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.endpoint.authority}",
            "User-Agent: vcops",
            "Accept: */*",
            "Accept-Encoding: identity",
            "Cache-Control: no-cache",
        ]
        if self.endpoint.login:
            lines.append(f"Authorization: {self.endpoint.login}")
        if length is not None:
            lines += ["Content-Type: application/octet-stream", f"Content-Length: {length}"]
        self._write("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))

    async def send(self, block: bytes) -> bool:
        """Send a part of the body as soon as there is room. Returns False where the server has answered already."""
        await self._may_write.wait()
        if self._answer is not None and self._answer.done():
            self._answer.result()
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

    async def exchange(self, method: str, path: str) -> Answer:
        """Send a small request and take its whole answer, connecting again where the server had hung up."""
        if not self.open:
            await self.connect()
        await self.start(method, path)
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
        """Hang up at once; what was counted stays."""
        self.sent()
        if self._transport is not None:
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
            self._fail(Failure("connection.not_http", host=self.endpoint.host))
            self.close()

    def _take(self, data: memoryview) -> None:
        if self._answer is None or self._ended is None:
            return
        if self._body is None:
            self._head += data
            head, found, rest = bytes(self._head).partition(b"\r\n\r\n")
            if not found:
                if len(self._head) > _MOST_HEAD:
                    raise BadAnswer
                return
            answer = parse_head(head)
            if answer.status < 200:  # such as 100, "continue": the answer itself follows
                self._head.clear()
                self._take(memoryview(rest))
                return
            self._body = Body(answer, bodiless=self._bodiless)
            if not self._answer.done():
                self._answer.set_result(answer)
            data = memoryview(rest)
        self.received += self._body.take(data)
        if self._body.complete and not self._ended.done():
            self._ended.set_result(None)

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
