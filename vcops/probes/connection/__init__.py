"""The connection probe: what this machine's link to a server of the office's choice is worth for a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vcops.probes.wire import Failure, Wire

if TYPE_CHECKING:
    from vcops.probes.connection.measuring import Beginning

__all__ = ["probe"]


def probe(asked: dict[str, Any], wire: Wire) -> None:
    """Measure against `server`, by `via` (`http`, `speedtest` or `iperf3`). Raises Failure."""
    from vcops.probes.connection.asked import Asked
    from vcops.probes.connection.measuring import run_phases
    from vcops.probes.connection.side import beside

    request = Asked.read(asked)
    run_phases(request, wire, _instrument(request.via), beside)


def _instrument(via: str) -> Beginning:
    """Return what fills the link; only its own libraries are imported."""
    if via == "http":
        from vcops.probes.connection.http import Http

        return Http
    if via == "speedtest":
        from vcops.probes.connection.speedtest import SpeedtestCli

        return SpeedtestCli
    if via == "iperf3":
        from vcops.probes.connection.iperf3 import Iperf3

        return Iperf3
    raise Failure("connection.unknown_instrument", via=via)
