"""Makes every packet of a check leave by one interface: the backup link is measured while the main one is up.

On Linux a bound source address alone is not enough: the route is still chosen by the destination, so a packet with
the backup link's address would leave by the main link. So the interface itself is bound, also where an address was
asked for. macOS has IP_BOUND_IF for that. Windows sends by the interface whose address the socket is bound to.
Names are still looked up the way the system does it; a look-up is not a part of what is measured.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from functools import cached_property

from vcops.probes.connection.interfaces import Interface, find_interface
from vcops.probes.wire import Failure

__all__ = ["Binding"]

_IP_BOUND_IF, _IPV6_BOUND_IF = 25, 125
"""netinet/in.h and netinet6/in6.h of macOS; the socket module does not name them."""


class Binding:
    """Where a check's packets leave by: the name of an interface, an address of it, or "" for the system's choice.

    Nothing is looked up before the first use. `apply` every socket before it is connected; for a library that takes
    only an address, give it `local_addr(family)`.
    """

    def __init__(self, interface: str = "") -> None:
        self.interface = interface.strip()

    def __repr__(self) -> str:
        return f"Binding({self.interface!r})"

    def __bool__(self) -> bool:
        """Whether anything is bound at all."""
        return bool(self.interface)

    @cached_property
    def found(self) -> Interface:
        """The interface that was asked for. Raises Failure("network.no_interface") where none with an address is up."""
        found = find_interface(self.interface)
        if found is None or not found.addresses:
            raise Failure("network.no_interface", interface=self.interface)
        return found

    def local_addr(self, family: int) -> tuple[str, int] | None:
        """Return `(source address, 0)` to bind a socket of `family` to; None where nothing is bound.

        Raises Failure("network.no_interface"), and OSError(EADDRNOTAVAIL) where the interface has no address of the
        family: then the other family may still do.
        """
        if not self:
            return None
        found, asked = self.found, self._asked_address()
        same_family = asked is not None and (asked.version == 6) == (family == socket.AF_INET6)
        address = str(asked) if same_family else found.address(family)
        if address is None:
            raise OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
        return address, 0

    def apply(self, sock: socket.socket) -> None:
        """Bind a socket that is neither bound nor connected yet. Raises as `local_addr` does."""
        source = self.local_addr(sock.family)
        if source is None:
            return
        self._bind_to_device(sock)
        sock.bind(source)

    def _asked_address(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
        try:
            return ipaddress.ip_address(self.interface)
        except ValueError:
            return None

    def _bind_to_device(self, sock: socket.socket) -> None:
        name = self.found.name
        try:
            if sys.platform == "linux":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, name.encode() + b"\0")
            elif sys.platform == "darwin":
                level, option = (
                    (socket.IPPROTO_IPV6, _IPV6_BOUND_IF)
                    if sock.family == socket.AF_INET6
                    else (socket.IPPROTO_IP, _IP_BOUND_IF)
                )
                sock.setsockopt(level, option, socket.if_nametoindex(name))
        except PermissionError:
            return  # Linux before 5.7 keeps SO_BINDTODEVICE for root; the source address is then all there is
