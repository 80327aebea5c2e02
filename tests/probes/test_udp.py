"""The pinger over real sockets: what it counts, what it times, and how it ends where nobody answers."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from itertools import count, pairwise
from statistics import median
from typing import Any

import pytest

from tests.lab.packets import black_hole, closed_port, udp_server
from tests.lab.peers import missing, running_coturn
from vcops.probes.connection import servers
from vcops.probes.connection.binding import Binding
from vcops.probes.connection.datagrams import split_server
from vcops.probes.connection.echoes import Echo, count_lost, jitter_ms, median_ms, round_trips
from vcops.probes.connection.servers import Talk
from vcops.probes.connection.stamp import Stamp, reflected
from vcops.probes.connection.stun import Stun
from vcops.probes.connection.udp import INTERVAL_S, Pinger
from vcops.probes.wire import Failure

Answers = Iterable[tuple[float, bytes]]


def stun_answer(packet: bytes) -> bytes:
    return b"\x01\x01\x00\x00" + packet[4:20]


def answering(delay: float = 0.0) -> Callable[[bytes, int, Any], Answers]:
    return lambda packet, _number, _sender: [(delay, stun_answer(packet))]


@asynccontextmanager
async def pinging(
    targets: list[str], binding: Binding | None = None, talk: Callable[[], Talk] = Stun
) -> AsyncIterator[Pinger]:
    pinger = Pinger(targets, binding, talk)
    try:
        yield await pinger.start()
    finally:
        await pinger.close()


async def echoes_of(pinger: Pinger, seconds: float) -> list[Echo]:
    """What was sent from now on, the last answers waited for."""
    begun = pinger.now()
    await asyncio.sleep(seconds)
    ended = pinger.now()
    await pinger.settled(ended)
    return pinger.window(begun, ended)


def threads() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name == "pinger"]


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    yield
    for one in threading.enumerate():
        if one.name == "pinger":
            one.join(2)
    assert not threads()


async def failure_of(*targets: str, binding: Binding | None = None) -> Failure:
    with pytest.raises(Failure) as caught:
        await Pinger(list(targets), binding).start()
    return caught.value


async def test_fifty_packets_a_second_each_with_its_round_trip() -> None:
    with udp_server(answering(0.01)) as server:
        async with pinging([server.target]) as pinger:
            echoes = await echoes_of(pinger, 1.0)
            assert (pinger.server, pinger.instrument) == (server.target, "vcops stun")
    assert 25 <= len(echoes) <= 51
    assert count_lost(echoes) == 0
    assert [one.sequence for one in echoes] == list(range(echoes[0].sequence, echoes[0].sequence + len(echoes)))
    assert all(trip >= 10 for trip in round_trips(echoes))
    assert 10 <= (median_ms(echoes) or 0) < 30


async def test_the_pace_does_not_drift() -> None:
    with udp_server(answering()) as server:
        async with pinging([server.target]) as pinger:
            echoes = await echoes_of(pinger, 2.0)
    spans = [after.sent_at - before.sent_at for before, after in pairwise(echoes)]
    assert median(spans) == pytest.approx(INTERVAL_S, rel=0.2)


async def test_a_lost_packet_is_lost_and_a_late_one_too() -> None:
    def behave(packet: bytes, number: int, _sender: Any) -> Answers:
        if number % 10 == 5:
            return []
        return [(1.8 if number % 10 == 7 else 0.0, stun_answer(packet))]

    with udp_server(behave) as server:
        async with pinging([server.target]) as pinger:
            echoes = await echoes_of(pinger, 1.0)
            assert count_lost(echoes) / len(echoes) == pytest.approx(0.2, abs=0.03)
            await asyncio.sleep(0.7)
            again = pinger.window(echoes[0].sent_at, echoes[-1].sent_at + 0.001)
            assert again == echoes, "an answer that comes too late changes nothing afterwards"


async def test_answers_that_come_twice_or_in_another_order_count_once() -> None:
    def behave(packet: bytes, number: int, _sender: Any) -> Answers:
        return [(0.03 if number % 2 else 0.0, stun_answer(packet)), (0.05, stun_answer(packet))]

    with udp_server(behave) as server:
        async with pinging([server.target]) as pinger:
            echoes = await echoes_of(pinger, 0.8)
    assert count_lost(echoes) == 0
    trips = round_trips(echoes)
    assert 15 < (jitter_ms(echoes) or 0) < 45
    assert (median_ms(echoes) or 0) < 45, "the first answer stands"
    assert len(trips) == len(echoes)


async def test_garbage_and_strangers_are_no_answers() -> None:
    def behave(packet: bytes, _number: int, _sender: Any) -> Answers:
        return [(0.0, b"\xff" * 40), (0.0, b"HTTP/1.1 400 Bad Request\r\n\r\n"), (0.0, packet), (0.0, b"")]

    with udp_server(behave) as server:
        assert (await failure_of(server.target)).code == "connection.udp_blocked"


async def test_udp_that_is_swallowed_is_known_in_a_second_and_said_of_all_servers() -> None:
    with black_hole() as one, black_hole() as other:
        async with asyncio.timeout(5 * servers.ANSWER_S):
            failure = await failure_of(one.target, other.target)
        assert failure.code == "connection.udp_blocked"
        assert failure.params == {"servers": f"{one.target}, {other.target}"}
        assert one.received >= 3, "one lost packet is no blocked network"


async def test_a_refusal_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "ANSWER_S", 60.0)
    with closed_port() as nobody:
        async with asyncio.timeout(20):
            assert (await failure_of(nobody)).code == "connection.udp_blocked"


async def test_the_server_named_first_is_preferred_and_the_next_does_where_it_is_silent() -> None:
    with black_hole() as silent, udp_server(answering(0.06)) as first, udp_server(answering()) as second:
        async with pinging([first.target, second.target]) as pinger:
            assert pinger.server == first.target
        with closed_port() as nobody:
            async with pinging([nobody, silent.target, second.target]) as pinger:
                assert pinger.server == second.target
                assert count_lost(await echoes_of(pinger, 0.3)) == 0


async def test_over_ipv6() -> None:
    with udp_server(answering(), "::1") as server:
        async with pinging([server.target]) as pinger:
            assert pinger._chosen.place.family == socket.AF_INET6
            assert count_lost(await echoes_of(pinger, 0.3)) == 0


async def test_a_name_that_is_not_found_is_no_blocked_udp() -> None:
    failure = await failure_of("nothing.invalid:3478")
    assert failure.code == "network.dns"
    with udp_server(answering()) as server:
        async with pinging(["nothing.invalid", server.target]) as pinger:
            assert pinger.server == server.target


async def test_a_name_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def silent(*_asked: Any, **_more: Any) -> Any:
        answered.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "silent")

    monkeypatch.setattr("vcops.probes.sockets.socket.getaddrinfo", silent)
    try:
        async with asyncio.timeout(15):
            assert (await failure_of("stun.example.go.id")).code == "network.dns_silent"
    finally:
        answered.set()


async def test_a_server_that_dies_half_way_and_comes_back_leaves_a_hole() -> None:
    away = threading.Event()

    def behave(packet: bytes, _number: int, _sender: Any) -> Answers:
        return [] if away.is_set() else [(0.0, stun_answer(packet))]

    with udp_server(behave) as server:
        async with pinging([server.target]) as pinger:
            before = await echoes_of(pinger, 0.3)
            away.set()
            during = await echoes_of(pinger, 0.3)
            away.clear()
            after = await echoes_of(pinger, 0.3)
    assert (count_lost(before), count_lost(after)) == (0, 0)
    assert count_lost(during) >= len(during) - 1


async def test_a_port_that_closes_half_way_is_loss_and_no_error() -> None:
    server = udp_server(answering())
    with server:
        pinger = await Pinger([server.target]).start()
        assert count_lost(await echoes_of(pinger, 0.2)) == 0
    echoes = await echoes_of(pinger, 0.3)
    await pinger.close()
    assert len(echoes) > 10
    assert count_lost(echoes) == len(echoes)


async def test_a_busy_event_loop_neither_stops_the_sending_nor_spoils_the_times() -> None:
    with udp_server(answering(0.02)) as server:
        async with pinging([server.target]) as pinger:
            begun = pinger.now()
            while pinger.now() < begun + 1.0:
                sum(range(1000))
            ended = pinger.now()
            await pinger.settled(ended)
            echoes = pinger.window(begun, ended)
    assert len(echoes) >= 25
    assert 20 <= (median_ms(echoes) or 0) < 60


async def test_what_may_still_be_answered_is_left_out_of_the_window() -> None:
    with udp_server(answering(0.4)) as server:
        async with pinging([server.target]) as pinger:
            await asyncio.sleep(0.3)
            assert pinger.window(0, pinger.now()) == []
            await asyncio.sleep(0.3)
            seen = pinger.window(0, pinger.now())
            assert seen
            assert count_lost(seen) == 0


async def test_cancelling_the_start_leaves_nothing_behind() -> None:
    with black_hole() as server:
        starting = asyncio.create_task(Pinger([server.target]).start())
        await asyncio.sleep(0.2)
        starting.cancel()
        with suppress(asyncio.CancelledError):
            await starting
        for _try in range(100):
            if not threads():
                break
            await asyncio.sleep(0.02)
        assert not threads()


async def test_loss_of_each_direction_over_a_reflector_that_counts() -> None:
    counting, seen = count(), count()

    def behave(packet: bytes, _number: int, _sender: Any) -> Answers:
        """Of ten packets the third and the fourth never reached it, and the answer to the seventh never returns."""
        place = next(seen) % 10
        if place in (3, 4):
            return []
        now = time.time_ns()
        back = reflected(packet, next(counting), now, now)
        assert back is not None
        return [] if place == 7 else [(0.0, back)]

    with udp_server(behave) as server:
        async with pinging([server.target], talk=Stamp) as pinger:
            echoes = await echoes_of(pinger, 2.0)
            found = pinger.directions(echoes)
    assert found is not None
    assert pinger.instrument == "vcops stamp"
    assert found.lost_up is not None
    assert found.lost_down is not None
    assert found.lost_up / found.sent == pytest.approx(0.2, abs=0.03)
    assert found.lost_down / found.sent == pytest.approx(0.1, abs=0.03)


async def test_an_interface_that_is_not_there() -> None:
    with udp_server(answering()) as server:
        failure = await failure_of(server.target, binding=Binding("gone0"))
        assert (failure.code, failure.params) == ("network.no_interface", {"interface": "gone0"})
        assert (await failure_of(server.target, binding=Binding("203.0.113.9"))).code == "network.no_interface"


async def test_packets_leave_by_the_address_that_was_asked_for() -> None:
    senders: list[str] = []

    def behave(packet: bytes, _number: int, sender: Any) -> Answers:
        senders.append(sender[0])
        return [(0.0, stun_answer(packet))]

    with udp_server(behave) as server:
        async with pinging([server.target], Binding("127.0.0.1")) as pinger:
            assert pinger._chosen.socket.getsockname()[0] == "127.0.0.1"
            await echoes_of(pinger, 0.1)
        assert set(senders) == {"127.0.0.1"}


@pytest.mark.skipif(bool(missing("turnserver")), reason=missing("turnserver"))
async def test_coturn_is_pinged() -> None:
    with running_coturn() as peer:
        async with pinging([peer.address]) as pinger:
            echoes = await echoes_of(pinger, 1.0)
            assert isinstance(pinger._chosen.talk, Stun)
            assert pinger._chosen.talk.mapped == ("127.0.0.1", pinger._chosen.socket.getsockname()[1])
    assert len(echoes) >= 25
    assert count_lost(echoes) == 0


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("stun.example.go.id", ("stun.example.go.id", 3478)),
        (" stun:stun.example.go.id:19302 ", ("stun.example.go.id", 19302)),
        ("192.0.2.1:3479", ("192.0.2.1", 3479)),
        ("[2001:db8::1]:3479", ("2001:db8::1", 3479)),
        ("[2001:db8::1]", ("2001:db8::1", 3478)),
        ("2001:db8::1", ("2001:db8::1", 3478)),
    ],
)
def test_servers_as_people_write_them(text: str, place: tuple[str, int]) -> None:
    assert split_server(text, 3478) == place


@pytest.mark.parametrize(
    "text", ["", ":3478", "host:", "host:0", "host:70000", "host:x", "https://host/", "a b", "[]:1"]
)
def test_a_text_that_names_no_server(text: str) -> None:
    with pytest.raises(Failure) as caught:
        split_server(text, 3478)
    assert caught.value.code == "connection.bad_address"


def test_a_login_in_an_address_is_not_repeated() -> None:
    with pytest.raises(Failure) as caught:
        split_server("sari:rahasia@stun.example.go.id", 3478)
    assert "rahasia" not in str(caught.value.params)


def test_figures_of_no_echoes_are_none() -> None:
    lost = [Echo(0, 0.0, None), Echo(1, 0.02, 5.0), Echo(2, 0.04, None), Echo(3, 0.06, 9.0)]
    assert (median_ms([]), jitter_ms([]), count_lost([])) == (None, None, 0)
    assert (median_ms(lost), jitter_ms(lost), count_lost(lost)) == (7.0, None, 2)
