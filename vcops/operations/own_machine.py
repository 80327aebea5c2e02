"""Whether a server to measure against is this very machine: then no link lies between."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress

from vcops.domain.addresses import WEB_PORTS, host_and_port
from vcops.domain.measure_servers import read_server
from vcops.errors import InvalidInput

__all__ = ["OWN_MACHINE", "leads_here"]

OWN_MACHINE = "check.own_machine"
"""The remark's code."""
_ANY_PORT = 9
"""Where a datagram socket is turned to; nothing is sent."""


def leads_here(server: str) -> bool:
    """Whether an address, as it was written down, is this machine's own.

    Only a name of this machine and an address in digits are known for what they are: nothing is looked up.
    """
    try:
        named = read_server(server)
    except InvalidInput:
        return False
    host = _host(named.address)
    if host in ("localhost", socket.gethostname().lower()) or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or _is_own(address)


def _host(address: str) -> str:
    """Return the host of a URL or of an iperf3 server's HOST:PORT, in lower case."""
    place = host_and_port(address if "://" in address else f"http://{address}", WEB_PORTS)
    return place[0].lower() if place else ""


def _is_own(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Ask the system by which address it would leave for there: for its own address that is the address itself."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as turned:
        turned.connect((str(address), _ANY_PORT))
        return str(turned.getsockname()[0]).partition("%")[0] == str(address)
    return False
