"""Asks for one of a few answers: each is one key away."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from vcops.locale import _
from vcops.tui.dialogs.base import Dialog, head, hint
from vcops.tui.plain import plain
from vcops.tui.widgets.numbered import DIGITS, Numbered

__all__ = ["PickDialog"]


class _List(Numbered):
    """Says so when Enter comes before anything was chosen."""

    class Untaken(Message):
        """Enter, and the cursor on nothing."""

    def action_choose(self) -> None:
        """Take the line."""
        if self.current is None:
            self.post_message(self.Untaken())
        super().action_choose()


class PickDialog(Dialog[str]):
    """Answers the value of what was picked; None for escape. The texts are translated already."""

    DEFAULT_CSS = """
    PickDialog {
        Table { max-height: 12; background: $panel; }
        .fault { display: none; }
        &.-asked .fault { display: block; }
    }
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        *,
        detail: str = "",
        value: str = "",
        untouched: bool = False,
    ) -> None:
        """`choices` are (value, label); the cursor begins on `value`; `untouched` on none: Enter takes nothing."""
        super().__init__()
        self._title, self._choices, self._detail, self._value = title, list(choices), detail, value
        self._untouched = untouched

    def compose(self) -> ComposeResult:
        """Build the list."""
        with Vertical(classes="panel"):
            yield head(self._title, self._detail)
            table = _List(self._choices)
            if self._untouched:
                table.cursor = -1
            else:
                table.turn_to(self._value)
            yield table
            last = min(len(self._choices), DIGITS)
            yield Static(plain(_("Choose an answer first: {keys}.").format(keys=f"1-{last}")), classes="fault")
            yield hint((f"1-{last}", _("choose")), ("Enter", _("take it")), ("Esc", _("cancel")))

    @on(_List.Untaken)
    def _ask_to_choose(self) -> None:
        self.add_class("-asked")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(_List).focus()

    def on_key(self, event: events.Key) -> None:
        """A digit takes its answer at once."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self._choices):
            event.stop()
            self.dismiss(self._choices[int(event.key) - 1][0])

    @on(_List.Chosen)
    def _picked(self, event: _List.Chosen) -> None:
        self.dismiss(event.key)
