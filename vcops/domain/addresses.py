"""URLs as people may see them: without the password that is inside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

__all__ = ["CAMERA_PORTS", "WEB_PORTS", "endpoint", "host_and_port", "link_shown", "redacted"]

WEB_PORTS = {"http": 80, "https": 443}
CAMERA_PORTS = {**WEB_PORTS, "rtsp": 554, "rtsps": 322}
"""The schemes that a server or a page, and a camera, may have, with the port where none is written."""
_LOGIN = re.compile(r"(?<=://)(?P<user>[^/?#@:]*)(?P<password>:[^/?#]*)?@")
_ODD_LOGIN = re.compile(r"(?<=://)(?P<user>[^/?#@:]*)(?P<password>:(?!\d+[/?#])\S*)@")
"""A password typed with a slash or a question mark in it, which should have been escaped."""
_BARE_LOGIN = re.compile(r"^(?![A-Za-z]:[/\\])(?P<user>[^/?#@:\s]+)(?P<password>:(?!\d+[/?#])\S*)@")
"""A login where no scheme was typed. What begins with a drive's letter is a path."""
_SECRET = re.compile(
    r"(?P<name>[?&](?:[a-z_-]*(?:password|passwd|passcode|token|secret|api[_-]?key|signature|credential)"
    r"|pwd|pass|psw|auth|key|sig)=)[^&#]+",
    re.IGNORECASE,
)

_ENDPOINT = re.compile(
    r"(?P<host>\[[0-9A-Fa-f:.%\w]+\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?::(?P<port>\d{1,5}))?"
)
_HOST = re.compile(r"[^\s/\\?#@<>\[\]^`{|}\"%']+(?:%[\w.-]+)?")
"""What may be a host's name: letters of any script, and an IPv6 address with its zone; no blank."""
_PASSCODE = re.compile(r"((?:pwd|passcode|password|\bp)=)[^&#\s]+", re.IGNORECASE)


def host_and_port(url: str, ports: Mapping[str, int]) -> tuple[str, int] | None:
    """Return where a URL leads; None where it is no complete URL of one of the schemes that `ports` has."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or parts.scheme not in ports or not _HOST.fullmatch(host):
        return None
    return host, port or ports[parts.scheme]


def endpoint(text: str, port: int) -> str | None:
    """Return `host:port` for what was typed, with `port` where none is written; None where it is no such thing.

    An IPv6 address with a port stands in brackets: `[2001:db8::1]:3478`.
    """
    typed = text.strip()
    bare = typed.count(":") > 1 and not typed.startswith("[")
    found = _ENDPOINT.fullmatch(f"[{typed}]" if bare else typed)
    if found is None:
        return None
    wanted = int(found["port"] or port)
    return f"{found['host']}:{wanted}" if 0 < wanted < 65536 else None


def link_shown(link: str) -> str:
    """Return a meeting's link without the passcode that providers write into it."""
    return _PASSCODE.sub(r"\1***", link)


def redacted(text: str) -> str:
    """Return an address fit for a screen, a log or a file: what logs in or signs in it is `***`.

    That is the password after a login name, a login name without a password (which is a token, as often as not), and
    the keys of the query. A text that is no address (a camera's index, a path) comes back as it is.
    """
    login = _BARE_LOGIN
    if "://" in text:
        login = _LOGIN if _LOGIN.search(text) else _ODD_LOGIN
    return _SECRET.sub(lambda found: found["name"] + "***", login.sub(_without_login, text))


def _without_login(found: re.Match[str]) -> str:
    """Keep the name beside a password, to tell whose login it is; alone it may be the secret itself."""
    if found["password"]:
        return f"{found['user']}:***@"
    return "***@" if found["user"] else "@"
