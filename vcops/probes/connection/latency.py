"""The time a small request takes there and back, on one connection that is kept."""

from __future__ import annotations

import asyncio
from time import monotonic, perf_counter, time

from vcops.probes.connection.channel import Channel
from vcops.probes.connection.dates import Dated
from vcops.probes.connection.profiles import Target
from vcops.probes.connection.refusals import MOST_SMALL, not_bytes, refusal
from vcops.probes.connection.route import Route
from vcops.probes.reach import reach_failure
from vcops.probes.wire import Failure

__all__ = ["INSTRUMENT", "HttpPings"]

INSTRUMENT = "vcops http"
_PAUSE_S = 0.1
_ONE_S = 6.0
_MOST_TROUBLE = 3
_SERIOUS = (407, 429)
"""Refusals that are about this machine and not about the kind of request."""


class HttpPings:
    """Small requests one after the other. What is connecting and encrypting is not in their times."""

    instrument = INSTRUMENT

    def __init__(self, route: Route, target: Target, method: str = "GET") -> None:
        self._target, self._method = target, method
        self._channel = Channel(route)
        self.sent: list[tuple[float, float]] = []
        """When each was sent, and the milliseconds it took."""
        self.dated: list[Dated] = []
        """What the server said the time was."""

    @property
    def subject(self) -> str:
        """Who answers."""
        return self._target.endpoint.place

    def trips(self, start: float, end: float) -> list[float]:
        """Return the milliseconds of those sent between two times of `time.monotonic`."""
        return [taken for at, taken in self.sent if start <= at <= end]

    async def first(self) -> None:
        """Connect and ask once: that pays for the connection. Raises Failure where the server cannot be asked."""
        try:
            await self._ask()
        except OSError as error:
            raise self._reach(error) from error

    async def run(self, until: float) -> None:
        """Ask until then (a time of `time.monotonic`). Raises Failure where the server gives no answer any more.

        A server may hang up after a number of requests: connecting again is no trouble.
        """
        trouble = 0
        while monotonic() < until:
            try:
                self.sent.append(await self._ask())
                trouble = 0
            except OSError as error:
                self._channel.close()
                trouble += 1
                if trouble >= _MOST_TROUBLE or isinstance(error, TimeoutError):
                    raise self._reach(error) from error
            await asyncio.sleep(min(_PAUSE_S, max(until - monotonic(), 0)))

    def close(self) -> None:
        """Hang up."""
        self._channel.close()

    async def _ask(self) -> tuple[float, float]:
        async with asyncio.timeout(_ONE_S):
            if not self._channel.open:
                await self._channel.connect()
            before, wall, at, started = self._channel.received, time(), monotonic(), perf_counter()
            answer = await self._channel.exchange(self._method, self._target.path, MOST_SMALL)
            taken = (perf_counter() - started) * 1000
        if "date" in answer.headers:
            self.dated.append((answer.headers["date"], wall, wall + taken / 1000))
        # A server may refuse HEAD where it takes GET, and its refusal travels as long as an answer would.
        if self._method == "HEAD" and answer.status >= 400 and answer.status not in _SERIOUS:
            return at, taken
        size = self._channel.received - before
        wrong = refusal(self._target, answer) or not_bytes(self._target, answer, small=size)
        if wrong is not None:
            raise wrong
        return at, taken

    def _reach(self, error: OSError) -> Failure:
        return reach_failure(error, self._target.endpoint.host, self._target.endpoint.port)
