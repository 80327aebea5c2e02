"""What `vcops report ... --json` prints. The keys are public: scripts are written against them."""

from __future__ import annotations

from typing import Any

from vcops.cli.shapes import details_object, meeting_object, moment_text, plain_object
from vcops.domain.reports import MeetingReport, Report, ReportIncident, ReportLine
from vcops.domain.signatories import Signatory
from vcops.domain.tally import total_as_json

__all__ = ["report_object", "signatory_object"]


def report_object(made: Report | MeetingReport) -> dict[str, Any]:
    """Return a period's report, or one meeting's record."""
    return _common(made) | (_period(made) if isinstance(made, Report) else _meeting(made))


def signatory_object(one: Signatory) -> dict[str, Any]:
    """Return who signs, with the lines that stand above the name."""
    return {
        "id": one.part,
        "name": one.name,
        "nip": one.nip,
        "position": one.position,
        "capacity": one.capacity.value,
        "for": one.principal,
        "printed": list(one.titles),
    }


def _common(made: Report | MeetingReport) -> dict[str, Any]:
    return {
        "office": made.office.name,
        "made_at": moment_text(made.made_at),
        "draft": made.draft,
        "demo": made.demo,
        "what_if": made.what_if,
        "code": made.code,
        "acknowledged": signatory_object(made.chief) if made.chief else None,
        "made_by": signatory_object(made.operator) if made.operator else None,
    }


def _period(made: Report) -> dict[str, Any]:
    return {
        "number": made.number,
        "corrected": made.corrected,
        "closings": [
            {"month": one.period.first, "code": one.code, "digest": one.digest, "number": one.number}
            for one in made.closings
        ],
        "tally": made.tally.as_json(),
        "recaps": {one.by: [row.as_json() for row in one.rows] for one in made.recaps},
        "meetings": [_line(one) for one in made.lines],
        "incidents": [_incident(one) for one in made.incidents],
        "lost_seconds": int(made.lost.total_seconds()),
        "compliance": [
            {"room": one.room or None, "month": one.month} | one.figures.as_json() for one in made.compliance
        ],
        "photographs": len(made.photos) + made.photos_left,
    }


def _line(one: ReportLine) -> dict[str, Any]:
    return meeting_object(one.meeting) | {"unit": one.unit, "room": one.room, "savings": one.saving.as_json()}


def _incident(one: ReportIncident) -> dict[str, Any]:
    return plain_object(one.incident) | {"meeting": one.meeting}


def _meeting(made: MeetingReport) -> dict[str, Any]:
    return {
        "meeting": details_object(made.details),
        "assignment": made.assignment,
        "run": made.run.id if made.run else None,
        "total": total_as_json(made.total) if made.total else None,
    }
