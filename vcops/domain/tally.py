"""What a period came to: meetings, people, and avoided cost under the tariffs in force; never a sum across them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from vcops.domain.adjustments import Adjustment, Corrected, corrected
from vcops.domain.adoptions import Adoption, day_after, day_before, on_day
from vcops.domain.groups import Group
from vcops.domain.meetings import CountMethod
from vcops.domain.periods import Period, month_text
from vcops.domain.savings import Total, saves, total
from vcops.domain.tariffs import Tariff, rates_of
from vcops.formats.words import rupiah_in_words

__all__ = [
    "GROUPINGS", "Counted", "Grouping", "Segment", "Tally", "TallyRow", "add_up", "in_order", "segments",
    "total_as_json",
]  # fmt: skip

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
    """Ended meetings of one segment that share a row's key and how their people were counted.

    `without_count` of them have no head count; `method` is empty where nobody said how it was made.
    """

    key: str
    group: Group
    without_count: int = 0
    method: str = ""


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
    """A period added up. Only ended meetings count; planned and running ones are numbered in `not_ended`.

    `count_methods`: by how the people were counted, the meetings and the people. `joined` entries are the same
    meeting as another and count with that one. `without_tariff` meetings were held on days without a tariff.
    `adjustments` belong to the period and are in none of its figures but those `after` them; entries `booked_here`
    belong to an earlier one.
    """

    period: Period
    by: Grouping | None = None
    meetings: int = 0
    hosted: int = 0
    attended: int = 0
    unstated: int = 0
    not_ended: int = 0
    to_come: int = 0
    without_count: int = 0
    no_length: int = 0
    participants: int = 0
    totals: tuple[Total, ...] = ()
    rows: tuple[TallyRow, ...] = field(default=())
    count_methods: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    joined: int = 0
    without_tariff: int = 0
    adjustments: tuple[Adjustment, ...] = ()
    booked_here: tuple[Adjustment, ...] = ()

    @property
    def after(self) -> Corrected | None:
        """The figures "setelah koreksi"; None where no entry belongs to the period."""
        if not self.adjustments:
            return None
        return corrected(self.meetings, self.participants, self.totals, self.adjustments, lower_bound=self.lower_bound)

    @property
    def overdue(self) -> int:
        """How many meetings began, or were to begin on a day gone by, and have no end."""
        return self.not_ended - self.to_come

    @property
    def lower_bound(self) -> bool:
        """Whether what was held is more than what is counted: an end, a head count, a length or an answer is missing.

        Meetings `to_come`, planned for today or later, are among the not ended and make no figure doubtful.
        """
        return (
            self.overdue > 0
            or self.without_count > 0
            or self.no_length > 0
            or any(one.lower_bound for one in self.totals)
        )

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
            "count_methods": {
                name: {"meetings": meetings, "participants": people}
                for name, (meetings, people) in self.count_methods.items()
            },
            "joined": self.joined,
            "without_tariff": self.without_tariff,
            "unanswered": [
                {
                    "tariff": one.tariff.id,
                    "year": one.year,
                    "component": line.component,
                    "reason": reason.value,
                    "meetings": meetings,
                }
                for one in self.totals
                for line in one.lines
                for reason, meetings in line.unanswered
            ],
            "totals": [total_as_json(one) for one in self.totals],
            "corrections": [one.as_json() for one in self.adjustments],
            "after_corrections": self.after.as_json() if self.after else None,
            "booked_here": [one.as_json() for one in self.booked_here],
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
    held = [what_if or (found.tariff if (found := on_day(adoptions, first)) else None) for first in inside]
    return tuple(Segment(*one) for one in zip(inside, ends, held, strict=True))


def in_order(recap: Tally) -> Tally:
    """Return a recap in the one order that a report keeps: units and rooms with the most meetings first.

    Of as many meetings the one of more people goes first, then the one whose name does, whatever its capitals; months,
    kinds and modes have an order of their own.
    """
    if recap.by not in {"unit", "room"}:
        return recap
    rows = sorted(recap.rows, key=lambda one: (-one.meetings, -one.participants, one.key.casefold(), one.key))
    return replace(recap, rows=tuple(rows))


def add_up(  # noqa: PLR0913 - one keyword a count
    period: Period,
    counted: Iterable[tuple[Segment, Sequence[Counted]]],
    *,
    by: Grouping | None = None,
    not_ended: int = 0,
    to_come: int = 0,
    joined: int = 0,
    today: int = 99991231,
) -> Tally:
    """Return the tally of what was counted in each segment.

    Own costs a month are charged for the months begun by `today`, each once: to the first tariff in force in it.
    """
    pairs = [(segment, tuple(found)) for segment, found in counted]
    every = [one for _segment, found in pairs for one in found]
    charged = _charged([segment for segment, _found in pairs], today)
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
        no_length=_meetings(one for one in every if one.group.no_length),
        participants=sum(one.group.participants for one in every),
        totals=_totals(pairs, charged),
        rows=_rows(pairs, charged if by == "month" else {}) if by else (),
        count_methods=_count_methods(every),
        joined=joined,
        without_tariff=sum(
            one.group.meetings
            for segment, found in pairs
            if segment.tariff is None
            for one in found
            if saves(one.group)
        ),
    )


def total_as_json(one: Total) -> dict[str, Any]:
    """Return one of `totals`. The words are Indonesian in every language, as amounts are written on paper.

    Where nothing could be valued there is no amount, and `reasons` names the questions that are open.
    """
    open_ones = sorted({reason.value for line in one.lines for reason, _number in line.unanswered})
    return {
        "tariff": one.tariff.id,
        "method": one.tariff.method,
        "basis": one.tariff.basis.id,
        "year": one.year,
        "meetings": one.meetings,
        "components": [{"id": line.component, "amount": line.amount} for line in one.lines if line.amount is not None],
        "not_counted": [line.component for line in one.lines if line.amount is None],
        "gross": one.gross if one.valued else None,
        "own_cost": one.own_cost,
        "net": one.net if one.valued else None,
        "in_words": rupiah_in_words(one.net) if one.valued else None,
        "reasons": [] if one.valued else open_ones,
    }


def _charged(cut: Sequence[Segment], today: int) -> dict[Segment, tuple[str, ...]]:
    """Return the months whose own cost each segment bears, `YYYY-MM`."""
    taken: set[str] = set()
    found: dict[Segment, tuple[str, ...]] = {}
    for segment in cut:
        if segment.tariff is None or segment.first_day > today:
            continue
        last = min(segment.last_day, today)
        months = Period.between(_month(segment.first_day), _month(last)).months
        found[segment] = tuple(one for one in months if one not in taken)
        taken.update(months)
    return found


def _month(day: int) -> str:
    return month_text(day // 100)


def _totals(
    pairs: Sequence[tuple[Segment, Sequence[Counted]]], charged: Mapping[Segment, Sequence[str]], key: str = ""
) -> tuple[Total, ...]:
    """One total a tariff (as it stood when adopted) and year, in the order of time.

    A tariff of which only words were changed is the same, in its newest words. `charged` are the months whose own cost
    the segments bear; of a row of months only its own, `key`.
    """
    gathered: dict[Hashable, tuple[list[Group], list[str]]] = {}
    newest: dict[Hashable, tuple[Tariff, int]] = {}
    for segment, found in pairs:
        if segment.tariff is None:
            continue
        alike = (segment.year, rates_of(segment.tariff))
        groups, paid = gathered.setdefault(alike, ([], []))
        groups.extend(one.group for one in found)
        paid.extend(one for one in charged.get(segment, ()) if key in ("", one))
        newest[alike] = segment.tariff, segment.year
    totals = tuple(total(*newest[alike], groups, len(paid)) for alike, (groups, paid) in gathered.items())
    held = tuple(one for one in totals if one.meetings or one.own_cost)
    return held or totals  # beside others, a tariff under which nothing was held says nothing


def _rows(
    pairs: Sequence[tuple[Segment, Sequence[Counted]]], charged: Mapping[Segment, Sequence[str]]
) -> tuple[TallyRow, ...]:
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
            _totals(parts, charged, key),
        )
        for key, parts in sorted(by_key.items())
    )


def _count_methods(every: Iterable[Counted]) -> dict[str, tuple[int, int]]:
    """Return meetings and people by how they were counted; a way in which nobody was counted stands with 0."""
    found = {one.value: (0, 0) for one in CountMethod}
    for one in every:
        if one.method:
            meetings, people = found[one.method]
            found[one.method] = (meetings + one.group.meetings, people + one.group.participants)
    return found


def _by_key(found: Iterable[Counted]) -> dict[str, list[Counted]]:
    gathered: dict[str, list[Counted]] = defaultdict(list)
    for one in found:
        gathered[one.key].append(one)
    return gathered


def _meetings(ones: Iterable[Counted]) -> int:
    return sum(one.group.meetings for one in ones)
