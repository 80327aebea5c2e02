"""The one thread that talks to the database. It never keeps the program from ending."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

__all__ = ["StoreThread"]

Outcome = TypeVar("Outcome")
_Job = tuple[Callable[[], Any], "asyncio.Future[Any]", asyncio.AbstractEventLoop]


class StoreThread:
    """Runs calls one after another, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._asked = 0

    @property
    def busy(self) -> bool:
        """Whether a call is running or waiting."""
        return self._asked > 0

    async def run(self, call: Callable[[], Outcome]) -> Outcome:
        """Run `call` in the thread; return what it returns, raise what it raises.

        Cancelling the wait does not stop a call that has begun: what it stores is stored whole.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="store", daemon=True)
            self._thread.start()
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Outcome] = loop.create_future()
        self._jobs.put((call, waiting, loop))
        self._asked += 1
        try:
            return await waiting
        finally:
            self._asked -= 1

    def stop(self, seconds: float = 2.0) -> None:
        """Finish what was asked for and end; give up waiting after some seconds."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(seconds)
            self._thread = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            call, waiting, loop = job
            try:
                outcome, error = call(), None
            except BaseException as raised:  # noqa: BLE001 - it is raised again where the call was asked for
                outcome, error = None, raised
            try:
                loop.call_soon_threadsafe(_settle, waiting, outcome, error)
            except RuntimeError:  # the loop is closed: nobody waits any more
                return


def _settle(waiting: asyncio.Future[Any], outcome: Any, error: BaseException | None) -> None:
    if waiting.done():
        return
    if error is not None:
        waiting.set_exception(error)
    else:
        waiting.set_result(outcome)
