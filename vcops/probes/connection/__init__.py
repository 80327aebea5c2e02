"""The connection probe: latency, download and upload between this machine and a server of the office's choice."""

from __future__ import annotations

from typing import Any

from vcops.probes.wire import Failure, Wire

__all__ = ["probe"]


def probe(asked: dict[str, Any], wire: Wire) -> None:
    """Measure against `server`, by `via` (`http` or `speedtest`). Raises Failure."""
    via = asked.get("via") or "http"
    if via == "http":
        from vcops.probes.connection.measuring import measure
    elif via == "speedtest":
        from vcops.probes.connection.speedtest import measure
    else:
        raise Failure("connection.unknown_instrument", via=str(via))
    measure(asked, wire)
