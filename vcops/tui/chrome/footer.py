"""The last row: six of the keys that work now, eight in a wide window; whole entries only, in the language in use."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from vcops.locale import _
from vcops.tui.commands import SHELL, Command, key_name

__all__ = ["Footer"]

MOST, MOST_IN_WIDE = 6, 8
"""More entries nobody reads; the key that quits may come on top."""
WIDE = 100
"""Columns from which on a window is no longer narrow."""
GAP = 3
"""Blank cells between two entries; one less where that makes room for another."""
QUIT = "shell.quit"


class Footer(Widget):
    """Draws the commands it was given that are bound and allowed at the moment; the later ones go first."""

    DEFAULT_CSS = """
    Footer {
        height: 1;
        background: $panel;
        color: $foreground;
        padding: 0 2;
    }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._commands: tuple[Command, ...] = ()
        self._drawn: list[tuple[int, int, str]] = []

    def show_commands(self, commands: tuple[Command, ...]) -> None:
        """Show these of a place, before the shell's own."""
        self._commands = commands
        self.refresh()

    def on_mount(self) -> None:
        """Draw anew whenever other keys work."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        if self.app.screen is self.screen:  # a dialog over it has keys of its own
            self.refresh()

    def render(self) -> Content:
        """Draw as many entries as fit."""
        entries = list(self._entries())
        ours = [one for one in entries if one[0] in self._commands]
        shell = [one for one in entries if one[0] not in self._commands and one[0].id != QUIT]
        quits = [one for one in entries if one[0].id == QUIT]
        ours = ours[: (MOST_IN_WIDE if self.app.size.width >= WIDE else MOST) - len(shell)]
        while ours and self._gap([*ours, *shell]) is None:
            ours.pop()
        # It takes no other's place, only some of the room between: it is in the help too.
        if self._gap([*ours, *shell, *quits]) is not None:
            shell = [*shell, *quits]
        gap = self._gap([*ours, *shell]) or GAP
        parts: list[tuple[str, str]] = []
        self._drawn, at = [], self.styles.padding.left
        for command, key in [*ours, *shell]:
            text = _(command.footer)
            parts += [(key, "bold $accent"), (" ", ""), (text, "$text-muted"), (" " * gap, "")]
            self._drawn.append((at, at + len(key) + 1 + len(text), command.id))
            at += len(key) + 1 + len(text) + gap
        return Content.assemble(*parts[:-1])

    def _gap(self, entries: list[tuple[Command, str]]) -> int | None:
        """Return how far apart they may stand; None where they do not fit at all."""
        return next((one for one in (GAP, GAP - 1) if _width(entries, one) <= self.size.width), None)

    def _entries(self) -> Iterator[tuple[Command, str]]:
        """Yield what works now with the key it has, remapped or not."""
        typing = isinstance(self.screen.focused, Input)
        keys = {
            active.binding.id: key
            for key, active in reversed(self.screen.active_bindings.items())
            if active.binding.id and active.enabled
        }
        for command in (*self._commands, *SHELL):
            key = keys.get(command.id)
            if key is None and command.key == "enter":  # a list takes it and hands it on
                key = keys.get("list.choose")
            if command.footer and key and not (typing and _is_typed(key)):
                yield command, key_name(key)

    async def on_click(self, event: events.Click) -> None:
        """A click on an entry is its key."""
        for start, end, name in self._drawn:
            if start <= event.x < end:
                for active in self.screen.active_bindings.values():
                    if active.binding.id == name:
                        await self.app.run_action(active.binding.action, active.node)
                        return


def _width(entries: list[tuple[Command, str]], gap: int) -> int:
    return sum(len(key) + 1 + len(_(command.footer)) + gap for command, key in entries) - gap


def _is_typed(key: str) -> bool:
    """Whether the key writes a character while a text is typed."""
    return "+" not in key and key not in {"escape", "enter", "tab"} and not (key[0] == "f" and key[1:].isdigit())
