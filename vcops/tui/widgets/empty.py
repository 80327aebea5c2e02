"""What stands where a list is empty: what belongs here, and the key that fills it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from vcops.locale import _
from vcops.tui.commands import Command, key_name

__all__ = ["Empty"]


class Empty(Widget):
    """A sentence, and the commands that help, each with its key."""

    DEFAULT_CSS = """
    Empty { height: 1fr; align: center middle; content-align: center middle; text-align: center; }
    """

    def __init__(
        self,
        text: str,
        commands: tuple[Command, ...] = (),
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """`text` is English, marked with `N_`; it is translated when drawn."""
        super().__init__(id=id, classes=classes)
        self._text, self._commands = text, commands

    def render(self) -> Content:
        """Draw the sentence and the keys."""
        parts: list[str | tuple[str, str]] = [(_(self._text), "")]
        remapped = {
            active.binding.id: key for key, active in reversed(self.screen.active_bindings.items()) if active.binding.id
        }
        keys = [(key_name(remapped.get(one.id, one.key)), _(one.palette)) for one in self._commands]
        widest = max((len(text) for _key, text in keys), default=0)
        for place, (key, text) in enumerate(keys):
            parts += ["\n" if place else "\n\n", (f"{key:>5}", "bold $accent"), f"  {text:<{widest}}"]
        return Content.assemble(*parts)
