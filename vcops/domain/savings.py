"""Meetings and a tariff give saving lines; totals are sums of lines, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vcops.domain.eligibility import Reason, due, open_questions
from vcops.domain.groups import Group
from vcops.domain.tariffs import Component, Per, Tariff, rates_of

__all__ = ["KindShare", "OwnLine", "SavingLine", "Total", "own_lines", "saves", "saving_lines", "total"]


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
    gathered = list(groups)
    lines = [_line(tariff, component, gathered) for component in tariff.components]
    unvalued = [SavingLine(one.id, None, 0, None, None, Reason.NOT_VALUED) for one in tariff.not_counted]
    return (*lines, *unvalued)


def total(tariff: Tariff, year: int, groups: Sequence[Group], months: int = 0) -> Total:
    """Return the savings of these meetings under one tariff in one fiscal year, less the own cost of so many months."""
    return Total(
        tariff, year, _meetings(groups), saving_lines(tariff, groups), own_lines(tariff, groups, months),
        tuple(_kinds(tariff, groups)),
    )  # fmt: skip


def _line(tariff: Tariff, component: Component, groups: Sequence[Group]) -> SavingLine:
    quantity = valued = 0
    nothing: Counter[Reason] = Counter()
    unanswered: Counter[Reason] = Counter()
    for group in groups:
        reason = due(tariff, component, group)
        if reason is not None:
            (unanswered if reason.is_open else nothing)[reason] += group.meetings
            continue
        left_out = open_questions(component.per, group)
        unanswered.update(left_out)
        valued += group.meetings - left_out.total()
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


def _kinds(tariff: Tariff, groups: Sequence[Group]) -> Iterable[KindShare]:
    for kind in ("hosted", "attended", ""):
        mine = [group for group in groups if group.kind == kind]
        if mine:
            lines = saving_lines(tariff, mine)
            yield KindShare(kind, _meetings(mine), sum(line.amount or 0 for line in lines))


def _meetings(groups: Iterable[Group]) -> int:
    return sum(group.meetings for group in groups if saves(group))
