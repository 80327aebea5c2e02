"""The office's own reflector: one machine that answers test packets, for loss and jitter of each direction."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from vcops.errors import Conflict, InvalidInput, Refused

__all__ = ["REFLECTOR_PORT", "Traffic", "reflect"]

REFLECTOR_PORT = 862
"""The port that RFC 8762 gives to STAMP. Below 1024, so that it needs permission on most systems."""
_TELL_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a reflector has done: packets answered, packets refused (no test packet, or too many), and senders."""

    answered: int = 0
    refused: int = 0
    senders: int = 0


def reflect(
    *,
    port: int = REFLECTOR_PORT,
    address: str = "",
    stop: threading.Event,
    opened: Callable[[int], None],
    counted: Callable[[Traffic], None],
) -> Traffic:
    """Answer STAMP test packets (RFC 8762) on a UDP port until `stop` is set; return what was done.

    `address` is one of this machine's, or empty for all of them. `opened` is told the port once it listens (port 0
    lets the system choose), `counted` the traffic about once a second while it changes. Touches neither database nor
    files, so it asks for no workplace. Raises Conflict("reflector.port_in_use"), Refused("reflector.no_permission"),
    InvalidInput("reflector.bad_address") and InvalidInput("reflector.bad_port").
    """
    from vcops.probes.connection.reflector import Reflector

    if not 0 <= port < 65536:
        raise InvalidInput("reflector.bad_port", port=port)
    try:
        reflector = Reflector(port, address)
    except PermissionError as error:
        raise Refused("reflector.no_permission", port=port) from error
    except socket.gaierror as error:
        raise InvalidInput("reflector.bad_address", address=address) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Conflict("reflector.port_in_use", port=port) from error
        raise InvalidInput("reflector.bad_address", address=address) from error
    told, at = Traffic(), monotonic()

    def count() -> None:
        nonlocal told, at
        now = Traffic(reflector.answered, reflector.refused, reflector.senders)
        if now != told and monotonic() >= at:
            told, at = now, monotonic() + _TELL_EVERY_S
            counted(now)

    try:
        opened(reflector.port)
        reflector.serve(stop, count)
    finally:
        reflector.close()
    return Traffic(reflector.answered, reflector.refused, reflector.senders)
