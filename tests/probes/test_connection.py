"""The connection probe against a real server of known speed, and one with every fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lab.certificates import Authority
from tests.lab.measuring import MEASURES
from tests.lab.probing import Probed, run_probe
from tests.lab.server import RunningServer, ServerScript, running_server


def measured(server: RunningServer, suffix: str = "", env: dict[str, str] | None = None, **request: Any) -> Probed:
    return run_probe("connection", {"server": server.url + suffix, "seconds": 3} | request, env=env)


@MEASURES
@pytest.mark.parametrize(
    ("profile", "suffix", "chunked"),
    [("librespeed", "", False), ("librespeed", "/", True), ("cloudflare", "", False)],
)
def test_a_paced_server_reads_its_pace(profile: str, suffix: str, chunked: bool) -> None:
    with running_server(ServerScript(mbps=20, chunked=chunked)) as server:
        probed = measured(server, suffix, profile=profile)
    assert probed.failure is None
    assert 15 <= probed.values["download_mbps"] <= 25
    assert 14 <= probed.values["upload_mbps"] <= 26
    assert probed.values["latency_ms"] > 0
    assert probed.values["jitter_ms"] >= 0
    assert 1.5 <= probed.readings["download_mbps"]["bytes_mb"] <= 8
    assert not any(line["partial"] for line in probed.readings.values())


@MEASURES
def test_a_plain_file_has_no_upload_unless_told_where() -> None:
    with running_server(ServerScript(mbps=20)) as server:
        without = measured(server, "/large.bin", profile="plain")
        given = measured(server, "/large.bin", profile="plain", upload_url=f"{server.url}/write")
    assert 15 <= without.values["download_mbps"] <= 25
    assert (without.values["upload_mbps"], without.readings["upload_mbps"]["note"]) == (None, "no_upload_url")
    assert 14 <= given.values["upload_mbps"] <= 26
    assert {method for method, *_rest in server.requests} == {"HEAD", "GET", "POST"}


def test_latency_is_the_servers_delay_and_not_the_connecting() -> None:
    with running_server(ServerScript(mbps=20, delay=0.04)) as server:
        probed = measured(server)
    assert 40 <= probed.values["latency_ms"] <= 70
    assert probed.readings["latency_ms"]["samples"] >= 3


@MEASURES
def test_over_tls(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    trusted = {"SSL_CERT_FILE": str(authority.file)}
    with running_server(ServerScript(mbps=20, tls=authority.server_context())) as server:
        assert measured(server).code == "network.certificate"
        probed = measured(server, env=trusted)
    assert 15 <= probed.values["download_mbps"] <= 25
    assert 14 <= probed.values["upload_mbps"] <= 26
    with running_server(ServerScript(tls=authority.server_context(days=-1))) as server:
        expired = measured(server, env=trusted)
    assert expired.failure is not None
    assert (expired.code, expired.failure["params"]["said"]) == ("network.certificate", "certificate has expired")
    with running_server(ServerScript(tls=authority.server_context("elsewhere.example"))) as server:
        assert measured(server, env=trusted).code == "network.certificate"


def test_the_data_limit_is_kept() -> None:
    with running_server(ServerScript(mbps=40)) as server:
        probed = measured(server, max_mb=4)
        passed = server.pace.passed
    assert passed <= 5_000_000
    assert probed.readings["download_mbps"]["note"] == "capped_early"
    assert probed.readings["download_mbps"]["partial"]
    assert probed.values["download_mbps"] > 0


def test_without_a_limit_a_fast_link_moves_a_gigabyte_at_the_most_and_is_read() -> None:
    with running_server() as server:
        probed = measured(server)
        passed = server.pace.passed
    assert passed <= 1.1e9
    for metric in ("download_mbps", "upload_mbps"):
        reading = probed.readings[metric]
        assert not reading["partial"]
        assert reading["value"] > 100


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (ServerScript(status=503), "connection.http_status"),
        (ServerScript(redirect="http://login:rahasia@portal.example/login?token=rahasia"), "connection.redirected"),
        (ServerScript(never_answer=True), "network.timeout"),
        (ServerScript(mbps=20, refuse_posts=True), "connection.upload_refused"),
    ],
)
def test_a_server_that_will_not(script: ServerScript, code: str) -> None:
    with running_server(script) as server:
        probed = measured(server)
    assert (probed.code, probed.status) == (code, 3)
    assert b"rahasia" not in probed.raw


def test_a_server_that_is_not_there() -> None:
    expected = {
        "http://127.0.0.1:1": "network.refused",
        "http://no-such-host.invalid": "network.dns",
        "ftp://127.0.0.1": "connection.bad_url",
        "http://127.0.0.1:99999": "connection.bad_url",
    }
    assert {url: run_probe("connection", {"server": url}).code for url in expected} == expected


def test_a_link_that_breaks_off_half_way_is_partial() -> None:
    with running_server(ServerScript(mbps=20, die_after=2_500_000)) as server:
        probed = measured(server, seconds=5)
    assert probed.code in ("network.refused", "network.broke_off")
    reading = probed.readings["download_mbps"]
    assert (reading["partial"], reading["note"]) == (True, "broke_off")


def test_a_server_that_stalls_is_not_waited_for() -> None:
    with running_server(ServerScript(mbps=20, stall_after=1_000_000)) as server:
        probed = measured(server)
    reading = probed.readings["download_mbps"]
    assert (reading["note"], reading["partial"]) == ("stalled", True)  # a link that is dead has no rate
    assert (probed.values["download_mbps"] or 0) < 5


@MEASURES
def test_smaller_uploads_where_large_ones_are_refused() -> None:
    with running_server(ServerScript(mbps=20, most_post=1_000_000)) as server:
        probed = measured(server, seconds=5)
    assert probed.failure is None
    assert 14 <= probed.values["upload_mbps"] <= 26
    assert probed.readings["upload_mbps"]["bytes_mb"] < 10  # what was refused does not count


def test_uploads_that_are_refused_at_once_are_no_reason_to_give_up() -> None:
    """A busy server refuses before anything of the body has passed, several times until the body is small enough."""
    with running_server(ServerScript(mbps=20, most_post=300_000, buffer=4096)) as server:
        probed = measured(server)
    assert probed.failure is None
    assert probed.values["upload_mbps"] > 0
    assert not probed.readings["upload_mbps"]["partial"]


@MEASURES
def test_speedtest_cli_agrees() -> None:
    with running_server(ServerScript(mbps=20)) as server:
        probed = measured(server, "/upload.php", via="speedtest", seconds=7)  # what lies in buffers counts less
    assert 15 <= probed.values["download_mbps"] <= 25
    assert 15 <= probed.values["upload_mbps"] <= 25
    assert probed.readings["download_mbps"]["instrument"].startswith("speedtest-cli")
    assert any(path.startswith("/random") for _method, path, _login in server.requests)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (ServerScript(status=404), "connection.http_status"),
        (ServerScript(refuse_posts=True), "connection.upload_refused"),
        (ServerScript(redirect="http://portal.example/"), "connection.redirected"),
    ],
)
def test_where_speedtest_cli_would_be_silent(script: ServerScript, code: str) -> None:
    with running_server(script) as server:
        assert measured(server, via="speedtest").code == code


def test_speedtest_cli_does_not_hide_a_broken_link() -> None:
    with running_server(ServerScript(mbps=20, die_after=2_500_000)) as server:
        probed = measured(server, via="speedtest", seconds=5)
    assert probed.readings["download_mbps"]["partial"]
    assert probed.code == "connection.no_upload"


def test_speedtest_cli_is_never_taken_for_exact() -> None:
    with running_server(ServerScript(mbps=20)) as server:
        reading = measured(server, "/upload.php", via="speedtest", seconds=5).readings["download_mbps"]
    assert reading["low"] <= reading["value"] / 1.11
    assert reading["high"] >= reading["value"] / 0.91


def test_speedtest_cli_is_not_waited_for_where_its_server_drips() -> None:
    """This program's own small requests are answered; speedtest-cli's time-out begins anew with each byte."""
    with running_server(ServerScript(drips_heads="latency.txt?x=")) as server:
        probed = measured(server, "/upload.php", via="speedtest")
    assert probed.code == "network.timeout"
    assert any(path.startswith("/latency.txt?x=") for _method, path, _login in server.requests)
