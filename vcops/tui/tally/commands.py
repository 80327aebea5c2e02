"""The keys of Tally."""

from vcops.locale import N_
from vcops.tui.commands import Command

__all__ = ["COMMANDS", "SPANS"]

COMMANDS = (
    Command(
        "tally.open", "enter", N_("Open"), N_("Open the meetings behind a figure"),
        N_("Opens the row under the cursor, or all: its meetings, then one meeting's lines, rate and basis."),
    ),
    Command(
        "tally.group", "b", N_("Group"), N_("Group the rows by something else"),
        N_("Groups the rows by unit, room, month, kind, mode, platform, operator; B goes back."),
    ),
    Command(
        "tally.report", "p", N_("Report"), N_("Read the monthly report"),
        N_("Shows the period's report as it is printed; from there it is saved or printed."),
    ),
    Command(
        "tally.save", "s", N_("Save, print"), N_("Save or print the report of the period"),
        N_("Makes the report of the period in view into PDF, Excel, CSV or text, or sends it to a printer."),
    ),
    Command(
        "tally.tariff", "t", N_("Tariff"), N_("Adopt, type or try a tariff"),
        N_("Adopts one of the handbook's tariffs, types the office's own, or tries one for this view only."),
    ),
    Command(
        "tally.incomplete", "i", N_("Incomplete"), N_("List the meetings that lack something"),
        N_("Lists meetings without an end, a head count, a unit or an answer; Enter opens each to complete it."),
    ),
    Command(
        "tally.close", "x", N_("Close month"), N_("Close the month for ever"),
        N_("Lists what is incomplete, then closes the month: its figures stay, and a code is printed on the report."),
    ),
    Command(
        "tally.chart", "c", N_("Chart"), N_("Draw the months as bars"),
        N_("Draws the months as bars beside the same months a year earlier; Space changes what is drawn."),
    ),
    Command("tally.earlier", "left_square_bracket,left", "", N_("Go to the period before"), N_("The period before.")),
    Command("tally.later", "right_square_bracket,right", "", N_("Go to the next period"), N_("The next period.")),
    Command("tally.now", "full_stop", "", N_("Go to the current period"), N_("The period today lies in.")),
    Command("tally.month", "m", "", N_("Tally a month"), N_("Tallies one month."), "span('month')"),
    Command("tally.quarter", "q", "", N_("Tally a quarter"), N_("Tallies a quarter of a year."), "span('quarter')"),
    Command("tally.semester", "h", "", N_("Tally half a year"), N_("Tallies half a year."), "span('semester')"),
    Command("tally.year", "y", "", N_("Tally a year"), N_("Tallies a year."), "span('year')"),
    Command("tally.group-back", "B", "", "", N_("Groups the rows by what was before."), "group(-1)"),
)  # fmt: skip

SPANS = ("month", "quarter", "semester", "year")
"""The commands that choose how long a period is, shortest first."""
