"""What goes wrong with this machine's configuration."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "config.unreadable": (
        N_("The configuration {file} cannot be read: {said}."),
        N_("Check its permissions."),
    ),
    "config.not_toml": (
        N_("The configuration {file} is not valid TOML: {said}."),
        N_("Correct that line, or rename the file to start without it."),
    ),
    "config.unknown_key": (
        N_("The configuration {file} has an unknown key: {key}."),
        N_("Did you mean: {nearest}?"),
    ),
    "config.wrong_type": (
        N_("In the configuration {file}, {key} has the wrong form."),
        N_("Write it like this: {key} = {expected}"),
    ),
}
