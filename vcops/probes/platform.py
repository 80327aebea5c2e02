"""The platform probe: can a meeting's page be reached, and how long does each step of it take."""

from __future__ import annotations

import asyncio
import socket
import ssl
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from vcops.domain.addresses import WEB_PORTS, host_and_port
from vcops.probes.reach import reach_failure
from vcops.probes.sockets import connect_first, look_up
from vcops.probes.wire import Failure, Wire

__all__ = ["Page", "Prepare", "measure_steps", "probe", "take_apart"]

_STEP_S = 8.0
_INSTRUMENT = "vcops platform"
_THROUGH_PROXY = "through_proxy"

Prepare = Callable[[socket.socket], None]
"""What is done to a socket before it connects, such as binding it to an interface."""


def probe(asked: dict[str, Any], wire: Wire) -> None:
    """Measure `url`: name, connection, encryption, answer. Raises Failure at the first step that fails."""
    asyncio.run(_measure(str(asked.get("url") or ""), wire))


@dataclass(frozen=True, slots=True)
class Page:
    """A page's address, taken apart."""

    url: str
    host: str
    port: int
    secure: bool

    @property
    def proxied(self) -> bool:
        """Whether the environment sends requests for this page through a proxy."""
        scheme = "https" if self.secure else "http"
        proxies = urllib.request.getproxies()
        return bool(proxies.get(scheme) or proxies.get("all")) and not urllib.request.proxy_bypass(self.host)


def take_apart(url: str) -> Page:
    """Return the page at `url`. Raises Failure where it is no complete address."""
    place = host_and_port(url, WEB_PORTS)
    if place is None:
        raise Failure("platform.bad_url")
    return Page(url, *place, urllib.parse.urlsplit(url).scheme == "https")


async def _measure(url: str, wire: Wire) -> None:
    page = take_apart(url)
    await measure_steps(page, wire)
    wire.progress("platform.http", 0.7, host=page.host)
    await _answer(page, wire)


async def measure_steps(page: Page, wire: Wire, prepare: Prepare | None = None) -> None:
    """Time the name, the connection and the handshake, one after the other on one connection.

    `prepare` gets the socket before it connects. Raises Failure at the first step that fails; the readings told by
    then stand.
    """
    if page.proxied:
        # Behind a proxy these steps happen on the proxy's side: nothing here can time them.
        for metric in ("dns_ms", "tcp_ms", *(["tls_ms"] if page.secure else [])):
            wire.reading(metric, None, instrument=_INSTRUMENT, note=_THROUGH_PROXY)
        return
    wire.progress("platform.dns", 0.1, host=page.host)
    started = perf_counter()
    try:
        found = await look_up(page.host, page.port, _STEP_S)
    except (OSError, Failure) as error:
        _nothing(wire, "dns_ms", "dns_failed")
        raise reach_failure(error, page.host, page.port) from error
    _took(wire, "dns_ms", started, "getaddrinfo")
    wire.progress("platform.tcp", 0.3, host=page.host)
    try:
        connected, _address, taken_ms = await connect_first(found, _STEP_S, prepare)
    except (OSError, Failure) as error:
        _nothing(wire, "tcp_ms", "tcp_failed")
        raise reach_failure(error, page.host, page.port) from error
    wire.reading("tcp_ms", round(taken_ms, 1), instrument=_INSTRUMENT, how="tcp-connect", samples=1)
    if not page.secure:
        connected.close()
        for metric in ("tls_ms", "tls_days_left"):
            _nothing(wire, metric, "no_encryption")
        return
    wire.progress("platform.tls", 0.5, host=page.host)
    await _handshake(page, connected, wire)


async def _handshake(page: Page, connected: socket.socket, wire: Wire) -> None:
    started = perf_counter()
    try:
        _reader, writer = await asyncio.wait_for(
            asyncio.open_connection(sock=connected, ssl=ssl.create_default_context(), server_hostname=page.host),
            _STEP_S,
        )
    except OSError as error:
        connected.close()
        _nothing(wire, "tls_ms", "tls_failed")
        raise reach_failure(error, page.host, page.port) from error
    _took(wire, "tls_ms", started, "tls-handshake")
    _tell_days_left(writer.get_extra_info("ssl_object"), wire)
    writer.transport.abort()


def _tell_days_left(secured: Any, wire: Wire) -> None:
    """Say how long the certificate is still good, in whole and tenth days."""
    certificate = secured.getpeercert() if secured is not None else None
    if not certificate or "notAfter" not in certificate:
        return
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
    days = (until - datetime.now(UTC)).total_seconds() / 86400
    wire.reading("tls_days_left", round(days, 1), instrument=_INSTRUMENT, how="certificate-end", samples=1)


async def _answer(page: Page, wire: Wire) -> None:
    """Ask for the page as a browser would, redirects and the system's proxy included."""
    import httpx

    try:
        async with (
            asyncio.timeout(_STEP_S),  # httpx's own begins anew with each byte that comes
            httpx.AsyncClient(follow_redirects=True, timeout=_STEP_S) as client,
            client.stream("GET", page.url, headers={"User-Agent": "vcops"}) as answer,
        ):
            if page.proxied and page.secure:
                _tell_days_left(answer.extensions["network_stream"].get_extra_info("ssl_object"), wire)
            note = _THROUGH_PROXY if page.proxied else None
            wire.reading("http_status", answer.status_code, instrument="httpx", how="http-get", samples=1, note=note)
    except (httpx.HTTPError, TimeoutError) as error:
        _nothing(wire, "http_status", "no_answer")
        raise _why(error, page) from error


def _why(error: BaseException, page: Page) -> Failure:
    import httpx

    if isinstance(error, httpx.TooManyRedirects):
        return Failure("platform.redirects", host=page.host)
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return Failure("network.timeout", host=page.host, port=page.port)
    if isinstance(error, httpx.ProxyError) or (page.proxied and isinstance(error, httpx.ConnectError)):
        return Failure("platform.proxy", host=page.host)
    cause: BaseException | None = error
    while cause is not None:  # httpx wraps what the socket said two or three times
        if isinstance(cause, OSError):
            return reach_failure(cause, page.host, page.port)
        cause = cause.__cause__ or cause.__context__
    return Failure("network.broke_off", host=page.host, port=page.port)


def _took(wire: Wire, metric: str, started: float, how: str) -> None:
    milliseconds = round((perf_counter() - started) * 1000, 1)
    wire.reading(metric, milliseconds, instrument=_INSTRUMENT, how=how, samples=1)


def _nothing(wire: Wire, metric: str, note: str) -> None:
    wire.reading(metric, None, instrument=_INSTRUMENT, note=note)
