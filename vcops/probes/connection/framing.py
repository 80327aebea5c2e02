"""Where an HTTP/1.1 answer's head and body begin and end (RFC 9112), as far as counting needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Answer", "BadAnswer", "Body", "parse_head"]

_LENGTH = re.compile(r"[0-9]{1,18}")
_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,16}")
"""What a length may look like: more digits than this are nobody's file."""
_MOST_LINE = 1024


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
    def length(self) -> int | None:
        """The bytes of body that it announces; None where it does not say."""
        announced = self.headers.get("content-length")
        return None if announced is None else int(announced)

    @property
    def chunked(self) -> bool:
        """Whether the body comes in chunks that tell their own size."""
        return "chunked" in self.headers.get("transfer-encoding", "").lower()


def parse_head(head: bytes) -> Answer:
    """Read a status line and headers. Raises BadAnswer, also for a length that is none."""
    first, *rest = head.decode("latin-1").split("\r\n")
    version, _space, tail = first.partition(" ")
    status = tail[:3]
    if not version.startswith("HTTP/") or len(status) != 3 or not status.isdecimal():
        raise BadAnswer
    pairs = (line.partition(":") for line in rest)
    headers = {name.strip().lower(): value.strip() for name, _colon, value in pairs}
    if "content-length" in headers and not _LENGTH.fullmatch(headers["content-length"]):
        raise BadAnswer
    return Answer(int(status), headers, version)


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
        if answer.length is None:
            self.until_closed = True
            return
        self._left = answer.length
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
        if self._left >= len(data):  # all of it lies in one chunk: no line has to be looked for
            self._left -= len(data)
            return len(data)
        came, place, counted = bytes(data), 0, 0
        while place < len(came) and not self.complete:
            part = min(len(came) - place, self._left)
            self._left -= part
            counted += part
            place += part
            if not self._left and place < len(came):
                place = self._take_line(came, place)
        return counted

    def _take_line(self, came: bytes, place: int) -> int:
        """Take the line that goes on at `place`, as far as it has come; return where it ends."""
        end = came.find(b"\n", place) + 1
        self._line += came[place : end or len(came)]
        if len(self._line) > _MOST_LINE:
            raise BadAnswer
        if end:
            self._read_line(bytes(self._line).strip())
            self._line.clear()
        return end or len(came)

    def _read_line(self, line: bytes) -> None:
        """A chunk's size, the empty line after a chunk, or the trailers after the last."""
        if self._last:
            self.complete = not line
            return
        if not line:
            return
        size = line.partition(b";")[0].strip()
        if not _CHUNK.fullmatch(size):  # int() would take a sign, and subtract what arrives
            raise BadAnswer
        self._left = int(size, 16)
        self._last = self._left == 0
