"""`vcops run compliance`: how well the procedure was kept, by room and month."""

from __future__ import annotations

from collections.abc import Sequence

import click

from vcops.cli.forms import as_json as json_option
from vcops.cli.output import document, say, tell
from vcops.cli.periods import period_of, period_options
from vcops.cli.table import table
from vcops.domain.compliance import RoomMonth, together
from vcops.domain.procedures import USUAL
from vcops.formats.numbers import number
from vcops.locale import _
from vcops.operations import directory, tallies
from vcops.operations.compliance import by_room_and_month
from vcops.operations.workplace import Workplace
from vcops.wording.compliance import headings, share_words, slowest, time_words

__all__ = ["compliance"]


@click.command(
    help=_("How well the procedure was kept, by room and month: in time, right at once, decided with a note.")
)
@period_options
@click.option("--room", help=_("name or id of the room"))
@click.option("--procedure", default=USUAL, metavar="ID", help=_("the procedure that was walked"))
@json_option
@click.pass_obj
def compliance(workplace: Workplace, /, room: str | None, procedure: str, as_json: bool, **options: str | None) -> None:
    """Print the figures of a period."""
    room_id = directory.room(workplace, room).id if room else None
    period = period_of(options) or tallies.current_month(workplace)
    found = by_room_and_month(workplace, period, room_id, procedure_id=procedure)
    if as_json:
        document([{"id": f"{one.room}/{one.month}", "room": one.room or None, "month": one.month}
                  | one.figures.as_json() for one in found])  # fmt: skip
    elif found:
        _print(found)
    else:
        tell(_("Nothing was walked in this period."))


def _print(found: Sequence[RoomMonth]) -> None:
    month, walks, in_time, right, overridden = headings()
    rows = [(one.room or "-", one.month, number(one.figures.runs), *share_words(one.figures)) for one in found]
    say(table((_("room"), month, walks, in_time, right, overridden), rows, right=(2, 3, 4, 5)))
    if late := slowest(together(one.figures for one in found)):
        say("\n" + _("Longer than the standard"))
        for one in late:
            say(f"  {time_words(one)}")
