"""One key after the other: each is delivered once the one before has done what it does, an opening dialog included.

A slow line delivers several keys at once. Textual would hand all of them to what has the focus now, although the
second may be meant for the dialog that the first one opens, or for the field to which a tab leads.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.worker import Worker

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["Handled", "Keys"]

PATIENCE = 1.0
"""Seconds that a key waits at most for the one before."""
PAUSE = 0.01
"""Seconds between two looks at what a key began."""
IDLE_LOOKS = 5
"""So many looks without the store working: what was begun does something long, no dialog comes."""


class Handled(Message):
    """Follows a key on its way up; where it arrives, the key has been handled."""

    verbose = True

    def __init__(self, done: asyncio.Event) -> None:
        super().__init__()
        self.done = done


class Keys:
    """Holds the keys that came too early."""

    def __init__(self, app: VcopsApp) -> None:
        self._app = app
        self._held: deque[events.Key | events.Paste] = deque()
        self._begun: list[Worker[Any]] = []
        self._following: asyncio.Task[None] | None = None
        self.under_way = False

    def hold(self, event: events.Key | events.Paste) -> None:
        """Keep a key until it is its turn."""
        self._held.append(event)

    def began(self, worker: Worker[Any]) -> None:
        """Tell that a key has begun something that may open a dialog."""
        if self.under_way:
            self._begun.append(worker)

    async def deliver(self, event: events.Key | events.Paste) -> None:
        """Hand a key on now; those that come before it is done are to be held."""
        self.under_way = True
        self._begun.clear()
        target: MessagePump = self._app.focused or self._app.screen
        stack = list(self._app.screen_stack)
        try:
            await self._app.hand_on(event)
        finally:
            self._following = asyncio.create_task(self._follow(target, stack))

    async def _follow(self, target: MessagePump, stack: list[Any]) -> None:
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await _handled(target)
                    await _handled(target)  # a list or a field answers a key with a message of its own
                    await self._done(stack)
        finally:
            self._app.call_later(self._next)

    async def _done(self, stack: list[Any]) -> None:
        """Wait until what the key began has ended, or has opened a dialog, or takes long without the store."""
        idle = 0
        while True:
            screen = self._app.screen
            if screen not in stack:
                while not screen.is_mounted:  # noqa: ASYNC110 - Textual gives no event for it
                    await asyncio.sleep(PAUSE)
                await _handled(screen)
                await _handled(screen)  # its fields take the focus a message later
                return
            if idle > IDLE_LOOKS or all(one.is_finished for one in self._begun):
                return
            await asyncio.sleep(PAUSE)
            idle = 0 if self._app.store_busy else idle + 1

    async def _next(self) -> None:
        if self._held:
            await self.deliver(self._held.popleft())
        else:
            self.under_way = False


async def _handled(target: MessagePump) -> None:
    """Wait until everything that a widget was sent so far has gone its way up; a widget that goes away counts too."""
    message = Handled(asyncio.Event())
    message.set_sender(target)
    if not target.post_message(message):
        return
    while not message.done.is_set() and target.is_running and target.is_attached:
        with suppress(TimeoutError):
            await asyncio.wait_for(message.done.wait(), PAUSE)
