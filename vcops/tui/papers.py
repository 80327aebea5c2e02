"""Papers from the screen: asks for the file, writes the PDF, says where it lies."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.locale import _
from vcops.tui.dialogs.saving import save_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from vcops.operations.workplace import Workplace
    from vcops.tui.app import VcopsApp

__all__ = ["print_handover", "print_meeting", "print_run"]


async def print_meeting(app: VcopsApp, meeting_id: str) -> None:
    """Print a meeting's record of proceedings."""
    title = _("Print the record of proceedings (berita acara)")
    await _print(app, title, f"berita-acara-{meeting_id[-8:]}.pdf", partial(_write_meeting, meeting_id=meeting_id))


async def print_handover(app: VcopsApp, meeting_id: str) -> None:
    """Print the record of handing over the room's kit."""
    title = _("Print the handing over of the room's kit (BAST)")
    await _print(app, title, f"bast-{meeting_id[-8:]}.pdf", partial(_write_handover, meeting_id=meeting_id))


async def print_run(app: VcopsApp, run_id: str) -> None:
    """Print the record of a walk."""
    title = _("Print the record of this walk")
    await _print(app, title, f"pemeriksaan-{run_id[-8:]}.pdf", partial(_write_run, run_id=run_id))


async def _print(app: VcopsApp, title: str, name: str, write: Callable[[Workplace, Path], None]) -> None:
    async def written(path: Path) -> None:
        await app.in_store(write, path)

    detail = _("As PDF, not signed: what is not known is left blank to be filled in.")
    if answer := await save_file(app, title, name, written, detail):
        app.say(_("Written: {file}").format(file=answer[0]))


def _write_meeting(workplace: Workplace, path: Path, meeting_id: str) -> None:
    from vcops.operations import papers, reports

    papers.print_meeting(workplace, reports.meeting(workplace, meeting_id), path)


def _write_handover(workplace: Workplace, path: Path, meeting_id: str) -> None:
    from vcops.operations import papers, reports

    papers.print_handover(workplace, reports.meeting(workplace, meeting_id), path)


def _write_run(workplace: Workplace, path: Path, run_id: str) -> None:
    from vcops.operations import papers

    papers.print_run(workplace, run_id, path)
