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
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "network.broke_off")
    return Failure(code, host=host, port=port)


_CODES: list[tuple[type[BaseException], str]] = [
    (socket.gaierror, "network.dns"),
    (TimeoutError, "network.timeout"),
    (ConnectionRefusedError, "network.refused"),
]
