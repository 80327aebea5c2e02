"""Tells a link that loses large packets without a word (an MTU black hole) from a server that keeps silent.

Path MTU discovery relies on ICMP messages that some firewalls drop: small requests then work and nothing large ever
arrives. The proof is to ask again with the TCP segments limited: what passes now was lost for its size only.
"""

from __future__ import annotations

import asyncio

from vcops.probes.connection.channel import Channel
from vcops.probes.connection.profiles import Target
from vcops.probes.connection.route import Route
from vcops.probes.wire import Failure

__all__ = ["passes_in_small_segments"]

_SEGMENT = 536
"""Bytes: what every IPv4 host must take (RFC 9293, 3.7.1)."""
_SECONDS = 2.0
_ENOUGH = 32 * 1024
_BODY = bytes(_ENOUGH)


async def passes_in_small_segments(route: Route, target: Target, *, upload: bool = False) -> bool:
    """Whether bytes pass in segments of 536 bytes. Takes two seconds at most, and never raises OSError or Failure."""
    if route.proxy is not None:
        return False
    channel = Channel(route.small_segments(_SEGMENT))
    try:
        async with asyncio.timeout(_SECONDS):
            await channel.connect()
            await channel.start("POST" if upload else "GET", target.path, _ENOUGH if upload else None)
            if upload:
                await channel.send(_BODY)
                await channel.answer()
                return True
            await channel.answer()
            if route.endpoint.secure:  # the certificate came through
                return True
            await channel.finish()
    except (OSError, Failure):  # a large answer is cut off by the time: what came of it counts
        pass
    finally:
        channel.close()
    return channel.received >= _ENOUGH
