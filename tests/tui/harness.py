"""Opens the real app on a real database without a terminal; keys are pressed as a person would."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen

from vcops import locale
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp

__all__ = ["drawn", "opened", "press", "send", "settled", "text_on"]

TURNS = 2
"""So many times in a row nothing may be left to do."""
MOST_TURNS = 400
"""After so many it is looked at anew: a widget that goes away keeps what it was sent."""
WHILE_BUSY = 0.005
"""Seconds between two looks while the store's thread works."""


@asynccontextmanager
async def opened(
    workplace: Workplace, size: tuple[int, int] = (120, 40), language: str = "en"
) -> AsyncIterator[tuple[VcopsApp, Pilot[object]]]:
    """Yield the running app and its pilot, Today drawn with its rows."""
    locale.use(language)
    app = VcopsApp(workplace)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        yield app, pilot


async def settled(pilot: Pilot[object]) -> None:
    """Wait until everything that was begun has been handled, the store has answered and all of it is drawn.

    No clock decides: Textual's own pause takes the program for idle when it uses little of the processor, which on a
    busy machine it does in the middle of its work, and with a camera beside it never does.
    """
    app = pilot.app
    assert isinstance(app, VcopsApp)
    quiet = 0
    while quiet < TURNS and app.is_running:  # one that has failed is not waited for: leaving it tells why
        at_rest = await _handled(app)
        if at_rest:
            await pilot._wait_for_screen()  # a handler that waits for something keeps no message in its queue
        if app.screen_stack:
            app.screen._on_timer_update()  # laid out and drawn, and called what waits for that
        quiet = quiet + 1 if at_rest and not app.busy else 0


async def _handled(app: VcopsApp) -> bool:
    """Let the program work until no widget has a message left. Returns whether it was so already."""
    for turn in range(MOST_TURNS):
        if app.busy:
            await asyncio.sleep(WHILE_BUSY)
        elif turn and not any(one.message_queue_size for screen in app.screen_stack for one in _pumps(app, screen)):
            return turn == 1
        else:
            await asyncio.sleep(0)
        if not app.is_running:
            break
    return False


def _pumps(app: VcopsApp, screen: Screen[Any]) -> Iterator[MessagePump]:
    yield app
    yield from screen.walk_children(with_self=True)


async def press(pilot: Pilot[object], *keys: str) -> None:
    """Press keys one after another, each once the one before is done."""
    await pilot._wait_for_screen()  # what the test itself has opened
    for key in keys:
        send(pilot.app, key)
        await settled(pilot)


def send(app: App[Any], key: str) -> None:
    """Let a key come in as a terminal's would, and wait for nothing."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    try:
        character: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        character = name if len(name) == 1 else None
    pressed = events.Key(name, character)
    pressed.set_sender(app)
    app.post_message(pressed)


def text_on(app: VcopsApp) -> str:
    """Return the characters on the screen, line by line."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def drawn(app: VcopsApp) -> str:
    """Return the screen as SVG without what changes from run to run, and without the fonts' addresses."""
    svg = app.export_screenshot(title="vcops", simplify=True)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"[ \t]+\n", "\n", svg).replace("<text ", '<text xml:space="preserve" ').strip() + "\n"
