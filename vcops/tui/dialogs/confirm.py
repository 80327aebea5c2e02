"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from vcops.locale import _
from vcops.tui.dialogs.base import Dialog, head, hint

__all__ = ["ConfirmDialog"]


class ConfirmDialog(Dialog[bool]):
    """True for yes, False for no, None for escape. The texts are translated already."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", show=False),
        Binding("n,t", "answer(False)", show=False),
    ]

    def __init__(self, question: str, *, detail: str = "", yes: str = "", no: str = "") -> None:
        super().__init__()
        self._question, self._detail, self._yes, self._no = question, detail, yes, no

    def compose(self) -> ComposeResult:
        """Build the question."""
        with Vertical(classes="panel"):
            yield head(self._question, self._detail)
            yield hint(("y", self._yes or _("yes")), (_("n"), self._no or _("no")), ("Esc", _("cancel")))

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)
