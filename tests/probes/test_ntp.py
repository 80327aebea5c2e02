"""The clock's offset: reckoned right, never believed of a stranger, and asked of a server that nobody here wrote."""

from __future__ import annotations

import asyncio
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lab.packets import black_hole, closed_port, udp_server
from vcops.probes.connection.ntp import ask_clock, read_sample, request
from vcops.probes.connection.stamp import ntp_time
from vcops.probes.wire import Failure

NOW = 1_795_370_833_000_000_000
CHRONY = shutil.which("chronyd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


def answer(
    packet: bytes, came_ns: int, went_ns: int, *, flags: int = 4 << 3 | 4, stratum: int = 2, reference: bytes = b"LOCL"
) -> bytes:
    head = struct.pack("!BBbbII4sQ", flags, stratum, 6, -20, 0, 0, reference, ntp_time(came_ns))
    return head + packet[40:48] + struct.pack("!QQ", ntp_time(came_ns), ntp_time(went_ns))


def server(ahead_s: float, delays: Iterable[float] = (), **more: Any) -> Any:
    waits = iter(delays)

    def behave(packet: bytes, _number: int, _sender: Any) -> list[tuple[float, bytes]]:
        now = time.time_ns() + round(ahead_s * 1e9)
        return [(next(waits, 0.0), answer(packet, now, now, **more))]

    return udp_server(behave)


def test_a_request_is_a_client_of_version_four_and_tells_nothing() -> None:
    packet = request(0x0123456789ABCDEF)
    assert packet == bytes([0x23]) + bytes(39) + bytes.fromhex("0123456789abcdef")


@given(st.floats(-1e6, 1e6), st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0, 0.1))
def test_the_true_offset_lies_within_half_the_delay(ahead: float, up: float, down: float, work: float) -> None:
    def ns(seconds: float) -> int:
        return round(seconds * 1e9)

    came = NOW + ns(ahead) + ns(up)
    back = answer(request(7), came, came + ns(work))
    found = read_sample(back, 7, NOW, NOW + ns(up) + ns(work) + ns(down))
    assert found is not None
    offset, delay = found
    assert delay == pytest.approx(up + down, abs=1e-6)
    assert offset - delay / 2 - 1e-6 <= ahead <= offset + delay / 2 + 1e-6


@pytest.mark.parametrize("packet", [b"", bytes(47), bytes(48), request(7), answer(request(8), NOW, NOW)])
def test_what_is_no_answer_is_passed_over(packet: bytes) -> None:
    assert read_sample(packet, 7, NOW, NOW) is None


@given(st.binary(min_size=48, max_size=80))
def test_garbage_is_never_a_time(packet: bytes) -> None:
    assert read_sample(packet[:24] + bytes(8) + packet[32:], 7, NOW, NOW) is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"stratum": 0, "reference": b"RATE"}, "ntp.refused"),
        ({"flags": 3 << 6 | 4 << 3 | 4}, "ntp.unsynchronised"),
        ({"stratum": 16}, "ntp.unsynchronised"),
    ],
)
async def test_a_server_that_does_not_know_or_does_not_want(more: dict[str, Any], code: str) -> None:
    with server(5.0, **more) as peer:
        with pytest.raises(Failure) as caught:
            await ask_clock(peer.target)
        assert (caught.value.code, caught.value.params) == (code, {"server": peer.target})


@pytest.mark.parametrize("ahead", [3600.0, -86400.0, 0.0])
async def test_the_answer_with_the_smallest_delay_counts(ahead: float) -> None:
    with server(ahead, [0.3, 0.0, 0.2]) as peer:
        found = await ask_clock(peer.target, samples=3, spacing_s=0.01)
    assert found.samples == 3
    assert found.delay_s < 0.2
    assert found.low_s <= ahead <= found.high_s


async def test_the_first_packet_may_be_lost() -> None:
    def behave(packet: bytes, number: int, _sender: Any) -> list[tuple[float, bytes]]:
        now = time.time_ns()
        return [] if number == 0 else [(0.0, b"garbage"), (0.0, answer(packet, now, now))]

    with udp_server(behave) as peer:
        found = await ask_clock(peer.target, spacing_s=0.01)
    assert found.samples == 2
    assert found.low_s <= 0 <= found.high_s


async def test_nobody_answers() -> None:
    with black_hole() as peer, closed_port() as nobody:
        for target in (peer.target, nobody):
            async with asyncio.timeout(15):
                with pytest.raises(Failure) as caught:
                    await ask_clock(target)
            assert caught.value.code == "ntp.no_answer"


@pytest.fixture
def chrony(tmp_path: Path) -> Iterator[str]:
    """An independent time server on a high port, that leaves this machine's clock alone."""
    if not CHRONY:
        pytest.skip("chrony is not installed (Debian: chrony)")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = (
        f"port {port}\nbindaddress 127.0.0.1\nallow 127.0.0.1\nlocal stratum 8\ncmdport 0\npidfile {tmp_path}/pid\n"
    )
    (tmp_path / "chrony.conf").write_text(settings, encoding="ascii")
    command = [CHRONY, "-x", "-d", "-U", "-u", "root", "-f", str(tmp_path / "chrony.conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield f"127.0.0.1:{port}"
        process.terminate()


async def test_chrony_is_asked(chrony: str) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                found = await ask_clock(chrony, samples=2, spacing_s=0.05)
                break
            except Failure:
                await asyncio.sleep(0.2)
    assert found.samples >= 1
    assert found.low_s - 0.001 <= 0 <= found.high_s + 0.001, "it is this very machine's clock"
