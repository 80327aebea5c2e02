"""The connection probe on networks with a fault of their own, each made of network namespaces on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.lab.links import CLIENT_6, DEVICE, SERVER_6, Link
from tests.lab.measuring import MEASURES
from tests.lab.netns import Namespace, available
from tests.lab.peers import missing, running_coturn, running_iperf3, running_lab_server
from tests.lab.probing import Probed

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "namespaces are here")


def probed(inside: Namespace, **request: Any) -> Probed:
    done = inside.run(
        [sys.executable, "-m", "vcops.probes", "connection"], input=json.dumps(request) + "\n", env=dict(os.environ)
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return Probed(lines, done.returncode, done.stdout.encode(), done.stderr.encode())


@contextmanager
def silent_name_server(inside: Namespace) -> Iterator[None]:
    """Name a DNS server inside that takes every question and never answers one."""
    folder = Path("/etc/netns", inside.name)
    folder.mkdir(parents=True)
    (folder / "resolv.conf").write_text("nameserver 127.0.0.53\n", encoding="ascii")
    listening = (
        "import socket, sys; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.53', 53));"
        "print('ready', flush=True); sys.stdin.read()"
    )
    process = inside.start([sys.executable, "-c", listening], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield
    finally:
        process.kill()
        (folder / "resolv.conf").unlink()
        folder.rmdir()
        with suppress(OSError):
            folder.parent.rmdir()


def test_a_name_server_that_never_answers() -> None:
    with Namespace() as alone, silent_name_server(alone):
        found = probed(alone, server="http://speed.example", stun=["stun.example"], ntp="time.example", seconds=3)
    assert (found.code, found.status) == ("network.dns_silent", 3)
    assert found.failure is not None
    assert found.failure["params"]["host"] == "speed.example"


@pytest.mark.parametrize("server", ["http://speed.example", "http://192.0.2.1", "http://[2001:db8::1]"])
def test_no_network_at_all(server: str) -> None:
    with Namespace() as alone:
        found = probed(alone, server=server, stun=["192.0.2.1:3478"], seconds=3)
    assert found.code == "network.unreachable"


def test_a_link_that_loses_what_is_large() -> None:
    with Link(20, 20, most_bytes=1000) as link, running_lab_server(link.server, link.address) as server:
        found = probed(link.client, server=server.url, seconds=7)
    assert found.code == "connection.large_packets_lost"
    assert found.values["http_latency_ms"] > 0
    assert "download_mbps" not in found.values


@MEASURES
def test_a_link_that_loses_what_is_large_on_the_way_up_alone() -> None:
    with Link(20, 20, relayed=True) as link, running_lab_server(link.server, link.address) as server:
        link.change(up={"most_bytes": 1000})
        found = probed(link.client, server=server.url, seconds=7)
    assert found.code == "connection.large_packets_lost"
    assert found.values["download_mbps"] > 15
    assert not found.readings["download_mbps"]["partial"]
    assert not found.values.get("upload_mbps")


@MEASURES
def test_a_link_that_dies_half_way_and_comes_back() -> None:
    with Link(10, 10, relayed=True) as link, running_lab_server(link.server, link.address) as server:
        lines = []
        for line in spoken(link.client, server=server.url, seconds=21):
            lines.append(line)
            downloading = [one for one in lines if one.get("code") == "connection.download"]
            if len(downloading) == 10 and line is downloading[-1]:
                link.cut()
            elif len(downloading) == 21 and line is downloading[-1]:
                link.mend()
    found = Probed(lines, 0, b"", b"")
    assert found.failure is None
    assert found.readings["download_mbps"]["note"] == "stalled"
    assert 0 < found.values["download_mbps"] < 9
    assert found.readings["upload_mbps"]["note"] is None
    assert 8 < found.values["upload_mbps"] < 10.5


@pytest.mark.skipif(bool(missing("turnserver")), reason=missing("turnserver") or "coturn is here")
def test_a_link_that_dies_for_good_leaves_what_was_read() -> None:
    with (
        Link(10, 10, relayed=True) as link,
        running_lab_server(link.server, link.address) as server,
        running_coturn(link.server, link.address) as stun,
    ):
        lines = []
        for line in spoken(link.client, server=server.url, stun=[stun.address], seconds=7):
            lines.append(line)
            if line.get("metric") == "download_mbps" and not line["partial"]:
                link.cut()
    found = Probed(lines, 0, b"", b"")
    assert found.code in ("connection.no_upload", "network.timeout")
    assert not found.readings["download_mbps"]["partial"]
    assert found.readings["loss_pct"]["samples"] >= 140
    assert not found.values.get("upload_mbps")


def spoken(inside: Namespace, **request: Any) -> Iterator[dict[str, Any]]:
    """Yield the lines of a probe as they come."""
    command = [sys.executable, "-m", "vcops.probes", "connection"]
    process = inside.start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.close()
    for line in process.stdout:
        yield json.loads(line)


@MEASURES
def test_a_network_of_ipv6_alone() -> None:
    with Link(20, 20) as link:
        link.client.ip("address", "flush", "dev", DEVICE, "scope", "global")
        link.client.ip("address", "add", f"{CLIENT_6}/64", "dev", DEVICE, "nodad")
        link.client.ip("-4", "address", "flush", "dev", DEVICE)
        with running_lab_server(link.server, SERVER_6) as server:
            found = probed(link.client, server=server.url, seconds=7)
    assert found.failure is None
    assert found.values["ipv6_reachable"] is True
    assert 17 < found.values["download_mbps"] < 22
    assert 18 < found.values["upload_mbps"] < 20


@MEASURES
@pytest.mark.parametrize("via", ["http", "speedtest", "iperf3"])
def test_every_packet_leaves_by_the_interface_that_was_asked_for(via: str) -> None:
    """Two cables lead to the same server; the system would take the first, and the second is a quarter as fast."""
    if via == "iperf3" and missing("iperf3"):
        pytest.skip(missing("iperf3"))
    with Link(40, 40) as link:
        second = "second0"
        link.client.ip("link", "add", second, "type", "veth", "peer", "name", second, "netns", link.server.name)
        for side, address in ((link.client, "10.98.0.2"), (link.server, "10.98.0.1")):
            side.ip("address", "add", f"{address}/24", "dev", second)
            side.ip("link", "set", second, "up")
            shaping = ["tc", "qdisc", "replace", "dev", second, "root", "tbf", "rate", "10mbit"]
            side.run([*shaping, "burst", "16000", "limit", "125000"], check=True)
            for switch in ("all", second):
                side.sysctl(f"net.ipv4.conf.{switch}.rp_filter", "0")
        link.client.ip("route", "add", f"{link.address}/32", "via", "10.98.0.1", "dev", second, "metric", "500")
        link.client.ip("route", "add", f"{link.address}/32", "dev", DEVICE, "metric", "10")
        running = running_iperf3 if via == "iperf3" else running_lab_server
        with running(link.server, link.address) as server:
            place = server.address if via == "iperf3" else server.url
            usual = probed(link.client, server=place, seconds=7) if via == "http" else None  # the system's choice
            bound = probed(link.client, server=place, via=via, interface=second, seconds=7)
            address = probed(link.client, server=place, via=via, interface="10.98.0.2", seconds=7)
    assert (bound.failure, address.failure) == (None, None)
    assert usual is None or usual.values["download_mbps"] > 30
    for found in (bound, address):
        assert 7 < found.values["download_mbps"] < 20
        assert 8 < found.values["upload_mbps"] < 13


def test_an_interface_that_leads_nowhere() -> None:
    with Link(20, 20) as link, running_lab_server(link.server, link.address) as server:
        found = probed(link.client, server=server.url, interface="lo", seconds=3)
    assert found.code in ("network.unreachable", "network.timeout")


@MEASURES
def test_a_satellites_slow_start_is_waited_for() -> None:
    with Link(20, 5, 600, queue_ms=300) as link, running_lab_server(link.server, link.address) as server:
        found = probed(link.client, server=server.url)
    down, up = found.readings["download_mbps"], found.readings["upload_mbps"]
    assert (down["note"], up["note"]) == (None, None)
    assert link.truth.down == pytest.approx(down["value"], rel=0.2)
    assert link.truth.up == pytest.approx(up["value"], rel=0.25)
