"""The list of what lies beside a run's record: attached files and kept pictures, with size and digest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from vcops.documents.layout import Column
from vcops.documents.paper import Paragraph, Row, Section, Table
from vcops.domain.files import FileState
from vcops.domain.reports import RunReport
from vcops.formats import clock, short_day
from vcops.locale import _, language
from vcops.wording.attachments import size_words, state_words
from vcops.wording.evidence import picture_words

__all__ = ["files_sections"]


def files_sections(report: RunReport) -> Iterator[Section]:
    """Yield the sections of the files and of the pictures; none where there is nothing to list."""
    if report.run.attachments:
        columns = (
            Column(_("No."), right=True),
            Column(_("File, and the step it belongs to"), flexible=True),
            Column(_("Size"), right=True),
            Column(_("By and when")),
        )
        rows = tuple(row for place, _one in enumerate(report.run.attachments, 1) for row in _rows(report, place))
        said = _("The files stay where they are; a file is the one that was attached where its SHA-256 is this one.")
        yield Section(_("Attachments"), (Paragraph(said), Table(columns, rows)))
    if pictures := list(_pictures(report)):
        yield Section(_("Pictures kept as evidence"), tuple(Paragraph(one) for one in pictures))


def _rows(report: RunReport, place: int) -> Iterator[Row]:
    one = report.run.attachments[place - 1]
    at = f"{short_day(one.at, report.zone)} {clock(one.at, report.zone)}"
    yield Row((str(place), PurePath(one.path).name, size_words(one.size), f"{one.by}, {at}"))
    step = report.run.procedure.step(one.step)
    state = state_words(report.file_states.get(one.id, FileState.SAME))
    told = (step.title.said(language()) if step else one.step, f"SHA-256 {one.sha256}", state)
    yield from (Row(("", text, "", ""), "note") for text in told if text)


def _pictures(report: RunReport) -> Iterator[str]:
    for attempt in report.run.attempts:
        yield from (picture_words(one, report.zone) for one in attempt.pictures)
