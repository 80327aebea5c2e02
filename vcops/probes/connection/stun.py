"""STUN binding requests and their answers (RFC 8489): the packets every video platform answers without a login."""

from __future__ import annotations

import ipaddress
import secrets
import struct
from dataclasses import dataclass

from vcops.probes.connection.echoes import Reflection

__all__ = ["Answer", "Stun", "read_answer", "request"]

_COOKIE = 0x2112A442
_HEADER = struct.Struct("!HHI12s")
_REQUEST, _SUCCESS, _ERROR = 0x0001, 0x0101, 0x0111
_MAPPED, _XOR_MAPPED, _OLD_XOR_MAPPED = 0x0001, 0x0020, 0x8020
_TRANSACTION = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer. `mapped` is this machine's address as the server sees it; None where it did not tell.

    A refusal (`refused`) took the same way there and back, so it counts as an answer.
    """

    transaction: bytes
    mapped: tuple[str, int] | None = None
    refused: bool = False


def request(transaction: bytes) -> bytes:
    """Return a binding request without attributes, 20 bytes, for a transaction id of 12 bytes."""
    return _HEADER.pack(_REQUEST, 0, _COOKIE, transaction)


def read_answer(packet: bytes) -> Answer | None:
    """Return what a binding answer says; None for any other packet, however broken it is. Never raises."""
    if len(packet) < _HEADER.size:
        return None
    kind, length, cookie, transaction = _HEADER.unpack_from(packet)
    if kind not in (_SUCCESS, _ERROR) or cookie != _COOKIE or length % 4 or _HEADER.size + length > len(packet):
        return None
    body = packet[_HEADER.size : _HEADER.size + length]
    return Answer(transaction, _mapped(body, transaction), refused=kind == _ERROR)


def _mapped(body: bytes, transaction: bytes) -> tuple[str, int] | None:
    """Return the first address that can be read; attributes that are unknown or cut short are passed over."""
    plain: tuple[str, int] | None = None
    while len(body) >= 4:
        kind, length = struct.unpack_from("!HH", body)
        value = body[4 : 4 + length]
        if len(value) < length:
            break
        if kind in (_XOR_MAPPED, _OLD_XOR_MAPPED):
            found = _address(value, _COOKIE.to_bytes(4, "big") + transaction)
            if found is not None:
                return found
        elif kind == _MAPPED:
            plain = plain or _address(value, bytes(16))
        body = body[4 + length + -length % 4 :]
    return plain


def _address(value: bytes, mask: bytes) -> tuple[str, int] | None:
    size = {1: 4, 2: 16}.get(value[1]) if len(value) >= 4 else None
    if size is None or len(value) < 4 + size:
        return None
    port = int.from_bytes(value[2:4], "big") ^ int.from_bytes(mask[:2], "big")
    raw = bytes(one ^ other for one, other in zip(value[4 : 4 + size], mask, strict=False))
    return str(ipaddress.ip_address(raw)), port


class Stun:
    """One conversation with a STUN server, as `vcops.probes.connection.udp.Pinger` leads it.

    The transaction id is 8 random bytes of the conversation and the packet's number, so that neither a stranger nor
    an answer to an earlier conversation is taken for an answer.
    """

    instrument = "vcops stun"
    port = 3478

    def __init__(self) -> None:
        self._own = secrets.token_bytes(_TRANSACTION - 4)
        self.mapped: tuple[str, int] | None = None
        """This machine's address as the server last saw it."""

    def packet(self, number: int, sent_ns: int) -> bytes:  # noqa: ARG002 - STUN carries no time
        """Return the request of that number."""
        return request(self._own + number.to_bytes(4, "big"))

    def read(self, packet: bytes, arrived_ns: int) -> tuple[int, float, Reflection | None] | None:  # noqa: ARG002
        """Return the number that a packet answers, 0 ms for the server's own work, and no reflection; else None."""
        answer = read_answer(packet)
        if answer is None or not answer.transaction.startswith(self._own):
            return None
        self.mapped = answer.mapped or self.mapped
        return int.from_bytes(answer.transaction[-4:], "big"), 0.0, None
