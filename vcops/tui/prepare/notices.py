"""What whoever walks should know of the walk as a whole, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePath

from vcops.domain.files import FileState
from vcops.domain.meetings import MeetingState
from vcops.formats.dates import clock
from vcops.locale import _
from vcops.tui.plain import Cell
from vcops.tui.prepare.commands import key_of
from vcops.tui.prepare.walked import Walked
from vcops.wording.attachments import state_words
from vcops.wording.editions import edition_text, standard_left_out_text

__all__ = ["notices"]

_CLOCKS_DIFFER = timedelta(minutes=1)
"""Two machines' clocks differ by less, and nobody has set one back."""


def notices(walked: Walked, now: datetime) -> list[Cell]:
    """Return one line each."""
    return [*_of_the_meeting(walked), *_of_the_run(walked, now)]


def _of_the_meeting(walked: Walked) -> Iterator[Cell]:
    meeting, run = walked.meeting, walked.run
    if meeting is not None and meeting.state is MeetingState.CANCELLED:
        yield Cell(_("! The meeting is cancelled. What was done so far stays on record."), "warn")
    if walked.moved_to:
        said = _("! The meeting was moved to {room}. Go back with {key} and open the meeting anew.")
        yield Cell(said.format(room=walked.moved_to, key=key_of("leave")), "warn")
    elif meeting is not None and run.room_id is not None and meeting.room_id is None:
        yield Cell(_("! The meeting has no room any more; this walk checks the one it was in before."), "warn")
    own = meeting.title if meeting is not None and meeting.state is MeetingState.RUNNING else None
    for title in walked.meetings_on.here:
        if title != own:
            said = _("! “{name}” is on in this room now; until it ends only the platform is checked.")
            yield Cell(said.format(name=title), "warn")
    for name, by in walked.neighbours:
        yield Cell(_("! This room is being checked for “{name}” too, by {by}.").format(name=name, by=by), "warn")


def _of_the_run(walked: Walked, now: datetime) -> Iterator[Cell]:
    run = walked.run
    newest = max((one.at for one in run.attempts), default=None)
    if newest is not None and run.closed_at is None and newest - now > _CLOCKS_DIFFER:
        said = _("! This computer's clock was set back: the last answer is of {time}. The order of answers is kept.")
        yield Cell(said.format(time=clock(newest, walked.zone)), "warn")
    for one in run.attachments:
        state = walked.files.get(one.id, FileState.SAME)
        if state is not FileState.SAME:
            said = _("! Attached file {name}: {state}.")
            yield Cell(said.format(name=PurePath(one.path).name, state=state_words(state)), "warn")
    if run.closed_at is None:
        yield from _of_the_handbook(walked)


def _of_the_handbook(walked: Walked) -> Iterator[Cell]:
    """Yield what of the office's own is not in force, and whether the procedure reads otherwise by now."""
    if walked.edition is not None and (said := edition_text(walked.edition)):
        yield Cell(f"! {said}", "warn") if walked.edition.left_out else Cell(said, "dim")
    for fault in walked.standards_left_out:
        yield Cell(f"! {standard_left_out_text(fault)}", "warn")
