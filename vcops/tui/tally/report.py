"""The report as it is printed, to read; from here it is saved or printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from vcops.locale import _
from vcops.operations import reports
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.place import deed
from vcops.tui.plain import plain
from vcops.tui.tally.view import View
from vcops.tui.widgets.scrolling import SCROLL_KEYS, Scrolling
from vcops.wording.terms import period_name

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["ReportDialog"]

PAPER = 80
"""Columns of the printed page."""


class ReportDialog(Scrolling, Dialog[bool]):
    """Shows the text of the report of a view's period, under its tariffs; answers True to save or print it."""

    DEFAULT_CSS = """
    ReportDialog {
        & > .panel { width: 88; height: 94%; padding: 1 3; }
        #paper { height: 1fr; scrollbar-size-vertical: 1; }
        #text { width: 80; height: auto; }
        &.-tight {
            & > .panel { width: 100%; height: 100%; padding: 0; }
            .title, .hint { padding: 0 1; margin: 0; background: $background; }
            #paper { scrollbar-size-vertical: 0; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("s", "deliver"), ("space", "page_down"),
        *SCROLL_KEYS,
    ]  # fmt: skip

    SCROLLED = "#paper"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Build the page."""
        with Vertical(classes="panel"):
            yield Static(plain(_("Report: {period}").format(period=period_name(self._view.period))), classes="title")
            with VerticalScroll(id="paper", can_focus=False):
                yield Static(_("Putting the report together …"), id="text")
            yield hint(("j k", _("scroll")), ("s", _("save or print")), ("Esc", _("close")))

    def on_mount(self) -> None:
        """Put the report together beside the screen."""
        self._fill()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out the margins where the page needs the whole width."""
        self.set_class(event.size.width < PAPER + 8, "-tight")

    @deed
    async def _fill(self) -> None:
        text = await self.app.in_store(_read, self._view)
        self.query_one("#text", Static).update(plain(text.rstrip("\n")))

    def action_deliver(self) -> None:
        """Go on to saving or printing."""
        self.dismiss(True)


def _read(workplace: Workplace, view: View) -> str:
    return reports.as_text(reports.over(workplace, view.period, view.what_if or None))
