"""What changes a closed month's figures afterwards: a reversing entry (entri koreksi) or a late one (entri susulan).

Both are booked in a later, open month and change the figures of the month they belong to, under that month's tariff and
in its fiscal year. The figures as they were closed stay beside those "setelah koreksi".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vcops.domain.meeting_savings import MeetingSaving
from vcops.domain.meetings import Meeting
from vcops.domain.periods import day_text, month_text
from vcops.domain.savings import Total
from vcops.domain.tariffs import Tariff, rates_of

__all__ = ["Adjustment", "AdjustmentKind", "Corrected", "CorrectedTotal", "corrected"]


class AdjustmentKind(StrEnum):
    """reversal takes a meeting out of its month, late brings one in."""

    REVERSAL = "reversal"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """One entry. `belongs_to` (YYYYMM) is the month whose figures change, `booked_day` (YYYYMMDD) lies in a later one.

    `meeting` is the one that is taken out or brought in, `saving` what it saved under its own month's tariff, without
    a sign. `replaced_by` is the id of the late entry that stands in the place of a reversed meeting.
    """

    kind: AdjustmentKind
    meeting: Meeting
    belongs_to: int
    booked_day: int
    reason: str
    by: str
    saving: MeetingSaving
    replaced_by: str | None = None

    @property
    def sign(self) -> int:
        """-1 takes away, 1 adds."""
        return -1 if self.kind is AdjustmentKind.REVERSAL else 1

    @property
    def doubtful(self) -> bool:
        """Whether it brings in a meeting of which a head count or an answer is missing."""
        return self.sign > 0 and (self.meeting.participants is None or self.saving.open)

    @property
    def participants(self) -> int:
        """By how many people the month changes."""
        return self.sign * (self.meeting.participants or 0)

    @property
    def gross(self) -> int | None:
        """By how many rupiah its savings change; None where they are not counted."""
        return self.sign * self.saving.gross if self.saving.valued else None

    @property
    def own_cost(self) -> int:
        """By how many rupiah the office's own cost changes."""
        return self.sign * sum(line.amount for line in self.saving.own)

    def as_json(self) -> dict[str, Any]:
        """Return one of `corrections` of `vcops tally --json`."""
        tariff = self.saving.tariff
        return {
            "kind": self.kind.value,
            "meeting": self.meeting.id,
            "title": self.meeting.title,
            "belongs_to": month_text(self.belongs_to),
            "booked": day_text(self.booked_day),
            "reason": self.reason,
            "by": self.by,
            "replaced_by": self.replaced_by,
            "meetings": self.sign,
            "participants": self.participants,
            "tariff": tariff.id if tariff else None,
            "year": self.saving.year,
            "gross": self.gross,
        }


@dataclass(frozen=True, slots=True)
class CorrectedTotal:
    """The savings of one tariff and fiscal year after all entries that belong to the period.

    `lower_bound`: a question about a meeting is open, before the corrections or in a late entry.
    """

    tariff: Tariff
    year: int
    meetings: int
    gross: int
    own_cost: int
    lower_bound: bool = False

    @property
    def net(self) -> int:
        """Gross less the office's own cost."""
        return self.gross - self.own_cost

    @property
    def valued(self) -> bool:
        """Whether the sum is an amount: see `Total.valued`."""
        return self.gross > 0 or not self.lower_bound


@dataclass(frozen=True, slots=True)
class Corrected:
    """A period's figures "setelah koreksi".

    `lower_bound`: what was held is more than what is counted. A reversal takes away no more than had been counted, so
    that what was a lower bound stays one.
    """

    meetings: int
    participants: int
    totals: tuple[CorrectedTotal, ...]
    lower_bound: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return `after_corrections` of `vcops tally --json`."""
        return {
            "meetings": self.meetings,
            "participants": self.participants,
            "lower_bound": self.lower_bound,
            "totals": [
                {"tariff": one.tariff.id, "method": one.tariff.method, "year": one.year, "meetings": one.meetings,
                 "gross": one.gross, "own_cost": one.own_cost, "net": one.net}
                for one in self.totals
            ],
        }  # fmt: skip


def corrected(
    meetings: int,
    participants: int,
    totals: Sequence[Total],
    adjustments: Iterable[Adjustment],
    *,
    lower_bound: bool = False,
) -> Corrected:
    """Return a period's figures with the entries that belong to it, each under its own tariff and fiscal year.

    `lower_bound`: the figures before the corrections were one.
    """
    entries = list(adjustments)
    after = [
        CorrectedTotal(one.tariff, one.year, one.meetings, one.gross, one.own_cost, one.lower_bound) for one in totals
    ]
    for entry in entries:
        tariff, year = entry.saving.tariff, entry.saving.year
        if tariff is None:
            continue
        known = (
            place for place, one in enumerate(after) if one.year == year and rates_of(one.tariff) == rates_of(tariff)
        )
        place = next(known, len(after))
        before = after[place] if place < len(after) else CorrectedTotal(tariff, year, 0, 0, 0)
        saved = 0 if entry.saving.reason else entry.sign
        after[place : place + 1] = [
            CorrectedTotal(
                tariff,
                year,
                before.meetings + saved,
                before.gross + entry.sign * entry.saving.gross,
                before.own_cost + entry.own_cost,
                before.lower_bound or entry.doubtful,
            )
        ]
    return Corrected(
        meetings + sum(one.sign for one in entries),
        participants + sum(one.participants for one in entries),
        tuple(after),
        lower_bound or any(one.doubtful for one in entries),
    )
