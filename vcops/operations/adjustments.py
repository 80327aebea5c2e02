"""The entries that change a closed month's figures, each with what it saved under that month's own tariff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vcops.domain.adjustments import Adjustment, AdjustmentKind
from vcops.domain.adoptions import Adoption, on_day
from vcops.domain.meeting_savings import meeting_saving
from vcops.domain.meetings import Meeting
from vcops.domain.periods import Period

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.domain.tariffs import Tariff

__all__ = ["adjustments_at"]


def adjustments_at(
    connection: Connection, period: Period, adoptions: Sequence[Adoption], what_if: Tariff | None = None
) -> tuple[tuple[Adjustment, ...], tuple[Adjustment, ...]]:
    """Return the entries that belong to a period, and those booked in it that belong to another one.

    Each list is in the order of booking, a reversal before the late entry that takes its place.
    """
    from vcops.store.adjustments import late_entries, reversals

    def saved(held: Meeting) -> Adjustment:
        found = on_day(adoptions, held.held_day)
        return Adjustment(
            kind=AdjustmentKind.LATE,
            meeting=held,
            belongs_to=held.belongs_to or held.local_day // 100,
            booked_day=held.local_day,
            reason="",
            by=held.created_by,
            saving=meeting_saving(held, what_if or (found.tariff if found else None)),
        )

    entries = [
        Adjustment(
            kind=AdjustmentKind.REVERSAL,
            meeting=one.meeting,
            belongs_to=one.belongs_to,
            booked_day=one.booked_day,
            reason=one.reason,
            by=one.by,
            saving=saved(one.meeting).saving,
            replaced_by=one.replaced_by,
        )
        for one in reversals(connection, period)
    ]
    entries += [saved(one) for one in late_entries(connection, period)]
    entries.sort(key=lambda one: (one.booked_day, one.kind is AdjustmentKind.LATE))
    months = (period.first_month, period.last_month)
    mine = tuple(one for one in entries if months[0] <= one.belongs_to <= months[1])
    return mine, tuple(one for one in entries if one not in mine)
