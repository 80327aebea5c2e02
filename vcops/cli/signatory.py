"""`vcops office signatory`: who signs the office's papers, and in which capacity."""

from __future__ import annotations

import click

from vcops.cli.forms import as_json, column_options, typed_texts
from vcops.cli.output import document, say, tell
from vcops.cli.report_shapes import signatory_object
from vcops.cli.table import table
from vcops.domain.people import nip_doubt
from vcops.domain.signatories import PARTS
from vcops.locale import _
from vcops.operations import signatories
from vcops.operations.workplace import Workplace
from vcops.wording.signatories import part_name

__all__ = ["signatory"]

_COLUMNS = {
    "name": _("name, as it stands below the signature"),
    "nip": _("NIP; left out, that of the staff member of this name"),
    "position": _("position, likewise"),
    "capacity": _("plt, plh or an (a.n.); left out, in the own capacity"),
    "principal": _("for a.n.: the position that is signed for"),
}


@click.group(help=_("Who signs the office's papers: made by, acknowledged by."))
def signatory() -> None:
    """Signatories."""


@signatory.command("list", help=_("List who was set to sign."))
@as_json
@click.pass_obj
def list_signatories(workplace: Workplace, as_json: bool) -> None:
    """List the signatories."""
    found = signatories.listing(workplace)
    if as_json:
        document([signatory_object(one) for one in found])
    elif found:
        cells = [(part_name(one.part), one.name, one.nip, "; ".join(one.titles)) for one in found]
        say(table((_("Place"), _("Name"), _("NIP"), _("Position")), cells))
    else:
        tell(_("Nobody was set. Set somebody with: vcops office signatory set acknowledged --name NAME."))


@signatory.command("set", help=_("Set who signs there: only what is named changes."))
@click.argument("part", type=click.Choice(PARTS))
@column_options(_COLUMNS)
@as_json
@click.pass_obj
def set_signatory(workplace: Workplace, /, part: str, as_json: bool, **options: str | None) -> None:
    """Set a signatory."""
    texts = typed_texts(options)
    if not texts:
        raise click.UsageError(_("Say what to change, for instance: --name NAME."))
    made = signatories.put(workplace, part, texts)
    if nip_doubt(made.nip):
        tell(_("The NIP {nip} does not look like one (18 digits); it was stored as typed.").format(nip=made.nip))
    if as_json:
        document(signatory_object(made))
    else:
        say(f"{part_name(made.part)}: {'; '.join((*made.titles, made.name))}")


@signatory.command("clear", help=_("Let nobody be set there."))
@click.argument("part", type=click.Choice(PARTS))
@click.pass_obj
def clear_signatory(workplace: Workplace, part: str) -> None:
    """Clear a signatory."""
    signatories.clear(workplace, part)
    tell(_("Nobody is set there now."))
