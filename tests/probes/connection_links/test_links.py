"""The links are what they say they are: measured by a program that nobody here wrote."""

from __future__ import annotations

import json
import socket
import statistics
import time
from itertools import pairwise

import pytest

from tests.lab.links import SERVER, SERVER_6, Link
from tests.lab.measuring import MEASURES
from tests.lab.netns import netns_inside
from tests.lab.peers import Peer, missing, running_coturn, running_iperf3

pytestmark = pytest.mark.usefixtures("links")


@MEASURES
@pytest.mark.skipif(bool(missing("iperf3")), reason=missing("iperf3"))
@pytest.mark.parametrize(("down", "up", "rtt"), [(12, 4, 30), (10, 10, 0)], ids=["relayed", "shaped by the kernel"])
def test_iperf3_reads_the_truth(down: float, up: float, rtt: float) -> None:
    with Link(down, up, rtt) as link, running_iperf3(link.server, link.address) as peer:
        assert _iperf3(link, peer, "-R") == pytest.approx(link.truth.down, rel=0.08)
        assert _iperf3(link, peer) == pytest.approx(link.truth.up, rel=0.08)


def _iperf3(link: Link, peer: Peer, *words: str) -> float:
    command = ["iperf3", "-J", "-c", peer.host, "-p", str(peer.port), "-P", "2", "-t", "4", "-O", "2", *words]
    said = json.loads(link.client.run(command).stdout)
    return float(said["end"]["sum_received"]["bits_per_second"]) / 1e6


@pytest.mark.parametrize("server", [SERVER, SERVER_6])
def test_delay_and_jitter_are_those_asked_for(server: str) -> None:
    with Link(20, 20, 40, jitter_ms=3) as link, running_coturn(link.server, server) as coturn:
        trips = [one for one in _stun(link, server, coturn.port, 100) if one is not None]
        seen = link.seen()
    assert statistics.median(trips) == pytest.approx(40, abs=3)
    steps = statistics.fmean(abs(b - a) for a, b in pairwise(trips))
    assert steps == pytest.approx(seen.jitter_ms(), rel=0.5)  # a busy machine adds its own
    assert seen.jitter_ms() == pytest.approx(1.4 * 3, rel=0.4)


def test_loss_is_what_was_asked_for_and_is_told() -> None:
    with Link(20, 20, 2, loss_pct=10, loss_up_pct=10) as link, running_coturn(link.server, link.address) as coturn:
        trips = _stun(link, SERVER, coturn.port, 200)
        seen = link.seen()
    lost = sum(one is None for one in trips)
    assert lost == sum(one is None for one in seen.round_trips())
    assert 100 * lost / len(trips) == pytest.approx(link.truth.loss_pct, abs=10)


def test_a_cut_link_carries_nothing_until_it_is_mended() -> None:
    with Link(20, 20, 2) as link, running_coturn(link.server, link.address) as coturn:
        assert None not in _stun(link, SERVER, coturn.port, 3)
        link.cut()
        assert _stun(link, SERVER, coturn.port, 3) == [None, None, None]
        link.mend()
        assert None not in _stun(link, SERVER, coturn.port, 3)


def test_udp_alone_can_be_swallowed() -> None:
    with Link(20, 20, 2, udp=False) as link, running_coturn(link.server, link.address) as coturn:
        assert _stun(link, SERVER, coturn.port, 3) == [None, None, None]
        with netns_inside(link.client.path):
            socket.create_connection((SERVER, coturn.port), 5).close()


def _stun(link: Link, server: str, port: int, count: int) -> list[float | None]:
    """Send one binding request after the other, and return milliseconds, or None after 0.15 s."""
    with netns_inside(link.client.path):
        asked = socket.socket(socket.AF_INET6 if ":" in server else socket.AF_INET, socket.SOCK_DGRAM)
    trips: list[float | None] = []
    with asked:
        asked.connect((server, port))
        for number in range(count):
            mark = number.to_bytes(12, "big")
            sent = time.perf_counter()
            asked.send(b"\0\1\0\0\x21\x12\xa4\x42" + mark)
            trips.append(_answer(asked, mark, sent))
            time.sleep(0.002)
    return trips


def _answer(asked: socket.socket, mark: bytes, sent: float) -> float | None:
    while (left := sent + 0.15 - time.perf_counter()) > 0:
        asked.settimeout(left)
        try:
            answer = asked.recv(2048)
        except (TimeoutError, ConnectionRefusedError):
            return None
        if answer[8:20] == mark:
            return 1000 * (time.perf_counter() - sent)
    return None
