"""Names and connections that always come to an end: each look-up and each attempt is bounded in time."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from time import perf_counter
from typing import Any

from vcops.probes.threads import in_thread
from vcops.probes.wire import Failure

__all__ = ["LOOK_UP_S", "Address", "connect_first", "look_up"]

LOOK_UP_S = 5.0
"""Resolvers ask a silent server again after 5 s; by then nobody in the room waits any more."""
_STAGGER_S = 0.25
"""RFC 8305: how long an address may keep silent before the next one is tried beside it."""
_MOST_ADDRESSES = 6

Address = tuple[int, int, int, str, Any]
"""What getaddrinfo returns: family, kind, protocol, canonical name, socket address."""


async def look_up(host: str, port: int, seconds: float = LOOK_UP_S) -> list[Address]:
    """Return the addresses of a name, IPv6 and IPv4 in turn, the system's first choice first.

    The system's resolver cannot be interrupted, so it works in a thread that is left behind when the time is over.
    Raises Failure("network.dns_silent") then, and OSError (gaierror) for a name that does not exist.
    """

    def ask() -> list[Address]:
        try:
            return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except UnicodeError as error:  # a label that is empty or too long
            raise socket.gaierror(socket.EAI_NONAME, "no such name") from error

    try:
        return _in_turn(await in_thread(ask, seconds, "resolver"))
    except TimeoutError as error:
        raise Failure("network.dns_silent", host=host, seconds=round(seconds)) from error


def _in_turn(found: Sequence[Address]) -> list[Address]:
    """Mix the families, so that one which leads nowhere costs a quarter of a second only."""
    first = [one for one in found if one[0] == found[0][0]]
    others = [one for one in found if one[0] != found[0][0]]
    mixed = chain.from_iterable(zip_longest(first, others))
    return [one for one in mixed if one is not None][:_MOST_ADDRESSES]


async def connect_first(
    addresses: Sequence[Address], seconds: float, prepare: Callable[[socket.socket], None] | None = None
) -> tuple[socket.socket, Address, float]:
    """Connect to the address that answers first; return the socket, its address and the milliseconds it took.

    `prepare` gets each socket before it connects. Raises OSError with the reason of the most telling attempt, or
    the Failure that `prepare` raised.
    """
    loop = asyncio.get_running_loop()
    waiting, pending, failed = list(addresses), set[asyncio.Task[tuple[socket.socket, Address, float]]](), []
    deadline = loop.time() + seconds
    try:
        while waiting or pending:
            if waiting:
                pending.add(asyncio.create_task(_connect(waiting.pop(0), prepare)))
            left = max(deadline - loop.time(), 0.0)
            done, pending = await asyncio.wait(
                pending, timeout=min(left, _STAGGER_S) if waiting else left, return_when=asyncio.FIRST_COMPLETED
            )
            connected = [task.result() for task in done if task.exception() is None]
            for spare, *_rest in connected[1:]:
                spare.close()
            if connected:
                return connected[0]
            failed += [error for task in done if (error := task.exception()) is not None]
            if loop.time() >= deadline:
                failed.append(TimeoutError())
                break
    finally:
        for task in pending:
            task.cancel()
    raise _most_telling(failed)


async def _connect(
    address: Address, prepare: Callable[[socket.socket], None] | None
) -> tuple[socket.socket, Address, float]:
    family, kind, protocol, _name, place = address
    connecting = socket.socket(family, kind, protocol)
    try:
        connecting.setblocking(False)
        connecting.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if prepare is not None:
            prepare(connecting)
        started = perf_counter()
        await asyncio.get_running_loop().sock_connect(connecting, place)
    except BaseException:
        connecting.close()
        raise
    return connecting, address, (perf_counter() - started) * 1000


def _most_telling(failed: Sequence[BaseException]) -> BaseException:
    """Prefer what a server said over silence, and either over a family that this machine does not have."""
    if not failed:
        return OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
    order = [Failure, ConnectionError, TimeoutError, OSError]
    return min(failed, key=lambda one: next((rank for rank, kind in enumerate(order) if isinstance(one, kind)), 9))
