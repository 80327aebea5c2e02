"""The Rooms screen: rooms, units and staff, one list at a time."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from vcops.domain.people import Person, nip_doubt
from vcops.formats import number
from vcops.locale import N_, _
from vcops.tui.bindings import bindings
from vcops.tui.commands import command, key_name
from vcops.tui.place import Place, asks, deed
from vcops.tui.rooms.commands import COMMANDS
from vcops.tui.rooms.lines import columns, lines
from vcops.tui.rooms.reading import Directory, read
from vcops.tui.widgets.empty import Empty
from vcops.tui.widgets.filter import Filter
from vcops.tui.widgets.table import Table

__all__ = ["RoomsPlace"]

LISTS = {"rooms": N_("Rooms"), "units": N_("Units"), "people": N_("Staff")}
"""The three lists, in the order in which Tab goes round."""
_EMPTY = {
    "rooms": N_("No room is known yet. A room has a camera, a link, and a decision before each meeting."),
    "units": N_("No unit is known yet. Units are who asks for meetings; the tally is read by them."),
    "people": N_("Nobody is on the list yet. Only a name is needed."),
}


class ListLine(Widget):
    """The three lists with their keys and how long they are."""

    DEFAULT_CSS = "ListLine { height: 1; margin: 0 0 1 0; }"

    current = reactive("rooms")
    directory: reactive[Directory] = reactive(Directory())

    def render(self) -> Content:
        """Draw the row."""
        parts: list[tuple[str, str]] = []
        for name, title in LISTS.items():
            known = command(COMMANDS, f"rooms.{name}")
            assert known is not None
            here = name == self.current
            parts += [
                (key_name(known.key), "bold $accent"), (" ", ""),
                (_(title), "underline $accent" if here else "$text-muted"),
                (f" {number(len(self.directory.of(name)))}", "$text-muted"), ("    ", ""),
            ]  # fmt: skip
        return Content.assemble(*parts[:-1])


class RoomsPlace(Place):
    """One list at a time; Enter opens, `a` adds, `e` changes."""

    DEFAULT_CSS = """
    RoomsPlace {
        Empty { display: none; }
        &.-empty { Table { display: none; } Empty.-here { display: block; } }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    EXPLANATION = N_(
        "The rooms with what stands in them and what was last decided about them, the units that ask for meetings, "
        "and the staff. Tab goes round the three lists."
    )

    line = getters.query_one(ListLine)
    table = getters.query_one(Table)
    filter = getters.query_one(Filter)

    current: reactive[str] = reactive("rooms", init=False)
    directory: reactive[Directory] = reactive(Directory(), init=False)

    def compose(self) -> ComposeResult:
        """Build the place."""
        yield ListLine()
        yield Filter(_("Filter: a name, a place, a word"))
        yield Table(columns(self.current))
        for name, text in _EMPTY.items():
            yield Empty(text, tuple(one for one in COMMANDS if one.id in _helpful(name)), id=f"empty-{name}")

    def show_subject(self, subject: str) -> None:
        """Turn to one room, `room:ID`, once the rooms have been read."""
        kind, _colon, name = subject.partition(":")
        if kind == "room":
            self._wanted = name
            self.current = "rooms"

    @deed
    async def fill(self) -> None:
        """Read the three lists in the store's thread."""
        self.directory = await self.app.in_store(read)
        self._draw()
        if wanted := self.__dict__.pop("_wanted", ""):
            self.table.turn_to(wanted)

    def back(self) -> bool:
        """Clear the filter."""
        cleared = self.filter.clear_away()
        if cleared:
            self._draw()
            self.focus_first()
        return cleared

    def focus_first(self) -> None:
        """Give the keys to the list; to the place where there is none to move in."""
        (self if self.has_class("-empty") else self.table).focus()

    def watch_current(self) -> None:
        """Show the other list."""
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        self.line.current, self.line.directory = self.current, self.directory
        empty = not self.directory.of(self.current)
        self.set_class(empty, "-empty")
        for one in self.query(Empty):
            one.set_class(one.id == f"empty-{self.current}", "-here")
        self.table.show(lines(self.current, self.directory, self.filter.value), columns(self.current))
        if self.app.shell.current is self and not isinstance(self.screen.focused, Input):
            self.focus_first()

    # -- commands ---------------------------------------------------------------------------------------------

    def action_turn(self, name: str) -> None:
        """Show one of the three lists."""
        self.current = name

    def action_next(self) -> None:
        """Show the next list."""
        names = list(LISTS)
        self.current = names[(names.index(self.current) + 1) % len(names)]

    def action_find(self) -> None:
        """Open the filter."""
        self.filter.open()

    @on(Input.Changed)
    def _filter_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._draw()

    @on(Input.Submitted)
    def _filter_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.table.focus()

    @on(Table.Chosen)
    def _line_chosen(self, event: Table.Chosen) -> None:
        event.stop()
        self.action_open()

    @asks
    async def action_open(self) -> None:
        """Show a room; change a unit or someone of the staff."""
        if self.current != "rooms":
            await self._change()
            return
        from vcops.tui.rooms.details import RoomDialog

        room = next((one for one in self.directory.rooms if one.id == self.table.current), None)
        if room is None:
            return
        answer = await self.app.ask(RoomDialog(room, self.directory.line_of(room.id)))
        if answer == "edit":
            await self._change()
        elif answer == "prepare":
            self.app.go("prepare", f"room:{room.id}")

    @asks
    async def action_add(self) -> None:
        """Add to the list that is shown."""
        await self._ask(new=True)

    @asks
    async def action_edit(self) -> None:
        """Change the line under the cursor."""
        await self._change()

    async def _change(self) -> None:
        if self.table.current is not None:
            await self._ask(new=False)

    async def _ask(self, *, new: bool) -> None:
        from vcops.tui.rooms.forms import record_form

        name, directory = self.current, self.directory
        record = None if new else next(one for one in directory.of(name) if one.id == self.table.current)
        stored = await self.app.ask(record_form(self.app, name, directory, record, self.app.zone))
        if stored is None:
            return
        self.app.say(_("Stored: {title}").format(title=stored.name))
        if isinstance(stored, Person) and nip_doubt(stored.nip):
            doubt = _("The NIP {nip} does not have the usual shape of 18 digits; it is stored as typed.")
            self.app.notify(doubt.format(nip=stored.nip), severity="warning", timeout=8, markup=False)
        self.directory = await self.app.in_store(read)
        self.filter.clear_away()
        self._draw()
        self.table.turn_to(stored.id)


def _helpful(name: str) -> set[str]:
    """The commands that help where a list is empty: fill it, or look at the others."""
    return {"rooms.add", *(f"rooms.{other}" for other in LISTS if other != name)}
