"""Opens the screens, or says why not. The faces do not know each other: the program is named, not imported."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from vcops.locale import _
from vcops.operations.workplace import Workplace

__all__ = ["open_screens"]


def open_screens(workplace: Workplace) -> int:
    """Open the screens and return the exit status: 2 without a terminal, 1 after a crash. Raises InvalidInput."""
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
