"""`vcops report`: the printed month or a longer period, and one meeting's record: as text, as files, on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vcops.cli.output import document, say, tell
from vcops.cli.periods import period_of, period_options
from vcops.domain.periods import Period
from vcops.errors import InvalidInput
from vcops.locale import _
from vcops.operations import reports

if TYPE_CHECKING:
    from vcops.domain.people import PaperSize
    from vcops.domain.reports import MeetingReport, Report
    from vcops.operations.workplace import Workplace

__all__ = ["report"]

Command = TypeVar("Command", bound=Callable[..., Any])
Write = Callable[[Path], None]


def _deliveries(command: Command) -> Command:
    """Add what a report can be made into. Several may be asked for at once; the text where none is."""
    file = click.Path(path_type=Path)
    for option in (
        click.option("--json", "as_json", is_flag=True, help=_("print one JSON document")),
        click.option("--paper", type=click.Choice(["a4", "f4"]), help=_("paper of PDF and printer; else the office's")),
        click.option(
            "--print",
            "printer",
            metavar="PRINTER",
            help=_("print it; - for the system's own printer, and follow the job"),
        ),
        click.option("--text", "as_text", is_flag=True, help=_("print the text; the default where no file is named")),
        click.option("--csv", "sheet", metavar="FILE", type=file, help=_("write a sheet")),
        click.option("--xlsx", "book", metavar="FILE", type=file, help=_("write a workbook with live formulas")),
        click.option("--pdf", "pdf", metavar="FILE", type=file, help=_("write a PDF")),
        click.option(
            "--tariff", "tariff_id", metavar="ID", help=_("what if this tariff of the handbook were in force")
        ),
    ):
        command = option(command)
    return command


@click.group(help=_("The report of a period: letterhead, recaps, meetings, avoided cost, signature."))
def report() -> None:
    """Group of the report commands."""


@report.command(help=_("The report of a month: as text, PDF, workbook or sheet, or printed."))
@click.argument("month", metavar="YYYY-MM")
@_deliveries
@click.pass_obj
def month(workplace: Workplace, /, month: str, tariff_id: str | None, **wanted: Any) -> None:
    """Report a month."""
    _make_ready(wanted)
    _deliver(workplace, reports.month(workplace, month, tariff_id), **wanted)


@report.command(help=_("The report of several months, a quarter, a semester or a year, likewise."))
@period_options
@_deliveries
@click.pass_obj
def period(workplace: Workplace, /, tariff_id: str | None, **options: Any) -> None:
    """Report a longer period."""
    wanted = {name: options.pop(name) for name in ("pdf", "book", "sheet", "as_text", "printer", "paper", "as_json")}
    span: Period | None = period_of(options)
    if span is None:
        raise InvalidInput("period.needed")
    _make_ready(wanted)
    _deliver(workplace, reports.over(workplace, span, tariff_id), **wanted)


@report.command(help=_("The record of one meeting (berita acara): times, head counts, incidents, readiness."))
@click.argument("meeting_id", metavar="ID")
@click.option(
    "--bast",
    "handover",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("write a PDF that records the handing over of the room's kit (BAST)"),
)
@_deliveries
@click.pass_obj
def meeting(
    workplace: Workplace, /, meeting_id: str, tariff_id: str | None, handover: Path | None, **wanted: Any
) -> None:
    """Report a meeting."""
    from vcops.operations import papers

    made = reports.meeting(workplace, meeting_id, tariff_id)
    size = wanted["paper"]
    if handover is not None:
        _written(handover, partial(papers.print_handover, workplace, made, size=size))
    _deliver(workplace, made, **wanted, enough=handover is not None)


def _make_ready(wanted: dict[str, Any]) -> None:
    """Let the typesetter load while the report is put together."""
    if wanted["pdf"] or wanted["printer"] is not None:
        from vcops.operations import papers

        papers.make_ready()


def _deliver(
    workplace: Workplace,
    made: Report | MeetingReport,
    *,
    pdf: Path | None,
    book: Path | None,
    sheet: Path | None,
    as_text: bool,
    printer: str | None,
    paper: PaperSize | None,
    as_json: bool,
    enough: bool = False,
) -> None:
    """Make everything that was asked for, files first; `enough` says that something was made already."""
    files: list[tuple[Path | None, Write]] = [
        (pdf, partial(_pdf, workplace, made, paper)),
        (book, partial(reports.write_workbook, made)),
        (sheet, partial(reports.write_csv, made)),
    ]
    for path, write in files:
        if path is not None:
            _written(path, write)
    if printer is not None:
        size = paper or made.office.paper
        _print(workplace, made, partial(_pdf, workplace, made, size), "" if printer == "-" else printer, size)
    if as_json:
        document(_json(made))
    elif as_text or not (enough or pdf or book or sheet or printer is not None):
        say(reports.as_text(made).rstrip("\n"))


def _written(path: Path, write: Write) -> None:
    write(path)
    tell(_("Written: {file}").format(file=path))


def _pdf(workplace: Workplace, made: Report | MeetingReport, size: PaperSize | None, path: Path) -> None:
    from vcops.operations import papers

    papers.print_any(workplace, made, path, size=size)


def _json(made: Report | MeetingReport) -> dict[str, Any]:
    from vcops.cli.report_shapes import report_object

    return report_object(made)


def _print(workplace: Workplace, made: Report | MeetingReport, write: Write, printer: str, paper: PaperSize) -> None:
    """Print it and say on stderr what the printer says. Raises Unreachable where it stands or was given up."""
    from vcops.operations.printing import print_paper, settled
    from vcops.wording.printing import stage_words

    stage = None
    for stage in print_paper(workplace, write, reports.title_of(made), printer, paper=paper):
        tell(_("Printer: {said}").format(said=stage_words(stage)))
    if stage is not None:
        settled(stage, printer, stage_words(stage))
