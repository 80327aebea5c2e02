"""The columns of forms and sheets by the names that people read, for sentences of the command line."""

from __future__ import annotations

from collections.abc import Mapping

from vcops.errors import Param
from vcops.locale import N_, _

__all__ = ["with_label"]

_LABELS = {
    "at": N_("Time"),
    "backup_link": N_("Backup link"),
    "count_method": N_("How it was counted"),
    "date": N_("Date"),
    "end": N_("Ending time"),
    "end_date": N_("Ending day"),
    "evidence": N_("Evidence"),
    "expected": N_("Expected"),
    "in_room": N_("In the room"),
    "kind": N_("Kind"),
    "letter": N_("Letter"),
    "mode": N_("Mode"),
    "name": N_("Name"),
    "notes": N_("Notes"),
    "online": N_("Online"),
    "organiser": N_("Organiser"),
    "other_units": N_("Other units"),
    "outside_agencies": N_("Outside agencies"),
    "paper": N_("Paper"),
    "participants": N_("Participants"),
    "platform": N_("Platform"),
    "room": N_("Room"),
    "seats": N_("Seats"),
    "service": N_("Service"),
    "snapshot_days": N_("Days they are kept"),
    "start": N_("Start"),
    "title": N_("Title"),
    "travellers": N_("Travellers"),
    "unit": N_("Unit"),
    "would_be_face_to_face": N_("Face to face otherwise"),
    "zone": N_("Time zone"),
}
"""What is not among them is told by its own name, which is the option's."""


def with_label(code: str, params: Mapping[str, Param]) -> Mapping[str, Param]:
    """Return an error's parameters with the label of the field it is about; `form.` and `count.` errors have one."""
    label = _LABELS.get(str(params.get("column") or ""))
    if label is None or not code.startswith(("form.", "count.", "meeting.", "setup.")):
        return params
    return {**params, "column": _(label)}
