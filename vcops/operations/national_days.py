"""National holidays and joint leave from the `holidays` package, remembered on this machine.

The package reads the calendars of every country: half a second and 11 MB that one needs once a year and not at every
start.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.metadata import version

from vcops.domain.texts import Text
from vcops.domain.workdays import Holiday, HolidayKind
from vcops.settings import Memory, Places

__all__ = ["national_days"]

_KINDS = {"public": HolidayKind.PUBLIC, "government": HolidayKind.JOINT_LEAVE}
"""Categories of the package; by default it leaves joint leave (`government`) out."""
_ESTIMATED = " (estimated)"
"""How the package marks a date that it reckoned from the moon, in its English names."""


@lru_cache(maxsize=8)
def national_days(places: Places, year: int) -> tuple[Holiday, ...]:
    """Return the national days of a year and of the ones beside it, by date: no deadline reaches further."""
    memory = Memory(places.national_days_file)
    package = version("holidays")
    found = _recalled(memory.read().get(str(year), ""), package)
    if found is None:
        found = tuple(sorted(_read((year - 1, year, year + 1)), key=lambda one: one.day))
        memory.keep(**{str(year): json.dumps({"package": package, "days": [_plain(one) for one in found]})})
    return found


def _read(years: tuple[int, ...]) -> Iterator[Holiday]:
    from holidays.countries.indonesia import Indonesia

    for category, kind in _KINDS.items():
        names = {tongue: Indonesia(years=years, categories=(category,), language=tongue) for tongue in ("id", "en_US")}
        for day, name in names["id"].items():
            english = names["en_US"].get(day) or name
            shown = Text(id=name.replace(" (perkiraan)", ""), en=english.replace(_ESTIMATED, ""))
            yield Holiday(day, shown, kind, estimated=_ESTIMATED in english)


def _plain(one: Holiday) -> list[str | bool | None]:
    return [one.day.isoformat(), one.name.id, one.name.en, one.kind, one.estimated]


def _recalled(text: str, package: str) -> tuple[Holiday, ...] | None:
    """Return what was remembered; None where nothing was, another release reckoned it, or somebody spoilt it."""
    try:
        kept = json.loads(text)
        if kept["package"] != package:
            return None
        return tuple(
            Holiday(date.fromisoformat(day), Text(id=name, en=english), HolidayKind(kind), estimated is True)
            for day, name, english, kind, estimated in kept["days"]
        )
    except (ValueError, TypeError, KeyError):
        return None
