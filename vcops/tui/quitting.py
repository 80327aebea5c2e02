"""Leaving the program while something is measured: it is asked once, and what was read so far is kept."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from vcops.locale import _
from vcops.tui.dialogs.confirm import ConfirmDialog
from vcops.tui.place import Place

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["QuitDialog", "ask_to_quit", "measuring"]

SECONDS_TO_END = 10.0
"""A driver that hangs in the kernel is not waited for longer than this."""


class QuitDialog(ConfirmDialog):
    """Asks whether to quit all the same."""

    def __init__(self) -> None:
        super().__init__(
            _("Quit while something is being measured?"),
            detail=_("What was read so far is kept and does not count; everything else is stored."),
            yes=_("quit"),
            no=_("go on measuring"),
        )


def measuring(app: VcopsApp) -> list[Place]:
    """Return the places where something is being measured."""
    return [one for one in app.shell.query(Place) if one.measuring]


async def ask_to_quit(app: VcopsApp) -> None:
    """Ask, and then end what is measured before the program ends. In a window without room for it nothing is asked."""
    if app.roomy and not await app.ask(QuitDialog()):
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS_TO_END):
            for one in measuring(app):
                await one.end_measuring()
    app.exit()
