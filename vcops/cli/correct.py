"""`vcops correct`: the reversing entry of a closed month, with what should have been there instead."""

from __future__ import annotations

import click

from vcops.cli.closing_shapes import corrected_object
from vcops.cli.forms import as_json as json_option
from vcops.cli.forms import column_options, typed_texts
from vcops.cli.meeting_forms import HELP
from vcops.cli.output import document, say
from vcops.domain.periods import month_text
from vcops.formats import month_name
from vcops.locale import _
from vcops.operations import corrections
from vcops.operations.workplace import Workplace
from vcops.wording.closing import month_said
from vcops.wording.meetings import said_of

__all__ = ["correct"]


@click.command(
    help=_(
        "Reverse a meeting of a closed month: an entry of today takes it out of that month's figures, under that "
        "month's tariff and year. With other options the meeting is entered again as it should have been, as a late "
        "entry."
    )
)
@click.argument("meeting_id", metavar="MEETING")
@click.option("--reason", required=True, metavar="TEXT", help=_("why; printed on both months"))
@column_options(HELP)
@json_option
@click.pass_obj
def correct(workplace: Workplace, /, meeting_id: str, reason: str, as_json: bool, **options: str | None) -> None:
    """Reverse a meeting."""
    done = corrections.correct(workplace, meeting_id, reason, typed_texts(options))
    if as_json:
        document(corrected_object(done))
        return
    booked = month_text(done.booked_day // 100)
    said = _("'{title}' is taken out of {month}, in an entry of {booked}: {reason}")
    say(
        said.format(
            title=done.meeting.title, month=month_said(done.belongs_to), booked=month_name(booked), reason=done.reason
        )
    )
    if done.replaced_by is not None:
        say(_("In its place: {meeting}").format(meeting=said_of(done.replaced_by)))
