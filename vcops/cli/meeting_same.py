"""`vcops meeting same`: two rooms' entries of one meeting, which then counts once."""

from __future__ import annotations

import click

from vcops.cli.forms import as_json
from vcops.cli.meeting_forms import tell_of
from vcops.errors import InvalidInput
from vcops.locale import _
from vcops.operations import same_meeting
from vcops.operations.workplace import Workplace

__all__ = ["same"]


@click.command(
    help=_("Let entry ID count with OTHER, another room's entry of the same meeting; --apart takes it back.")
)
@click.argument("meeting_id", metavar="ID")
@click.argument("other", metavar="OTHER", required=False)
@click.option("--apart", is_flag=True, help=_("let it count by itself again"))
@as_json
@click.pass_obj
def same(workplace: Workplace, meeting_id: str, other: str | None, apart: bool, as_json: bool) -> None:
    """Join two entries, or part them."""
    if apart == (other is not None):
        raise InvalidInput("meeting.same_or_apart")
    made = same_meeting.join(workplace, meeting_id, other) if other else same_meeting.part(workplace, meeting_id)
    tell_of(made, as_json)
