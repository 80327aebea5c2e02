"""Just enough of the Internet Printing Protocol (RFC 8010, 8011) to ask a print server about a job and a printer.

`lpstat` of CUPS 2.4 lists a job that was printed and one that was given up in the same words, so it cannot be followed
by that alone.
"""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Iterator, Mapping

__all__ = ["GET_JOB", "GET_PRINTER", "ask"]

GET_JOB = 0x0009
GET_PRINTER = 0x000B
_OPERATION, _END = 0x01, 0x03
_INTEGER, _ENUM = 0x21, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48
_TAGS = {
    "attributes-charset": _CHARSET,
    "attributes-natural-language": _LANGUAGE,
    "printer-uri": _URI,
    "job-id": _INTEGER,
    "requesting-user-name": _NAME,
    "requested-attributes": _KEYWORD,
}
_SECONDS = 5.0
Value = str | int | list[str]


class _Local(http.client.HTTPConnection):
    """HTTP over a socket of this machine's file system, where CUPS listens by default."""

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)  # type: ignore[attr-defined,unused-ignore]
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.host)


def ask(server: str, operation: int, printer: str, attributes: Mapping[str, Value]) -> dict[str, list[str | int]]:
    """Return what a server answers, by the attribute's name. `server` is HOST:PORT or the path of a socket.

    Raises OSError where it does not answer, ValueError for what is no answer.
    """
    asked: dict[str, Value] = {
        "attributes-charset": "utf-8",
        "attributes-natural-language": "en",
        "printer-uri": f"ipp://localhost/printers/{printer}",
        **attributes,
    }
    body = struct.pack(">BBHI", 1, 1, operation, 1) + bytes([_OPERATION])
    body += b"".join(_written(name, value) for name, value in asked.items()) + bytes([_END])
    connection: http.client.HTTPConnection
    if server.startswith("/"):
        connection = _Local(server, timeout=_SECONDS)
    else:
        connection = http.client.HTTPConnection(server, timeout=_SECONDS)
    try:
        connection.request("POST", f"/printers/{printer}", body, {"Content-Type": "application/ipp"})
        answer = connection.getresponse().read()
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        connection.close()
    return _read(answer)


def _written(name: str, value: Value) -> bytes:
    """Return an attribute; of several values all but the first have an empty name."""
    if isinstance(value, int):
        return _one(_TAGS[name], name, struct.pack(">i", value))
    values = [value] if isinstance(value, str) else list(value)
    return b"".join(_one(_TAGS[name], name if place == 0 else "", one.encode()) for place, one in enumerate(values))


def _one(tag: int, name: str, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


def _read(answer: bytes) -> dict[str, list[str | int]]:
    found: dict[str, list[str | int]] = {}
    if len(answer) < 8:
        raise ValueError("not an answer of a print server")
    status = struct.unpack(">H", answer[2:4])[0]
    if status >= 0x0400:
        raise ValueError(f"the print server refuses: status {status:#06x}")
    name = ""
    for tag, own_name, value in _parts(answer):
        name = own_name or name
        found.setdefault(name, []).append(
            struct.unpack(">i", value)[0] if tag in {_INTEGER, _ENUM} else value.decode("utf-8", "replace")
        )
    return found


def _parts(answer: bytes) -> Iterator[tuple[int, str, bytes]]:
    at = 8
    while at < len(answer):
        tag = answer[at]
        at += 1
        if tag < 0x10:  # begins a group, or ends it all
            continue
        name, at = _text(answer, at)
        value, at = _text(answer, at)
        yield tag, name.decode("ascii", "replace"), value


def _text(answer: bytes, at: int) -> tuple[bytes, int]:
    if at + 2 > len(answer):
        raise ValueError("an answer that ends too soon")
    end = at + 2 + struct.unpack(">H", answer[at : at + 2])[0]
    if end > len(answer):
        raise ValueError("an answer that ends too soon")
    return answer[at + 2 : end], end
