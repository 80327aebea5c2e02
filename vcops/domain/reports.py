"""What is printed as typed documents: a period's report and one meeting's. No words, no layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from vcops.domain.journal import Head

if TYPE_CHECKING:
    from vcops.domain.closings import Closing
    from vcops.domain.comparing import MonthPair
    from vcops.domain.compliance import RoomMonth
    from vcops.domain.files import FileState
    from vcops.domain.meeting_savings import MeetingSaving
    from vcops.domain.meetings import Incident, Meeting
    from vcops.domain.overview import MeetingDetails
    from vcops.domain.people import Office, Room
    from vcops.domain.periods import Period
    from vcops.domain.runs import Run
    from vcops.domain.savings import Total
    from vcops.domain.signatories import Signatory
    from vcops.domain.tally import Tally
    from vcops.domain.texts import Text

__all__ = ["MeetingReport", "Photo", "Printed", "Report", "ReportIncident", "ReportLine", "RunReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What every print has in common: whose it is, when it was made, and the journal's newest entry then.

    `draft` prints KONSEP, `demo` prints CONTOH; `what_if`: under a tariff that is not in force. `chief` acknowledges
    and `operator` made it: they are to sign, where there is no doubt who that is.
    """

    office: Office
    made_at: datetime
    head: Head = field(default_factory=Head)
    draft: bool = True
    demo: bool = False
    what_if: bool = False
    chief: Signatory | None = None
    operator: Signatory | None = None

    @property
    def code(self) -> str:
        """What is printed so that a reader can compare it with the journal: see `Head.code`."""
        return self.head.code

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


@dataclass(frozen=True, slots=True)
class ReportIncident:
    """One disturbance, and the meeting in which it was noted."""

    incident: Incident
    meeting: str
    zone: str

    @property
    def lasted(self) -> timedelta | None:
        """How long until it was over; None where nobody said that it was."""
        one = self.incident
        return one.recovered_at - one.started_at if one.recovered_at else None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture for the annex: where it lies, which step of which meeting's walk it shows, when it was taken.

    One that is gone or was changed since it was attached is named and not shown.
    """

    path: str
    meeting: str
    step: Text | None
    at: datetime
    zone: str
    state: FileState


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Printed):
    """A period as it is printed. `recaps` are the same tally in rows by one thing each.

    `before` is the period of the same length before it; `months` are twelve at least, of which the period's end the
    row; `compliance` how well the procedure was kept. Of the `photos` at most so many are shown, `photos_left` not.
    `closings` are those of the period's months: a report is a draft until every month of it is closed.
    """

    period: Period
    tally: Tally
    recaps: tuple[Tally, ...]
    lines: tuple[ReportLine, ...]
    incidents: tuple[ReportIncident, ...] = ()
    before: Tally | None = None
    months: tuple[MonthPair, ...] = ()
    compliance: tuple[RoomMonth, ...] = ()
    photos: tuple[Photo, ...] = ()
    photos_left: int = 0
    closings: tuple[Closing, ...] = ()

    @property
    def lost(self) -> timedelta:
        """How long the incidents that were recovered from took together."""
        return sum((one.lasted or timedelta(0) for one in self.incidents), timedelta(0))

    @property
    def corrected(self) -> bool:
        """Whether a later month holds a correction that belongs to this period."""
        return any(one.corrected for one in self.closings)

    @property
    def number(self) -> str:
        """The report's own number, where the closing of its only month has got one."""
        return self.closings[0].number if len(self.period.months) == len(self.closings) == 1 else ""

    @property
    def signing_date(self) -> date | None:
        """The date that stands above the signatures, where the closing of its only month says so."""
        return self.closings[0].signing_date if len(self.period.months) == len(self.closings) == 1 else None

    @property
    def code(self) -> str:
        """The verification code of a closed month, else the journal's newest entry."""
        return self.closings[0].code if self.sealed else self.head.code

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
    """A run as it is printed: the pre-flight record. `zone` is where its times are read; `meeting` what it was for.

    `file_states` tells by an attachment's id whether its file is still what it was.
    """

    run: Run
    zone: str
    room: Room | None = None
    meeting: Meeting | None = None
    file_states: Mapping[str, FileState] = field(default_factory=dict)
