"""The keys of Prepare: first those of the list, then those of a walk."""

from vcops.locale import N_
from vcops.tui.commands import Command, key_name

__all__ = ["CHOOSE", "COMMANDS", "ENTRY", "GROUPS", "WALK", "key_of"]

ENTRY = (
    Command(
        "prepare.open",
        "enter",
        N_("Open"),
        "",
        N_("Opens the walk of the line, or takes it up where it stood. A new one begins with the first answer."),
    ),
    Command(
        "prepare.plan",
        "n",
        N_("Plan"),
        N_("Plan a meeting"),
        N_("Plans a meeting, so that there is something to prepare."),
    ),
    Command(
        "prepare.other",
        "p",
        N_("Procedure"),
        N_("Walk another procedure"),
        N_("Picks another procedure, the office's own first, and walks it for the line under the cursor."),
    ),
    Command(
        "prepare.kept",
        "c",
        N_("Kept?"),
        N_("How well the procedure was kept"),
        N_(
            "Each room's last months: done in time, right at once, decided with a note, and the steps that take too"
            " long."
        ),
    ),
)
"""In the list of what can be prepared."""

CHOOSE = Command(
    "prepare.choose", "enter,right", N_("Choose"), "", N_("At the decision: goes to the step in the way, or decides.")
)
"""Bound by the list of the decision itself."""

WALK = (
    CHOOSE,
    Command(
        "prepare.cancel-check",
        "x",
        N_("Cancel the check"),
        N_("Cancel the running check"),
        N_(
            "Ends the measuring of the step one looks at, elsewhere all of it. What was read so far is kept and does"
            " not count; Esc does the same."
        ),
    ),
    Command(
        "prepare.do",
        "enter,space",
        N_("Do"),
        N_("Do this step"),
        N_(
            "Confirms the step, starts its measurement, or asks for what is to be recorded;"
            " then goes to the next open step."
        ),
    ),
    Command(
        "prepare.readings",
        "enter,space",
        N_("Readings"),
        N_("Every reading of this step"),
        N_("On a step that was measured: every reading, and how it was made. Enter there goes on where it passed."),
    ),
    Command(
        "prepare.onward",
        "n",
        N_("Next"),
        N_("Go on to the next open step"),
        N_("On a step that was measured: goes to the next open one, also where the measurement did not pass."),
    ),
    Command(
        "prepare.next",
        "enter,space",
        N_("Next"),
        "",
        N_("On a step that is answered: goes to the next open one."),
    ),
    Command(
        "prepare.again",
        "r",
        N_("Again"),
        N_("Do this step again"),
        N_("Answers or measures a step once more that is done already. Every attempt is kept."),
    ),
    Command(
        "prepare.look",
        "v",
        N_("Look"),
        N_("Look through the camera"),
        N_(
            "On a camera's step: shows what it sees, to frame and to focus it; once more shows the room's next camera."
            " Nothing is measured or stored."
        ),
    ),
    Command(
        "prepare.white-sheet",
        "w",
        N_("White sheet"),
        N_("Check the colours with a white sheet"),
        N_("While a camera is looked through or measured: shows the box into which a white sheet is held."),
    ),
    Command(
        "prepare.fail",
        "f",
        N_("Failed"),
        N_("This step failed"),
        N_("Records that the step failed, and why. The decision waits for it."),
    ),
    Command(
        "prepare.skip",
        "s",
        N_("Skip"),
        N_("Skip this step"),
        N_("Skips the step with a reason. A required step that was skipped holds the decision up."),
    ),
    Command(
        "prepare.measure-all",
        "a",
        N_("Measure all"),
        N_("Make every automatic check of this phase"),
        N_(
            "Measures what this phase has to measure and is not met yet: side by side where that disturbs nothing, the"
            " link alone and last. What needs a voice begins at its own step."
        ),
    ),
    Command(
        "prepare.gate",
        "g",
        N_("Decision"),
        N_("Go to the decision"),
        N_("Shows what stands in the way, worst first, and takes the decision."),
    ),
    Command(
        "prepare.history",
        "h",
        N_("History"),
        N_("What this link measured before"),
        N_("On a step that measures a link: its figures over time, the same hour last week, and their trend."),
    ),
    Command(
        "prepare.playback",
        "p",
        N_("Hear yourself"),
        N_("Record three seconds and play them back"),
        N_("On a step with sound: speak for three seconds and hear it from the loudspeaker. Nothing of it is kept."),
    ),
    Command(
        "prepare.note", "n", "", N_("Confirm this step with a note"), N_("Confirms the step and keeps a note with it.")
    ),
    Command(
        "prepare.undo",
        "u",
        "",
        N_("Undo the last answer"),
        N_("Takes your newest answer in this walk back; where you have none, the newest. It stays among the attempts."),
    ),
    Command(
        "prepare.attach",
        "e",
        "",
        N_("Attach a file or a photo to this step"),
        N_("Keeps path, size and SHA-256 of a file that shows that the step was done; the file stays where it is."),
    ),
    Command(
        "prepare.executor",
        "o",
        "",
        N_("Name who carries out this walk"),
        N_("Every answer is signed with this name from now on. It is remembered for this walk."),
    ),
    Command(
        "prepare.source",
        "c",
        "",
        N_("Choose the room's camera or server, or the sound devices"),
        N_("Names the camera or the server this room is measured with, or this machine's microphone and loudspeaker."),
    ),
    Command(
        "prepare.print",
        "b",
        "",
        N_("Print the record of this walk"),
        N_("Writes every step with its result, its readings and the decision as PDF."),
    ),
    Command("prepare.scroll-down", "J,ctrl+d", "", "", N_("Scrolls the text on the right down.")),
    Command("prepare.scroll-up", "K,ctrl+u", "", "", N_("Scrolls the text on the right up.")),
    Command(
        "prepare.leave",
        "left,backspace",
        "",
        N_("Back to the list"),
        N_("Back to the list of what can be prepared. A running check goes on."),
    ),
)
"""In a walk, as an open step needs them: a footer of 80 columns has room for the first four that work."""

GROUPS = ((N_("In the list of what can be prepared"), ENTRY), (N_("In a walk"), WALK))
"""For the help: some keys mean one thing in the list and another in a walk."""

COMMANDS = (*ENTRY, *WALK)


def key_of(name: str) -> str:
    """Return the first key of a command of this place, `source` say, as people write it."""
    return next(key_name(one.key) for one in COMMANDS if one.id == f"prepare.{name}")
