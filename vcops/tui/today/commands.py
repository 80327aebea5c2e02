"""The keys of Today."""

from vcops.locale import N_
from vcops.tui.commands import Command

__all__ = ["COMMANDS"]

COMMANDS = (
    Command(
        "today.open", "enter", N_("Open"), "",
        N_("Opens the line: running in Live, planned and rooms in Prepare, ended in Meetings."),
        "open",
    ),
    Command("today.plan", "n", N_("Plan"), N_("Plan a meeting"), N_("Plans a meeting: unit, room, time, link, team.")),
    Command(
        "today.start", "s", N_("Start"), N_("Start a meeting now"),
        N_("Starts the planned meeting under the cursor now; elsewhere one nobody planned."),
    ),
    Command(
        "today.add", "a", N_("Add afterwards"), N_("Add a meeting afterwards"),
        N_("Logs a meeting that is already over."),
    ),
)  # fmt: skip
