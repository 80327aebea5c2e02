"""Whether a meeting is on that a check would disturb: in the same room, or on what may be the same link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vcops.domain.turns import kept_from
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.domain.metrics import Instrument

__all__ = ["MeetingsOn", "meetings_on"]


@dataclass(frozen=True, slots=True)
class MeetingsOn:
    """The titles of the meetings that run now: `here` in the room, `elsewhere` online in any other room.

    Nobody has told which rooms share a link, so a meeting in any other room may be on the same one.
    """

    here: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def hinders(self, instrument: Instrument) -> tuple[str, str]:
        """Return why a check is not made now, as a code with its sentence, and the meeting's title; else two empty."""
        if self.here and kept_from(instrument, here=True, elsewhere=False):
            return "check.meeting_here", self.here[0]
        if self.elsewhere and kept_from(instrument, here=False, elsewhere=True):
            return "check.meeting_elsewhere", self.elsewhere[0]
        return "", ""


def meetings_on(workplace: Workplace, room_id: str | None) -> MeetingsOn:
    """Return what runs now. A meeting without a room is counted with the others. Raises StorageError."""
    from vcops.store import meetings

    with workplace.store.reading() as connection:
        running = meetings.running(connection, workplace.clock())
    here = [one.title for one in running if room_id is not None and one.room_id == room_id]
    elsewhere = [one.title for one in running if one.on_a_link and (room_id is None or one.room_id != room_id)]
    return MeetingsOn(tuple(here), tuple(elsewhere))
