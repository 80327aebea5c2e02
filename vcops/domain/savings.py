"""Meetings and a tariff give saving lines; totals are sums of lines, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vcops.domain.eligibility import Reason, due, open_questions
from vcops.domain.groups import Group
from vcops.domain.tariffs import Component, Per, Tariff, rates_of

__all__ = ["KindShare", "OwnLine", "SavingLine", "Total", "own_lines", "saves", "saving_lines", "total"]

Judged = tuple[Group, Reason | None]
"""A group, and why it does not save a component; None: it does."""


@dataclass(frozen=True, slots=True)
class SavingLine:
    """One avoided cost: so many units at a rate.

    `amount` is None where nothing can be said, and `reason` says why: the tariff names the cost without a value, or
    of no meeting enough is known. An amount of 0 with a `reason` is known to be nothing. `unanswered` numbers the
    meetings that the amount leaves out because a question about them is open: with any, the amount is a lower bound.
    """

    component: str
    per: Per | None
    quantity: int
    rate: int | None
    amount: int | None
    reason: Reason | None = None
    unanswered: tuple[tuple[Reason, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What the office paid for meeting at a distance: so many months or meetings at a price."""

    id: str
    per: str
    quantity: int
    rate: int

    @property
    def amount(self) -> int:
        """Rupiah."""
        return self.quantity * self.rate


@dataclass(frozen=True, slots=True)
class KindShare:
    """What the hosted, the attended, or the unstated meetings have in a total."""

    kind: str
    meetings: int
    gross: int


@dataclass(frozen=True, slots=True)
class Total:
    """The savings of one tariff, method and fiscal year. Never added up across them."""

    tariff: Tariff
    year: int
    meetings: int
    lines: tuple[SavingLine, ...]
    own: tuple[OwnLine, ...] = ()
    kinds: tuple[KindShare, ...] = ()

    def covers(self, tariff: Tariff, year: int) -> bool:
        """Whether what was saved under a tariff in a year belongs here: a tariff of other words only is the same."""
        return self.year == year and rates_of(self.tariff) == rates_of(tariff)

    @property
    def gross(self) -> int:
        """Sum of the valued lines, in rupiah."""
        return sum(line.amount for line in self.lines if line.amount is not None)

    @property
    def own_cost(self) -> int:
        """What meeting at a distance cost the office."""
        return sum(line.amount for line in self.own)

    @property
    def net(self) -> int:
        """Gross less the office's own cost."""
        return self.gross - self.own_cost

    @property
    def valued(self) -> bool:
        """Whether the sum is an amount. Nothing known beside an open question is "not counted", and not Rp0."""
        return self.gross > 0 or not self.lower_bound

    @property
    def lower_bound(self) -> bool:
        """Whether a question about a meeting is open, so that more was saved than is counted."""
        return any(line.unanswered for line in self.lines)


def saves(group: Group) -> bool:
    """Whether such meetings save anything: not on site, and not if they would never have been face to face."""
    return group.mode != "on-site" and group.face_to_face is not False


def saving_lines(tariff: Tariff, groups: Iterable[Group]) -> tuple[SavingLine, ...]:
    """Return a line a component, in the tariff's order, then the named but not valued."""
    return _lines(tariff, _judged(tariff, groups))


def _judged(tariff: Tariff, groups: Iterable[Group]) -> list[list[Judged]]:
    """Return, for each component in the tariff's order, the groups and what stands in the way of its saving."""
    gathered = list(groups)
    return [[(group, due(tariff, component, group)) for group in gathered] for component in tariff.components]


def _lines(tariff: Tariff, judged: Sequence[Sequence[Judged]]) -> tuple[SavingLine, ...]:
    lines = [_line(component, groups) for component, groups in zip(tariff.components, judged, strict=True)]
    unvalued = [SavingLine(one.id, None, 0, None, None, Reason.NOT_VALUED) for one in tariff.not_counted]
    return (*lines, *unvalued)


def total(tariff: Tariff, year: int, groups: Sequence[Group], months: int = 0) -> Total:
    """Return the savings of these meetings under one tariff in one fiscal year, less the own cost of so many months."""
    judged = _judged(tariff, groups)
    return Total(
        tariff, year, _meetings(groups), _lines(tariff, judged), own_lines(tariff, groups, months),
        tuple(_kinds(tariff, groups, judged)),
    )  # fmt: skip


def _line(component: Component, groups: Sequence[Judged]) -> SavingLine:
    quantity = valued = 0
    nothing: dict[Reason, int] = {}
    unanswered: dict[Reason, int] = {}
    for group, reason in groups:
        if reason is not None:
            kept = unanswered if reason.is_open else nothing
            kept[reason] = kept.get(reason, 0) + group.meetings
            continue
        valued += group.meetings
        for question, meetings in open_questions(component.per, group):
            unanswered[question] = unanswered.get(question, 0) + meetings
            valued -= meetings
        quantity += _units(component.per, group) * component.times
    amount = None if unanswered and not valued else quantity * component.amount
    reasons = unanswered if amount is None else nothing
    alone = next(iter(reasons)) if len(reasons) == 1 and not valued else None
    found = tuple(sorted((reason, number) for reason, number in unanswered.items() if number))
    return SavingLine(component.id, component.per, quantity, component.amount, amount, alone, found)


def _units(per: Per, group: Group) -> int:
    return {"meeting": group.meetings, "participant": group.heads, "traveller": group.travellers}[per]


def own_lines(tariff: Tariff, groups: Sequence[Group], months: int = 0) -> tuple[OwnLine, ...]:
    """Return the own cost: a meeting at a distance costs whether or not it saved anything, one on site nothing."""
    distant = sum(group.meetings for group in groups if group.mode != "on-site")
    return tuple(
        OwnLine(one.id, one.per, months if one.per == "month" else distant, one.amount) for one in tariff.own_costs
    )


def _kinds(tariff: Tariff, groups: Sequence[Group], judged: Sequence[Sequence[Judged]]) -> Iterable[KindShare]:
    for kind in ("hosted", "attended", ""):
        if mine := [group for group in groups if group.kind == kind]:
            shares = (
                _line(component, [one for one in each if one[0].kind == kind]).amount or 0
                for component, each in zip(tariff.components, judged, strict=True)
            )
            yield KindShare(kind, _meetings(mine), sum(shares))


def _meetings(groups: Iterable[Group]) -> int:
    return sum(group.meetings for group in groups if saves(group))
