"""What the stamps of a meeting answer in its walk: the steps that say so in YAML (`stamped_by`).

Who starts, counts and ends on the Live screen has done those steps; ticking them again would be asking twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vcops.domain.procedures import StampName
from vcops.domain.runs import Outcome, Run, Standing
from vcops.errors import Conflict

if TYPE_CHECKING:
    from vcops.store.writing import Change

__all__ = ["answer_by_stamp", "take_back_stamp"]


def answer_by_stamp(change: Change, meeting_id: str, name: StampName, stamp: str = "") -> None:
    """Answer the next step of the meeting's open walks that waits for such a stamp; none waiting is no fault.

    `stamp` is the head count's id. A second count answers the second step that waits for one.
    """
    from vcops.operations.run_changes import attempted

    for run in _walks(change, meeting_id):
        waiting = (one for one in run.steps() if one.stamped_by == name and run.standing(one.id) is Standing.PENDING)
        step = next(waiting, None)
        if step is not None and run.closed_at is None:
            attempted(change, run, step.id, {"outcome": Outcome.DONE.value, "stamp": stamp or name})


def take_back_stamp(change: Change, meeting_id: str, stamp: str) -> None:
    """Take back what a stamp had answered; `stamp` is `start`, `end` or the head count's id."""
    from vcops.operations.run_changes import taken_back

    for run in _walks(change, meeting_id):
        for attempt in run.attempts:
            if attempt.stamp == stamp and attempt.undone_at is None:
                taken_back(change, run.id, attempt)


def _walks(change: Change, meeting_id: str) -> Iterator[Run]:
    """Yield the meeting's walks. One whose procedure was altered in the database holds up no stamp."""
    from vcops.store import runs

    for run_id in runs.run_ids(change.connection, meeting_id=meeting_id):
        try:
            run = runs.run(change.connection, run_id)
        except Conflict:
            continue
        if run is not None:
            yield run
