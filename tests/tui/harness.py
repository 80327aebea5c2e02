"""Opens the real app on a real database without a terminal; keys are pressed as a person would."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from vcops import locale
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp

__all__ = ["drawn", "opened", "press", "settled", "text_on"]


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
    """Wait until the store has answered and everything is drawn."""
    app = pilot.app
    assert isinstance(app, VcopsApp)
    quiet = 0
    while quiet < 3:
        await pilot.pause()
        quiet = 0 if app.busy else quiet + 1


async def press(pilot: Pilot[object], *keys: str) -> None:
    """Press keys one after another, each once the one before is done."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def text_on(app: VcopsApp) -> str:
    """Return the characters on the screen, line by line."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def drawn(app: VcopsApp) -> str:
    """Return the screen as SVG without what changes from run to run, and without the fonts' addresses."""
    svg = app.export_screenshot(title="vcops", simplify=True)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"[ \t]+\n", "\n", svg).replace("<text ", '<text xml:space="preserve" ').strip() + "\n"
