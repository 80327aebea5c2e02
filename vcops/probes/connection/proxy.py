"""The proxy that the environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY) or the system names for a server."""

from __future__ import annotations

import urllib.parse
import urllib.request
from base64 import b64encode
from dataclasses import dataclass

from vcops.probes.wire import Failure

__all__ = ["Proxy", "basic_login", "proxy_for"]


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where it is. `login` is the Proxy-Authorization header; empty where its address holds no login."""

    host: str
    port: int
    login: str = ""


def proxy_for(host: str, port: int, *, secure: bool) -> Proxy | None:
    """Return the proxy for a server; None where requests go straight.

    Raises Failure for a proxy that is not asked in plain HTTP (SOCKS, or one behind TLS), and for no address at all.
    """
    named = urllib.request.getproxies()
    url = named.get("https" if secure else "http") or named.get("all")
    if not url or urllib.request.proxy_bypass(f"{host}:{port}"):
        return None
    try:
        parts = urllib.parse.urlsplit(url if "://" in url else f"http://{url}")
        name, door = parts.hostname, parts.port
    except ValueError:
        name, door = None, None
    if not name:
        raise Failure("connection.proxy_address")
    if parts.scheme != "http":
        raise Failure("connection.proxy_kind", kind=parts.scheme)
    return Proxy(name, door or 80, basic_login(parts))


def basic_login(parts: urllib.parse.SplitResult) -> str:
    """Return the Basic credentials (RFC 7617) of an address; empty where it holds none."""
    if parts.username is None:
        return ""
    pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
    return "Basic " + b64encode(pair.encode()).decode("ascii")
