"""Blocking work that nobody can interrupt, and that nobody has to wait for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

__all__ = ["in_thread"]

_Result = TypeVar("_Result")


async def in_thread(work: Callable[[], _Result], seconds: float, name: str) -> _Result:
    """Return what `work` returns, or raise what it raises; TimeoutError where it takes longer than `seconds`.

    The thread is left behind then, and ends with the process: the event loop's own pool would be waited for.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[_Result] = loop.create_future()

    def settle(deed: Callable[[], None]) -> None:
        if not future.done():
            deed()

    def run() -> None:
        try:
            found = work()
        except Exception as error:  # noqa: BLE001 - it crosses threads and is raised on the other side
            failed = error
            deed: Callable[[], None] = lambda: future.set_exception(failed)  # noqa: E731
        else:
            deed = lambda: future.set_result(found)  # noqa: E731
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, deed)

    threading.Thread(target=run, name=name, daemon=True).start()
    async with asyncio.timeout(seconds):
        return await future
