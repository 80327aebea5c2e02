"""The platform probe against real servers, good and bad."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest

from tests.lab.certificates import Authority
from tests.lab.probing import run_probe
from tests.lab.server import ServerScript, running_server
from vcops.probes import platform
from vcops.probes.wire import Failure, Wire


def test_every_step_of_a_good_one(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with running_server(ServerScript(tls=authority.server_context(days=30))) as server:
        probed = run_probe("platform", {"url": server.url}, env={"SSL_CERT_FILE": str(authority.file)})
    assert list(probed.values) == ["dns_ms", "tcp_ms", "tls_ms", "tls_days_left", "http_status"]
    assert all(probed.values[metric] > 0 for metric in ("dns_ms", "tcp_ms", "tls_ms"))
    assert probed.values["tls_days_left"] == pytest.approx(30, abs=0.2)
    assert (probed.values["http_status"], probed.status) == (200, 0)


def test_an_expired_certificate(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with running_server(ServerScript(tls=authority.server_context(days=-1))) as server:
        probed = run_probe("platform", {"url": server.url}, env={"SSL_CERT_FILE": str(authority.file)})
    assert probed.code == "network.certificate"
    assert probed.readings["tls_ms"]["note"] == "tls_failed"


def test_a_site_in_trouble_is_a_reading() -> None:
    with running_server(ServerScript(status=503)) as server:
        probed = run_probe("platform", {"url": server.url})
    assert (probed.values["http_status"], probed.failure) == (503, None)
    assert probed.readings["tls_ms"]["note"] == "no_encryption"


def test_without_a_network_the_name_is_the_finding() -> None:
    probed = run_probe("platform", {"url": "https://no-such-platform.invalid"})
    assert (probed.values, probed.code, probed.status) == ({"dns_ms": None}, "network.dns", 3)
    assert probed.readings["dns_ms"]["note"] == "dns_failed"


def test_refused() -> None:
    probed = run_probe("platform", {"url": "http://127.0.0.1:1"})
    assert probed.code == "network.refused"
    assert (probed.values["tcp_ms"], probed.readings["tcp_ms"]["note"]) == (None, "tcp_failed")


def test_round_in_circles() -> None:
    with running_server(ServerScript(redirect="/again")) as server:
        assert run_probe("platform", {"url": server.url}).code == "platform.redirects"


def test_the_systems_proxy_is_used_and_said() -> None:
    with running_server() as proxy:
        probed = run_probe("platform", {"url": "http://meet.example/empty.php"}, env={"HTTP_PROXY": proxy.url})
    assert probed.readings["dns_ms"]["note"] == "through_proxy"
    assert (probed.values["http_status"], probed.readings["http_status"]["note"]) == (200, "through_proxy")
    assert ("GET", "http://meet.example/empty.php") in [one[:2] for one in proxy.requests]
    dead = run_probe("platform", {"url": "http://meet.example/"}, env={"HTTP_PROXY": "http://127.0.0.1:1"})
    assert dead.code == "platform.proxy"


async def test_an_answer_that_drips_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "_STEP_S", 0.5)
    with running_server(ServerScript(drips_heads="/")) as server:
        async with asyncio.timeout(20):
            with pytest.raises(Failure) as caught:
                await platform._measure(server.url, Wire(io.BytesIO()))
    assert caught.value.code == "network.timeout"
