"""Meetings and a tariff give saving lines; totals are sums of lines, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vcops.domain.tariffs import Component, Per, Tariff

__all__ = ["Group", "SavingLine", "Total", "saves", "saving_lines", "total"]


@dataclass(frozen=True, slots=True)
class Group:
    """Ended meetings alike in what a tariff asks about, added up: the unit that the database aggregates."""

    kind: str
    mode: str
    face_to_face: bool | None
    meetings: int
    participants: int
    travellers: int = 0


@dataclass(frozen=True, slots=True)
class SavingLine:
    """One avoided cost: so many units at a rate. `amount` is None where it is named but not valued."""

    component: str
    per: Per | None
    quantity: int
    rate: int | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """The savings of one tariff, method and fiscal year. Never added up across them."""

    tariff: Tariff
    year: int
    meetings: int
    lines: tuple[SavingLine, ...]
    own_cost: int = 0

    @property
    def gross(self) -> int:
        """Sum of the valued lines, in rupiah."""
        return sum(line.amount for line in self.lines if line.amount is not None)

    @property
    def net(self) -> int:
        """Gross less the office's own cost."""
        return self.gross - self.own_cost


def saves(group: Group) -> bool:
    """Whether such meetings save anything: not on site, and not if they would never have been face to face."""
    return group.mode != "on-site" and group.face_to_face is not False


def saving_lines(tariff: Tariff, groups: Iterable[Group]) -> tuple[SavingLine, ...]:
    """Return a line a component, in the tariff's order, then the named but not valued."""
    counted = [group for group in groups if saves(group)]
    lines = [_line(component, counted) for component in tariff.components]
    return (*lines, *(SavingLine(one.id, None, 0, None, None) for one in tariff.not_counted))


def total(tariff: Tariff, year: int, groups: Sequence[Group], own_cost: int = 0) -> Total:
    """Return the savings of these meetings under one tariff in one fiscal year."""
    meetings = sum(group.meetings for group in groups if saves(group))
    return Total(tariff, year, meetings, saving_lines(tariff, groups), own_cost)


def _line(component: Component, groups: Sequence[Group]) -> SavingLine:
    quantity = sum(_quantity(component.per, group) for group in groups if (group.kind or "unstated") in component.kinds)
    return SavingLine(component.id, component.per, quantity, component.amount, quantity * component.amount)


def _quantity(per: Per, group: Group) -> int:
    return {"meeting": group.meetings, "participant": group.participants, "traveller": group.travellers}[per]
