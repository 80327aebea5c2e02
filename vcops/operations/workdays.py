"""The office's calendar: national holidays and joint leave from the `holidays` package, and the office's own days."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from vcops.domain.texts import Text
from vcops.domain.workdays import Holiday, HolidayKind, Workdays
from vcops.operations.workplace import Workplace

__all__ = ["calendar"]

_KINDS = {"public": HolidayKind.PUBLIC, "government": HolidayKind.JOINT_LEAVE}
"""Categories of the package; by default it leaves joint leave (`government`) out."""
_ESTIMATED = " (estimated)"
"""How the package marks a date that it reckoned from the moon, in its English names."""


def calendar(workplace: Workplace, year: int) -> Workdays:
    """Return the working days of a year and the ones beside it: no deadline reaches further.

    The national part is computed once a year of the calendar; importing its package takes a sixth of a second, so it
    happens here and not before.
    """
    national, settled = _national(year)
    own = workplace.handbook.holidays.values()
    office = [one for days in own for one in days.holidays()]
    return Workdays.of((*national, *office), (one for days in own for one in days.worked()), settled)


@lru_cache(maxsize=8)
def _national(year: int) -> tuple[tuple[Holiday, ...], frozenset[int]]:
    """Return the national days around a year, and of these years those whose joint leave is known."""
    years = (year - 1, year, year + 1)
    found = tuple(sorted(_read(years), key=lambda one: one.day))
    return found, frozenset(one.day.year for one in found if one.kind is HolidayKind.JOINT_LEAVE)


def _read(years: tuple[int, ...]) -> Iterator[Holiday]:
    from holidays.countries.indonesia import Indonesia

    for category, kind in _KINDS.items():
        names = {tongue: Indonesia(years=years, categories=(category,), language=tongue) for tongue in ("id", "en_US")}
        for day, name in names["id"].items():
            english = names["en_US"].get(day) or name
            shown = Text(id=name.replace(" (perkiraan)", ""), en=english.replace(_ESTIMATED, ""))
            yield Holiday(day, shown, kind, estimated=_ESTIMATED in english)
