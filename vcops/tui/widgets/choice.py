"""One of a few words on one line: left and right go through them, a letter jumps to its word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from vcops.tui.plain import clean
from vcops.tui.widgets.table import fit

__all__ = ["Choice"]


class Choice(Widget, can_focus=True):
    """Holds `value`, one of the choices' values. The labels are translated already."""

    DEFAULT_CSS = """
    Choice { height: 1; background: $panel; padding: 0 1; &:focus { background: $block-cursor-background; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("left", "step(-1)"), ("right,space", "step(1)")]
    ALLOW_SELECT = False

    value = reactive("")

    class Changed(Message):
        """Another choice was made."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, choices: Sequence[tuple[str, str]], value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._choices = list(choices)
        known = [one for one, _label in self._choices]
        self.set_reactive(Choice.value, value if value in known else known[0])

    def render(self) -> Content:
        """Draw all the words where they fit, the chosen one marked; else only the chosen one."""
        width = self.size.width
        if sum(len(label) + 4 for _value, label in self._choices) <= width:
            parts: list[tuple[str, str]] = []
            for value, label in self._choices:
                chosen = value == self.value
                parts += [("● " if chosen else "○ ", "$accent" if chosen else "$text-muted")]
                parts += [(clean(label), "bold" if chosen else "$text-muted"), ("  ", "")]
            return Content.assemble(*parts)
        label = clean(next(label for value, label in self._choices if value == self.value))
        if cell_len(label) > width - 4:
            label = fit(label, max(0, width - 4), right=False)
        return Content.assemble(("‹ ", "$accent"), (label, "bold"), (" ›", "$accent"))

    def offer(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        """Offer other choices, with `value` among them chosen: what there is was only found out now."""
        self._choices = list(choices)
        self.set_reactive(Choice.value, value)
        self.refresh()

    def action_step(self, step: int) -> None:
        """Go to the choice beside."""
        values = [value for value, _label in self._choices]
        self._choose(values[(values.index(self.value) + step) % len(values)])

    def on_key(self, event: events.Key) -> None:
        """Jump to the next choice that begins with the letter."""
        if event.character is None or not event.character.isalnum():
            return
        values = [value for value, _label in self._choices]
        after = values.index(self.value) + 1
        turned = self._choices[after:] + self._choices[:after]
        for value, label in turned:
            if label.lower().startswith(event.character.lower()):
                event.stop()
                self._choose(value)
                return

    def on_click(self) -> None:
        """A click goes on to the next."""
        self.action_step(1)

    def _choose(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self))
