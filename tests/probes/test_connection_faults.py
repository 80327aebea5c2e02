"""The connection probe against servers that lie, stall, refuse or go away: a reading or a reason, no wrong number."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lab.measuring import MEASURES
from tests.lab.probing import Probed, run_probe
from tests.lab.server import RunningServer, ServerScript, running_server
from vcops.probes.connection.refusals import by_portal
from vcops.probes.wire import Failure


def measured(server: RunningServer, suffix: str = "", **request: Any) -> Probed:
    return run_probe("connection", {"server": server.url + suffix, "seconds": 3} | request)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (ServerScript(page=True), "connection.not_bytes"),
        (ServerScript(large_page=True), "connection.not_bytes"),
        (ServerScript(endless=True), "network.timeout"),
        (ServerScript(claims=1000), "connection.too_short"),
        (ServerScript(sends=1000, chunked=True), "connection.too_short"),
        (ServerScript(sends=1000), "network.broke_off"),
        (ServerScript(status=403), "connection.http_status"),
        (ServerScript(status=429), "connection.too_many"),
        (ServerScript(status=429, retry_after="120"), "connection.too_many_wait"),
        (ServerScript(redirect="https://elsewhere.example/"), "connection.redirected"),
        (ServerScript(redirect="ftp://elsewhere.example/"), "connection.redirected"),
        (ServerScript(headers=("Content-Length: " + 5000 * "1",)), "connection.not_http"),
        (ServerScript(status=429, retry_after=5000 * "1"), "connection.too_many"),
        (ServerScript(interim=5000), "connection.not_http"),
    ],
)
def test_no_number_where_there_is_none(script: ServerScript, code: str) -> None:
    with running_server(script) as server:
        probed = measured(server)
    assert (probed.code, probed.status) == (code, 3)
    assert not {"download_mbps", "upload_mbps"} & set(probed.values)


def test_a_plain_address_of_a_page_or_of_a_small_file() -> None:
    with running_server(ServerScript(large_page=True)) as server:
        assert measured(server, "/large.bin", profile="plain").code == "connection.not_bytes"
        assert measured(server, "/latency.txt", profile="plain").code == "connection.too_short"
        assert measured(server, "/nothing-there", profile="plain").code == "connection.http_status"


def test_a_date_of_no_zone_on_earth_costs_nothing() -> None:
    with running_server(ServerScript(mbps=20, headers=("Date: Mon, 01 Jan 2024 00:00:00 +99999999999999",))) as server:
        probed = measured(server)
    assert probed.failure is None
    assert probed.values["upload_mbps"] > 0


@MEASURES
def test_a_few_heads_before_the_answer_are_passed_over() -> None:
    with running_server(ServerScript(mbps=20, interim=3)) as server:
        probed = measured(server)
    assert probed.failure is None
    assert 14 <= probed.values["download_mbps"] <= 26


def test_when_to_come_again_is_told() -> None:
    with running_server(ServerScript(status=429, retry_after="120")) as server:
        probed = measured(server)
    assert probed.failure is not None
    assert probed.failure["params"]["seconds"] == 120


def test_a_guest_networks_page_is_a_login_page_in_the_way() -> None:
    with running_server(ServerScript(redirect="http://login.example/?who")) as server:
        probed = measured(server)
    assert (probed.values["captive_portal"], probed.readings["captive_portal"]["subject"]) == (True, "login.example")
    assert sum(line.get("metric") == "captive_portal" for line in probed.lines) == 1


def test_a_page_alone_is_no_guest_network() -> None:
    """A wrong path on the office's own server brings a page too: what a plain request says stands."""
    with running_server(ServerScript(page=True)) as server:
        probed = measured(server)
    assert (probed.code, probed.values["captive_portal"]) == ("connection.not_bytes", False)


