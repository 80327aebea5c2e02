"""Options named like the columns they fill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click

__all__ = ["as_json", "column_options", "typed_texts"]

Command = TypeVar("Command", bound=Callable[..., Any])


def as_json(command: Command) -> Command:
    """Add `--json`."""
    from vcops.locale import _

    return click.option("--json", "as_json", is_flag=True, help=_("print one JSON document"))(command)


def column_options(columns: Mapping[str, str], *, needed: Iterable[str] = ()) -> Callable[[Command], Command]:
    """Add an option a column, `--count-method` for `count_method`, with its help text."""
    wanted = set(needed)

    def adding(command: Command) -> Command:
        for name, about in reversed(list(columns.items())):
            flag = "--" + name.replace("_", "-")
            command = click.option(flag, name, metavar="TEXT", required=name in wanted, help=about)(command)
        return command

    return adding


def typed_texts(options: Mapping[str, str | None]) -> dict[str, str]:
    """Return what was typed; an option that was left out changes nothing."""
    return {name: text for name, text in options.items() if text is not None}
