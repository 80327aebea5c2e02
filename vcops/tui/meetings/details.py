"""One meeting whole: a calm sheet in two columns."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from vcops.domain.meetings import MeetingState
from vcops.domain.overview import MeetingDetails
from vcops.locale import _
from vcops.operations import meetings
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.meetings.deeds import cancel
from vcops.tui.meetings.sheet import Sheet, left_groups, right_groups
from vcops.tui.papers import print_handover, print_meeting
from vcops.tui.place import asks
from vcops.tui.plain import plain

__all__ = ["DetailsDialog"]


class DetailsDialog(Dialog[None]):
    """Shows everything; the passcode only when it is asked for."""

    DEFAULT_CSS = """
    DetailsDialog {
        & > .panel { width: 80; max-height: 100%; }
        &.-wide > .panel { width: 116; max-height: 90%; }
        .sheets { height: auto; max-height: 17; scrollbar-size-vertical: 1; }
        &.-high .sheets { max-height: 40; }
        .columns { height: auto; layout: vertical; }
        &.-wide .columns { layout: horizontal; }
        #left { margin: 0 0 1 0; }
        &.-wide #left { margin: 0 4 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "show_passcode", show=False),
        Binding("e", "edit", show=False),
        Binding("x", "cancel", show=False),
        Binding("b", "print", show=False),
        Binding("h", "handover", show=False),
        Binding("enter,d", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012 - as Textual declares it

    sheets = getters.query_one(".sheets", VerticalScroll)

    def __init__(self, held: MeetingDetails) -> None:
        super().__init__()
        self._held = held
        self._passcode_shown = False

    def compose(self) -> ComposeResult:
        """Build the two columns."""
        planned = self._held.meeting.state is MeetingState.PLANNED
        # Both papers can be printed at any time; named is what is wanted now.
        keys = [("j k", _("scroll")), ("e", _("edit")), ("h", _("BAST")) if planned else ("b", _("berita acara"))]
        if self._held.meeting.passcode:
            keys.append(("p", _("passcode")))
        if planned:
            keys.append(("x", _("cancel the meeting")))
        with Vertical(classes="panel"):
            yield Static(plain(self._held.meeting.title), classes="title")
            with VerticalScroll(classes="sheets", can_focus=False), Horizontal(classes="columns"):
                yield Sheet(id="left")
                yield Sheet(id="right")
            yield hint(*keys, ("Esc", _("close")))

    def on_mount(self) -> None:
        """Fill it."""
        self._draw()

    def _draw(self) -> None:
        self.query_one("#left", Sheet).groups = left_groups(self._held)
        self.query_one("#right", Sheet).groups = right_groups(self._held, show_passcode=self._passcode_shown)
        self.query_one(".title", Static).update(plain(self._held.meeting.title))

    async def _read_again(self) -> None:
        self._held = await self.app.in_store(meetings.details, self._held.meeting.id)
        await self.recompose()
        self._draw()

    def action_scroll(self, rows: int) -> None:
        """Scroll the sheet."""
        self.sheets.scroll_relative(y=rows, animate=False)

    def action_show_passcode(self) -> None:
        """Show the passcode, or hide it again."""
        self._passcode_shown = not self._passcode_shown
        self._draw()

    @asks
    async def action_edit(self) -> None:
        """Edit the meeting."""
        if await self.app.open_dialog("meeting_form", purpose="edit", details=self._held) is not None:
            await self._read_again()

    @asks
    async def action_print(self) -> None:
        """Print the record of proceedings."""
        await print_meeting(self.app, self._held.meeting.id)

    @asks
    async def action_handover(self) -> None:
        """Print the handing over of the room's kit."""
        await print_handover(self.app, self._held.meeting.id)

    @asks
    async def action_cancel(self) -> None:
        """Cancel a planned meeting."""
        if await cancel(self.app, self._held.meeting.id, self._held.meeting.title):
            await self._read_again()
