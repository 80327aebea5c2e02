"""`vcops report`: the printed month as text or CSV, and the record of one meeting."""

from __future__ import annotations

from pathlib import Path

import click

from vcops.cli.output import say, tell
from vcops.domain.periods import Period
from vcops.domain.reports import Report
from vcops.locale import _
from vcops.operations import reports
from vcops.operations.workplace import Workplace

__all__ = ["report"]


@click.group(help=_("The report of a period: letterhead, recaps, meetings, avoided cost, signature."))
def report() -> None:
    """Group of the report commands."""


@report.command(help=_("The report of a month, as text; with --csv as a sheet."))
@click.argument("month", metavar="YYYY-MM")
@click.option("--tariff", "tariff_id", metavar="ID", help=_("what if this tariff of the handbook were in force"))
@click.option("--csv", "sheet", metavar="FILE", type=click.Path(path_type=Path), help=_("write a sheet"))
@click.option("--text", "as_text", is_flag=True, help=_("print the text; the default where no file is named"))
@click.pass_obj
def month(workplace: Workplace, month: str, tariff_id: str | None, sheet: Path | None, as_text: bool) -> None:
    """Report a month."""
    _deliver(reports.month(workplace, month, tariff_id), sheet, as_text=as_text)


@report.command(help=_("The report of several months, as text; with --csv as a sheet."))
@click.option("--from", "first", metavar="YYYY-MM", required=True, help=_("first month of the period"))
@click.option("--to", "last", metavar="YYYY-MM", required=True, help=_("last month of the period"))
@click.option("--tariff", "tariff_id", metavar="ID", help=_("what if this tariff of the handbook were in force"))
@click.option("--csv", "sheet", metavar="FILE", type=click.Path(path_type=Path), help=_("write a sheet"))
@click.option("--text", "as_text", is_flag=True, help=_("print the text; the default where no file is named"))
@click.pass_obj
def period(
    workplace: Workplace, first: str, last: str, tariff_id: str | None, sheet: Path | None, as_text: bool
) -> None:
    """Report a longer period."""
    _deliver(reports.over(workplace, Period.between(first, last), tariff_id), sheet, as_text=as_text)


@report.command(help=_("The record of one meeting (berita acara): times, head counts, incidents, readiness."))
@click.argument("meeting_id", metavar="ID")
@click.option("--tariff", "tariff_id", metavar="ID", help=_("what if this tariff of the handbook were in force"))
@click.option("--pdf", "file", metavar="FILE", type=click.Path(path_type=Path), help=_("write a PDF"))
@click.option(
    "--bast",
    "handover",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("write a PDF that records the handing over of the room's kit (BAST)"),
)
@click.option("--text", "as_text", is_flag=True, help=_("print the text; the default where no file is named"))
@click.pass_obj
def meeting(
    workplace: Workplace,
    meeting_id: str,
    tariff_id: str | None,
    file: Path | None,
    handover: Path | None,
    as_text: bool,
) -> None:
    """Report a meeting."""
    from vcops.operations import papers

    made = reports.meeting(workplace, meeting_id, tariff_id)
    for path, write in ((file, papers.print_meeting), (handover, papers.print_handover)):
        if path is not None:
            write(workplace, made, path)
            tell(_("Written: {file}").format(file=path))
    if as_text or (file is None and handover is None):
        say(reports.meeting_as_text(made).rstrip("\n"))


def _deliver(made: Report, sheet: Path | None, *, as_text: bool) -> None:
    if sheet is not None:
        reports.write_csv(made, sheet)
        tell(_("Written: {file}").format(file=sheet))
    if as_text or sheet is None:
        say(reports.as_text(made).rstrip("\n"))
