"""Papers as PDF: an office's procedure in its official form, the record of a run, of a meeting, of handing over kit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from vcops.domain.reports import MeetingReport, RunReport
from vcops.errors import InvalidInput

if TYPE_CHECKING:
    from vcops.documents.paper import Paper
    from vcops.documents.press import Press
    from vcops.domain.people import PaperSize
    from vcops.domain.reports import Printed, Report
    from vcops.operations.workplace import Workplace

__all__ = [
    "make_ready",
    "print_any",
    "print_handover",
    "print_meeting",
    "print_procedure",
    "print_report",
    "print_run",
    "run_report",
]


def make_ready() -> None:
    """Load the typesetter beside what goes on, where a paper will be printed: its fonts take a quarter of a second."""
    from threading import Thread

    def load() -> None:
        from vcops.documents.press import Press

        Press.make_ready()

    Thread(target=load, name="typesetter", daemon=True).start()


def print_procedure(
    workplace: Workplace, procedure_id: str, path: Path, *, size: PaperSize = "a4", pocket: bool = False
) -> None:
    """Write a procedure in the form of PermenPANRB 35/2012, or (`pocket`) as a checklist of one page.

    Raises InvalidInput for an unknown procedure or a faulty template of the office's, StorageError.
    """
    from vcops.documents.procedure_form import PrintedProcedure, pocket_pdf, procedure_pdf
    from vcops.operations import directory, handbooks

    office = directory.office(workplace)
    printed = PrintedProcedure(
        handbooks.procedure(workplace, procedure_id),
        office,
        workplace.clock().astimezone(ZoneInfo(office.zone)).date(),
        workplace.demo,
    )
    press = _press(workplace)
    _write(path, pocket_pdf(press, printed) if pocket else procedure_pdf(press, printed, size))


def run_report(workplace: Workplace, run_id: str) -> RunReport:
    """Return a run with all that its record names, of one moment. Raises InvalidInput, StorageError."""
    from vcops.operations.attachments import states_of
    from vcops.operations.meeting_changes import held_meeting
    from vcops.operations.meetings import details_at
    from vcops.operations.signatories import signers
    from vcops.store import directory, runs
    from vcops.store.writing import newest_head

    now = workplace.clock()
    with workplace.store.reading() as connection:
        run = runs.run(connection, run_id)
        if run is None:
            raise InvalidInput("run.unknown", value=run_id)
        office = directory.office(connection)
        room = next((one for one in directory.rooms(connection) if one.id == run.room_id), None)
        meeting = None
        if run.meeting_id:
            meeting = details_at(connection, held_meeting(connection, run.meeting_id, now), now).meeting
        who = run.decisions[-1].by if run.decisions else run.started_by
        chief, operator = signers(connection, who)
        report = RunReport(
            office=office,
            made_at=now,
            head=newest_head(connection),
            draft=not (run.decisions or run.closed_at or run.complete),
            demo=workplace.demo,
            run=run,
            zone=meeting.zone if meeting else room.zone if room else office.zone,
            room=room,
            meeting=meeting,
            chief=chief,
            operator=operator,
        )
    return replace(report, file_states=states_of(run))  # may read files that are large, or far away


def print_run(workplace: Workplace, run_id: str, path: Path, *, size: PaperSize | None = None) -> None:
    """Write the record of a run: steps, readings against their bounds, decisions. Raises InvalidInput, StorageError."""
    from vcops.documents.run_paper import run_paper

    report = run_report(workplace, run_id)
    _write(path, _set(workplace, run_paper(report), report, size))


def print_meeting(workplace: Workplace, report: MeetingReport, path: Path, *, size: PaperSize | None = None) -> None:
    """Write a meeting's record of proceedings (berita acara), unsigned. Raises InvalidInput, StorageError."""
    from vcops.documents.meeting_paper import meeting_paper

    _write(path, _set(workplace, meeting_paper(report), report, size))


def print_handover(workplace: Workplace, report: MeetingReport, path: Path, *, size: PaperSize | None = None) -> None:
    """Write the record of handing over the room's kit (BAST), to be filled in and signed. Raises as `print_meeting`."""
    from vcops.documents.handover_paper import handover_paper

    _write(path, _set(workplace, handover_paper(report), report, size))


def print_report(workplace: Workplace, report: Report, path: Path, *, size: PaperSize | None = None) -> None:
    """Write a period's report, unsigned, on the office's paper or another. Raises InvalidInput, StorageError."""
    from vcops.documents.report_paper import report_paper

    _write(path, _set(workplace, report_paper(report), report, size, "report"))


def print_any(
    workplace: Workplace, report: Report | MeetingReport, path: Path, *, size: PaperSize | None = None
) -> None:
    """Write a period's report or a meeting's record, whichever it is. Raises InvalidInput, StorageError."""
    if isinstance(report, MeetingReport):
        print_meeting(workplace, report, path, size=size)
    else:
        print_report(workplace, report, path, size=size)


def _set(
    workplace: Workplace, paper: Paper, printed: Printed, size: PaperSize | None, template: str = "paper"
) -> bytes:
    from vcops.documents.letter import paper_pdf

    return paper_pdf(_press(workplace), paper, template=template, size=size or printed.office.paper)


def _press(workplace: Workplace) -> Press:
    from vcops.documents.press import Press

    return Press(workplace.handbook_folder)


def _write(path: Path, content: bytes) -> None:
    from vcops.exchange import write_whole_bytes

    write_whole_bytes(path, content)
