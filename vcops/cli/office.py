"""`vcops office`: the office's own facts."""

from __future__ import annotations

import click

from vcops.cli.forms import as_json, column_options, typed_texts
from vcops.cli.output import document, say, tell
from vcops.cli.shapes import plain_object
from vcops.cli.signatory import signatory
from vcops.domain.people import Office, zone_short
from vcops.locale import _
from vcops.operations import directory
from vcops.operations.workplace import Workplace
from vcops.wording.evidence import days_words, keeping_name

__all__ = ["office"]

_OFFICE = {
    "name": _("name of the office, as on its letterhead"),
    "address": _("address"),
    "place": _("town that stands before the date on papers"),
    "zone": _("WIB, WITA, WIT or a name such as Asia/Pontianak"),
    "measure_servers": _("servers to measure the connection against, separated by commas"),
    "platform": _("the platform most meetings use: zoom, teams, meet, ..."),
    "paper": _("what papers are printed on: A4 (default) or F4"),
    "snapshots": _("which camera checks leave a picture as evidence: off (default), empty-room or always"),
    "snapshot_days": _("after how many days such pictures are deleted (30)"),
}


@click.group(help=_("The office's own facts."))
def office() -> None:
    """The office."""


office.add_command(signatory)


@office.command("show", help=_("Show what is known of the office."))
@as_json
@click.pass_obj
def show(workplace: Workplace, as_json: bool) -> None:
    """Show the office."""
    _told(directory.office(workplace), as_json)


@office.command("set", help=_("Change the office: only what is named changes."))
@column_options(_OFFICE)
@as_json
@click.pass_obj
def set_office(workplace: Workplace, /, as_json: bool, **options: str | None) -> None:
    """Change the office."""
    texts = typed_texts(options)
    if not texts:
        raise click.UsageError(_("Say what to change, for instance: vcops office set --name NAME."))
    _told(directory.set_office(workplace, texts), as_json)


def _told(found: Office, shown_as_json: bool) -> None:
    if shown_as_json:
        document(plain_object(found))
        return
    if not found.name:
        tell(_("The office has no name yet. Give it one with: vcops office set --name NAME."))
    facts = (
        (_("Office"), found.name),
        (_("Address"), found.address),
        (_("Place"), found.place),
        (_("Zone"), f"{found.zone} ({zone_short(found.zone)})"),
        (_("Measured against"), ", ".join(found.measure_servers)),
        (_("Platform"), found.platform),
        (_("Paper"), found.paper.upper()),
        (_("Pictures kept"), f"{keeping_name(found.snapshots)}, {days_words(found.snapshot_days)}"),
    )
    for name, value in facts:
        if value:
            say(f"{name}: {value}")
