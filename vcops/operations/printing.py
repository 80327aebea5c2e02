"""Printing a report on paper: it is set in type, given to a printer, and followed until something is known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from vcops.domain.printing import JobState, PrintStage
from vcops.errors import StorageError, Unreachable

if TYPE_CHECKING:
    from vcops.domain.people import PaperSize
    from vcops.operations.workplace import Workplace

__all__ = ["PATIENCE", "print_paper", "printers", "settled", "usual_printer"]

PATIENCE = 30.0
"""Seconds for which a job is followed: long enough for the first page, short enough to stand beside the desk."""
_EVERY = 0.5
_KEPT_S = 24 * 3600
"""Where the system prints by itself, the file must stay until it did."""


def printers() -> list[str]:
    """Return the printers that the system knows."""
    from vcops.documents import printer

    return printer.printers()


def usual_printer() -> str:
    """Return the one that the system takes by itself; empty where there is none."""
    from vcops.documents import printer

    return printer.usual_printer()


def print_paper(  # noqa: PLR0913 - what is printed, on what, and for how long it is followed
    workplace: Workplace,
    write: Callable[[Path], None],
    title: str,
    printer_name: str = "",
    *,
    paper: PaperSize = "a4",
    patience: float = PATIENCE,
) -> Iterator[PrintStage]:
    """Print what `write` writes into a file; yield each change of what is known of the job, the last one at the end.

    `paper` is the size that it writes for, which the printer is told.

    Raises InvalidInput for a printer that there is not or a faulty template, Unreachable where nothing can be printed,
    StorageError.
    """
    from vcops.documents import printer

    file = _file(workplace)
    job_number = 0
    try:
        write(file)
        job = printer.send(file, printer_name, title, paper)
        job_number = job.number
        last = printer.look(job)
        yield last
        waited = 0.0
        while not last.state.over and waited < patience:
            time.sleep(_EVERY)
            waited += _EVERY
            stage = printer.look(job)
            if stage != last:
                last = stage
                yield last
            if last.state is JobState.HELD:  # nothing will move before somebody walks over
                return
    finally:
        if job_number:  # the queue has a copy of its own
            file.unlink(missing_ok=True)


def settled(stage: PrintStage, printer_name: str, said: str) -> None:
    """Raise Unreachable where a job stands in the queue of a stopped printer, or came to nothing.

    `said` is the stage in words.
    """
    if stage.state is JobState.HELD:
        raise Unreachable("printing.held", printer=printer_name or usual_printer(), said=said)
    if stage.state in {JobState.FAILED, JobState.CANCELLED}:
        raise Unreachable("printing.failed", printer=printer_name or usual_printer(), said=said)


def _file(workplace: Workplace) -> Path:
    """Return a new file to print from; those of yesterday are gone by now."""
    folder = workplace.places.state / "printing"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for one in folder.glob("*.pdf"):
            if time.time() - one.stat().st_mtime > _KEPT_S:
                one.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError("export.cannot_write", file=str(folder), said=error.strerror or str(error)) from error
    return folder / f"{uuid4().hex}.pdf"
