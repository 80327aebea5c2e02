"""What a room's main or backup link measured before: read from the connection checks of its walks."""

from __future__ import annotations

from vcops.domain.frozen import thaw
from vcops.domain.journal import digest_of
from vcops.domain.link_history import Link, LinkHistory
from vcops.operations.workplace import Workplace

__all__ = ["MOST", "history"]

MOST = 200
"""How many measurements are read where nobody says: some months of a room that is used every day."""


def history(workplace: Workplace, room_id: str, link: Link = "main", *, most: int = MOST) -> LinkHistory:
    """Return the newest finished connection checks of a room's link, oldest first.

    Which of a walk's steps measures which link stands in the procedure it froze. A walk whose procedure was changed
    in the database since is left out and counted. Raises StorageError.
    """
    from vcops.store import link_checks

    steps: dict[str, list[str]] = {}
    altered = 0
    with workplace.store.reading() as connection:
        for digest, text, runs in link_checks.frozen_of_room(connection, room_id):
            if digest_of(text) != digest:
                altered += runs
                continue
            procedure, _standards = thaw(text)
            measuring = [
                one.id
                for one in procedure.steps()
                if one.check and one.check.instrument == "connection" and one.check.link == link
            ]
            if measuring:
                steps[digest] = measuring
        points = link_checks.link_points(connection, room_id, steps, most)
    return LinkHistory(link, tuple(points), altered)
