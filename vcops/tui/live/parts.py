"""The parts of Live that change with the clock. Each draws anew only when what it says is another."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vcops.tui.live.words import Fact
from vcops.tui.plain import TONES, clean

__all__ = ["Bar", "Facts", "Headline"]


class Headline(Widget):
    """The meeting's title, and below it where and how."""

    DEFAULT_CSS = """
    Headline { height: 3; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    said: reactive[tuple[str, str]] = reactive(("", ""))

    def render(self) -> Content:
        """Draw the two rows."""
        title, where = self.said
        return Content.assemble((clean(title), "bold"), "\n", (clean(where), "$text-muted"))


class Facts(Widget):
    """Labels and what stands behind them, in two aligned columns."""

    DEFAULT_CSS = """
    Facts { width: 1fr; height: 4; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    facts: reactive[tuple[Fact, ...]] = reactive(())

    def render(self) -> Content:
        """Draw the rows."""
        widest = max((len(one.label) for one in self.facts), default=0)
        parts: list[tuple[str, str]] = []
        for label, value, tone in self.facts:
            parts += [(f"{label:<{widest}}   ", "$text-muted"), (clean(value), TONES[tone]), ("\n", "")]
        return Content.assemble(*parts[:-1])


class Bar(Widget):
    """One row of words with keys; not there while it has nothing to say."""

    DEFAULT_CSS = """
    Bar {
        height: 1; margin: 0 0 1 0; padding: 0 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis;
        display: none;
        &.-shown { display: block; }
    }
    """

    parts: reactive[tuple[tuple[str, str], ...]] = reactive(())

    def watch_parts(self) -> None:
        """Come and go with the words."""
        self.set_class(bool(self.parts), "-shown")

    def render(self) -> Content:
        """Draw the row."""
        return Content.assemble(*((clean(text), style) for text, style in self.parts))
