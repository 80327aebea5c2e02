"""The logins of proxies whose address has none: handed over on stdin, and never put into the environment."""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

__all__ = ["lend_logins"]


def lend_logins(logins: Mapping[str, Sequence[str]]) -> None:
    """Let everything in this process log in to these proxies (`host` or `host:port` -> user, password).

    The system's own answer is what every library asks for its proxies, so it is completed where it is given: the
    environment would hand the passwords on to the programs that a probe starts.
    """
    system = urllib.request.getproxies

    def completed() -> dict[str, str]:
        return {scheme: _with_login(url, logins) for scheme, url in system().items()}

    urllib.request.getproxies = completed


def _with_login(url: str, logins: Mapping[str, Sequence[str]]) -> str:
    scheme, mark, rest = url.partition("://") if "://" in url else ("http", "://", url)
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    found = logins.get(f"{host}:{port}") or logins.get(host)
    if found is None or parts.username is not None:
        return url
    user, password = (quote(one, safe="") for one in found)
    return f"{scheme}{mark}{user}:{password}@{rest}"
