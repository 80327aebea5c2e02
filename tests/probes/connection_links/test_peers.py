"""The check speaks with servers that nobody here wrote, over a link of known speed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.lab.links import Link
from tests.lab.links_runs import Bench, standing
from tests.lab.measuring import MEASURES
from tests.lab.peers import missing, running_iperf3, running_web_speedtest

DOWN, UP = 18, 9

Words = Callable[[Bench], dict[str, Any]]


@pytest.fixture(scope="module")
def bench(links: None) -> Iterator[Bench]:
    with standing(Link(DOWN, UP, 12), with_iperf3=False) as standing_there:
        yield standing_there


def _check(bench: Bench, **words: Any) -> None:
    run = bench.probe(seconds=10, **words)
    assert not run.failure
    assert run.value("download_mbps") == pytest.approx(bench.link.truth.down, rel=0.12)
    assert run.value("upload_mbps") == pytest.approx(bench.link.truth.up, rel=0.12)


@MEASURES
@pytest.mark.parametrize(
    "words",
    [
        lambda nginx: {"server": nginx.url, "profile": "librespeed"},
        lambda nginx: {"server": f"{nginx.url}large.bin", "profile": "plain", "upload_url": f"{nginx.url}write"},
        lambda nginx: {"server": f"{nginx.url}speedtest/upload.php", "via": "speedtest"},
    ],
    ids=["LibreSpeed's paths", "a file and a place to write", "Speedtest's paths"],
)
def test_nginx(bench: Bench, words: Words) -> None:
    _check(bench, **words(bench.nginx))


@MEASURES
@pytest.mark.skipif(bool(missing("web-speedtest")), reason=missing("web-speedtest"))
def test_web_speedtest(bench: Bench) -> None:
    with running_web_speedtest(bench.link.server, bench.link.address) as peer:
        large, upload = f"{peer.url}api/download?size=100000000", f"{peer.url}api/upload"
        _check(bench, server=large, profile="plain", upload_url=upload)


@MEASURES
@pytest.mark.skipif(bool(missing("iperf3")), reason=missing("iperf3"))
def test_iperf3(bench: Bench) -> None:
    with running_iperf3(bench.link.server, bench.link.address) as peer:
        _check(bench, server=peer.address, via="iperf3")
        _check(bench, server=peer.address, via="iperf3")  # and leaves the server free for the next


def test_coturn_is_what_latency_is_read_of(bench: Bench) -> None:
    run = bench.probe(lambda line: line.get("code") == "connection.download")
    assert bench.coturn is not None
    assert run.readings["latency_ms"]["subject"] == bench.coturn.address
    assert run.readings["loss_pct"]["samples"] > 250
    assert run.value("latency_ms") == pytest.approx(12, abs=2)


def test_with_no_answer_over_udp_the_latency_is_that_of_http(bench: Bench) -> None:
    run = bench.probe(stun=[f"{bench.link.address}:9"], seconds=5)
    assert run.value("latency_ms") == pytest.approx(12, abs=4)
    assert run.readings["latency_ms"]["subject"] == bench.nginx.address
    assert "value" not in run.readings.get("loss_pct", {}) or run.readings["loss_pct"]["value"] is None
