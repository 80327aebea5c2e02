"""What the three lists show, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vcops.domain.overview import RoomLine
from vcops.domain.people import Person, Room, Unit

if TYPE_CHECKING:
    from vcops.domain.runs import RunLine
    from vcops.operations.workplace import Workplace

__all__ = ["RUNS", "Directory", "past_runs", "read"]

RUNS = 20
"""So many of a room's past runs are shown."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Rooms, units and staff by name; `standing` holds what was last decided about each room, by its id."""

    rooms: tuple[Room, ...] = ()
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    standing: dict[str, RoomLine] | None = None

    def of(self, name: str) -> tuple[Room, ...] | tuple[Unit, ...] | tuple[Person, ...]:
        """Return the list of that name: rooms, units or people."""
        if name == "rooms":
            return self.rooms
        return self.units if name == "units" else self.people

    def line_of(self, room_id: str) -> RoomLine | None:
        """Return what was last decided about a room."""
        return (self.standing or {}).get(room_id)


def read(workplace: Workplace) -> Directory:
    """Read all three lists. It runs in the store's thread, where its heavy imports belong."""
    from vcops.operations import directory
    from vcops.operations.today import overview

    return Directory(
        tuple(directory.rooms(workplace)),
        tuple(directory.units(workplace)),
        tuple(directory.people(workplace)),
        {one.id: one for one in overview(workplace).rooms},
    )


def past_runs(workplace: Workplace, room_id: str) -> list[RunLine]:
    """Return the newest runs of a room."""
    from vcops.operations import runs

    return runs.listing(workplace, room_id, most=RUNS)
