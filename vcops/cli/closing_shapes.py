"""What `--json` prints of closings, verifications and corrections. The keys are public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vcops.cli.shapes import meeting_object, moment_text
from vcops.domain.closings import Closing
from vcops.domain.completeness import Completeness
from vcops.domain.journal import Fault
from vcops.domain.periods import day_text, month_text
from vcops.operations.corrections import Corrected
from vcops.operations.verifying import Verified, VerifiedEntry
from vcops.wording.closing import fault_words

__all__ = [
    "closing_object",
    "corrected_object",
    "gaps_object",
    "unlocked_object",
    "verified_entry_object",
    "verified_object",
]


def closing_object(one: Closing) -> dict[str, Any]:
    """Return a closing; `signed_sha256` is that of a file, and no claim that it is signed."""
    return {
        "month": one.period.first,
        "closed": True,
        "closed_at": moment_text(one.closed_at),
        "closed_by": one.closed_by,
        "code": one.code,
        "digest": one.digest,
        "answers": [{"what": answer.what, "text": answer.text} for answer in one.answers],
        "number": one.number,
        "signed_on": one.signing_date.isoformat() if one.signing_date else None,
        "signed_sha256": one.signed_sha256,
        "corrected": one.corrected,
    }


def gaps_object(found: Completeness) -> dict[str, Any]:
    """Return an open month with what it lacks."""
    return {
        "month": found.period.first,
        "closed": False,
        "kinds": dict(found.kinds),
        "incomplete": [
            {"what": gap.what, "meeting": gap.meeting_id, "title": gap.title, "day": day_text(gap.local_day)}
            for gap in found.gaps
        ],
    }


def verified_object(one: Verified) -> dict[str, Any]:
    """Return what verifying one month found."""
    return {
        "month": one.closing.period.first,
        "intact": one.intact,
        "code": one.closing.code,
        "given": one.code or None,
        "filed": one.filed,
        "corrected": one.closing.corrected,
        "rows": one.rows,
        "faults": _faults(one.faults),
        "more_faults": one.more,
    }


def verified_entry_object(one: VerifiedEntry) -> dict[str, Any]:
    """Return what the journal says of the entry that a draft or a record was printed after."""
    return {
        "entry": one.code.seq,
        "intact": one.intact,
        "given": f"{one.code.seq}-{one.code.start}",
        "known": one.entry is not None,
        "at": one.entry.at if one.entry else None,
        "actor": one.entry.actor if one.entry else None,
        "faults": _faults(one.found.faults),
        "more_faults": one.found.more,
    }


def unlocked_object(faults: Iterable[Fault]) -> dict[str, Any]:
    """Return what is wrong with the triggers of a database that holds no closing: of no month."""
    return {"month": None, "intact": False, "faults": _faults(faults), "more_faults": 0}


def corrected_object(one: Corrected) -> dict[str, Any]:
    """Return a reversing entry, and the late entry in the place of what it reversed."""
    return {
        "id": one.id,
        "meeting": one.meeting.id,
        "belongs_to": month_text(one.belongs_to),
        "booked": day_text(one.booked_day),
        "reason": one.reason,
        "replaced_by": meeting_object(one.replaced_by) if one.replaced_by else None,
    }


def _faults(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    return [{"code": fault.code, "message": fault_words(fault), **fault.params} for fault in faults]
