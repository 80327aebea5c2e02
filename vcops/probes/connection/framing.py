"""Where an HTTP/1.1 answer's head and body begin and end (RFC 9112), as far as counting needs it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Answer", "BadAnswer", "Body", "parse_head"]


class BadAnswer(Exception):
    """The other side does not speak HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    version: str

    @property
    def keeps_alive(self) -> bool:
        """Whether the connection can carry another request afterwards."""
        wish = self.headers.get("connection", "").lower()
        delimited = "content-length" in self.headers or self.chunked or self.status in (204, 304)
        return delimited and "close" not in wish and (self.version != "HTTP/1.0" or "keep-alive" in wish)

    @property
    def chunked(self) -> bool:
        """Whether the body comes in chunks that tell their own size."""
        return "chunked" in self.headers.get("transfer-encoding", "").lower()


def parse_head(head: bytes) -> Answer:
    """Read a status line and headers. Raises BadAnswer."""
    first, *rest = head.decode("latin-1").split("\r\n")
    version, _space, tail = first.partition(" ")
    status = tail[:3]
    if not version.startswith("HTTP/") or not status.isdecimal():
        raise BadAnswer
    pairs = (line.partition(":") for line in rest)
    return Answer(int(status), {name.strip().lower(): value.strip() for name, _colon, value in pairs}, version)


class Body:
    """Follows a body and counts its bytes, by length, by chunks, or until the connection closes."""

    def __init__(self, answer: Answer, *, bodiless: bool) -> None:
        self.complete = bodiless or answer.status in (204, 304)
        self.kind = answer.headers.get("content-type", "").partition(";")[0].strip() or "?"
        """What the body says it is."""
        self.until_closed = False
        self.surplus = False
        """Whether more came than the head had announced."""
        self._chunked = answer.chunked
        self._left = 0
        self._line = bytearray()
        self._last = False
        if self.complete or self._chunked:
            return
        length = answer.headers.get("content-length")
        if length is None:
            self.until_closed = True
            return
        if not length.isdecimal():
            raise BadAnswer
        self._left = int(length)
        self.complete = self._left == 0

    def take(self, data: memoryview) -> int:
        """Take what came and return how much of it was body."""
        if self.complete:
            self.surplus = self.surplus or len(data) > 0
            return 0
        if self.until_closed:
            return len(data)
        if self._chunked:
            return self._take_chunks(data)
        counted = min(len(data), self._left)
        self._left -= counted
        self.complete = self._left == 0
        self.surplus = counted < len(data)
        return counted

    def _take_chunks(self, data: memoryview) -> int:
        counted = 0
        while len(data) and not self.complete:
            if self._left:
                part = min(len(data), self._left)
                self._left -= part
                counted += part
                data = data[part:]
                continue
            self._line += data[:1]
            data = data[1:]
            if self._line.endswith(b"\n"):
                self._read_line(bytes(self._line).strip())
                self._line.clear()
            elif len(self._line) > 1024:
                raise BadAnswer
        return counted

    def _read_line(self, line: bytes) -> None:
        """A chunk's size, the empty line after a chunk, or the trailers after the last."""
        if self._last:
            self.complete = not line
            return
        if not line:
            return
        try:
            self._left = int(line.partition(b";")[0], 16)
        except ValueError as error:
            raise BadAnswer from error
        self._last = self._left == 0
