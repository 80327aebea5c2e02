"""How each kind of server is asked: which path is small, which is large, which takes an upload."""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass
from itertools import count

from vcops.domain.addresses import WEB_PORTS, host_and_port
from vcops.probes.connection.proxy import basic_login
from vcops.probes.connection.route import Endpoint
from vcops.probes.wire import Failure

__all__ = ["PROFILES", "Profile", "Target", "find_profile", "find_target"]

PROFILES = ("librespeed", "cloudflare", "plain")
_CLOUDFLARE_BYTES = 25_000_000
_LIBRESPEED_MIB = 100
_LEAST_PLAIN = 100_000
_fresh = count(1)


@dataclass(frozen=True, slots=True)
class Target:
    """One address, taken apart."""

    endpoint: Endpoint
    path: str

    @property
    def query_mark(self) -> str:
        """What joins another parameter to the path."""
        return "&" if "?" in self.path else "?"


@dataclass(frozen=True, slots=True)
class Profile:
    """The three requests of a measurement. `upload` is None where the server takes none."""

    small: Target
    large: Target
    upload: Target | None
    small_method: str = "GET"
    least_bytes: int = 1_000_000
    """What the large answer has at least; far less is somebody else's answer, or a file too small to measure with."""

    def large_path(self) -> str:
        """Return the path of the next download, different each time so that no cache on the way answers it."""
        return f"{self.large.path}{self.large.query_mark}r={next(_fresh)}"


def find_target(url: str) -> Target:
    """Take a URL apart. Raises Failure where it is none."""
    place = host_and_port(url, WEB_PORTS)
    if place is None:
        raise Failure("connection.bad_url")
    parts = urllib.parse.urlsplit(url.strip())
    path = urllib.parse.quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{parts.query}" if parts.query else "")
    authority = parts.netloc.rpartition("@")[2]
    return Target(Endpoint(*place, parts.scheme == "https", authority, basic_login(parts)), path)


def find_profile(name: str, server: str, upload_url: str = "") -> Profile:
    """Return the requests for a server of this kind. `server` is what commands.md says for each profile."""
    if name == "plain":
        whole = find_target(server)
        return Profile(whole, whole, find_target(upload_url) if upload_url else None, "HEAD", _LEAST_PLAIN)
    if name == "librespeed":
        folder = server.rstrip("/") + "/"
        empty = find_target(folder + "empty.php")
        return Profile(empty, find_target(f"{folder}garbage.php?ckSize={_LIBRESPEED_MIB}"), empty)
    if name == "cloudflare":
        origin = server.rstrip("/")
        return Profile(
            find_target(f"{origin}/__down?bytes=0"),
            find_target(f"{origin}/__down?bytes={_CLOUDFLARE_BYTES}"),
            find_target(f"{origin}/__up"),
        )
    raise Failure("connection.unknown_profile", profile=name)