@pytest.mark.parametrize(
    ("code", "place", "portal"),
    [
        ("connection.redirected", "https://www.speed.example.go.id/", False),
        ("connection.redirected", "https://speed.example.go.id/", False),
        ("connection.redirected", "http://wifi.hotel.example/login", True),
        ("connection.not_bytes", "", False),
    ],
)
def test_which_failure_is_a_portals(code: str, place: str, portal: bool) -> None:
    assert by_portal(Failure(code, place=place), "http://speed.example.go.id") is portal
    assert not by_portal(Failure(code, place=place), "https://speed.example.go.id")


def test_a_server_slower_than_a_byte_a_second() -> None:
    with running_server(ServerScript(drip=2.0)) as server:
        probed = measured(server)
    assert probed.code == "connection.no_download"
    assert "upload_mbps" not in probed.values


@MEASURES
def test_a_body_longer_than_announced_counts_as_announced() -> None:
    """What comes after the announced end belongs to nothing: that connection is given up, the rest counts."""
    with running_server(ServerScript(mbps=20, claims=2_000_000, sends=3_000_000)) as server:
        probed = measured(server, seconds=7)
    assert probed.failure is None
    assert 10 <= probed.values["download_mbps"] <= 21


def test_a_second_is_too_brief() -> None:
    with running_server(ServerScript(mbps=20)) as server:
        probed = measured(server, seconds=1)
    for metric in ("download_mbps", "upload_mbps"):
        assert (probed.readings[metric]["note"], probed.readings[metric]["partial"]) == ("too_brief", True)


@MEASURES
def test_a_standstill_that_ends_is_said() -> None:
    with running_server(ServerScript(mbps=20, stall_after=1_000_000, stall_seconds=2.0)) as server:
        probed = measured(server, seconds=10)
    assert probed.failure is None
    assert (probed.readings["download_mbps"]["note"], probed.readings["download_mbps"]["partial"]) == ("stalled", False)
    assert 1 < probed.values["download_mbps"] < 20
    assert 14 <= probed.values["upload_mbps"] <= 26


@MEASURES
def test_a_server_that_hangs_up_on_everyone_once() -> None:
    with running_server(ServerScript(mbps=20, drop_after=1_500_000)) as server:
        probed = measured(server, seconds=10)
    assert probed.failure is None
    assert 10 <= probed.values["download_mbps"] <= 21
    assert not probed.readings["download_mbps"]["partial"]


def test_a_server_that_goes_away_while_uploading() -> None:
    with running_server(ServerScript(mbps=20, die_after=5_500_000)) as server:
        probed = measured(server, seconds=7)
    assert probed.code in ("network.refused", "network.broke_off")
    assert not probed.readings["download_mbps"]["partial"]
    assert probed.readings["upload_mbps"]["partial"]
    assert probed.readings["upload_mbps"]["note"] == "broke_off"


@MEASURES
def test_a_server_that_is_only_there_over_ipv6() -> None:
    with running_server(ServerScript(mbps=20), host="::1") as server:
        probed = measured(server)
    assert probed.failure is None
    assert probed.values["ipv6_reachable"] is True
    assert 15 <= probed.values["download_mbps"] <= 25
    assert probed.readings["download_mbps"]["subject"] == f"[::1]:{server.port}"


def test_an_interface_that_is_not_there() -> None:
    with running_server() as server:
        probed = measured(server, interface="none-such0")
    assert (probed.code, probed.failure and probed.failure["params"]) == (
        "network.no_interface",
        {"interface": "none-such0"},
    )


def test_a_kill_at_any_time_leaves_partial_readings() -> None:
    with running_server(ServerScript(mbps=20)) as server:
        probed = measured(server, seconds=7)
    first = {}
    for line in probed.lines:
        if line["type"] == "reading":
            first.setdefault(line["metric"], line["partial"])
    assert {metric for metric, partial in first.items() if partial} >= {
        "latency_ms", "jitter_ms", "http_latency_ms", "download_mbps", "upload_mbps",
    }  # fmt: skip
    assert not any(line["partial"] for line in probed.readings.values())
