"""The connection probe behind a proxy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.lab.certificates import Authority
from tests.lab.measuring import MEASURES
from tests.lab.probing import Probed, run_probe
from tests.lab.proxy import running_proxy
from tests.lab.server import ServerScript, running_server

NOWHERE = {"NO_PROXY": "", "no_proxy": ""}


def measured(url: str, env: dict[str, str], **request: Any) -> Probed:
    return run_probe("connection", {"server": url, "seconds": 3} | request, env=NOWHERE | env)


@MEASURES
def test_plain_http_goes_by_absolute_addresses() -> None:
    with running_server(ServerScript(mbps=20)) as server, running_proxy("clerk:rahasia") as proxy:
        probed = measured(server.url, {"http_proxy": f"http://clerk:rahasia@{proxy.place}"})
        wrong = measured(server.url, {"http_proxy": f"http://clerk:salah@{proxy.place}"})
    assert probed.failure is None
    assert 15 <= probed.values["download_mbps"] <= 25
    assert all(line.startswith(("GET http://", "POST http://")) for line in proxy.asked)
    assert probed.readings["download_mbps"]["note"] == "through_proxy"
    assert (probed.values["proxy_in_use"], probed.readings["proxy_in_use"]["subject"]) == (True, proxy.place)
    assert (wrong.code, proxy.refused > 0) == ("connection.proxy", True)
    assert b"rahasia" not in probed.raw
    assert b"salah" not in wrong.raw


def test_a_login_that_was_handed_over_is_used_and_stays_out_of_the_environment() -> None:
    with running_server(ServerScript(mbps=20)) as server, running_proxy("clerk:rah@sia") as proxy:
        env = {"http_proxy": f"http://{proxy.place}"}
        probed = measured(server.url, env, proxy_logins={proxy.place: ["clerk", "rah@sia"]})
        other = measured(server.url, env, proxy_logins={"127.0.0.1:1": ["clerk", "rah@sia"]})
    assert probed.failure is None
    assert probed.readings["proxy_in_use"]["subject"] == proxy.place
    assert other.code == "connection.proxy"
    assert b"sia" not in probed.raw + other.raw


def test_an_upload_through_a_proxy_is_not_certain() -> None:
    with running_server(ServerScript(mbps=20)) as server, running_proxy() as proxy:
        upload = measured(server.url, {"http_proxy": proxy.place}).readings["upload_mbps"]
    assert upload["low"] <= upload["value"] / 1.29
    assert upload["high"] >= upload["value"] / 0.71


@MEASURES
def test_https_goes_through_a_tunnel(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    trusted = {"SSL_CERT_FILE": str(authority.file)}
    with running_server(ServerScript(mbps=20, tls=authority.server_context())) as server, running_proxy("a:b") as proxy:
        probed = measured(server.url, trusted | {"https_proxy": f"http://a:b@{proxy.place}"})
        refused = measured(server.url, trusted | {"https_proxy": f"http://{proxy.place}"})
    assert probed.failure is None
    assert 15 <= probed.values["download_mbps"] <= 25
    assert set(proxy.asked) == {f"CONNECT localhost:{server.port}"}
    assert refused.failure is not None
    assert (refused.code, refused.failure["params"]["status"]) == ("connection.proxy", 407)


def test_a_proxy_that_is_not_for_this_server() -> None:
    with running_server(ServerScript(mbps=20)) as server, running_proxy() as proxy:
        probed = measured(server.url, {"http_proxy": proxy.place, "no_proxy": "127.0.0.1"})
    assert (probed.failure, probed.values["proxy_in_use"], proxy.asked) == (None, False, [])


def test_a_proxy_that_is_gone_or_of_another_kind() -> None:
    with running_server() as server:
        assert measured(server.url, {"http_proxy": "http://127.0.0.1:1"}).code == "connection.proxy_gone"
        assert measured(server.url, {"http_proxy": "socks5://127.0.0.1:1"}).code == "connection.proxy_kind"
        assert measured(server.url, {"http_proxy": "http://:80"}).code == "connection.proxy_address"
