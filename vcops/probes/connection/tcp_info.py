"""How many bytes of a connection the other side has acknowledged."""

from __future__ import annotations

import socket
import struct
import sys
from typing import Any

__all__ = ["acknowledged_bytes"]

_OFFSET, _LENGTH = 120, 256
"""`tcpi_bytes_acked`, an unsigned 64-bit number in Linux's `struct tcp_info` (linux/tcp.h, since 4.1)."""


def acknowledged_bytes(connection: Any) -> int | None:
    """Return the bytes acknowledged so far; None where the system does not say (other than Linux, or closed)."""
    if not sys.platform.startswith("linux") or connection is None:
        return None
    try:
        info: bytes = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _LENGTH)
    except OSError:
        return None
    if len(info) < _OFFSET + 8:
        return None
    return int(struct.unpack_from("=Q", info, _OFFSET)[0])
