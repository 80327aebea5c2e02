"""The order of a connection check: what is told when, what is measured on, and what the counts come to."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest

from tests.lab.peers import missing, running_coturn
from tests.lab.probing import Probed
from tests.lab.server import ServerScript, running_server
from vcops.probes.connection.asked import USUAL_MOST_BYTES, Asked, plan
from vcops.probes.connection.dates import offset_by_dates
from vcops.probes.connection.steady import Steady, joined, quiet_seconds, steady
from vcops.probes.wire import Failure


def asked_on(answer: Any, **request: Any) -> Probed:
    """Run the probe and answer its question."""
    command = [sys.executable, "-m", "vcops.probes", "connection"]
    lines = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as probe:
        assert probe.stdin is not None
        assert probe.stdout is not None
        probe.stdin.write(json.dumps({"lifeline": True, "extension": True} | request).encode() + b"\n")
        probe.stdin.flush()
        for text in probe.stdout:
            lines.append(json.loads(text))
            if lines[-1]["type"] == "question":
                probe.stdin.write(json.dumps(answer).encode() + b"\n")
                probe.stdin.flush()
        return Probed(lines, probe.wait(), b"", b"")


@pytest.mark.skipif(bool(missing("turnserver")), reason=missing("turnserver") or "coturn is here")
def test_what_is_not_certain_is_measured_on_once() -> None:
    with running_server(ServerScript(mbps=20)) as server, running_coturn() as stun:
        answer = {"extend": ["loss_pct", "upload_mbps"]}
        probed = asked_on(answer, server=server.url, stun=[stun.address], seconds=7)
    questions = [place for place, line in enumerate(probed.lines) if line["type"] == "question"]
    assert len(questions) == 1
    before = Probed(probed.lines[: questions[0]], 0, b"", b"").readings
    after = probed.readings
    assert probed.failure is None
    assert before["loss_pct"]["samples"] <= 160
    assert 225 <= after["loss_pct"]["samples"] <= 260  # time for the last answers is kept back
    assert after["upload_mbps"]["samples"] > before["upload_mbps"]["samples"]
    assert after["upload_mbps"]["bytes_mb"] > before["upload_mbps"]["bytes_mb"] + 3
    assert after["download_mbps"]["at"] == before["download_mbps"]["at"]
    assert {line["code"] for line in probed.lines[questions[0] :] if line["type"] == "progress"} == {
        "connection.extending"
    }
    fractions = [line["fraction"] for line in probed.lines if line["type"] == "progress"]
    assert fractions == sorted(fractions)
    assert fractions[-1] > 0.97


@pytest.mark.parametrize("answer", [{"extend": []}, {}, {"extend": "loss_pct"}, ["loss_pct"]])
def test_an_answer_that_asks_for_nothing_ends_the_check(answer: Any) -> None:
    with running_server(ServerScript(mbps=20)) as server:
        probed = asked_on(answer, server=server.url, seconds=3)
    assert probed.lines[-1]["type"] == "done"
    assert not any(line.get("code") == "connection.extending" for line in probed.lines)


def test_figures_come_several_times_a_second() -> None:
    with running_server(ServerScript(mbps=20)) as server:
        probed = asked_on({}, server=server.url, seconds=7)
    told = [line["code"] for line in probed.lines if line["type"] == "progress"]
    assert 6 <= told.count("connection.download") <= 12
    assert 6 <= told.count("connection.upload") <= 12
    assert 10 <= told.count("connection.idle") <= 20


def test_the_time_is_shared_out() -> None:
    assert plan(7) == plan(7, 500)
    assert (plan(7).idle, plan(7).download, plan(7).upload) == (3, 2, 2)
    assert (plan(None).idle, plan(None).download, plan(None).upload) == (6, 4, 4)
    assert (plan(None, 79).download, plan(None, 80).download) == (4, plan(None, 80).upload)
    assert plan(None, 80).download > 4
    assert plan(None, 180).download == 6
    assert 6 < plan(None, 300).download < plan(None, 600).download == plan(None, float("inf")).download
    with pytest.raises(Failure):
        Asked.read({"seconds": "soon"})


def test_a_link_of_500_mbps_is_measured_over_the_whole_time_without_a_limit() -> None:
    for seconds in (None, 7, 60, 600):
        asked, shares = Asked.read({"seconds": seconds}), plan(seconds)
        assert asked.usual_limit
        assert asked.most_bytes >= (shares.download + shares.upload) * 500e6 / 8
        assert asked.most_bytes / 2 >= shares.download * 500e6 / 8
    assert Asked.read({}).most_bytes == USUAL_MOST_BYTES
    assert Asked.read({"max_mb": 4000, "seconds": 7}).most_bytes == 4e9
    assert not Asked.read({"max_mb": 4000}).usual_limit
    rest = Asked.read({"spent_mb": 400})
    assert (rest.most_bytes, rest.usual_limit) == (0.6e9, True)  # one limit for all the servers of a check
    assert Asked.read({"spent_mb": 5000}).most_bytes == 1e6
    assert Asked.read({"via": "iperf3"}).most_bytes == float("inf")


def _ticks(mbps: float, seconds: float, *, jump_at: float = 0.0, jump: int = 0) -> list[tuple[float, int]]:
    """Counts ten times a second: half the rate for the first second, then all of it; from `jump_at` on `jump` more."""
    rate = mbps * 125_000
    ticks = [round(0.1 * number, 1) for number in range(round(seconds * 10) + 1)]
    return [(at, round(rate * (at - min(at, 1.0) / 2)) + (jump if jump and at >= jump_at else 0)) for at in ticks]


def test_the_slow_start_does_not_count() -> None:
    found = steady(_ticks(20, 4), 1.5)
    assert found is not None
    assert found.mbps == pytest.approx(20, rel=1e-3)
    assert found.interval == pytest.approx((19.8, 20.2), rel=1e-3)
    assert (found.seconds, len(found.blocks)) == (pytest.approx(2.5), 5)
    assert steady(_ticks(20, 1), 1.5) is None
    assert steady([], 1.5) is None


def test_a_short_measurement_is_cut_finer() -> None:
    found = steady(_ticks(20, 2), 0.75)
    assert found is not None
    assert len(found.blocks) >= 4


def test_a_burst_at_the_end_does_not_decide() -> None:
    """100 kB that waited behind a lost packet are 1.6 % of the whole, and arrive in the last tenth of a second."""
    ticks = _ticks(20, 4, jump_at=4.0, jump=100_000)
    found = steady(ticks, 1.5)
    assert found is not None
    plain = (ticks[-1][1] - ticks[15][1]) * 8e-6 / 2.5
    assert plain / 20 - 1 == pytest.approx(0.016, abs=0.001)
    assert found.mbps / 20 - 1 < plain / 20 - 1


def test_the_interval_holds_the_true_rate() -> None:
    """Blocks of a rate that wavers: the truth is inside nineteen times of twenty, as far as five blocks can tell."""
    chance = random.Random(1)
    inside = 0
    for _turn in range(200):
        total, ticks = 0.0, [(0.0, 0)]
        for number in range(1, 31):
            total += chance.gauss(250_000, 25_000)
            ticks.append((number * 0.1, round(total)))
        found = steady(ticks, 0.5)
        assert found is not None
        low, high = found.interval
        assert low <= found.mbps <= high
        inside += low <= 20 <= high
    assert inside >= 175


def test_stretches_are_weighted_by_their_length() -> None:
    whole = joined([Steady(10, 2.5, (9.0, 11.0)), Steady(20, 5.0, (20.0,))])
    assert whole.mbps == pytest.approx(50 / 3)
    assert (whole.seconds, whole.blocks) == (7.5, (9.0, 11.0, 20.0))


def test_how_long_nothing_passed() -> None:
    assert quiet_seconds([(0.0, 0), (1.0, 5), (2.5, 5), (3.0, 6), (3.5, 6)]) == (1.5, 0.5)
    assert quiet_seconds([(0.0, 0)]) == (0.0, 0.0)


def test_the_clock_by_a_web_servers_dates() -> None:
    def said(at: float) -> str:
        return format_datetime(datetime.fromtimestamp(at, UTC), usegmt=True)

    # The server is 2.25 s ahead; requests every 0.3 s take 40 ms.
    answers = [(said(int(at + 0.02 + 2.25)), at, at + 0.04) for at in (1_800_000_000 + 0.3 * n for n in range(20))]
    found = offset_by_dates(answers)
    assert found is not None
    assert found[0] <= 2.25 <= found[1]
    assert found[1] - found[0] < 0.3
    assert offset_by_dates([("yesterday", 0, 1)]) is None
    assert offset_by_dates([]) is None
    assert offset_by_dates([(said(1_800_000_000), 1_800_000_000.0, 1_800_000_000.1),
                            (said(1_800_000_500), 1_800_000_000.2, 1_800_000_000.3)]) is None  # fmt: skip
