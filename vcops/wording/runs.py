"""What an attempt of a run left behind, in words."""

from __future__ import annotations

from vcops.domain.checks import CheckFailed
from vcops.domain.runs import Attempt, Outcome
from vcops.wording.errors import explain

__all__ = ["note_of"]


def note_of(attempt: Attempt) -> str:
    """Return a person's note, or why a measurement did not come to its end."""
    if attempt.outcome is not Outcome.MEASURED or not attempt.note:
        return attempt.note
    failed = CheckFailed.from_note(attempt.note)
    return explain(failed.code, failed.params).message
