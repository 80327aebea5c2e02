"""The one screen: header, navigation, the places, footer. A place is mounted when it is first shown."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from vcops.locale import _
from vcops.tui.chrome.footer import Footer
from vcops.tui.chrome.header import Header
from vcops.tui.chrome.navigation import Navigation
from vcops.tui.commands import commands_of
from vcops.tui.places import place_entry
from vcops.tui.widgets.ground import Ground

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp
    from vcops.tui.place import Place

__all__ = ["Shell"]

PATIENCE = 2.0
"""Seconds that keys wait for a place that is made."""


class Places(Ground, Vertical):
    """The rows between the navigation and the footer."""


class Shell(Ground, Screen[object]):
    """Holds the places and knows which one is shown."""

    if TYPE_CHECKING:
        app = getters.app(VcopsApp)

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"), (100, "-normal"), (140, "-wide")
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012
    DEFAULT_CSS = """
    Shell { layout: vertical; background: $background; }
    #places { height: 1fr; }
    """

    header = getters.query_one(Header)
    navigation = getters.query_one(Navigation)
    footer = getters.query_one(Footer)

    def __init__(self) -> None:
        super().__init__()
        self._mounted: dict[str, Place] = {}
        self._made: set[str] = set()
        self._history: list[str] = []
        self._turned = asyncio.Event()
        self._turned.set()

    def compose(self) -> ComposeResult:
        """Put only the rows that are drawn first."""
        yield Header()
        yield Navigation()
        yield Places(id="places")
        yield Footer()

    def on_mount(self) -> None:
        """Tell the app that there is something to draw."""
        self.app.frame_ready()

    def on_screen_resume(self) -> None:
        """Offer again what works, after a dialog."""
        self.footer.refresh()

    @property
    def current(self) -> Place | None:
        """The place that is shown."""
        return self._mounted.get(self.navigation.current)

    def announce(self, place_id: str, *, remember: bool = True) -> None:
        """Show where one is going at once; the place itself follows with `turn_to`."""
        before = self.navigation.current
        if remember and before and before != place_id:
            self._history = [*(one for one in self._history if one != before), before]
        self.navigation.current = place_id
        self.header.place = _(place_entry(place_id).title)
        if not self.is_made(place_id):
            self._turned.clear()

    def is_made(self, place_id: str) -> bool:
        """Whether a place has been mounted, with all its parts."""
        return place_id in self._made

    async def shown(self) -> None:
        """Wait until the place that was announced stands there; not for ever, the keys wait for this."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._turned.wait(), PATIENCE)

    async def turn_to(self, place_id: str, subject: str = "") -> None:
        """Show the place that was announced, mounting it if need be."""
        try:
            if place_id == self.navigation.current:  # else another key came meanwhile
                if place_id not in self._mounted:
                    self._hide_all_but(place_id)
                    self._mounted[place_id] = place_entry(place_id).make()
                    await self.query_one("#places").mount(self._mounted[place_id])
                    self._made.add(place_id)
                self.show_place(place_id, subject)
        finally:
            self._turned.set()

    def show_place(self, place_id: str, subject: str = "") -> None:
        """Show a place that is mounted, if it is still the one that was announced."""
        if place_id != self.navigation.current:
            return
        self._hide_all_but(place_id)
        place = self._mounted[place_id]
        if subject:
            place.show_subject(subject)
        place.fill()
        self.footer.show_commands(commands_of(place_id))
        place.focus_first()
        self.refresh(repaint=False, layout=True)  # else the place that was left is drawn once more before

    def _hide_all_but(self, place_id: str) -> None:
        for name, one in self._mounted.items():
            if one.display != (name == place_id):
                one.display = name == place_id  # a class would have every rule of the whole place matched anew

    def go_back(self) -> str:
        """Take a step back inside the place; else return the place to go back to, or nothing."""
        if (place := self.current) is not None and place.back():
            return ""
        return self._history.pop() if self._history else ""

    def speak_anew(self) -> None:
        """Draw everything in the language that has just been chosen."""
        if self.navigation.current:
            self.header.place = _(place_entry(self.navigation.current).title)
        for one in (self.header, self.navigation, self.footer):
            one.refresh()
        for place in self._mounted.values():
            place.speak_anew()
