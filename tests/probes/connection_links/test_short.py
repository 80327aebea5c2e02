"""The connection check on two slow links of known speed: the benchmark's short form."""

from __future__ import annotations

import math

import pytest

from tests.lab.links import Link
from tests.lab.links_runs import standing
from tests.lab.measuring import MEASURES

pytestmark = pytest.mark.usefixtures("links")


@MEASURES
@pytest.mark.parametrize(("down", "up", "rtt"), [(20, 5, 40), (10, 4, 0)], ids=["40 ms away", "near"])
def test_reads_what_the_link_carries(down: float, up: float, rtt: float) -> None:
    with standing(Link(down, up, rtt), with_iperf3=False) as bench:
        run = bench.probe()
        truth = bench.link.truth
    assert not run.failure
    assert run.value("download_mbps") == pytest.approx(truth.down, rel=0.08)
    assert run.value("upload_mbps") == pytest.approx(truth.up, rel=0.08)
    assert run.value("latency_ms") == pytest.approx(truth.rtt_ms, abs=2)
    assert run.value("loss_pct") == 0
    assert run.value("loss_pct", "high") > 0, "no loss among so many is no proof of none"
    assert run.value("latency_loaded_down_ms") > truth.rtt_ms
    assert run.value("latency_loaded_up_ms") > truth.rtt_ms
    assert run.rss_mb < 60


def test_tells_the_jitter_and_the_loss_that_were_made() -> None:
    link = Link(20, 20, 30, jitter_ms=5, loss_pct=4, loss_up_pct=4)
    with standing(link, with_iperf3=False) as bench:
        jitters: list[float | None] = []

        def loading(line: dict[str, object]) -> bool:
            if line.get("code") == "connection.download":
                jitters.append(link.seen().jitter_ms())
            return bool(jitters)

        run = bench.probe(loading)
    assert run.value("jitter_ms") == pytest.approx(jitters[0], rel=0.4)
    assert run.value("loss_pct") > 1
    assert run.value("loss_pct", "low") < run.value("loss_pct") < run.value("loss_pct", "high")
    assert math.isclose(link.truth.loss_pct, 7.84)
