"""Opens the screens, or says why not. The faces do not know each other: the program is named, not imported."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from vcops.errors import InvalidInput
from vcops.locale import _
from vcops.operations.workplace import Workplace

__all__ = ["open_screens"]


def open_screens(workplace: Workplace) -> int:
    """Open the screens and return the exit status: 2 without a terminal, 1 after a crash.

    Raises InvalidInput for a key of config.toml whose command does not exist.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(
            "vcops: "
            + _(
                "The screens need a terminal, and there is none here; nothing was started. "
                "These need none: vcops meeting, vcops run, vcops check, vcops tally, vcops report (see vcops --help)."
            ),
            err=True,
        )
        return 2
    _check_keys(workplace)
    app = import_module("vcops.tui.app")
    status: int = app.run(workplace)
    if status == 1:
        click.echo(
            "vcops: "
            + _(
                "The screens ended because of a fault; everything confirmed before is stored. "
                "What happened stands in {log}; start again with: vcops."
            ).format(log=workplace.places.log_file),
            err=True,
        )
    return status


def _check_keys(workplace: Workplace) -> None:
    """Refuse a remapped key for a command that does not exist, naming the nearest that does."""
    remapped = workplace.settings.keys
    if not remapped:
        return
    from difflib import get_close_matches

    known = [one.id for one in import_module("vcops.tui.commands").all_commands()]
    for name in remapped:
        if name not in known:
            nearest = get_close_matches(name, known, n=1)
            raise InvalidInput(
                "config.unknown_command",
                file=str(workplace.places.config_file),
                key=name,
                nearest=nearest[0] if nearest else "today.plan",
            )
