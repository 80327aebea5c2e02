"""What a period came to: meetings, people, and avoided cost under the tariffs in force; never a sum across them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from vcops.domain.adoptions import Adoption, day_after, day_before
from vcops.domain.periods import Period
from vcops.domain.savings import Group, Total, total
from vcops.domain.tariffs import Tariff
from vcops.formats.words import rupiah_in_words

__all__ = ["GROUPINGS", "Counted", "Grouping", "Segment", "Tally", "TallyRow", "add_up", "segments", "total_as_json"]

Grouping = Literal["unit", "room", "month", "kind", "mode", "platform", "operator"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


@dataclass(frozen=True, slots=True)
class Segment:
    """Days (YYYYMMDD, both included) of one fiscal year on which one tariff, or none, is in force."""

    first_day: int
    last_day: int
    tariff: Tariff | None

    @property
    def year(self) -> int:
        """The fiscal year, which is the calendar year."""
        return self.first_day // 10_000


@dataclass(frozen=True, slots=True)
class Counted:
    """Ended meetings of one segment that share a row's key; `without_count` of them have no head count."""

    key: str
    group: Group
    without_count: int = 0


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One line of a tally: the meetings that share `key` (a unit's name, a month, a kind ...)."""

    key: str
    meetings: int
    participants: int
    totals: tuple[Total, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one of `rows`."""
        return {
            "key": self.key,
            "meetings": self.meetings,
            "participants": self.participants,
            "totals": [total_as_json(one) for one in self.totals],
        }


@dataclass(frozen=True, slots=True)
class Tally:
    """A period added up. Only ended meetings count; planned and running ones are numbered in `not_ended`."""

    period: Period
    by: Grouping | None = None
    meetings: int = 0
    hosted: int = 0
    attended: int = 0
    unstated: int = 0
    not_ended: int = 0
    to_come: int = 0
    without_count: int = 0
    participants: int = 0
    totals: tuple[Total, ...] = ()
    rows: tuple[TallyRow, ...] = field(default=())

    @property
    def overdue(self) -> int:
        """How many meetings began, or were to begin on a day gone by, and have no end."""
        return self.not_ended - self.to_come

    @property
    def lower_bound(self) -> bool:
        """Whether what was held is more than what is counted: a meeting lacks its end or its head count.

        Meetings `to_come`, planned for today or later, are among the not ended and make no figure doubtful.
        """
        return self.overdue > 0 or self.without_count > 0

    def as_json(self) -> dict[str, Any]:
        """Return the public shape of `vcops tally --json`."""
        return {
            "from": self.period.first,
            "to": self.period.last,
            "meetings": self.meetings,
            "hosted": self.hosted,
            "attended": self.attended,
            "unstated": self.unstated,
            "not_ended": self.not_ended,
            "lower_bound": self.lower_bound,
            "participants": self.participants,
            "totals": [total_as_json(one) for one in self.totals],
            "rows": [row.as_json() for row in self.rows],
        }


def segments(period: Period, adoptions: Sequence[Adoption], what_if: Tariff | None = None) -> tuple[Segment, ...]:
    """Cut a period at the ends of years and where another tariff comes into force. `what_if` stands for all of them."""
    starts = {period.first_day}
    starts.update(year * 10_000 + 101 for year in range(int(period.first[:4]) + 1, int(period.last[:4]) + 1))
    if what_if is None:
        for one in adoptions:
            starts.add(one.valid_from)
            if one.valid_to is not None and one.valid_to < period.last_day:
                starts.add(day_after(one.valid_to))
    inside = sorted(day for day in starts if period.first_day <= day <= period.last_day)
    ends = [day_before(day) for day in inside[1:]] + [period.last_day]
    return tuple(
        Segment(first, last, what_if or _in_force(adoptions, first)) for first, last in zip(inside, ends, strict=True)
    )


def add_up(
    period: Period,
    counted: Iterable[tuple[Segment, Sequence[Counted]]],
    *,
    by: Grouping | None = None,
    not_ended: int = 0,
    to_come: int = 0,
) -> Tally:
    """Return the tally of what was counted in each segment."""
    pairs = [(segment, tuple(found)) for segment, found in counted]
    every = [one for _segment, found in pairs for one in found]
    return Tally(
        period,
        by,
        meetings=_meetings(every),
        hosted=_meetings(one for one in every if one.group.kind == "hosted"),
        attended=_meetings(one for one in every if one.group.kind == "attended"),
        unstated=_meetings(one for one in every if one.group.kind not in {"hosted", "attended"}),
        not_ended=not_ended,
        to_come=to_come,
        without_count=sum(one.without_count for one in every),
        participants=sum(one.group.participants for one in every),
        totals=_totals(pairs),
        rows=_rows(pairs) if by else (),
    )


def total_as_json(one: Total) -> dict[str, Any]:
    """Return one of `totals`. The words are Indonesian in every language, as amounts are written on paper."""
    return {
        "tariff": one.tariff.id,
        "method": one.tariff.method,
        "basis": one.tariff.basis.id,
        "year": one.year,
        "meetings": one.meetings,
        "components": [{"id": line.component, "amount": line.amount} for line in one.lines if line.amount is not None],
        "not_counted": [line.component for line in one.lines if line.amount is None],
        "gross": one.gross,
        "own_cost": one.own_cost,
        "net": one.net,
        "in_words": rupiah_in_words(one.net),
    }


def _totals(pairs: Sequence[tuple[Segment, Sequence[Counted]]]) -> tuple[Total, ...]:
    """One total a tariff (as it stood when adopted) and year, in the order of time."""
    groups: list[tuple[Tariff, int, list[Group]]] = []
    for segment, found in pairs:
        if segment.tariff is None:
            continue
        for tariff, year, gathered in groups:
            if year == segment.year and tariff == segment.tariff:
                gathered.extend(one.group for one in found)
                break
        else:
            groups.append((segment.tariff, segment.year, [one.group for one in found]))
    totals = tuple(total(tariff, year, gathered) for tariff, year, gathered in groups)
    held = tuple(one for one in totals if one.meetings)
    return held or totals  # beside others, a tariff under which nothing was held says nothing


def _rows(pairs: Sequence[tuple[Segment, Sequence[Counted]]]) -> tuple[TallyRow, ...]:
    by_key: dict[str, list[tuple[Segment, list[Counted]]]] = defaultdict(list)
    for segment, found in pairs:
        here: Mapping[str, list[Counted]] = _by_key(found)
        for key, ones in here.items():
            by_key[key].append((segment, ones))
    return tuple(
        TallyRow(
            key,
            _meetings(one for _segment, ones in parts for one in ones),
            sum(one.group.participants for _segment, ones in parts for one in ones),
            _totals(parts),
        )
        for key, parts in sorted(by_key.items())
    )


def _by_key(found: Iterable[Counted]) -> dict[str, list[Counted]]:
    gathered: dict[str, list[Counted]] = defaultdict(list)
    for one in found:
        gathered[one.key].append(one)
    return gathered


def _meetings(ones: Iterable[Counted]) -> int:
    return sum(one.group.meetings for one in ones)


def _in_force(adoptions: Sequence[Adoption], day: int) -> Tariff | None:
    return next((one.tariff for one in adoptions if one.holds_on(day)), None)
