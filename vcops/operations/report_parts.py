"""What a report holds beside its tally: the period before, the months, incidents, and pictures for the annex."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.domain.comparing import chart_period, month_pairs, year_before
from vcops.domain.files import FileState
from vcops.domain.reports import Photo, ReportIncident

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from vcops.domain.comparing import MonthPair
    from vcops.domain.periods import Period
    from vcops.domain.runs import Run
    from vcops.domain.tariffs import Tariff
    from vcops.operations.workplace import Workplace

__all__ = ["PHOTOS", "incidents_at", "months_at", "photos_at"]

PHOTOS = 24
"""Pictures in one annex: four pages of six. The rest is numbered."""
_PICTURES = {".jpg", ".jpeg", ".png"}


def months_at(
    connection: Connection, now: datetime, period: Period, *, what_if: Tariff | None = None
) -> tuple[MonthPair, ...]:
    """Return the months of the report's chart, each beside the same month a year earlier."""
    from vcops.operations.tallies import tally_at

    shown = chart_period(period)
    tallied = [tally_at(connection, now, one, by="month", what_if=what_if) for one in (shown, year_before(shown))]
    return month_pairs(*tallied)


def incidents_at(connection: Connection, period: Period) -> tuple[ReportIncident, ...]:
    """Return the incidents noted in the meetings of a period, in the order of time."""
    from vcops.store.sheets import incidents_between

    return tuple(ReportIncident(*one) for one in incidents_between(connection, period.first_day, period.last_day))


def photos_at(workplace: Workplace, connection: Connection, period: Period) -> tuple[tuple[Photo, ...], int]:
    """Return the pictures of the walks of a period's meetings, at most `PHOTOS`, and how many there are beyond them."""
    from vcops.operations.compliance import unaltered
    from vcops.store.sheets import walked_between

    found: list[Photo] = []
    left = 0
    for run_id, title, zone in walked_between(connection, period.first_day, period.last_day):
        run = unaltered(connection, run_id)
        for photo in _of_run(workplace.places.data, run, title, zone) if run else ():
            if len(found) < PHOTOS:
                found.append(photo)
            else:
                left += 1
    return tuple(found), left


def _of_run(data: Path, run: Run, meeting: str, zone: str) -> Iterator[Photo]:
    """Yield what was attached, then what the camera's checks kept, unless it was deleted after the office's days."""
    held = [(one.step, Path(one.path), one.sha256, one.at) for one in run.attachments]
    held += [
        (attempt.step, data / one.file, one.sha256, attempt.at)
        for attempt in run.attempts
        if attempt.undone_at is None
        for one in attempt.pictures
        if one.deleted_at is None
    ]
    for step_id, path, digest, at in held:
        if path.suffix.lower() in _PICTURES:
            step = run.procedure.step(step_id)
            yield Photo(str(path), meeting, step.title if step else None, at, zone, _state(path, digest))


def _state(path: Path, digest: str) -> FileState:
    try:
        with path.open("rb") as stream:
            same = hashlib.file_digest(stream, "sha256").hexdigest() == digest
    except OSError:
        return FileState.GONE
    return FileState.SAME if same else FileState.CHANGED
