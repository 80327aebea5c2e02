"""`vcops config` and `vcops keys`: where everything lies, what is in force, and which key does what."""

from __future__ import annotations

from dataclasses import asdict

import click

from vcops import locale
from vcops.cli.forms import as_json as json_option
from vcops.cli.output import document, say
from vcops.locale import _
from vcops.operations import databases
from vcops.operations.workplace import Workplace

__all__ = ["config"]


@click.command(help=_("Where everything lies, and the configuration in force."))
@json_option
@click.pass_obj
def config(workplace: Workplace, as_json: bool) -> None:
    """Print places and settings."""
    places = workplace.places
    found = {
        "config_file": str(places.config_file),
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
