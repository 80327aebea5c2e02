"""Imports what the next deed needs, while nobody waits for it."""

from __future__ import annotations

import gc

from vcops.operations.workplace import Workplace

__all__ = ["warm_up"]


def warm_up(workplace: Workplace) -> None:
    """Import the database's tables, and the holidays: half a second that a first key would wait. Opens nothing."""
    del workplace
    import holidays.countries.indonesia  # noqa: F401

    import vcops.store.database  # noqa: F401

    gc.freeze()  # walking through all that was imported takes a collection 60 ms, in the midst of a key
