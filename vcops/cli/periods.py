"""The options that name a period, shared by the tally and the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from vcops.domain.periods import Period
from vcops.errors import InvalidInput
from vcops.locale import _

__all__ = ["period_of", "period_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def period_options(command: Command) -> Command:
    """Add --month, --from, --to, --quarter, --semester and --year; `period_of` reads them."""
    for name, keyword, metavar, about in (
        ("--year", "year", "YYYY", _("a year")),
        ("--semester", "semester", "YYYY-S", _("a semester, 1 or 2")),
        ("--quarter", "quarter", "YYYY-Q", _("a quarter, 1 to 4")),
        ("--to", "last", "YYYY-MM", _("last month of the period")),
        ("--from", "first", "YYYY-MM", _("first month of the period")),
        ("--month", "month", "YYYY-MM", _("a month; the current one where no period is given")),
    ):
        command = click.option(name, keyword, metavar=metavar, help=about)(command)
    return command


def period_of(options: dict[str, str | None]) -> Period | None:
    """Return the period that the options name, taking them out; None where they name none. Raises InvalidInput."""
    said = {name: options.pop(name) for name in ("month", "quarter", "semester", "year")}
    first, last = options.pop("first"), options.pop("last")
    given = {name: text for name, text in said.items() if text is not None}
    if len(given) + (first is not None or last is not None) > 1:
        raise InvalidInput("period.several")
    if first is not None or last is not None:
        return Period.between(first or last or "", last or first or "")
    for name, text in given.items():
        reading: Callable[[str], Period] = getattr(Period, name)
        return reading(text)
    return None
