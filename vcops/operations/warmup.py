"""Imports what the next deed needs, while nobody waits for it."""

from __future__ import annotations

import gc

from vcops.operations.workplace import Workplace

__all__ = ["warm_up"]


def warm_up(workplace: Workplace) -> None:
    """Import the database's tables, and the holidays, and read the handbook: a first key would wait for half a second.

    Opens no database.
    """
    import holidays.countries.indonesia  # noqa: F401

    import vcops.store.database  # noqa: F401

    workplace.handbook  # noqa: B018 - it is read once, and kept with its faults
    gc.freeze()  # walking through all that was imported takes a collection 60 ms, in the midst of a key
