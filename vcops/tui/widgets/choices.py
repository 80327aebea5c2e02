"""Any of a few words on one line: left and right go through them, space takes the one under the cursor or leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vcops.tui.plain import clean

__all__ = ["Choices"]


class Choices(Widget, can_focus=True):
    """Holds `value`: the taken choices' values with blanks between them, in their own order; empty for none."""

    DEFAULT_CSS = """
    Choices { height: 1; background: $panel; padding: 0 1; &:focus { background: $block-cursor-background; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("left", "step(-1)"), ("right", "step(1)"), ("space", "take")]
    ALLOW_SELECT = False

    value = reactive("")
    at = reactive(0)

    def __init__(self, choices: Sequence[tuple[str, str]], value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        """(value, label); the labels are translated already."""
        super().__init__(id=id)
        self._choices = list(choices)
        self.set_reactive(Choices.value, value)

    def render(self) -> Content:
        """Draw the words, each with its box; the one under the cursor underlined."""
        taken = self.value.split()
        parts: list[tuple[str, str]] = []
        for place, (value, label) in enumerate(self._choices):
            here = self.has_focus and place == self.at
            chosen = value in taken
            parts += [
                ("■ " if chosen else "□ ", "$accent" if chosen else "$text-muted"),
                (clean(label), "underline" if here else ("" if chosen else "$text-muted")),
                ("   ", ""),
            ]
        return Content.assemble(*parts[:-1])

    def action_step(self, step: int) -> None:
        """Go to the choice beside."""
        self.at = (self.at + step) % len(self._choices)

    def action_take(self) -> None:
        """Take the choice under the cursor, or leave it."""
        under = self._choices[self.at][0]
        taken = set(self.value.split()) ^ {under}
        self.value = " ".join(value for value, _label in self._choices if value in taken)

    def on_click(self, event: events.Click) -> None:
        """A click takes the word it hits."""
        start = self.styles.padding.left
        for place, (_value, label) in enumerate(self._choices):
            end = start + len(label) + 2
            if start <= event.x < end:
                self.at = place
                self.action_take()
                return
            start = end + 3
