"""What one meeting saved, line by line: the last step from a total down to a tariff's item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from vcops.domain.eligibility import Reason
from vcops.domain.groups import Group, asked_by, group_of
from vcops.domain.meetings import Meeting, MeetingState
from vcops.domain.savings import OwnLine, SavingLine, own_lines, saves, saving_lines
from vcops.domain.tariffs import Tariff

__all__ = ["MeetingSaving", "meeting_saving"]


@dataclass(frozen=True, slots=True)
class MeetingSaving:
    """One meeting under the tariff of its day. `reason` says why there is nothing to be said of it as a whole."""

    tariff: Tariff | None
    year: int
    reason: Reason | None = None
    lines: tuple[SavingLine, ...] = ()
    own: tuple[OwnLine, ...] = ()

    @property
    def method(self) -> str:
        """The tariff's method; `none` where the meeting saves nothing."""
        return "none" if self.reason or self.tariff is None else self.tariff.method

    @property
    def gross(self) -> int:
        """Sum of the valued lines, in rupiah: what the meeting adds to its total."""
        return sum(line.amount for line in self.lines if line.amount is not None)

    @property
    def valued(self) -> bool:
        """Whether the sum is an amount. Nothing known beside an open question is "not counted", and not Rp0."""
        return bool(self.lines) and (self.gross > 0 or not self.open)

    @property
    def open(self) -> bool:
        """Whether an answer is missing, so that the sum is a lower bound."""
        return any(line.unanswered for line in self.lines)

    def as_json(self) -> list[dict[str, Any]]:
        """Return `savings` of `vcops meeting show --json`: an object a line, or one that says why there is none."""
        tariff = self.tariff
        about = {
            "tariff": tariff.id if tariff else None,
            "method": self.method,
            "basis": tariff.basis.id if tariff else None,
            "year": self.year,
        }
        if not self.lines:
            nothing = dict.fromkeys(("component", "per", "quantity", "rate", "amount"))
            return [about | nothing | {"reason": self.reason.value if self.reason else None, "source": ""}]
        sources = {one.id: one.source for one in tariff.components} if tariff else {}
        return [
            about
            | {
                "component": line.component,
                "per": line.per,
                "quantity": line.quantity if line.amount is not None else None,
                "rate": line.rate,
                "amount": line.amount,
                "reason": line.reason.value if line.reason else None,
                "source": sources.get(line.component, ""),
            }
            for line in self.lines
        ]


def meeting_saving(meeting: Meeting, tariff: Tariff | None) -> MeetingSaving:
    """Return what a meeting saved under the tariff in force on its day: the same arithmetic as a tally's."""
    year = meeting.held_day // 10_000
    whole = _whole_reason(meeting, tariff)
    if whole is not None or tariff is None:
        return MeetingSaving(tariff, year, whole)
    group = group_of(meeting, asked_by(tariff))
    nothing = None if saves(group) else _why_nothing(group)
    lines = saving_lines(tariff, [group])
    if nothing is not None:
        lines = tuple(replace(line, reason=nothing) if line.per else line for line in lines)
    paid = tuple(line for line in own_lines(tariff, [group]) if line.per == "meeting" and line.quantity)
    return MeetingSaving(tariff, year, nothing, lines, paid)


def _whole_reason(meeting: Meeting, tariff: Tariff | None) -> Reason | None:
    """Return why the meeting stands in no total at all."""
    if meeting.state is MeetingState.CANCELLED:
        return Reason.CANCELLED
    if meeting.state is not MeetingState.ENDED:
        return Reason.NOT_ENDED
    if meeting.same_as is not None:
        return Reason.SAME_MEETING
    return Reason.NO_TARIFF if tariff is None else None


def _why_nothing(group: Group) -> Reason:
    return Reason.ON_SITE if group.mode == "on-site" else Reason.NEVER_FACE_TO_FACE
