"""`vcops sop`: the procedures in force, one in full, a new one, a file checked, the schema for an editor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vcops.cli.output import complain, document, say, tell
from vcops.cli.pages import list_pages
from vcops.cli.validating import validate
from vcops.locale import _, language
from vcops.operations import handbooks
from vcops.operations.editions import digest_of_procedure
from vcops.operations.workplace import Workplace
from vcops.wording.editions import left_out_text

if TYPE_CHECKING:
    from vcops.domain.people import PaperSize
    from vcops.domain.procedures import Procedure, Step

__all__ = ["sop"]


@click.group(help=_("Procedures: list, show, new, check, schema, print."))
def sop() -> None:
    """Group of the procedure commands."""


@sop.command("list", help=_("The procedures in force; the office's own are marked."))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def list_(workplace: Workplace, as_json: bool) -> None:
    """List the procedures."""
    found = handbooks.procedures(workplace)
    _warn(workplace)
    list_pages(workplace, "procedure", found, _facts, as_json=as_json)


def _facts(one: Procedure) -> dict[str, Any]:
    return {"version": one.version, "digest": digest_of_procedure(one), "steps": len(list(one.steps()))}


@sop.command(help=_("One procedure with its phases, steps and decisions."))
@click.argument("procedure_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def show(workplace: Workplace, procedure_id: str, as_json: bool) -> None:
    """Show a procedure."""
    found = handbooks.procedure(workplace, procedure_id)
    _tell_left_out(workplace, procedure_id)
    if as_json:
        document(found.model_dump(mode="json", by_alias=True, exclude_none=True))
        return
    _show_procedure(found)


@sop.command(help=_("A new procedure of the office's own: a commented file that can be walked at once."))
@click.argument("procedure_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def new(workplace: Workplace, procedure_id: str, as_json: bool) -> None:
    """Write the file of a new procedure."""
    from vcops.cli.new_page import write_new

    then = _("Write your SOP into it, then check it with: vcops sop validate {file}")
    write_new(workplace, "procedure", procedure_id, then, as_json=as_json)


@sop.command("validate", help=_("Every fault of a file, with line, column and what was expected."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def validate_(workplace: Workplace, file: Path, as_json: bool) -> int:
    """Check a file of any kind."""
    return validate(workplace, file, "", as_json=as_json)


@sop.command(help=_("The JSON Schema of the handbook's files, for an editor that completes them."))
@click.option("--json", "as_json", is_flag=True, hidden=True)
def schema(as_json: bool) -> None:
    """Print the schema; it is JSON either way."""
    del as_json
    document(handbooks.schema())


@sop.command("print", help=_("A procedure as PDF in its official form (PermenPANRB 35/2012), or for the pocket."))
@click.argument("procedure_id", metavar="ID")
@click.option("--pdf", "file", metavar="FILE", type=click.Path(path_type=Path), required=True, help=_("write a PDF"))
@click.option("--paper", "size", type=click.Choice(("a4", "f4")), default="a4", help=_("size of the form's paper"))
@click.option("--pocket", is_flag=True, help=_("a checklist of one page instead, with boxes to tick"))
@click.pass_obj
def print_(workplace: Workplace, procedure_id: str, file: Path, size: PaperSize, pocket: bool) -> None:
    """Print a procedure."""
    from vcops.operations.papers import print_procedure

    print_procedure(workplace, procedure_id, file, size=size, pocket=pocket)
    _tell_left_out(workplace, procedure_id)
    tell(_("Written: {file}").format(file=file))


def _warn(workplace: Workplace) -> None:
    """Say which of the office's files were left out."""
    for fault in handbooks.faults(workplace):
        complain(fault, as_json=False)


def _tell_left_out(workplace: Workplace, procedure_id: str) -> None:
    """Say where the office's own file has a fault, so that what is shown or printed is the shipped one."""
    if fault := handbooks.left_out(workplace, "procedure", procedure_id):
        tell(f"vcops: {left_out_text(fault)}")


def _show_procedure(found: Procedure) -> None:
    speaking = language()
    say(found.title.said(speaking))
    if found.purpose:
        say(found.purpose.said(speaking))
    titles = {one.id: one.title.said(speaking) for one in found.executors}
    number = 0
    for phase in found.phases:
        say("")
        say(phase.title.said(speaking).upper())
        for step in phase.steps:
            number += 1
            say(_step_line(number, step, titles))
        if phase.gate:
            due = f"  {phase.gate.deadline}" if phase.gate.deadline else ""
            say("  ◇  " + _("Decision: {title}").format(title=phase.gate.title.said(speaking)) + due)


def _step_line(number: int, step: Step, titles: dict[str, str]) -> str:
    who = ", ".join(titles[one] for one in step.executors)
    notes = [step.deadline or "", "" if step.required else _("optional"), _("by condition") if step.conditional else ""]
    marks = "  ".join(one for one in notes if one)
    return f"  {number:>2}  {step.title.said(language())}  [{who}]  {marks}".rstrip()
