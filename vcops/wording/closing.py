"""Words of closing, verifying and correcting."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from vcops.domain.adjustments import AdjustmentKind
from vcops.domain.closings import Answer, Closing
from vcops.domain.journal import Fault
from vcops.domain.meetings import Meeting
from vcops.domain.periods import month_text
from vcops.formats import clock_zone, long_day, month_name
from vcops.locale import N_, _
from vcops.wording.errors import explain
from vcops.wording.savings import gap_words

__all__ = [
    "CODE_IS", "adjustment_kind_name", "answer_words", "closed_words", "entry_words", "fault_words", "gap_kind_name",
    "late_words", "month_said",
]  # fmt: skip

CODE_IS = N_("Data verification code, not an electronic signature")
"""What stands beside the code, always."""

_KINDS = {AdjustmentKind.REVERSAL: N_("Reversing entry"), AdjustmentKind.LATE: N_("Late entry")}
_ENTITIES = {
    "meeting": N_("Meeting"),
    "head_count": N_("Head count"),
    "incident": N_("Incident"),
    "run": N_("Walk"),
    "attempt": N_("Answer of a walk"),
    "decision": N_("Decision"),
    "correction": N_("Reversing entry"),
}


def month_said(month: int) -> str:
    """Return YYYYMM as `Oktober 2026`."""
    return month_name(month_text(month))


def adjustment_kind_name(kind: AdjustmentKind) -> str:
    """Return `Entri koreksi` or `Entri susulan`."""
    return _(_KINDS[kind])


def gap_kind_name(what: str) -> str:
    """Return what lacks, by its kind."""
    return gap_words(what)


def closed_words(closing: Closing, zone: str) -> str:
    """Return when and by whom a month was closed."""
    at = closing.closed_at
    said = _("{month} was closed on {day} at {time} by {who}.")
    return said.format(
        month=month_said(closing.month),
        day=long_day(at.astimezone(ZoneInfo(zone))),
        time=clock_zone(at, zone),
        who=closing.closed_by,
    )


def answer_words(answers: Iterable[Answer]) -> list[str]:
    """Return each answer with what it speaks to, one a line."""
    return [f"{_answered(one.what)}: {one.text}" for one in answers]


def _answered(what: str) -> str:
    if not what:
        return _("All that lacks")
    try:
        return gap_words(what)
    except ValueError:  # a meeting's id
        return _("Meeting {id}").format(id=what[-6:])


def fault_words(fault: Fault) -> str:
    """Return what was altered, in a sentence."""
    params = dict(fault.params)
    if params.get("entity") in _ENTITIES and fault.code.startswith("closed."):
        params["entity"] = _(_ENTITIES[str(params["entity"])])
        params["id"] = str(params["id"])[-6:]
    return explain(fault.code, params).message


def entry_words(belongs_to: int | None, *, corrected: bool) -> list[str]:
    """Return what a meeting is beside its state: a late entry and of which month (YYYYMM), reversed by another."""
    late = [_("late entry of {month}").format(month=month_said(belongs_to))] if belongs_to is not None else []
    return [*late, *([_("corrected")] if corrected else [])]


def late_words(meeting: Meeting) -> str:
    """Return that a meeting is a late entry, and of which month; empty for any other."""
    if meeting.belongs_to is None:
        return ""
    return _("Late entry, belongs to {month}").format(month=month_said(meeting.belongs_to))
