"""The report of a period made into a file, or given to a printer and followed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.locale import N_, _
from vcops.operations import printing, reports
from vcops.tui.dialogs.pick import PickDialog
from vcops.tui.dialogs.saving import save_file
from vcops.wording.printing import stage_words
from vcops.wording.terms import period_name

if TYPE_CHECKING:
    from vcops.domain.reports import Report
    from vcops.operations.workplace import Workplace
    from vcops.tui.app import VcopsApp
    from vcops.tui.tally.view import View

__all__ = ["chosen_printer", "file_name", "print_report", "save_report", "ways"]

PRINTER = "printer"
_WAYS = (
    ("xlsx", N_("Excel, with live formulas")),
    ("csv", N_("CSV")),
    ("txt", N_("Plain text")),
    (PRINTER, N_("On a printer")),
)


async def ways(app: VcopsApp, view: View) -> str | None:
    """Ask what the report is made into: a file's ending, or `printer`."""
    title = _("Report: {period}").format(period=period_name(view.period))
    if view.what_if:
        pdf = _("PDF, marked as a what-if")
    elif await app.in_store(_is_closed, view):
        pdf = _("PDF, ready to be signed")
    else:
        pdf = _("PDF, marked as a draft until the month is closed")
    choices = [("pdf", pdf), *((way, _(label)) for way, label in _WAYS)]
    return await app.ask(PickDialog(title, choices, value="pdf"))


def _is_closed(workplace: Workplace, view: View) -> bool:
    from vcops.operations.closing import seal

    return seal(workplace, view.period).whole


async def save_report(app: VcopsApp, view: View, ending: str) -> None:
    """Ask for the file and write it."""

    async def written(path: Path) -> None:
        await app.in_store(_write, view, ending, path)

    detail = _("Not signed: the signature is put on by hand, or by the office's certified tool.")
    if answer := await save_file(app, _("Save the report"), file_name(view, ending), written, detail):
        app.say(_("Written: {file}").format(file=answer[0]))


async def chosen_printer(app: VcopsApp) -> str | None:
    """Return the printer to print on; empty for the system's own, None where the question was left."""
    names, usual = await asyncio.to_thread(_printers)
    if len(names) < 2:
        return names[0] if names else ""
    listed = [(one, one) for one in names]
    return await app.ask(PickDialog(_("Which printer?"), listed, value=usual or names[0]))


async def print_report(app: VcopsApp, view: View, printer: str) -> None:
    """Print the report and say what the printer says, until it is printed or stands. Raises VcopsError."""
    app.say(_("Sending to the printer …"))
    report = await app.in_store(_read, view)
    stages = printing.print_paper(
        app.workplace, _writer(app.workplace, report), reports.title_of(report), printer, paper=report.office.paper
    )
    stage = None
    while (one := await asyncio.to_thread(next, stages, None)) is not None:
        stage = one
        app.say(_("Printer: {said}").format(said=stage_words(stage)))
    if stage is not None:
        printing.settled(stage, printer, stage_words(stage))


def file_name(view: View, ending: str) -> str:
    """Return `vcops-2026-11.pdf`, or with both months where there are several."""
    period = view.period
    months = period.first if period.first == period.last else f"{period.first}-{period.last}"
    return f"vcops-{months}.{ending}"


def _printers() -> tuple[list[str], str]:
    return printing.printers(), printing.usual_printer()


def _read(workplace: Workplace, view: View) -> Report:
    return reports.over(workplace, view.period, view.what_if or None)


def _writer(workplace: Workplace, report: Report) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        from vcops.operations import papers

        papers.print_report(workplace, report, path)

    return write


def _write(workplace: Workplace, view: View, ending: str, path: Path) -> None:
    report = _read(workplace, view)
    writers: dict[str, Callable[[Path], None]] = {
        "pdf": _writer(workplace, report),
        "xlsx": partial(reports.write_workbook, report),
        "csv": partial(reports.write_csv, report),
        "txt": partial(reports.write_text, report),
    }
    writers[ending](path)
