"""`vcops config` and `vcops keys`: where everything lies, what is in force, and which key does what."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from typing import Any

import click

from vcops import locale
from vcops.cli.forms import as_json as json_option
from vcops.cli.output import document, say
from vcops.domain.addresses import redacted
from vcops.domain.measure_servers import server_shown
from vcops.locale import _
from vcops.operations import databases
from vcops.operations.workplace import Workplace

__all__ = ["config", "keys"]


@click.command(help=_("Where everything lies, and the configuration in force."))
@json_option
@click.pass_obj
def config(workplace: Workplace, as_json: bool) -> None:
    """Print places and settings."""
    places = workplace.places
    found = {
        "config_file": str(places.config_file),
        "secrets_file": str(places.secrets_file),
        "data": str(places.data),
        "database": databases.place(workplace),
        "handbook": str(workplace.handbook_folder),
        "state": str(places.state),
        "log": str(places.log_file),
        "language": locale.language(),
        "who": workplace.who,
    }
    settings = asdict(workplace.settings)
    settings.pop("database")  # told above, without its password
    settings = {name: _shown(name, value) for name, value in settings.items()}
    if as_json:
        document(found | {"config_file_exists": places.config_file.exists(), "settings": settings})
        return
    width = max(len(name) for name in found)
    for name, value in found.items():
        say(f"{name:<{width}}  {value}")
    for name, value in settings.items():
        if value:
            say(f"{'config.toml: ' + name}  {value}")
    if not places.config_file.exists():
        say(_("There is no configuration file: everything is as it comes."))


def _shown(name: str, value: Any) -> Any:
    """Return a setting without the passwords in its addresses."""
    if isinstance(value, str):
        return redacted(value)
    shown = server_shown if name == "servers" else redacted
    return tuple(shown(one) for one in value) if isinstance(value, tuple) else value


@click.command(help=_("The keys of the screens as a [keys] table for config.toml, to copy and change."))
@json_option
@click.pass_obj
def keys(workplace: Workplace, as_json: bool) -> None:
    """Print the keys."""
    remapped = workplace.settings.keys
    # The faces do not know each other: the table of keys is named, not imported.
    commands = [one for one in import_module("vcops.tui.commands").all_commands() if one.key]
    if as_json:
        shown = [(one.id, remapped.get(one.id, one.key), one.palette or one.help or one.footer) for one in commands]
        document([{"id": name, "key": key, "does": _(about)} for name, key, about in shown])
        return
    say("[keys]")
    for one in commands:
        line = f'"{one.id}" = "{remapped.get(one.id, one.key)}"'
        say(f"{line:<44} # {_(one.palette or one.help or one.footer)}")
