"""The monthly report as a typed document: everything that is printed, and no words or layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vcops.domain.journal import Head
from vcops.domain.meetings import Meeting
from vcops.domain.people import Office
from vcops.domain.periods import Period
from vcops.domain.tally import Tally

__all__ = ["Report", "ReportLine"]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One held meeting of the detail table, with its unit's and room's names."""

    meeting: Meeting
    unit: str
    room: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A period as it is printed. `recaps` are the same tally in rows by one thing each; `head` is the journal's newest.

    `draft` prints KONSEP, `demo` prints CONTOH. `incidents` were noted in meetings of the period and took `lost` time.
    """

    office: Office
    period: Period
    made_at: datetime
    tally: Tally
    recaps: tuple[Tally, ...]
    lines: tuple[ReportLine, ...]
    incidents: int = 0
    lost: timedelta = timedelta(0)
    head: Head = field(default_factory=Head)
    draft: bool = True
    demo: bool = False
    what_if: bool = False

    @property
    def code(self) -> str:
        """What is printed so that a reader can compare it with the journal: number and first digits of the hash."""
        return f"{self.head.seq}-{self.head.hash[:16]}"
