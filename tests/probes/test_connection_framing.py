"""Where an answer begins and ends, whatever the other side says of it, and what a hung-up connection still sends."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.probes.connection.binding import Binding
from vcops.probes.connection.channel import Channel
from vcops.probes.connection.dates import offset_by_dates, read_date
from vcops.probes.connection.framing import Answer, BadAnswer, Body, parse_head
from vcops.probes.connection.profiles import find_target
from vcops.probes.connection.route import Routes

CHUNKED = Answer(200, {"transfer-encoding": "chunked"}, "HTTP/1.1")


def taken(body: bytes, size: int) -> tuple[int, bool]:
    """What a chunked body of parts of `size` bytes counts, and whether it came to its end."""
    following = Body(CHUNKED, bodiless=False)
    return sum(following.take(memoryview(body)[at : at + size]) for at in range(0, len(body), size)), following.complete


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=12), st.integers(1, 64))
def test_chunks_count_the_same_however_they_are_cut(chunks: list[bytes], size: int) -> None:
    whole = b"".join(b"%x;name=value\r\n%b\r\n" % (len(one), one) for one in chunks) + b"0\r\nTrailer: x\r\n\r\n"
    assert taken(whole, size) == (sum(len(one) for one in chunks), True)


@pytest.mark.parametrize("size", [b"-5", b"+5", b"0x5", b"1_0", b"5 5", b"g", b"1" * 17, b"1" * 5000])
def test_a_chunk_of_no_size(size: bytes) -> None:
    with pytest.raises(BadAnswer):
        taken(size + b"\r\nhello\r\n", 4096)


def test_a_line_that_never_ends() -> None:
    with pytest.raises(BadAnswer):
        taken(b"5;" + 5000 * b"x", 64)


@pytest.mark.parametrize("length", ["1" * 5000, "-5", "+5", "5, 5", "five", ""])
def test_a_length_that_is_none(length: str) -> None:
    with pytest.raises(BadAnswer):
        parse_head(f"HTTP/1.1 200 OK\r\nContent-Length: {length}".encode())


@given(st.binary(max_size=200))
def test_a_head_is_read_or_refused(head: bytes) -> None:
    with suppress(BadAnswer):
        parse_head(b"HTTP/1.1 200 OK\r\nContent-Length:" + head)


@given(st.text(max_size=60))
def test_a_date_is_read_or_none(text: str) -> None:
    for said in (text, f"Mon, 01 Jan 2024 00:00:00 {text}"):
        found = read_date(said)
        assert found is None or found.tzinfo is not None


@pytest.mark.parametrize("zone", ["+9999", "-9999", "+99999999999999"])
def test_a_date_of_no_zone_on_earth_says_nothing(zone: str) -> None:
    assert offset_by_dates([(f"Mon, 01 Jan 2024 00:00:00 {zone}", 1_704_067_200.0, 1_704_067_200.1)]) is None


async def test_nothing_follows_a_connection_that_was_hung_up() -> None:
    """The system holds megabytes of an upload: they must not fill the link in the phase that follows."""
    hung_up, arrived = threading.Event(), list[int]()

    def read_late(listening: socket.socket) -> None:
        visitor, _address = listening.accept()
        with visitor, suppress(ConnectionError):
            hung_up.wait(20)
            while block := visitor.recv(65536):
                arrived.append(len(block))

    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        reading = threading.Thread(target=read_late, args=(listening,), daemon=True)
        reading.start()
        target = find_target(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        channel = Channel(Routes(Binding("")).to(target.endpoint))
        await channel.connect()
        await channel.start("POST", "/", 2**30)
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                while True:
                    await channel.send(bytes(65536))
        written = channel.written
        channel.close()
        await asyncio.sleep(0.1)
        hung_up.set()
        await asyncio.to_thread(reading.join, 20)
    assert written > 300_000
    assert sum(arrived) < written / 4
