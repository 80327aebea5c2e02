"""Keys that arrive together: each goes to what the one before has opened, not to what had the focus when it came.

A slow line delivers several keys at once. Textual would hand all of them to what has the focus now, although the
second may be meant for the dialog that the first one opens, or for the field to which a tab leads. Only such keys are
waited for; text that is typed into a field, and whatever a key stores in the background, holds nothing up, but no other
key overtakes such text: the one that saves a form would save it without.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ScreenStackError
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import Worker

from vcops.tui.collecting import BREATH, collect_between_keys

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["Handled", "Keys"]

PATIENCE = 1.0
"""Seconds that a key waits at most for the one before."""
PAUSE = 0.005
"""Seconds between two looks at whether a dialog is there."""


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
        self._asking: list[Worker[Any]] = []
        self._following: asyncio.Task[None] | None = None
        self._last = time.monotonic()

    @property
    def waiting(self) -> bool:
        """Whether the next key has to wait for the one before."""
        return self._following is not None

    @property
    def resting(self) -> float:
        """Seconds since the last key."""
        return time.monotonic() - self._last

    def hold(self, event: events.Key | events.Paste) -> None:
        """Keep a key until it is its turn."""
        self._held.append(event)

    def asks(self, worker: Worker[Any]) -> None:
        """Tell that a key has begun something that opens a dialog, or ends without one."""
        if self.waiting:
            self._asking.append(worker)

    async def deliver(self, event: events.Key | events.Paste) -> None:
        """Hand a key on; those that come before it has led where it leads are to be held."""
        self._last = time.monotonic()
        target: MessagePump = self._app.focused or self._app.screen
        if not _is_text(event, target):
            if isinstance(target, Input) and target.message_queue_size:
                self._held.appendleft(event)
                self._wait(partial(_handled, target))  # until it stands there
                return
            self._asking.clear()
            self._wait(partial(self._led, target, list(self._app.screen_stack)))
        await self._app.hand_on(event)

    def _wait(self, until: Callable[[], Awaitable[None]]) -> None:
        """Hold the next keys until then, for as long as patience lasts."""
        self._following = asyncio.create_task(self._waited(until))

    async def _waited(self, until: Callable[[], Awaitable[None]]) -> None:
        try:
            with suppress(TimeoutError, ScreenStackError):  # at the end of the program the screens go first
                async with asyncio.timeout(PATIENCE):
                    await until()
        finally:
            self._app.call_later(self._next)

    async def _led(self, target: MessagePump, before: list[Screen[Any]]) -> None:
        """Wait until a key has led where it leads."""
        await asyncio.sleep(0)  # the key itself goes first
        await _handled(target)
        await _handled(target)  # a list or a field answers a key with a message of its own
        await self._opened(before)

    async def _opened(self, before: list[Screen[Any]]) -> None:
        """Wait until what asks has its dialog on the screen, ready for keys, or has ended without one."""
        while self._app.screen in before:
            if all(one.is_finished for one in self._asking):
                return
            await asyncio.sleep(PAUSE)
        screen = self._app.screen
        while not screen.is_mounted:  # noqa: ASYNC110 - Textual gives no event for it
            await asyncio.sleep(PAUSE)
        await _handled(screen)
        await _handled(screen)  # its fields take the focus a message later

    async def _next(self) -> None:
        self._following = None
        while self._held and not self.waiting:
            await self.deliver(self._held.popleft())
        self._app.set_timer(BREATH, lambda: collect_between_keys(self.resting))


def _is_text(event: events.Key | events.Paste, target: MessagePump) -> bool:
    """Whether it only writes into a field."""
    return isinstance(target, Input) and (isinstance(event, events.Paste) or event.is_printable)


async def _handled(target: MessagePump) -> None:
    """Wait until everything that a widget was sent so far has gone its way up; a widget that goes away counts too."""
    message = Handled(asyncio.Event())
    message.set_sender(target)
    if not target.post_message(message):
        return
    while not message.done.is_set() and target.is_running and target.is_attached:
        with suppress(TimeoutError):
            await asyncio.wait_for(message.done.wait(), PAUSE)
