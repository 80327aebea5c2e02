"""Whether a guest network's login page stands in the way: what a plain request brings back, and from where."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from contextlib import suppress

from vcops.domain.addresses import WEB_PORTS, host_and_port
from vcops.probes.connection.binding import Binding
from vcops.probes.connection.framing import Answer, BadAnswer, parse_head
from vcops.probes.sockets import connect_first, look_up
from vcops.probes.wire import Failure

__all__ = ["portal_host", "portal_in_the_way", "same_owner"]

_LOOK_UP_S, _CONNECT_S, _ANSWER_S = 3.0, 2.0, 2.5
_MOST_HEAD = 16 * 1024
_SECURE_PORT = 443
_LOGIN_NEEDED = 511
"""Network Authentication Required (RFC 6585): made for this, rarely sent."""
_SHARED = {"ac", "co", "com", "desa", "edu", "go", "gov", "mil", "my", "net", "or", "org", "sch", "web"}
"""Second parts of names that many owners share, as in go.id and co.uk."""


def portal_host(host: str, answer: Answer) -> str | None:
    """Return the host that an answer to a plain request for `host` leads astray to; None where nothing is wrong.

    A site sends its visitors on to its own names only: to www, to https, to a login of the same owner.
    """
    if answer.status == _LOGIN_NEEDED:
        return host
    if not 300 <= answer.status < 400:
        return None
    place = host_and_port(answer.headers.get("location", ""), WEB_PORTS)
    return None if place is None or same_owner(host, place[0]) else place[0]


def same_owner(one: str, other: str) -> bool:
    """Whether two host names belong together: `zoom.us` and `www.zoom.us`, not `zoom.us` and `10.0.0.1`."""
    return one == other or (_owner(one) is not None and _owner(one) == _owner(other))


def _owner(host: str) -> str | None:
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return None
    parts = host.lower().rstrip(".").split(".")
    shared = len(parts) > 2 and parts[-2] in _SHARED
    return ".".join(parts[-3 if shared else -2 :]) if len(parts) > 1 else None


async def portal_in_the_way(host: str, port: int, binding: Binding) -> str | None:
    """Ask `host` over plain http; return the host of the login page, "" where the way is free.

    None where nothing can be said, because nobody answers plain http there. Before a portal is claimed the host is
    tried over TLS: where its own certificate comes back, nobody stands between. Takes ten seconds at most; nothing
    is followed, and of the page only the head is read.
    """
    try:
        answer = await _head(host, port, binding)
    except (OSError, Failure, BadAnswer, UnicodeError):
        return None
    found = portal_host(host, answer)
    if found is None or await _itself(host, binding):
        return ""
    return found


async def _head(host: str, port: int, binding: Binding) -> Answer:
    connected = await _connect(host, port, binding)
    reader, writer = await asyncio.open_connection(sock=connected, limit=_MOST_HEAD)
    try:
        async with asyncio.timeout(_ANSWER_S):
            name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
            authority = name if port == WEB_PORTS["http"] else f"{name}:{port}"
            lines = ["GET / HTTP/1.1", f"Host: {authority}", "User-Agent: vcops", "Accept: */*", "Connection: close"]
            writer.write("\r\n".join([*lines, "", ""]).encode("ascii"))
            return parse_head((await reader.readuntil(b"\r\n\r\n"))[:-4])
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        raise BadAnswer from error
    finally:
        writer.transport.abort()


async def _itself(host: str, binding: Binding) -> bool:
    """Whether the host answers TLS with a certificate for its own name."""
    try:
        connected = await _connect(host, _SECURE_PORT, binding)
        async with asyncio.timeout(_ANSWER_S):
            _reader, writer = await asyncio.open_connection(
                sock=connected, ssl=ssl.create_default_context(), server_hostname=host
            )
    except (OSError, Failure):
        return False
    writer.transport.abort()
    return True


async def _connect(host: str, port: int, binding: Binding) -> socket.socket:
    addresses = await look_up(host, port, _LOOK_UP_S)
    connected, _address, _taken = await connect_first(addresses, _CONNECT_S, binding.apply)
    return connected
