"""What is on now and next: the first thing anyone sees."""

from __future__ import annotations

from vcops.domain.overview import Overview
from vcops.operations.workplace import Workplace

__all__ = ["overview"]


def overview(workplace: Workplace) -> Overview:
    """Return running, coming and ended meetings and the rooms' readiness. Raises StorageError.

    On the embedded database this imports neither SQLAlchemy nor pydantic; a file that is not there yet is empty.
    """
    if workplace.database_file is not None:
        from vcops.store import glance

        return glance.overview(workplace.database_file, workplace.clock())
    from vcops.store.lists import today

    with workplace.store.reading() as connection:
        return today(connection, workplace.clock())
