"""What the link runs over: cable or Wi-Fi, proxy, login page, and which families of addresses lead to the server.

Only hosts that the office named are contacted: the measuring servers and the platform's page.
"""

from __future__ import annotations

import asyncio
import socket
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vcops.domain.addresses import WEB_PORTS, host_and_port
from vcops.probes.connection.binding import Binding
from vcops.probes.connection.interfaces import Interface, find_interface, wifi_signal_dbm, wired
from vcops.probes.connection.portal import portal_in_the_way
from vcops.probes.connection.proxy import proxy_for
from vcops.probes.sockets import Address, connect_first, look_up
from vcops.probes.wire import Failure, Wire

__all__ = ["Site", "interface_towards", "look_around", "proxy_towards", "site_of"]

_LOOK_UP_S, _CONNECT_S = 3.0, 2.5
_FAMILIES = (("ipv4_reachable", socket.AF_INET), ("ipv6_reachable", socket.AF_INET6))
_DISCARD = 9


@dataclass(frozen=True, slots=True)
class Site:
    """A host that the office named. `scheme` is `http`, `https`, or empty where it speaks neither."""

    host: str
    port: int
    scheme: str = ""

    @property
    def plain_port(self) -> int:
        """Where it may answer plain http."""
        return self.port if self.scheme == "http" else WEB_PORTS["http"]


def site_of(url: str) -> Site | None:
    """Return the site of an http(s) URL; None for any other text."""
    place = host_and_port(url, WEB_PORTS)
    return Site(*place, urllib.parse.urlsplit(url.strip()).scheme) if place else None


async def look_around(sites: Sequence[Site], binding: Binding, wire: Wire) -> None:
    """Tell what stands around the link. `sites` are the measuring server first, then the platform's page.

    The metrics: link_wired, wifi_signal_dbm, proxy_in_use, captive_portal, ipv4_reachable, ipv6_reachable. What
    cannot be known is not told: a tunnel is neither cable nor Wi-Fi, a name without an IPv6 address says nothing
    about IPv6, and behind a proxy the addresses are the proxy's affair. Takes eleven seconds at most. Nothing fails,
    except Failure("network.no_interface") from the binding.
    """
    if not sites:
        return
    proxied = [proxy_towards(site) for site in sites]
    for proxy in proxied[:1]:
        wire.reading("proxy_in_use", proxy is not None, instrument="vcops", how="system-proxy", subject=proxy or "")
    straight = [site for site, proxy in zip(sites, proxied, strict=True) if proxy is None]
    found = await asyncio.gather(*(_addresses(site) for site in straight))
    towards = dict(zip(straight, found, strict=True))
    _tell_interface(interface_towards([one for some in found for one in some], binding), wire)
    async with asyncio.TaskGroup() as group:
        for metric, family in _FAMILIES:
            group.create_task(_tell_family(metric, family, towards, binding, wire))
        group.create_task(_tell_portal(straight, binding, wire))


def proxy_towards(site: Site) -> str | None:
    """Return `host:port` of the proxy that requests to a site go through, without its login; None where there is none.

    A proxy of a kind that is not spoken here comes back as an empty text: it is in use all the same.
    """
    try:
        proxy = proxy_for(site.host, site.port, secure=site.scheme == "https")
    except Failure:
        return ""
    return None if proxy is None else f"{proxy.host}:{proxy.port}"


def interface_towards(addresses: Sequence[Address], binding: Binding) -> Interface | None:
    """Return the interface that packets to the first reachable of these addresses leave by; None where unknown.

    Connecting a UDP socket sends nothing: it makes the system choose the route.
    """
    if binding:
        return binding.found
    for family, _kind, _protocol, _name, place in addresses:
        with socket.socket(family, socket.SOCK_DGRAM) as choosing:
            try:
                choosing.connect((place[0], _DISCARD, *place[2:]))
                source = str(choosing.getsockname()[0]).partition("%")[0]
            except OSError:
                continue
        return find_interface(source)
    return None


def _tell_interface(found: Interface | None, wire: Wire) -> None:
    if found is None or not found.name:
        return
    cable = wired(found.name)
    if cable is None:
        return
    how = "interface-of-route"
    wire.reading("link_wired", cable, instrument="linux sysfs", how=how, subject=found.name, samples=1)
    signal = None if cable else wifi_signal_dbm(found.name)
    if signal is not None:
        wire.reading("wifi_signal_dbm", signal, instrument="linux wireless", how=how, subject=found.name, samples=1)


async def _addresses(site: Site) -> list[Address]:
    try:
        return await look_up(site.host, site.port, _LOOK_UP_S)
    except (OSError, Failure):
        return []


async def _tell_family(
    metric: str, family: int, towards: dict[Site, list[Address]], binding: Binding, wire: Wire
) -> None:
    """Tell whether any site is reached over one family; nothing where none has an address of it."""
    tried = {site: some for site, every in towards.items() if (some := [one for one in every if one[0] == family])}
    if not tried:
        return
    reached = await asyncio.gather(*(_reached(some, binding) for some in tried.values()))
    names = [f"{site.host}:{site.port}" for site in tried]
    good = [name for name, one in zip(names, reached, strict=True) if one]
    details: dict[str, Any] = {"instrument": "vcops", "how": "tcp-connect", "samples": len(tried)}
    wire.reading(metric, bool(good), subject=", ".join(good or names), **details)


async def _reached(addresses: Sequence[Address], binding: Binding) -> bool:
    try:
        connected, _address, _taken = await connect_first(addresses, _CONNECT_S, binding.apply)
    except OSError:
        return False
    connected.close()
    return True


async def _tell_portal(sites: Sequence[Site], binding: Binding, wire: Wire) -> None:
    """Tell a login page where one site is led astray to; that the way is free where one answers for itself."""
    said = await asyncio.gather(*(portal_in_the_way(site.host, site.plain_port, binding) for site in sites))
    page = next((one for one in said if one), "")
    if page or "" in said:
        details: dict[str, Any] = {"instrument": "vcops http", "how": "plain-http-answer"}
        wire.reading("captive_portal", bool(page), subject=page, samples=len(said), **details)
