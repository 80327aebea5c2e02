"""Saying that two entries are one meeting, joined from several rooms, so that it counts once; and taking it back."""

from __future__ import annotations

from vcops.domain.meetings import Meeting, MeetingState
from vcops.domain.same_meeting import overlap
from vcops.errors import Conflict, InvalidInput
from vcops.operations.meeting_changes import held_meeting, keep
from vcops.operations.workplace import Workplace

__all__ = ["join", "part"]


def join(workplace: Workplace, meeting_id: str, counts_as: str) -> Meeting:
    """Let an entry count with another one, `counts_as`; what counted with the entry follows it.

    Raises InvalidInput where they are one entry, Conflict where the other is cancelled or they are not at one time.
    """
    from vcops.store.behind import joined_to

    with workplace.store.writing(workplace.who) as change:
        held = held_meeting(change.connection, meeting_id, change.now)
        main = held_meeting(change.connection, counts_as, change.now)
        if main.same_as is not None:  # it counts elsewhere itself: the chain is never longer than one
            main = held_meeting(change.connection, main.same_as, change.now)
        if main.id == held.id:
            raise InvalidInput("meeting.same_itself", column="same_as", value=counts_as)
        if main.state is MeetingState.CANCELLED:
            raise Conflict("meeting.same_cancelled", title=main.title)
        if not overlap(held, main):
            raise Conflict("meeting.same_not_at_once", title=main.title)
        for follower in joined_to(change.connection, held.id):
            keep(change, follower, same_as=main.id)
        return keep(change, held, same_as=main.id)


def part(workplace: Workplace, meeting_id: str) -> Meeting:
    """Let an entry count by itself again."""
    with workplace.store.writing(workplace.who) as change:
        held = held_meeting(change.connection, meeting_id, change.now)
        return keep(change, held, same_as=None)
