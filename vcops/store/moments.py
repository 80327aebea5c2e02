"""Times as the database holds them, and the schema's number: what both the tables and the light reader need."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["SCHEMA", "read_moment", "write_moment"]

SCHEMA = "0001"
"""The schema this program writes: the name of its last migration."""


def write_moment(moment: datetime) -> str:
    """Return an aware time as the database holds it: `2026-11-21T01:02:03.000000Z`, which sorts as text."""
    if moment.tzinfo is None:
        raise ValueError("a naive time has no place in the database")
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(timespec="microseconds")[:-6] + "Z"  # thrice as fast as strftime


def read_moment(text: str) -> datetime:
    """Return the aware UTC time that `write_moment` wrote."""
    return datetime.fromisoformat(text)
