"""`vcops meeting import` and `vcops meeting export`: sheets of meetings in and out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from vcops.cli.output import complain, document, error_object, say, tell
from vcops.domain.exchange import ImportFault, ImportResult
from vcops.domain.periods import Period
from vcops.errors import InvalidInput
from vcops.formats import number
from vcops.locale import _
from vcops.operations import exchange
from vcops.operations.workplace import Workplace
from vcops.wording.errors import explain
from vcops.wording.terms import grouping_name

__all__ = ["export_command", "import_command"]

_SHOWN = 200
"""Faults listed on the screen; --json lists all."""


@click.command("import", help=_("Store the meetings of a CSV or XLSX file: all rows or none."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--map", "names", metavar="THEIRS=OURS", multiple=True, help=_("what a heading of the file means here"))
@click.option("--dry-run", is_flag=True, help=_("store nothing, list every fault"))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def import_command(workplace: Workplace, file: Path, names: Sequence[str], dry_run: bool, as_json: bool) -> int:
    """Import a sheet."""
    error: InvalidInput | None = None
    try:
        result = exchange.import_meetings(workplace, file, names=_names(names), dry_run=dry_run)
    except exchange.ImportFaults as faults:
        error, result = faults, faults.result
    if result.faults and error is None:
        error = exchange.ImportFaults(result)
    if as_json:
        shown: dict[str, Any] = result.as_json() | {"faults": [_fault_object(one) for one in result.faults]}
        document(shown | ({"error": error_object(error)} if error else {}))
    else:
        _tell_result(result)
    return complain(error, as_json=False) if error else 0


@click.command("export", help=_("Write meetings as CSV that an import reads back; passcodes stay out."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "first", metavar="YYYY-MM", help=_("first month of the period"))
@click.option("--to", "last", metavar="YYYY-MM", help=_("last month of the period"))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def export_command(workplace: Workplace, file: Path, first: str | None, last: str | None, as_json: bool) -> None:
    """Export meetings."""
    chosen = first or last
    period = Period.between(first or chosen or "", last or chosen or "") if chosen else None
    written = exchange.export_meetings(workplace, file, period)
    if as_json:
        document({"file": str(file), "meetings": written})
    else:
        say(_("{number} meetings written to {file}.").format(number=number(written), file=file))


def _names(pairs: Sequence[str]) -> dict[str, str]:
    names = {}
    for pair in pairs:
        theirs, equals, ours = pair.rpartition("=")
        if not equals or not theirs.strip() or not ours.strip():
            raise InvalidInput("import.map_form", value=pair)
        names[theirs] = ours
    return names


def _tell_result(result: ImportResult) -> None:
    if result.encoding == "Windows-1252":
        tell(_("The file is not UTF-8; it was read as Windows-1252. Check accents and quotation marks."))
    if result.unknown_columns:
        tell(_("Columns left aside: {names}. Use --map to name them.").format(names=", ".join(result.unknown_columns)))
    for fault in result.faults[:_SHOWN]:
        tell(_fault_text(fault))
    if len(result.faults) > _SHOWN:
        tell(_("... and {number} more.").format(number=number(len(result.faults) - _SHOWN)))
    for near in result.near:
        tell(
            _("New {column} '{new}' is very like '{known}': a typing error?").format(
                column=grouping_name(near.column).lower(), new=near.new, known=near.known
            )
        )
    if result.repeats:
        tell(_("{number} rows repeat another; each counts as a meeting.").format(number=number(result.repeats)))
    if not result.faults:
        _say_stored(result)


def _say_stored(result: ImportResult) -> None:
    if result.dry_run:
        fresh = result.rows - result.already_there
        say(_("No faults; {number} rows would be stored. Nothing was stored.").format(number=number(fresh)))
    else:
        say(_("{number} meetings stored.").format(number=number(result.stored)))
    if result.already_there:
        say(_("{number} rows were there already.").format(number=number(result.already_there)))
    for title, names in ((_("New units"), result.new_units), (_("New rooms"), result.new_rooms)):
        if names:
            say(f"{title}: {', '.join(names)}")


def _fault_text(fault: ImportFault) -> str:
    said = explain(fault.error.code, {**fault.error.params, "column": fault.heading})
    if said.message.startswith(f"{fault.heading}:"):  # it names its column itself
        return _("line {line}, {message}").format(line=fault.line, message=said.message)
    return _("line {line}, {column}: {message}").format(line=fault.line, column=fault.heading, message=said.message)


def _fault_object(fault: ImportFault) -> dict[str, Any]:
    place = {"line": fault.line, "column": fault.heading, "value": fault.error.params.get("value")}
    return place | error_object(fault.error)
