"""STAMP packets field by field, and the two directions told apart."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.probes.connection.echoes import Directions, Echo, Reflection, directions
from vcops.probes.connection.stamp import PACKET, Stamp, is_answer, ntp_time, read_reflected, reflected, unix_ns

NOW = 1_795_370_833_123_456_789
ERA_1 = 2_085_978_496_500_000_000
"""7 February 2036, 06.28.16.5 UTC: NTP's seconds have begun anew half a second ago."""


def test_the_senders_packet_is_that_of_the_rfc() -> None:
    packet = Stamp().packet(0, NOW)
    number, seconds, _fraction, estimate = struct.unpack_from("!IIIH", packet)
    assert (len(packet), number, seconds) == (44, 0, NOW // 10**9 + 2_208_988_800)
    assert estimate & 0x8000 == 0, "no claim that the clock is synchronised"
    assert estimate & 0x4000 == 0, "NTP's format"
    assert estimate & 0xFF, "RFC 4656: a multiplier of zero is not valid"
    assert packet[14:] == bytes(30)


def test_the_reflectors_packet_is_that_of_the_rfc() -> None:
    sent = struct.pack("!IQH30s", 77, ntp_time(NOW), 0x8102, b"\xee" * 30)
    back = reflected(sent, 5, NOW + 10, NOW + 20, ttl=61)
    assert back is not None
    assert len(back) == PACKET
    assert struct.unpack_from("!I", back, 0) == (5,)
    assert struct.unpack_from("!Q", back, 4) == (ntp_time(NOW + 20),)
    assert struct.unpack_from("!Q", back, 16) == (ntp_time(NOW + 10),)
    assert back[24:38] == sent[:14], "number, time and error estimate of the sender come back as they were"
    assert (back[14:16], back[38:40], back[40], back[41:]) == (bytes(2), bytes(2), 61, bytes(3))


@given(st.binary(max_size=200))
def test_an_answer_is_never_longer_than_its_packet(packet: bytes) -> None:
    back = reflected(packet, 0, NOW, NOW)
    assert (back is None) == (len(packet) < PACKET)
    assert back is None or len(back) == len(packet)
    assert back is None or back[PACKET:] == packet[PACKET:]


@given(st.binary(max_size=200))
def test_garbage_never_raises_and_is_never_an_answer(packet: bytes) -> None:
    read_reflected(packet, NOW)
    talk = Stamp()
    talk.packet(0, NOW)
    assert talk.read(packet, NOW) is None


@pytest.mark.parametrize("moment", [NOW, ERA_1, ERA_1 - 10**9, 0])
def test_times_survive_there_and_back(moment: int) -> None:
    assert abs(unix_ns(ntp_time(moment), moment + 30 * 10**9) - moment) <= 1
    ptp = (moment // 10**9) << 32 | moment % 10**9
    assert unix_ns(ptp, moment, ptp=True) == moment


def exchange(talk: Stamp, number: int, count: Callable[[int], int]) -> tuple[int, float, Reflection | None] | None:
    """A reflector whose clock is 5 s ahead gets the packet after 10 ms, holds it for 2 ms, answers within 30 ms."""
    sent = NOW + number * 20_000_000
    packet = talk.packet(number, sent)
    ahead = 5_000_000_000
    wire = int.from_bytes(packet[:4], "big")
    back = reflected(packet, count(wire), sent + 10_000_000 + ahead, sent + 12_000_000 + ahead)
    assert back is not None
    return talk.read(back, sent + 42_000_000)


def test_each_way_is_timed_by_both_clocks() -> None:
    found = exchange(Stamp(), 0, lambda _number: 0)
    assert found is not None
    number, held_ms, reflection = found
    assert number == 0
    assert held_ms == pytest.approx(2.0)
    assert reflection is not None
    assert (reflection.up_ms, reflection.down_ms) == (pytest.approx(5010.0), pytest.approx(-4970.0))


def test_a_reflector_that_counts_is_told_from_one_that_repeats() -> None:
    counting, repeating = Stamp(), Stamp()
    own = iter(range(10))
    for number in range(5):
        first, second = exchange(counting, number, lambda _n: next(own)), exchange(repeating, number, lambda n: n)
        assert first is not None
        assert second is not None
        assert (first[0], second[0]) == (number, number)
    assert counting.stateful
    assert not repeating.stateful


def test_a_forged_answer_is_foreign() -> None:
    talk = Stamp()
    packet = talk.packet(0, NOW)
    forged = reflected(packet[:4] + bytes(8) + packet[12:], 0, NOW, NOW)
    assert forged is not None
    assert talk.read(forged, NOW) is None


def test_an_answer_is_known_for_one_so_that_two_reflectors_never_answer_each_other() -> None:
    packet = Stamp().packet(0, NOW)
    back = reflected(packet, 0, NOW, NOW)
    assert back is not None
    assert is_answer(back, NOW + 10**9)
    assert not is_answer(packet, NOW)
    assert not is_answer(packet[:14] + b"\x5a" * 60, NOW), "padding of other senders"
    assert not is_answer(b"", NOW)


fates = st.lists(st.sampled_from(["back", "back", "back", "lost-up", "lost-down"]), min_size=1, max_size=80)


def told(fates: Sequence[str]) -> list[Echo]:
    """What a counting reflector makes of packets with these fates."""
    echoes, count = [], 0
    for number, fate in enumerate(fates):
        reflection = Reflection(count, 7.0 + number % 2, -3.0 + number % 3) if fate == "back" else None
        echoes.append(Echo(number, number * 0.02, 9.0 if reflection else None, reflection))
        count += fate != "lost-up"
    return echoes


@given(fates)
def test_each_loss_is_counted_on_its_own_side(fates: list[str]) -> None:
    found = directions(told(fates), stateful=True)
    if fates.count("back") < 2:
        assert found is None
        return
    ends = [place for place, fate in enumerate(fates) if fate == "back"]
    span = fates[ends[0] : ends[-1] + 1]
    assert found is not None
    assert (found.sent, found.returned) == (len(span), span.count("back"))
    assert (found.lost_up, found.lost_down) == (span.count("lost-up"), span.count("lost-down"))


def test_jitter_of_each_way_is_its_own_and_no_clock_matters() -> None:
    found = directions(told(["back"] * 31), stateful=True)
    assert found is not None
    assert found.jitter_up_ms == pytest.approx(1.0)
    assert found.jitter_down_ms == pytest.approx(4 / 3)


def test_a_reflector_that_does_not_count_leaves_the_direction_open() -> None:
    found = directions(told(["back", "lost-up", "back"]), stateful=False)
    assert found == Directions(3, None, 2, None, None)
    assert (found.lost_up, found.lost_down) == (None, None)
