"""STUN packets: what RFC 5769 holds as examples, what nobody should send, and a server that nobody here wrote."""

from __future__ import annotations

import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lab.peers import missing, running_coturn
from vcops.probes.connection.stun import Answer, Stun, read_answer, request

TRANSACTION = bytes.fromhex("b7e7a701bc34d686fa87dfae")
IPV4 = bytes.fromhex(
    "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643000800142b91f599"
    "fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96"
)
"""RFC 5769, section 2.2."""
IPV6 = bytes.fromhex(
    "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9faa5d3f179bc25f4b5"
    "bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c"
)
"""RFC 5769, section 2.3."""


def answer(transaction: bytes, body: bytes = b"", kind: int = 0x0101, cookie: int = 0x2112A442) -> bytes:
    return struct.pack("!HHI12s", kind, len(body), cookie, transaction) + body


def test_the_rfcs_own_answers_are_read() -> None:
    assert read_answer(IPV4) == Answer(TRANSACTION, ("192.0.2.1", 32853))
    assert read_answer(IPV6) == Answer(TRANSACTION, ("2001:db8:1234:5678:11:2233:4455:6677", 32853))


def test_a_request_is_the_twenty_bytes_of_the_rfc() -> None:
    assert request(TRANSACTION) == bytes.fromhex("000100002112a442") + TRANSACTION


def test_old_and_plain_addresses_are_read_too() -> None:
    plain = struct.pack("!HHBBH4s", 0x0001, 8, 0, 1, 4242, bytes([192, 0, 2, 7]))
    old = bytearray(IPV4[36:48])
    old[:2] = b"\x80\x20"
    assert read_answer(answer(TRANSACTION, plain)) == Answer(TRANSACTION, ("192.0.2.7", 4242))
    assert read_answer(answer(TRANSACTION, plain + bytes(old))) == Answer(TRANSACTION, ("192.0.2.1", 32853))


def test_a_refusal_is_an_answer() -> None:
    found = read_answer(answer(TRANSACTION, kind=0x0111))
    assert found is not None
    assert found.refused


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        IPV4[:19],
        request(TRANSACTION),
        answer(TRANSACTION, cookie=0x2112A443),
        answer(TRANSACTION, kind=0x0113),
        IPV4[:30],
        struct.pack("!HHI12s", 0x0101, 3, 0x2112A442, TRANSACTION) + b"abc",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
    ],
    ids=["empty", "cut", "request", "cookie", "kind", "shorter-than-said", "no-multiple-of-four", "http"],
)
def test_what_is_no_answer_is_passed_over(packet: bytes) -> None:
    assert read_answer(packet) is None


@given(st.binary(max_size=200))
def test_garbage_after_a_true_header_never_raises(body: bytes) -> None:
    body += bytes(-len(body) % 4)
    found = read_answer(answer(TRANSACTION, body))
    assert found is not None
    assert found.transaction == TRANSACTION


@given(st.binary(max_size=300))
def test_garbage_never_raises(packet: bytes) -> None:
    read_answer(packet)
    assert Stun().read(packet, 0) is None


def test_answers_to_another_conversation_are_foreign() -> None:
    one, other = Stun(), Stun()
    asked = one.packet(7, 0)
    back = answer(asked[8:], IPV4[36:48])
    assert one.read(back, 0) == (7, 0.0, None)
    assert one.mapped is not None
    assert other.read(back, 0) is None
    assert other.mapped is None


@pytest.mark.skipif(bool(missing("turnserver")), reason=missing("turnserver"))
def test_coturn_answers_and_tells_our_own_address() -> None:
    with (
        running_coturn() as peer,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking,
    ):
        asking.settimeout(5)
        asking.connect((peer.host, peer.port))
        talk = Stun()
        asking.send(talk.packet(3, 0))
        assert talk.read(asking.recv(2048), 0) == (3, 0.0, None)
        assert talk.mapped == asking.getsockname()
