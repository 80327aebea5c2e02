"""`vcops tally`: meetings, people and avoided cost of a period."""

from __future__ import annotations

from typing import cast

import click

from vcops.cli.output import document, say
from vcops.cli.periods import period_of, period_options
from vcops.domain.tally import GROUPINGS, Grouping
from vcops.locale import _
from vcops.operations import reports, tallies
from vcops.operations.workplace import Workplace

__all__ = ["tally"]


@click.command(help=_("Meetings, people and avoided cost of a period; only ended meetings count."))
@period_options
@click.option("--by", type=click.Choice(GROUPINGS), help=_("one row for each of these"))
@click.option("--tariff", "tariff_id", metavar="ID", help=_("what if this tariff of the handbook were in force"))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def tally(workplace: Workplace, /, by: str | None, tariff_id: str | None, as_json: bool, **options: str | None) -> None:
    """Print a tally."""
    period = period_of(options) or tallies.current_month(workplace)
    found = tallies.tally(workplace, period, by=cast("Grouping | None", by), tariff_id=tariff_id)
    if as_json:
        document(found.as_json())
    else:
        say(reports.tally_as_text(found, what_if=tariff_id is not None).rstrip("\n"))
