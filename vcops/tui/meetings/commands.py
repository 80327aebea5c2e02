"""The keys of Meetings."""

from vcops.locale import N_
from vcops.tui.commands import Command

__all__ = ["COMMANDS"]

COMMANDS = (
    Command(
        "meetings.plan", "n", N_("Plan"), N_("Plan a meeting"),
        N_("Plans a meeting: unit, room, time, link, team."),
    ),
    Command(
        "meetings.search", "slash", N_("Search"), N_("Search the meetings"),
        N_("Looks for title, unit, room, organiser or letter in all months."),
    ),
    Command(
        "meetings.add", "a", N_("Add"), N_("Add a meeting afterwards"),
        N_("Logs a meeting that is already over."),
    ),
    Command(
        "meetings.edit", "e", N_("Edit"), N_("Edit the meeting"),
        N_("Changes the meeting under the cursor; only what is typed otherwise changes."),
    ),
    Command(
        "meetings.correct", "r", "", N_("Correct a meeting of a closed month"),
        N_("Takes the meeting out of its closed month with a reversing entry of today, and enters it again if wanted."),
    ),
    Command(
        "meetings.earlier", "left_square_bracket", "", N_("Show the month before"),
        N_("Shows the month before."), "turn(-1)",
    ),
    Command(
        "meetings.later", "right_square_bracket", "", N_("Show the month after"),
        N_("Shows the month after."), "turn(1)",
    ),
    Command(
        "meetings.this-month", "t", "", N_("Show this month"),
        N_("Shows the month in which we are."),
    ),
    Command(
        "meetings.cancel", "x", N_("Cancel"),
        N_("Cancel the meeting"),
        N_("Cancels a planned meeting; asks for the reason."),
    ),
    Command(
        "meetings.print", "b", "", N_("Print the record of proceedings (berita acara)"),
        N_("Writes the berita acara of the meeting under the cursor as PDF, ready to be signed."),
    ),
    Command(
        "meetings.handover", "h", "", N_("Print the handing over of the room's kit (BAST)"),
        N_("Writes a BAST with the kit of the meeting's room as PDF, its condition to be ticked by hand."),
    ),
    Command(
        "meetings.export", "w", "", N_("Write the month to a file"),
        N_("Writes the month's meetings as CSV, without passcodes."),
    ),
    Command(
        "meetings.import", "o", "",
        N_("Read meetings from a file"),
        N_("Reads CSV or XLSX: first shows what would be stored and every fault; stores only when told to."),
        "read_file",
    ),
    Command(
        "meetings.copy", "c", "", N_("Plan another meeting like this one"),
        N_("Opens the plan filled in from the meeting under the cursor."),
    ),
)  # fmt: skip
