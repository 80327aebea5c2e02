"""Imports what the next deed needs, while nobody waits for it."""

from __future__ import annotations

from vcops.operations.workplace import Workplace

__all__ = ["warm_up"]


def warm_up(workplace: Workplace) -> None:
    """Import the database's tables, read the handbook and this year's holidays: a key would wait for half a second.

    Opens no database.
    """
    import vcops.store.database  # noqa: F401
    from vcops.operations.workdays import calendar

    calendar(workplace, workplace.clock().year)  # reads the handbook too, which is kept with its faults
