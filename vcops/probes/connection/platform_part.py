"""The meeting platform, looked at beside the idle phase: its page step by step, its addresses, its media ports."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from vcops.probes.connection.binding import Binding
from vcops.probes.connection.route import Endpoint, Route
from vcops.probes.connection.udp import Pinger
from vcops.probes.platform import measure_steps, take_apart
from vcops.probes.wire import Failure, Wire

__all__ = ["look_at_platform"]

_AT_ONCE = 32
_ONE_S = 4.0
_INSTRUMENT = "vcops platform"


async def look_at_platform(platform: Mapping[str, Any], binding: Binding, wire: Wire) -> None:
    """Tell the platform's readings. Nothing here fails the check: what cannot be reached is a reading."""
    hosts = [(str(host), int(port)) for host, port in platform.get("hosts") or ()]
    stun = [str(one) for one in platform.get("stun") or ()]
    async with asyncio.TaskGroup() as group:
        if platform.get("url"):
            group.create_task(_page(str(platform["url"]), binding, _Muted(wire)))
        if hosts:
            group.create_task(_hosts(hosts, binding, wire))
        if stun:
            group.create_task(_media(stun, binding, wire))


class _Muted(Wire):
    """Passes the readings on and keeps the progress back: the idle phase tells that."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def progress(self, code: str, fraction: float | None = None, **params: Any) -> None:
        """Say nothing."""

    def reading(self, metric: str, value: Any, **details: Any) -> None:
        """Pass it on."""
        self._wire.reading(metric, value, **details)


async def _page(url: str, binding: Binding, wire: Wire) -> None:
    with suppress(Failure):  # the readings with their notes say it
        await measure_steps(take_apart(url), wire, binding.apply)


async def _hosts(hosts: Sequence[tuple[str, int]], binding: Binding, wire: Wire) -> None:
    """Tell how many of the addresses take a connection; the proxy's tunnel counts where there is a proxy."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def opens(host: str, port: int) -> bool:
        try:
            async with turns, asyncio.timeout(_ONE_S):
                (await Route(Endpoint(host, port, True, host), binding).open()).close()
        except (OSError, Failure):
            return False
        return True

    reached = await asyncio.gather(*(opens(*one) for one in hosts))
    closed = [f"{host}:{port}" for (host, port), good in zip(hosts, reached, strict=True) if not good]
    wire.reading(
        "hosts_reachable_pct",
        round(100 * sum(reached) / len(hosts), 1),
        instrument=_INSTRUMENT,
        how="tcp-connect",
        samples=len(hosts),
        subject=", ".join(closed),
    )


async def _media(servers: Sequence[str], binding: Binding, wire: Wire) -> None:
    """Tell whether one of the platform's STUN servers answers: where they do, media goes by UDP."""
    pinger = Pinger(servers, binding)
    subject = ", ".join(servers)
    try:
        await pinger.start()
        subject = pinger.server
    except Failure:
        found = False
    else:
        found = True
    finally:
        await pinger.close()
    wire.reading("udp_reachable", found, instrument="vcops stun", how="stun-answer", samples=1, subject=subject)
