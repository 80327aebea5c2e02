"""The recorded measurements of a room's links, read from the attempts of its runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, and_, func, or_, select

from vcops.domain.link_history import LinkPoint
from vcops.domain.verdicts import Verdict
from vcops.store import tables
from vcops.store.runs import read_readings
from vcops.store.tables import table_of

__all__ = ["frozen_of_room", "link_points"]

_RUN = table_of(tables.Run)
_FROZEN = table_of(tables.Frozen)
_ATTEMPT = table_of(tables.Attempt)


def frozen_of_room(connection: Connection, room_id: str) -> list[tuple[str, str, int]]:
    """Return what the room's runs froze: digest, text, and how many runs walked it."""
    counted = (
        select(_RUN.c.digest, func.count().label("runs"))
        .where(_RUN.c.room_id == room_id)
        .group_by(_RUN.c.digest)
        .subquery()
    )
    query = select(_FROZEN.c.id, _FROZEN.c.text, counted.c.runs).join(counted, counted.c.digest == _FROZEN.c.id)
    return [(row.id, row.text, row.runs) for row in connection.execute(query)]


def link_points(
    connection: Connection, room_id: str, steps: Mapping[str, Collection[str]], most: int
) -> list[LinkPoint]:
    """Return the newest finished measurements of these steps, oldest first. `steps` holds them by a run's digest.

    What was taken back, or stopped by a person, is none.
    """
    if not steps:
        return []
    asked = or_(*(and_(_RUN.c.digest == digest, _ATTEMPT.c.step.in_(ids)) for digest, ids in steps.items()))
    query = (
        select(_ATTEMPT)
        .join(_RUN, _RUN.c.id == _ATTEMPT.c.run_id)
        .where(_RUN.c.room_id == room_id, _ATTEMPT.c.outcome == "measured", _ATTEMPT.c.undone_at.is_(None), asked)
        .order_by(_ATTEMPT.c.at.desc(), _ATTEMPT.c.id.desc())
        .limit(most)
    )
    points = [
        LinkPoint(
            at=row["at"],
            verdict=Verdict(row["verdict"]) if row["verdict"] else None,
            readings=read_readings(row["readings"]),
            source=row["value"],
            step=row["step"],
            run_id=row["run_id"],
            by=row["by"],
        )
        for row in connection.execute(query).mappings()
    ]
    return points[::-1]
