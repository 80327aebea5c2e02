"""The machine's network interfaces: their names, their addresses, whether they are cable or Wi-Fi, and the signal.

Linux and macOS are asked by getifaddrs(3). Windows tells the addresses only, which is enough to bind to one.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import ipaddress
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Interface", "find_interface", "interfaces", "wifi_signal_dbm", "wired"]

_SYS_NET = Path("/sys/class/net")
_PROC_WIRELESS = Path("/proc/net/wireless")
_ETHERNET = 1
"""ARPHRD_ETHER of linux/if_arp.h: what /sys/class/net/X/type holds for cable and for Wi-Fi."""
_IPV4_AT, _IPV6_AT, _FLAGS_UP = 4, 8, 1
"""Where sockaddr_in and sockaddr_in6 hold the address, alike on Linux and macOS; IFF_UP."""


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface that is up. `name` is empty on Windows; link-local addresses are left out of `addresses`."""

    name: str
    addresses: tuple[str, ...]

    def address(self, family: int) -> str | None:
        """Return its first address of `socket.AF_INET` or `AF_INET6`; None where it has none."""
        version = 6 if family == socket.AF_INET6 else 4
        return next((one for one in self.addresses if ipaddress.ip_address(one).version == version), None)


def interfaces() -> list[Interface]:
    """Return the interfaces that are up, also those without an address."""
    return _windows() if sys.platform == "win32" else _unix()


def find_interface(asked: str) -> Interface | None:
    """Return the interface of that name, or the one that holds that address; None where there is none."""
    try:
        address = str(ipaddress.ip_address(asked))
    except ValueError:
        address = ""
    return next((one for one in interfaces() if (address in one.addresses if address else one.name == asked)), None)


def wired(name: str) -> bool | None:
    """Return whether the interface is a cable (True) or Wi-Fi (False); None where the system does not say.

    Linux only: Wi-Fi has a folder `wireless` or `phy80211` in sysfs, a cable is a real Ethernet device. A tunnel, a
    bridge and the machine's own loopback are neither: what they run over is not known here. A USB modem for mobile
    data that looks like Ethernet counts as a cable, for that is what it is.
    """
    folder = _SYS_NET / name
    if sys.platform != "linux" or not name or not folder.is_dir():
        return None
    if (folder / "wireless").is_dir() or (folder / "phy80211").exists():
        return False
    try:
        ethernet = int((folder / "type").read_text(encoding="ascii")) == _ETHERNET
    except (OSError, ValueError):
        return None
    return True if ethernet and (folder / "device").exists() else None


def wifi_signal_dbm(name: str) -> float | None:
    """Return the received signal level of a Wi-Fi interface in dBm, from /proc/net/wireless; None where not told."""
    try:
        text = _PROC_WIRELESS.read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    return signal_of(text, name)


def signal_of(text: str, name: str) -> float | None:
    """Read the level out of what /proc/net/wireless holds. Drivers that give no dBm write a number above zero."""
    for line in text.splitlines():
        found, colon, rest = line.partition(":")
        fields = rest.split()
        if colon and found.strip() == name and len(fields) >= 3:
            try:
                level = float(fields[2].rstrip("."))
            except ValueError:
                return None
            return level if -120.0 <= level < 0.0 else None
    return None


class _Entry(ctypes.Structure):
    """struct ifaddrs: the same order on Linux and on macOS."""


_Entry._fields_ = [
    ("next", ctypes.POINTER(_Entry)),
    ("name", ctypes.c_char_p),
    ("flags", ctypes.c_uint),
    ("address", ctypes.c_void_p),
    ("netmask", ctypes.c_void_p),
    ("destination", ctypes.c_void_p),
    ("data", ctypes.c_void_p),
]


def _unix() -> list[Interface]:
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    first = ctypes.POINTER(_Entry)()
    if library.getifaddrs(ctypes.byref(first)) != 0:
        return []
    found: dict[str, list[str]] = {}
    try:
        for entry in _entries(first):
            if entry.flags & _FLAGS_UP:
                held = found.setdefault(entry.name.decode(errors="replace"), [])
                address = _address(entry.address)
                if address and address not in held:
                    held.append(address)
    finally:
        library.freeifaddrs(first)
    return [Interface(name, tuple(addresses)) for name, addresses in found.items()]


def _entries(first: ctypes._Pointer[_Entry]) -> Iterator[_Entry]:
    while first:
        yield first.contents
        first = first.contents.next


def _address(pointer: int | None) -> str | None:
    """Return the address a sockaddr holds, where it is of use beyond its own cable."""
    if not pointer:
        return None
    head = ctypes.string_at(pointer, 2)
    family = head[1] if sys.platform == "darwin" else int.from_bytes(head, sys.byteorder)
    if family == socket.AF_INET:
        found: ipaddress.IPv4Address | ipaddress.IPv6Address
        found = ipaddress.IPv4Address(ctypes.string_at(pointer + _IPV4_AT, 4))
    elif family == socket.AF_INET6:
        found = ipaddress.IPv6Address(ctypes.string_at(pointer + _IPV6_AT, 16))
    else:
        return None
    return None if found.is_link_local else str(found)


def _windows() -> list[Interface]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None)
    except OSError:
        return []
    texts = dict.fromkeys(str(address[0]).partition("%")[0] for *_rest, address in found)
    return [Interface("", (text,)) for text in texts if not ipaddress.ip_address(text).is_link_local]
