"""`vcops standard`: what the office asks of a camera, a connection, a platform, a room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vcops.cli.output import document, say
from vcops.cli.pages import list_pages
from vcops.cli.validating import validate
from vcops.domain.metrics import METRICS
from vcops.domain.standards import ResolvedStandard, Standard, bound_text
from vcops.locale import _, language
from vcops.operations import directory, handbooks
from vcops.operations.demands import demanded
from vcops.operations.workplace import Workplace
from vcops.wording.findings import needs_words

__all__ = ["standard"]


@click.group(help=_("What the office asks of a room."))
def standard() -> None:
    """Group of the standard commands."""


@standard.command("list", help=_("The standards in force; the office's own are marked."))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def list_(workplace: Workplace, as_json: bool) -> None:
    """List the standards."""
    list_pages(workplace, "standard", handbooks.standards(workplace), _facts, as_json=as_json)


def _facts(one: Standard) -> dict[str, Any]:
    return {"instrument": one.instrument, "requirements": len(one.requirements)}


@standard.command(help=_("One standard with its bounds and where they come from."))
@click.argument("standard_id", metavar="ID")
@click.option("--platform", default="", metavar="ID", help=_("meeting platform whose figures and addresses count"))
@click.option("--quality", default="", metavar="ID", help=_("size of the picture: 360p, 720p (default), 1080p"))
@click.option("--participants", type=int, metavar="N", help=_("how many take part; 10 where nobody says"))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def show(
    workplace: Workplace, standard_id: str, platform: str, quality: str, participants: int | None, as_json: bool
) -> None:
    """Show a standard, with numbers for what follows from the meeting."""
    needs = demanded(workplace, platform or directory.office(workplace).platform, quality, participants)
    found = handbooks.standard(workplace, standard_id).resolved(needs)
    if as_json:
        document(found.model_dump(mode="json", by_alias=True, exclude_none=True))
        return
    say(found.title.said(language()))
    if found.about:
        say(found.about.said(language()))
    if isinstance(found, ResolvedStandard):
        say(_("Reckoned for: {meeting}").format(meeting=needs_words(found.needs)))
    say("")
    for one in found.requirements:
        metric = METRICS[one.metric]
        warn = bound_text(metric, one.warn) if one.warn is not None else ""
        needed = "" if one.required is True else _("if measured") if one.required else _("optional")
        say(f"{one.metric:<24} {bound_text(metric, one.pass_):<14} {warn:<14} {metric.unit:<6} {needed}".rstrip())
        say("    " + _("Source: {source}").format(source=one.source))


@standard.command("validate", help=_("Every fault of a standard's file, with line, column and what was expected."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
@click.pass_obj
def validate_(workplace: Workplace, file: Path, as_json: bool) -> int:
    """Check a standard's file."""
    return validate(workplace, file, "standard", as_json=as_json)
