"""Another procedure than the usual one: an office's own, an inspection, a failover, walked where the cursor stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcops.domain.procedures import USUAL, Procedure
from vcops.locale import _, language
from vcops.tui.dialogs.pick import PickDialog
from vcops.tui.prepare.entry import Preparable

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["procedure_dialog", "read_procedures", "whereabouts"]


def read_procedures(workplace: Workplace) -> list[tuple[Procedure, bool]]:
    """Return the procedures in force without the usual one, the office's own first, and whether they are its own."""
    from vcops.operations import handbooks

    found = [(one, handbooks.is_own(workplace, "procedure", one.id)) for one in handbooks.procedures(workplace)]
    return sorted((one for one in found if one[0].id != USUAL), key=lambda one: not one[1])


def procedure_dialog(procedures: list[tuple[Procedure, bool]], where: str) -> PickDialog:
    """Ask which of them is walked there; `where` names the room or the meeting, empty where there is none."""
    choices = [(one.id, _titled(one, own=own)) for one, own in procedures]
    detail = _("It is walked for: {where}").format(where=where) if where else ""
    return PickDialog(_("Walk another procedure"), choices, detail=detail)


def whereabouts(seen: Preparable, key: str) -> tuple[str | None, str | None, str]:
    """Return the room and the meeting of a line of the list, by id, and what they are called together."""
    kind, _colon, name = key.partition(":")
    if kind == "room":
        rooms = {one.id: one.name for one in seen.overview.rooms}
        return name, None, rooms.get(name, "")
    if kind == "run":
        run = next((one for one in seen.runs if one.id == name), None)
        return (run.room_id, run.meeting_id, _joined(run.meeting, run.room)) if run else (None, None, "")
    meetings = (*seen.overview.running, *seen.overview.upcoming)
    meeting = next((one for one in meetings if one.id == name), None)
    return (meeting.room_id, meeting.id, _joined(meeting.title, meeting.room)) if meeting else (None, None, "")


def _titled(one: Procedure, *, own: bool) -> str:
    title = one.title.said(language())
    return _("{title} (the office's own)").format(title=title) if own else title


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
