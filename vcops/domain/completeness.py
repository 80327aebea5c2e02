"""What a month lacks before it is closed, meeting by meeting, and which of it was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vcops.domain.closings import Answer, Closing
from vcops.domain.periods import Period
from vcops.errors import Conflict, InvalidInput

__all__ = ["RECONCILED", "Completeness", "Gap", "Unfinished"]

RECONCILED = "reconciled"
"""The gap of a meeting whose head count was not compared with the provider's report."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that one meeting lacks: `end`, `count`, `unit`, `joined`, `reconciled`, or an open question's code."""

    what: str
    meeting_id: str
    title: str
    local_day: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """A month before its closing, or the closing that it has already."""

    period: Period
    gaps: tuple[Gap, ...]
    closing: Closing | None = None

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many meetings lack each kind of thing, in the order in which they are met."""
        return Counter(one.what for one in self.gaps)

    def open(self, answers: Iterable[Answer]) -> tuple[Gap, ...]:
        """Return the gaps that no answer speaks to."""
        given = list(answers)
        return tuple(gap for gap in self.gaps if not any(_speaks_to(one, gap) for one in given))

    def used(self, answers: Sequence[Answer]) -> tuple[Answer, ...]:
        """Return the answers that speak to a gap. Raises InvalidInput for one that names what nothing lacks."""
        for one in answers:
            if one.what and not any(_speaks_to(one, gap) for gap in self.gaps):
                raise InvalidInput("closing.answer_unknown", value=one.what, known=", ".join(self.kinds) or "-")
        return tuple(one for one in answers if any(_speaks_to(one, gap) for gap in self.gaps))


class Unfinished(Conflict):
    """The month lacks something that nobody answered; nothing was closed. `left` is what."""

    def __init__(self, found: Completeness, left: Sequence[Gap]) -> None:
        super().__init__("closing.incomplete", month=found.period.first_month, number=len(left))
        self.found = found
        self.left = tuple(left)


_LEAST_OF_ID = 4


def _speaks_to(answer: Answer, gap: Gap) -> bool:
    if answer.what in ("", gap.what):
        return True
    return len(answer.what) >= _LEAST_OF_ID and gap.meeting_id.endswith(answer.what)
