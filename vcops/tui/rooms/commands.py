"""The keys of Rooms."""

from vcops.locale import N_
from vcops.tui.commands import Command

__all__ = ["COMMANDS"]

COMMANDS = (
    Command(
        "rooms.open", "enter", N_("Open"), "",
        N_("Shows a room with its past checks; changes a unit or someone of the staff."),
    ),
    Command("rooms.add", "a", N_("Add"), N_("Add to this list"), N_("Adds a room, a unit or someone of the staff.")),
    Command(
        "rooms.edit", "e", N_("Change"), N_("Change what is under the cursor"),
        N_("Changes the line under the cursor; the journal keeps what was before."),
    ),
    Command(
        "rooms.find", "slash", N_("Filter"), N_("Filter the list"),
        N_("Shows only the lines that hold what is typed; Esc shows all again."),
    ),
    Command("rooms.rooms", "r", "", N_("List the rooms"), N_("The rooms."), "turn('rooms')"),
    Command("rooms.units", "u", "", N_("List the units"), N_("The units that ask for meetings."), "turn('units')"),
    Command(
        "rooms.people", "p", "", N_("List the staff"),
        N_("The staff: name, NIP, position, role."), "turn('people')",
    ),
    Command("rooms.next", "tab", "", "", N_("The next of the three lists."), "next"),
)  # fmt: skip
