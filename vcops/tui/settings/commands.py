"""The keys of Settings."""

from vcops.locale import N_
from vcops.tui.commands import Command

__all__ = ["COMMANDS"]

COMMANDS = (
    Command(
        "settings.change", "enter", N_("Change"), N_("Change this setting"), N_("Changes the line under the cursor."),
    ),
    Command(
        "settings.who", "w", N_("Who works"), N_("Say who works here"),
        N_("Says who works here from now on; the journal names them."),
    ),
    Command(
        "settings.office", "o", N_("Office"), N_("Change the office"),
        N_("Name, address, zone, servers, platform, paper."),
    ),
    Command(
        "settings.signatory", "s", N_("Signature"), N_("Say who acknowledges papers"),
        N_("Name, NIP, position, and whether Plt., Plh. or a.n.; the line above it is who made them."),
    ),
    Command(
        "settings.tariff", "t", N_("Tariff"), N_("Adopt or type a tariff"),
        N_("Adopts one of the handbook, or types the office's own."),
    ),
)  # fmt: skip
