"""The way to a server: by which interface, through which proxy, over which address. It is found once and kept."""

from __future__ import annotations

import asyncio
import socket
import ssl
from dataclasses import dataclass
from functools import cached_property

from vcops.probes.connection.binding import Binding
from vcops.probes.connection.framing import BadAnswer, parse_head
from vcops.probes.connection.proxy import Proxy, proxy_for
from vcops.probes.sockets import Address, connect_first, look_up
from vcops.probes.wire import Failure

__all__ = ["Endpoint", "Route", "Routes"]

_CONNECT_S = 5.0
_TUNNEL_S = 5.0
_MOST_HEAD = 16 * 1024


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a connection leads."""

    host: str
    port: int
    secure: bool
    authority: str
    """The Host header."""
    login: str = ""
    """The Authorization header; empty where the address holds no login."""

    @property
    def place(self) -> str:
        """`host:port`, fit to be shown."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass
class Route:
    """The way to one endpoint. The first connection looks it up; the later ones follow it."""

    endpoint: Endpoint
    binding: Binding
    most_segment: int = 0
    """The largest TCP segment to ask for, in bytes; 0 leaves it to the system."""
    address: Address | None = None
    """Where the first connection came through."""

    @cached_property
    def proxy(self) -> Proxy | None:
        """The proxy on the way. Raises Failure for one that is not spoken here."""
        return proxy_for(self.endpoint.host, self.endpoint.port, secure=self.endpoint.secure)

    @cached_property
    def context(self) -> ssl.SSLContext:
        """What the encryption is checked with; building it takes a while, so there is one for all connections."""
        return ssl.create_default_context()

    def small_segments(self, size: int) -> Route:
        """Return the same way with segments of at most `size` bytes."""
        return Route(self.endpoint, self.binding, size, self.address)

    def target(self, path: str) -> str:
        """Return what a request line says: a proxy wants the whole address, unless it only passes bytes on."""
        if self.proxy is None or self.endpoint.secure:
            return path
        return f"http://{self.endpoint.authority}{path}"

    @property
    def headers(self) -> list[str]:
        """The header lines that belong to the way."""
        lines = [f"Host: {self.endpoint.authority}"]
        if self.endpoint.login:
            lines.append(f"Authorization: {self.endpoint.login}")
        if self.proxy is not None and self.proxy.login and not self.endpoint.secure:
            lines.append(f"Proxy-Authorization: {self.proxy.login}")
        return lines

    async def open(self) -> socket.socket:
        """Return a connected socket, through the proxy's tunnel where there is one. Raises OSError or Failure."""
        towards = self.proxy or self.endpoint
        addresses = [self.address] if self.address is not None else await look_up(towards.host, towards.port)
        try:
            connected, self.address, _taken = await connect_first(addresses, _CONNECT_S, self._prepare)
        except OSError as error:
            if self.proxy is None:
                raise
            raise Failure("connection.proxy_gone", host=self.proxy.host, port=self.proxy.port) from error
        if self.proxy is not None and self.endpoint.secure:
            try:
                async with asyncio.timeout(_TUNNEL_S):
                    await self._tunnel(connected, self.proxy)
            except BaseException:
                connected.close()
                raise
        return connected

    def _prepare(self, connecting: socket.socket) -> None:
        if self.most_segment:
            connecting.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, self.most_segment)
        self.binding.apply(connecting)

    async def _tunnel(self, connected: socket.socket, proxy: Proxy) -> None:
        """Ask the proxy to pass everything on to the endpoint (RFC 9110, CONNECT)."""
        loop = asyncio.get_running_loop()
        lines = [f"CONNECT {self.endpoint.place} HTTP/1.1", f"Host: {self.endpoint.place}"]
        if proxy.login:
            lines.append(f"Proxy-Authorization: {proxy.login}")
        await loop.sock_sendall(connected, "\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))
        head = b""
        while b"\r\n\r\n" not in head:
            block = await loop.sock_recv(connected, 4096)
            head += block
            if not block or len(head) > _MOST_HEAD:
                raise Failure("connection.proxy", host=proxy.host, status=0)
        try:
            answer = parse_head(head.partition(b"\r\n\r\n")[0])
        except BadAnswer as error:
            raise Failure("connection.proxy", host=proxy.host, status=0) from error
        if answer.status != 200:
            raise Failure("connection.proxy", host=proxy.host, status=answer.status)


class Routes:
    """The ways of one check, one for each endpoint."""

    def __init__(self, binding: Binding) -> None:
        self.binding = binding
        self._known: dict[Endpoint, Route] = {}

    def to(self, endpoint: Endpoint) -> Route:
        """Return the way there; the same each time."""
        return self._known.setdefault(endpoint, Route(endpoint, self.binding))
