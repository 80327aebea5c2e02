"""What is printed as typed documents: a period's report and one meeting's. No words, no layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vcops.domain.closings import Closing
from vcops.domain.journal import Head
from vcops.domain.meeting_savings import MeetingSaving
from vcops.domain.meetings import Meeting
from vcops.domain.overview import MeetingDetails
from vcops.domain.people import Office, Person, Room
from vcops.domain.periods import Period
from vcops.domain.runs import Run
from vcops.domain.savings import Total
from vcops.domain.tally import Tally

__all__ = ["MeetingReport", "Printed", "Report", "ReportLine", "RunReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What every print has in common: whose it is, when it was made, and the journal's newest entry then.

    `draft` prints KONSEP, `demo` prints CONTOH; `what_if`: under a tariff that is not in force. `chief` and `operator`
    are to sign, where there is no doubt who that is.
    """

    office: Office
    made_at: datetime
    head: Head = field(default_factory=Head)
    draft: bool = True
    demo: bool = False
    what_if: bool = False
    chief: Person | None = None
    operator: Person | None = None

    @property
    def code(self) -> str:
        """What is printed so that a reader can compare it with the journal: number and first digits of the hash."""
        return _code_of(self.head)

    @property
    def sealed(self) -> bool:
        """Whether the code is that of a closed month."""
        return False


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One held meeting of the detail table, with its unit's and room's names and what it saved, line by line."""

    meeting: Meeting
    unit: str
    room: str
    saving: MeetingSaving


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Printed):
    """A period as it is printed. `recaps` are the same tally in rows by one thing each.

    `closings` are those of the period's months: a report is a draft until every month of it is closed.
    `incidents` were noted in meetings of the period and took `lost` time.
    """

    period: Period
    tally: Tally
    recaps: tuple[Tally, ...]
    lines: tuple[ReportLine, ...]
    incidents: int = 0
    lost: timedelta = timedelta(0)
    closings: tuple[Closing, ...] = ()

    @property
    def code(self) -> str:
        """The verification code of a closed month, else the journal's newest entry."""
        return self.closings[0].code if self.sealed else _code_of(self.head)

    @property
    def sealed(self) -> bool:
        """Whether the code is that of a closed month."""
        return len(self.period.months) == 1 and bool(self.closings)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReport(Printed):
    """One meeting as it is printed: the record of proceedings (berita acara).

    `run` is its newest walk through the procedure; `total` what it saved, None without a tariff or before its end;
    `assignment` the number of the team's letter (surat tugas).
    """

    details: MeetingDetails
    run: Run | None = None
    total: Total | None = None
    assignment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport(Printed):
    """A run as it is printed: the pre-flight record. `zone` is where its times are read; `meeting` what it was for."""

    run: Run
    zone: str
    room: Room | None = None
    meeting: Meeting | None = None


def _code_of(head: Head) -> str:
    return f"{head.seq}-{head.hash[:16]}"
