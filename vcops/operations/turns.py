"""The turns of checks that are wanted at the same time: together where they do not disturb each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vcops.domain.turns import beside, needs_someone

if TYPE_CHECKING:
    from vcops.domain.metrics import Instrument

__all__ = ["Turns"]


@dataclass(eq=False, slots=True)
class _Ticket:
    instrument: Instrument
    called: asyncio.Event = field(default_factory=asyncio.Event)


class Turns:
    """Calls checks in the order they came; one that may not begin yet holds up those behind it. For one event loop."""

    def __init__(self) -> None:
        self._waiting: list[_Ticket] = []
        self._running: list[_Ticket] = []

    @asynccontextmanager
    async def taken(self, instrument: Instrument, stop: asyncio.Event | None = None) -> AsyncIterator[bool]:
        """Wait for the turn and keep it inside the block; False where `stop` was set before it came.

        Whoever was told to speak does not wait for a link that is measured: it takes a minute, and does not mind.
        """
        ticket = _Ticket(instrument)
        alone = all(one.instrument != instrument for one in (*self._waiting, *self._running))
        if needs_someone(instrument) and alone:
            self._running.append(ticket)
            ticket.called.set()
        else:
            self._waiting.append(ticket)
        try:
            self._call()
            yield await _first(ticket.called, stop)
        finally:
            for line in (self._waiting, self._running):
                if ticket in line:
                    line.remove(ticket)
            self._call()

    @contextmanager
    def held(self, instrument: Instrument) -> Iterator[None]:
        """Use what an instrument needs at once, waiting for nobody: what it would disturb begins afterwards."""
        ticket = _Ticket(instrument)
        self._running.append(ticket)
        try:
            yield
        finally:
            self._running.remove(ticket)
            self._call()

    def _call(self) -> None:
        while self._waiting and beside(self._waiting[0].instrument, [one.instrument for one in self._running]):
            ticket = self._waiting.pop(0)
            self._running.append(ticket)
            ticket.called.set()


async def _first(called: asyncio.Event, stop: asyncio.Event | None) -> bool:
    """Wait for the first of two events; whether it was the call."""
    if stop is None:
        await called.wait()
        return True
    if not (called.is_set() or stop.is_set()):
        waits = [asyncio.ensure_future(one.wait()) for one in (called, stop)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
    return not stop.is_set()
