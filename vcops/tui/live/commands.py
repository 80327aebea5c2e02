"""The keys of Live."""

from vcops.locale import N_
from vcops.tui.commands import Command

__all__ = ["COMMANDS"]

COMMANDS = (
    Command(
        "live.still-running", "y", N_("Still running"), N_("Say that the meeting still runs"),
        N_("Answers the question that comes half an hour past the planned end; it is asked again half an hour later."),
    ),
    Command(
        "live.count", "c", N_("Count"), N_("Count the people"),
        N_("Counts the people at this moment: online, in the room, and how it was counted."),
    ),
    Command(
        "live.recovered", "r", N_("Recovered"), N_("The incident is over"),
        N_("Stops the incident's stopwatch now; what was done about it can follow."),
    ),
    Command(
        "live.incident", "i", N_("Incident"), N_("Note an incident"),
        N_("Stamps an incident now and starts its stopwatch; the words can follow or stay away."),
    ),
    Command("live.end", "e", N_("End"), N_("End the meeting"), N_("Ends the meeting now. Undo takes it back.")),
    Command(
        "live.start", "s", N_("Start"), N_("Start a meeting"),
        N_("Starts a planned meeting, or a new one that nobody planned, at the moment of the key."),
    ),
    Command(
        "live.undo", "u", N_("Undo"), N_("Undo the last stamp"),
        N_("Takes the last stamp of this meeting back, the end included, and says which it was."),
    ),
    Command(
        "live.earlier", "minus", "", N_("Move the last stamp a minute earlier"),
        N_("Moves the last stamp of this meeting a minute earlier."), "shift(-1)",
    ),
    Command(
        "live.later", "plus,equals_sign", "", N_("Move the last stamp a minute later"),
        N_("Moves the last stamp of this meeting a minute later."), "shift(1)",
    ),
    Command(
        "live.move", "z", "", N_("Move the last stamp by minutes"),
        N_("Asks by how many minutes the last stamp is moved."),
    ),
    Command(
        "live.words", "w", "", N_("Describe the last incident"),
        N_("Writes down what the last incident was and what was done."),
    ),
    Command("live.edit", "t", "", N_("Edit the meeting"), N_("Changes title, unit, room and planned end.")),
    Command("live.details", "d", "", N_("Show all about the meeting"), N_("Shows every count, incident and field.")),
)  # fmt: skip
