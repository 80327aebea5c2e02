"""`vcops tariff`: rates for the avoided cost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vcops.cli.output import document, say, tell
from vcops.cli.validating import validate
from vcops.domain.adoptions import Adoption
from vcops.domain.periods import as_date
from vcops.errors import InvalidInput
from vcops.formats import number, read_day, rupiah, short_day
from vcops.locale import _, language
from vcops.operations import tariffs
from vcops.operations.workplace import Workplace
from vcops.wording.savings import eligibility_lines, own_per_name
from vcops.wording.terms import per_name, tariff_method_name

__all__ = ["tariff"]


@click.group(help=_("Rates for the avoided cost: without an adopted one no rupiah are reported."))
def tariff() -> None:
    """Group of the tariff commands."""


@tariff.command("list", help=_("The handbook's tariffs, and which the office has adopted."))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def list_(workplace: Workplace, as_json: bool) -> None:
    """List the tariffs."""
    found = tariffs.listing(workplace)
    if as_json:
        document([_line_object(one) for one in found])
        return
    for one in found:
        title = one.tariff.title.said(language())
        say(f"{one.tariff.id:<24} {title}  ({tariff_method_name(one.tariff.method)})")
        for adoption in one.adopted:
            say("    " + _held(adoption))
    if not any(one.in_force for one in found):
        tell(_("No tariff is in force. Adopt one with: vcops tariff adopt ID"))


@tariff.command(help=_("One tariff with its components and its basis."))
@click.argument("tariff_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def show(workplace: Workplace, tariff_id: str, as_json: bool) -> None:
    """Show a tariff."""
    found = tariffs.known(workplace, tariff_id)
    if as_json:
        document(found.model_dump(mode="json", exclude_none=True))
        return
    tongue = language()
    say(f"{found.title.said(tongue)} ({found.id})")
    say(_("Basis: {basis}").format(basis=found.basis.said(tongue)))
    say(_("Method: {method}").format(method=tariff_method_name(found.method)))
    for part in found.components:
        times = f" x {number(part.times)}" if part.times > 1 else ""
        where = f" ({', '.join(part.destinations)})" if part.destinations else ""
        say(f"  {part.title.said(tongue):<30} {rupiah(part.amount):>20}{times} / {per_name(part.per)}{where}")
    for missing in found.not_counted:
        say(f"  {missing.title.said(tongue):<30} " + _("not counted").rjust(20))
    if found.eligibility is not None:
        say(_("Who is entitled:"))
        for line in eligibility_lines(found):
            say("  " + line)
    if found.own_costs:
        say(_("Own cost:"))
    for own in found.own_costs:
        say(f"  {own.title.said(tongue):<30} {rupiah(own.amount):>20} / {own_per_name(own.per)}")


@tariff.command(help=_("A new tariff of the office's own: a commented file to type the regulation's figures into."))
@click.argument("tariff_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def new(workplace: Workplace, tariff_id: str, as_json: bool) -> None:
    """Write the file of a new tariff."""
    from vcops.cli.new_page import write_new

    then = _("Type the office's figures into it, then check it with: vcops tariff validate {file}")
    write_new(workplace, "tariff", tariff_id, then, as_json=as_json)


@tariff.command("validate", help=_("Every fault of a tariff's file, with line, column and what was expected."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def validate_(workplace: Workplace, file: Path, as_json: bool) -> int:
    """Check a tariff's file."""
    return validate(workplace, file, "tariff", as_json=as_json)


@tariff.command(help=_("Make a tariff the office's own from a day on; what was reported before stays."))
@click.argument("tariff_id", metavar="ID")
@click.option(
    "--from",
    "start",
    metavar="DAY",
    help=_("first day; default: 1 January of this year, or today where this year has one already"),
)
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def adopt(workplace: Workplace, tariff_id: str, start: str | None, as_json: bool) -> None:
    """Adopt a tariff."""
    try:
        day = read_day(start) if start is not None else None
    except ValueError as error:
        raise InvalidInput("tariff.bad_day", value=start) from error
    standing = tariffs.adopted_already(workplace, tariff_id, day)
    found = standing or tariffs.adopt(workplace, tariff_id, day)
    if standing:
        tell(_("{id} is adopted already; nothing was changed.").format(id=tariff_id))
    if as_json:
        document({"id": found.id, "tariff": found.tariff.id, **_days(found)})
    else:
        say(f"{found.tariff.id}: {_held(found)}")


def _line_object(one: tariffs.TariffLine) -> dict[str, Any]:
    return {
        "id": one.tariff.id,
        "title": one.tariff.title.said(language()),
        "method": one.tariff.method,
        "basis": one.tariff.basis.said(language()),
        "year": one.tariff.year,
        "example": one.tariff.example,
        "in_force": one.in_force,
        "adopted": [_days(adoption) for adoption in one.adopted],
    }


def _days(adoption: Adoption) -> dict[str, str | None]:
    return {
        "from": as_date(adoption.valid_from).isoformat(),
        "to": as_date(adoption.valid_to).isoformat() if adoption.valid_to is not None else None,
    }


def _held(adoption: Adoption) -> str:
    first = short_day(as_date(adoption.valid_from))
    if adoption.valid_to is None:
        return _("adopted from {first} on").format(first=first)
    return _("adopted from {first} to {last}").format(first=first, last=short_day(as_date(adoption.valid_to)))
