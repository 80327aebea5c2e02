"""The palette: every command of the place one is on and of the shell, by its words, with its key."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from vcops.locale import _
from vcops.tui.commands import SHELL, Command, commands_of, key_name

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["Palette"]


class _Commands(Provider):
    """Offers the commands that are allowed at the moment."""

    async def discover(self) -> Hits:
        """Offer all of them where nothing is typed yet."""
        for command, run in self._offered():
            yield DiscoveryHit(_line(Content(_(command.palette)), command), run, _(command.palette), _(command.help))

    async def search(self, query: str) -> Hits:
        """Offer those that the typed letters are found in."""
        matcher = self.matcher(query)
        found = False
        for command, run in self._offered():
            score = matcher.match(_(command.palette))
            if score > 0:
                found = True
                words = _line(matcher.highlight(_(command.palette)), command)
                yield Hit(score, words, run, _(command.palette), _(command.help))
        if not found:  # said by us: Textual would say it in English
            nothing = _("No command of that name")
            yield Hit(0.1, Content(nothing).stylize("$text-muted"), _do_nothing, nothing)

    def _offered(self) -> Iterator[tuple[Command, partial[Coroutine[Any, Any, bool]]]]:
        app = cast("VcopsApp", self.app)
        place = app.shell.current
        if place is not None:
            for command in commands_of(app.shell.navigation.current):
                if command.palette and place.check_action(command.does, ()) is not False:
                    yield command, partial(app.run_action, command.does, place)
        for command in SHELL:
            if command.palette:
                yield command, partial(app.run_action, command.does)


def _do_nothing() -> None:
    """Answer the line that only says that nothing was found."""


def _line(words: Content, command: Command) -> Content:
    if not command.key:
        return words
    return Content.assemble(words, "  ", (key_name(command.key), "$accent"))


class Palette(CommandPalette):
    """Textual's palette with our commands and our words."""

    DEFAULT_CSS = """
    Palette {
        align-horizontal: center;
        background: $background 70%;
        & > #--container { width: 84; max-width: 100%; margin: 2 0 0 0; background: $panel; }
        #--input { border: none; background: $panel; padding: 1 2 0 2; height: 3; }
        #--input.--list-visible { border-bottom: none; }
        SearchIcon { display: none; }
        CommandInput { padding: 0 1; }
        CommandList { background: $panel; border: none; padding: 0 1 1 1; max-height: 60vh; }
    }
    """

    def __init__(self) -> None:
        super().__init__([_Commands], placeholder=_("Type what you want to do"))
