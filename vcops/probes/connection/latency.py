"""The time a small request takes there and back."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from statistics import fmean, median
from time import perf_counter

from vcops.domain.addresses import redacted
from vcops.probes.connection.channel import Channel
from vcops.probes.connection.profiles import Target
from vcops.probes.reach import reach_failure
from vcops.probes.wire import Failure, Wire

__all__ = ["INSTRUMENT", "measure_latency"]

INSTRUMENT = "vcops http"
_MOST, _FEWEST = 40, 3
_PAUSE_S = 0.05
_ONE_S = 6.0


async def measure_latency(target: Target, method: str, wire: Wire, seconds: float) -> None:
    """Tell the median round trip and its jitter. Raises Failure where the server cannot be asked.

    Jitter is the mean absolute difference of round trips that follow each other (RFC 3550's idea without its
    smoothing); it reads about 1.4 times what one direction alone would.
    """
    wire.progress("connection.latency", 0.0, host=target.endpoint.host)
    channel = Channel(target.endpoint)
    trips: list[float] = []
    try:
        await _ask(channel, target, method)  # the first pays for the connection and the handshake
        end = perf_counter() + seconds
        while len(trips) < _MOST and (perf_counter() < end or len(trips) < _FEWEST):
            trips.append(await _ask(channel, target, method))
            wire.progress("connection.latency", None, host=target.endpoint.host, latency_ms=round(median(trips), 1))
            await asyncio.sleep(_PAUSE_S)
    except OSError as error:
        if len(trips) < _FEWEST:
            raise reach_failure(error, target.endpoint.host, target.endpoint.port) from error
    finally:
        channel.close()
    jitter = fmean(abs(one - other) for one, other in pairwise(trips))
    middle = round(median(trips), 2)
    wire.reading("latency_ms", middle, instrument=INSTRUMENT, how="http-round-trip-median", samples=len(trips))
    how = "round-trip-mean-difference"
    wire.reading("jitter_ms", round(jitter, 2), instrument=INSTRUMENT, how=how, samples=len(trips) - 1)


async def _ask(channel: Channel, target: Target, method: str) -> float:
    """Ask once and return the milliseconds, the connecting not counted."""
    async with asyncio.timeout(_ONE_S):
        if not channel.open:
            await channel.connect()
        started = perf_counter()
        answer = await channel.exchange(method, target.path)
        taken = (perf_counter() - started) * 1000
    if 300 <= answer.status < 400:
        raise Failure("connection.redirected", host=target.endpoint.host, place=_place(answer.headers.get("location")))
    # A plain file's server may refuse HEAD, and its refusal travels as long as an answer would.
    if answer.status >= 400 and not (method == "HEAD" and answer.status in (405, 501)):
        raise Failure(
            "connection.http_status",
            host=target.endpoint.host,
            path=target.path.partition("?")[0],
            status=answer.status,
        )
    return taken


def _place(location: str | None) -> str:
    return redacted((location or "").partition("?")[0])
