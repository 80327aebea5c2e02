"""What goes wrong at the first start and with the screens' keys."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "setup.zone": (
        N_("{value} is not a time zone of Indonesia; nothing was stored."),
        N_("Choose WIB, WITA or WIT."),
    ),
    "setup.server": (
        N_("{value} is not the address of a server; nothing was stored."),
        N_("Write it with https:// or http:// in front, or leave it empty."),
    ),
    "setup.no_amount": (
        N_("The typed tariff has no amount; nothing was stored."),
        N_("Type what travel or catering costs for a meeting, or choose 'none yet'."),
    ),
    "setup.amount_unused": (
        N_("An amount is typed, but the tariff is not 'typed below'; nothing was stored."),
        N_("Choose 'typed below', or empty travel and catering."),
    ),
    "setup.data_chosen": (
        N_("Where the data lie was chosen already, by an option or in config.toml; nothing was moved."),
        N_("Start without --home and --database to choose here."),
    ),
    "setup.data_in_use": (
        N_("The data folder {folder} already holds entries; nothing was moved."),
        N_("Keep it, or copy it with vcops db backup and restore it in the shared folder."),
    ),
    "setup.machine_wide": (
        N_("The shared folder {folder} cannot be written; nothing was stored."),
        N_("Let an administrator make it once, writable for everyone who works here, or choose your own folder."),
    ),
    "config.unknown_command": (
        N_("The configuration {file} gives a key to a command that does not exist: {key}."),
        N_("Did you mean: {nearest}? vcops keys lists them all."),
    ),
}
