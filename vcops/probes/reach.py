"""Why a server could not be reached, as a code."""

from __future__ import annotations

import errno
import socket
import ssl

from vcops.probes.wire import Failure

__all__ = ["reach_failure"]

_NO_WAY = {getattr(errno, name, None) for name in ("ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EADDRNOTAVAIL")}


def reach_failure(error: BaseException, host: str, port: int) -> Failure:
    """Turn what a socket said into a failure of the `network.` family. The text of the error is not passed on."""
    if isinstance(error, Failure):
        return error
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failure("network.certificate", host=host, said=error.verify_message)
    if isinstance(error, ssl.SSLError):
        return Failure("network.tls", host=host, port=port, said=error.reason or "")
    if isinstance(error, OSError) and error.errno in _NO_WAY:
        return Failure("network.unreachable", host=host)
    if isinstance(error, socket.gaierror) and not _any_way_out():
        return Failure("network.unreachable", host=host)  # no name is found where there is no network at all
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "network.broke_off")
    return Failure(code, host=host, port=port)


def _any_way_out() -> bool:
    """Whether this machine has a route to anywhere. Nothing is sent: connecting a UDP socket only looks up the way."""
    for family, nowhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):  # RFC 5737, RFC 3849
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as asking:
                asking.connect((nowhere, 9))
        except OSError:
            continue
        return True
    return False


_CODES: list[tuple[type[BaseException], str]] = [
    (socket.gaierror, "network.dns"),
    (TimeoutError, "network.timeout"),
    (ConnectionRefusedError, "network.refused"),
]
