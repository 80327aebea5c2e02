"""What Meetings does in more than one step: cancel with a reason, write a month, read a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vcops.formats import month_name, number
from vcops.locale import _, ngettext
from vcops.operations import corrections, meetings
from vcops.tui.dialogs.confirm import ConfirmDialog
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.tui.dialogs.reason import ReasonDialog
from vcops.tui.dialogs.saving import save_file, typed_path

if TYPE_CHECKING:
    from vcops.domain.exchange import ImportResult
    from vcops.tui.app import VcopsApp

__all__ = ["cancel", "correct", "export", "read_file"]


async def cancel(app: VcopsApp, meeting_id: str, title: str) -> bool:
    """Ask for the reason and cancel; False where it was left."""
    usual = [_("The organiser withdrew it"), _("Put off to another day"), _("Entered twice"), _("It is held on site")]
    reason = await app.ask(ReasonDialog(_("Why is this meeting cancelled?"), usual, detail=title))
    if reason is None:
        return False
    await app.in_store(meetings.cancel, meeting_id, reason)
    app.say(_("Cancelled: {title}").format(title=title))
    return True


async def correct(app: VcopsApp, meeting_id: str) -> bool:
    """Ask for the reason and whether the meeting is entered again; False where it was left."""
    held = await app.in_store(meetings.details, meeting_id)
    await app.in_store(corrections.refuse_correcting, meeting_id)
    usual = [_("Counted wrongly"), _("Entered twice"), _("It was not held"), _("Entered under another unit")]
    title = held.meeting.title
    reason = await app.ask(ReasonDialog(_("Why is this meeting corrected?"), usual, detail=title))
    if reason is None:
        return False
    question = _("Enter the meeting again, as it should have been?")
    again = await app.ask(ConfirmDialog(question, detail=title, yes=_("enter it again"), no=_("only take it out")))
    if again is None:
        return False
    if again:
        if await app.open_dialog("meeting_form", purpose="edit", details=held, reason=reason) is None:
            return False
    else:
        await app.in_store(corrections.correct, meeting_id, reason)
    app.say(_("Corrected: {title}").format(title=title))
    return True


async def export(app: VcopsApp, month: str) -> None:
    """Ask where to and write the month's meetings."""
    from vcops.domain.periods import Period
    from vcops.operations.exchange import export_meetings

    async def write(path: Path) -> int:
        return await app.in_store(export_meetings, path, Period.month(month))

    title = _("Write {month} to a file").format(month=month_name(month))
    detail = _("As CSV, which every spreadsheet opens. Passcodes stay out.")
    if answer := await save_file(app, title, f"vcops-{month}.csv", write, detail):
        path, count = answer
        told = ngettext("{count} meeting written to {file}", "{count} meetings written to {file}", count)
        app.say(told.format(count=number(count), file=path))


async def read_file(app: VcopsApp) -> bool:
    """Ask for a file, show what would be stored, and store it when told to; False where it was left."""
    from vcops.operations.exchange import import_meetings
    from vcops.tui.meetings.preview import PreviewDialog

    async def submit(texts: dict[str, str]) -> tuple[Path, ImportResult]:
        path = typed_path(texts["file"])
        return path, await app.in_store(import_meetings, path, dry_run=True)

    form = FormDialog(
        _("Read meetings from a file"),
        [FieldSpec("file", _("File"), hint=_("CSV or XLSX"), required=True)],
        submit=submit,
        detail=_("Nothing is stored yet: first it is shown what would be."),
        save=_("look at it"),
    )
    answer = await app.ask(form)
    if answer is None:
        return False
    path, seen = answer
    if not await app.ask(PreviewDialog(seen)):
        return False
    result = await app.in_store(import_meetings, path)
    told = ngettext("{count} meeting stored.", "{count} meetings stored.", result.stored)
    app.say(told.format(count=number(result.stored)))
    return True
