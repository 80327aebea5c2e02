"""The connection probe against servers that nobody here wrote, and through instruments that nobody here wrote."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.lab.measuring import MEASURES
from tests.lab.peers import Peer, missing, running_coturn, running_iperf3, running_nginx, running_web_speedtest
from tests.lab.probing import Probed, run_probe
from vcops.probes.connection import iperf3 as iperf3_module
from vcops.probes.connection.asked import Asked
from vcops.probes.connection.binding import Binding
from vcops.probes.connection.iperf3 import Iperf3
from vcops.probes.connection.meter import Meter
from vcops.probes.connection.route import Routes
from vcops.probes.connection.session import Session
from vcops.probes.wire import Failure, Wire


def measured(server: str, env: dict[str, str] | None = None, **request: Any) -> Probed:
    return run_probe("connection", {"server": server, "seconds": 7} | request, env=env)


def needs(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(bool(missing(name)), reason=missing(name) or f"{name} is here")


@pytest.fixture
def iperf3() -> Iterator[Peer]:
    with running_iperf3() as peer:
        yield peer


@MEASURES
@needs("nginx")
@pytest.mark.parametrize(
    ("suffix", "request_"),
    [
        ("", {}),
        ("speedtest/upload.php", {"via": "speedtest"}),
        ("large.bin", {"profile": "plain", "upload": "write"}),
    ],
)
def test_nginx(suffix: str, request_: dict[str, Any]) -> None:
    with running_nginx() as nginx:
        upload = {"upload_url": nginx.url + request_["upload"]} if "upload" in request_ else {}
        probed = measured(nginx.url + suffix, **(request_ | upload))
    assert probed.failure is None
    assert probed.values["download_mbps"] > 100
    assert probed.values["upload_mbps"] > 100
    assert not any(line["partial"] for line in probed.readings.values())


@MEASURES
@needs("web-speedtest")
def test_web_speedtest_is_a_plain_server() -> None:
    with running_web_speedtest() as peer:
        probed = measured(f"{peer.url}api/download?size=500000000", profile="plain", upload_url=f"{peer.url}api/upload")
    assert probed.failure is None
    assert probed.values["download_mbps"] > 100
    assert probed.values["upload_mbps"] > 100


@needs("iperf3")
@needs("turnserver")
def test_iperf3(iperf3: Peer) -> None:
    with running_coturn() as stun:
        probed = measured(iperf3.address, via="iperf3", stun=[stun.address])
    assert probed.failure is None
    for metric in ("download_mbps", "upload_mbps"):
        reading = probed.readings[metric]
        assert reading["instrument"].startswith("iperf3 3.")
        assert reading["low"] <= reading["value"] <= reading["high"]
        assert reading["value"] > 100
    assert probed.values["latency_ms"] > 0
    assert probed.values["latency_loaded_down_ms"] > 0
    assert "http_latency_ms" not in probed.values


@needs("iperf3")
def test_iperf3_keeps_the_data_limit(iperf3: Peer) -> None:
    probed = measured(iperf3.address, via="iperf3", max_mb=8)
    assert probed.failure is None
    assert sum(probed.readings[metric]["bytes_mb"] for metric in ("download_mbps", "upload_mbps")) <= 9
    assert probed.readings["download_mbps"]["note"] == "capped_early"
    assert probed.readings["download_mbps"]["partial"]
    assert (probed.values["latency_ms"], probed.readings["latency_ms"]["note"]) == (None, "no_udp_server")


@needs("iperf3")
def test_what_iperf3_says_in_its_own_words() -> None:
    expected = {
        "127.0.0.1:1": "network.refused",
        "no-such-host.invalid": "network.dns",
        "-s": "connection.bad_address",
        "127.0.0.1:99999": "connection.bad_address",
    }
    found = {server: measured(server, via="iperf3", seconds=1).code for server in expected}
    assert found == expected


@needs("iperf3")
@pytest.mark.parametrize(("seconds", "omitted", "left"), [(0.29, "0", "1"), (1.5, "1", "1"), (4.0, "1", "3")])
def test_iperf3_is_given_no_more_time_than_was_asked_for(seconds: float, omitted: str, left: str) -> None:
    """It knows whole seconds only: one is the least."""
    session = Session(Asked(server="127.0.0.1"), Wire(io.BytesIO()), Routes(Binding("")))
    meter = Meter(session, "download", seconds, "iperf3", "127.0.0.1")
    command = Iperf3(session)._command(meter, float("inf"))
    assert command[command.index("-O") + 1] == omitted
    assert command[command.index("-t") + 1] == left


@needs("iperf3")
def test_a_second_of_iperf3_is_too_brief(iperf3: Peer) -> None:
    probed = measured(iperf3.address, via="iperf3", seconds=1)
    assert probed.failure is None
    for metric in ("download_mbps", "upload_mbps"):
        assert (probed.readings[metric]["note"], probed.readings[metric]["partial"]) == ("too_brief", True)
        assert probed.values[metric] > 100
    live = [line["params"]["mbps"] for line in probed.lines if line.get("code") == "connection.download"]
    assert live
    assert set(live) == {None}


@pytest.mark.skipif(os.name != "posix", reason="a script")
async def test_an_iperf3_that_never_tells_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = tmp_path / "iperf3"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(iperf3_module, "_START_S", 0.5)
    instrument = Iperf3(Session(Asked(server="127.0.0.1"), Wire(io.BytesIO()), Routes(Binding(""))))
    async with asyncio.timeout(20):
        with pytest.raises(Failure) as caught:
            await instrument.begin()
    assert caught.value.code == "connection.no_iperf3"


def test_without_iperf3(tmp_path: Path) -> None:
    probed = measured("127.0.0.1", {"PATH": str(tmp_path)}, via="iperf3")
    assert probed.code == "connection.no_iperf3"


def instrument(peer: Peer, told: io.BytesIO) -> Iperf3:
    return Iperf3(Session(Asked(server=peer.address), Wire(told), Routes(Binding(""))))


def last_told(told: io.BytesIO) -> dict[str, Any]:
    last: dict[str, Any] = json.loads(told.getvalue().splitlines()[-1])
    return last


@needs("iperf3")
async def test_a_server_that_still_clears_up_is_asked_again(iperf3: Peer) -> None:
    """To who was served a direction a moment ago it says that it is busy, as it does to a stranger meanwhile."""
    told = io.BytesIO()
    asking = instrument(iperf3, told)
    await asking.flow("download", 1.0, float("inf"))
    with occupied(iperf3, seconds=1):
        await asking.flow("upload", 1.0, float("inf"))
    assert (last_told(told)["metric"], last_told(told)["value"] > 100) == ("upload_mbps", True)


@needs("iperf3")
async def test_a_limit_that_fits_into_the_buffers_is_no_silence(iperf3: Peer) -> None:
    """Sent before the far end has read a byte: iperf3 reports that it received none."""
    told = io.BytesIO()
    asking = instrument(iperf3, told)
    for _time in range(10):
        await asking.flow("upload", 2.0, 4e6)
        last = last_told(told)
        assert (last["metric"], last["note"], last["partial"]) == ("upload_mbps", "capped_early", True)
        assert last["bytes_mb"] > 0


@contextmanager
def occupied(peer: Peer, seconds: int) -> Iterator[None]:
    """Somebody else measures against it, as soon as it takes them."""
    command = ["iperf3", "-c", peer.host, "-p", str(peer.port), "-t", str(seconds), "-b", "1M", "--forceflush"]
    while True:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as other:
            assert other.stdout is not None
            if not any(b"connected" in line for line in other.stdout):
                continue
            try:
                yield
            finally:
                other.kill()
            return


@needs("iperf3")
def test_one_measurement_at_a_time(iperf3: Peer) -> None:
    """Its server turns a second visitor away while it serves the first."""
    with occupied(iperf3, seconds=20):
        probed = measured(iperf3.address, via="iperf3", seconds=1)
    assert probed.code == "connection.iperf3_busy"
