"""The meetings of a period that lack something; Enter opens each to complete it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from vcops.formats import number, short_day
from vcops.locale import _
from vcops.operations import meetings, same_meeting, savings
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.dialogs.confirm import ConfirmDialog
from vcops.tui.place import asks, deed
from vcops.tui.plain import Cell, plain
from vcops.tui.tally.view import View
from vcops.tui.widgets.sheet import Sheet, wrapped
from vcops.tui.widgets.table import Column, Line, Table
from vcops.wording.savings import lacking_words
from vcops.wording.terms import period_name

if TYPE_CHECKING:
    from vcops.domain.incomplete import Incomplete
    from vcops.operations.workplace import Workplace

__all__ = ["IncompleteDialog"]


class IncompleteDialog(Dialog[None]):
    """Lists what is incomplete and what of it; below the list, all that the one under the cursor lacks."""

    DEFAULT_CSS = """
    IncompleteDialog {
        & > .panel { width: 96; height: 94%; }
        Table { height: 1fr; background: $panel; }
        #about { color: $text-muted; margin: 0 0 1 0; }
        Sheet { margin: 1 0 0 0; height: 3; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "same", show=False)]

    table = getters.query_one(Table)

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._found: dict[str, Incomplete] = {}

    def compose(self) -> ComposeResult:
        """Build the list."""
        with Vertical(classes="panel"):
            title = _("Incomplete · {period}").format(period=period_name(self._view.period))
            yield Static(plain(title), classes="title")
            yield Static("", id="about")
            yield Table([
                Column(_("Day"), width=10), Column(_("Meeting"), share=2), Column(_("What is missing"), share=3),
            ])  # fmt: skip
            yield Sheet()
            yield hint(("Enter", _("complete it")), ("Esc", _("close")))

    def on_mount(self) -> None:
        """Read them."""
        self.table.focus()
        self._fill()

    @deed
    async def _fill(self) -> None:
        found = await self.app.in_store(_incomplete, self._view)
        self._found = {one.meeting.id: one for one in found}
        about = _("Nothing is missing: the month can be reported as it stands.")
        if found:
            about = _("{count} meetings; until then their figures are a lower bound or not counted.").format(
                count=number(len(found))
            )
        self.query_one("#about", Static).update(plain(about))
        self.table.show(Line(one.meeting.id, _cells(one)) for one in found)
        same = [("s", _("it is the same meeting"))] if any(one.twin for one in found) else []
        self.query_one(".hint", Static).update(hint(("Enter", _("complete it")), *same, ("Esc", _("close"))).content)
        self._explain()

    def on_table_moved(self) -> None:
        """Say all that the meeting under the cursor lacks."""
        self._explain()

    def _explain(self) -> None:
        one = self._found.get(self.table.current or "")
        self.query_one(Sheet).show(lambda width: wrapped(lacking_words(one), width, "warn") if one else ())

    # -- commands ---------------------------------------------------------------------------------------------

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Complete the meeting."""
        event.stop()
        self._complete(event.key)

    @asks
    async def _complete(self, meeting_id: str) -> None:
        held = await self.app.in_store(meetings.details, meeting_id)
        await self.app.open_dialog("meeting_form", purpose="edit", details=held)
        self._fill()

    @asks
    async def action_same(self) -> None:
        """Let the entry under the cursor count with the other room's."""
        one = self._found.get(self.table.current or "")
        if one is None or one.twin is None:
            self.app.say(_("No other entry has this meeting number at this time."))
            return
        question = _("Count '{title}' with '{other}', as one meeting?").format(
            title=one.meeting.title, other=one.twin.title
        )
        if await self.app.ask(ConfirmDialog(question)):
            await self.app.in_store(same_meeting.join, one.meeting.id, one.twin.id)
            self._fill()


def _cells(one: Incomplete) -> tuple[str | Cell, ...]:
    held = one.meeting
    return short_day(held.start, held.zone) if held.start else "", held.title, Cell(lacking_words(one), "warn")


def _incomplete(workplace: Workplace, view: View) -> list[Incomplete]:
    return savings.incomplete(workplace, view.period, view.what_if or None)
