"""The Settings screen."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType

from vcops.locale import N_, _, language
from vcops.operations import directory, tariffs
from vcops.tui.bindings import bindings
from vcops.tui.place import Place, asks, deed
from vcops.tui.settings.commands import COMMANDS
from vcops.tui.settings.forms import office_form, signatory_form, tariff_form, who_form
from vcops.tui.settings.lines import COLUMNS, Shown, read, settings_lines, whereabouts
from vcops.tui.widgets.table import Table
from vcops.wording.signatories import part_name

__all__ = ["SettingsPlace"]


class SettingsPlace(Place):
    """Who works here, language, colours, the office, its tariff, where everything lies."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    EXPLANATION = N_("Facts of the office are stored in the database, choices of this machine beside it.")

    table = getters.query_one(Table)
    _shown: Shown | None = None

    def compose(self) -> ComposeResult:
        """Build the place."""
        yield Table(COLUMNS)

    @deed
    async def fill(self) -> None:
        """Read the office and the tariff."""
        self._shown = await self.app.in_store(read)
        self.app.show_office(self._shown.office.name, self._shown.office.zone)
        self._draw()

    def _draw(self) -> None:
        if self._shown is not None:
            self.table.show(settings_lines(self.app.workplace, self._shown, self.app.theme))

    # -- commands ---------------------------------------------------------------------------------------------

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Change the line."""
        event.stop()
        self.action_change()

    def action_change(self) -> None:
        """Change the line under the cursor."""
        what, _colon, part = (self.table.current or "").partition(":")
        if what == "who":
            self.action_who()
        elif what == "language":
            self.app.speak("en" if language() == "id" else "id")
        elif what == "theme":
            self.app.action_next_theme()
            self._draw()
        elif what == "office":
            self.action_office(part)
        elif what == "signatory":
            self._signatory(part)
        elif what == "tariff":
            self.action_tariff()
        elif what == "copy":
            self._copy(whereabouts(self.app.workplace)[part])

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.app.say(_("Copied: {text}").format(text=text))

    @asks
    async def action_who(self) -> None:
        """Say who works here."""
        staff = await self.app.in_store(directory.people)
        texts = await self.app.ask(who_form(self.app.workplace.who, [one.name for one in staff]))
        if texts:
            self.app.workplace.work_as(texts["who"])
            self.app.show_who()
            self._draw()

    @asks
    async def action_office(self, first: str = "name") -> None:
        """Change the office's facts."""
        office = await self.app.in_store(directory.office)
        if stored := await self.app.ask(office_form(self.app, office, first)):
            self.app.say(_("Stored: {title}").format(title=stored.name))
            self.fill()

    def action_signatory(self) -> None:
        """Say who acknowledges papers."""
        self._signatory("acknowledged")

    @asks
    async def _signatory(self, part: str) -> None:
        known = self._shown.signatory(part) if self._shown else None
        staff = await self.app.in_store(directory.people)
        if await self.app.ask(signatory_form(self.app, part, known, staff)):
            self.app.say(_("Stored: {title}").format(title=part_name(part)))
            self.fill()

    @asks
    async def action_tariff(self) -> None:
        """Adopt a tariff."""
        offered = await self.app.in_store(tariffs.listing)
        adopted = await self.app.ask(tariff_form(self.app, [(one.tariff.id, one.tariff.id) for one in offered]))
        if adopted:
            self.app.say(_("Adopted: {title}").format(title=adopted.tariff.title.said(language())))
            self.fill()
