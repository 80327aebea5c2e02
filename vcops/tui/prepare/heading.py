"""The rows above a walk: what it is for, how far it is, how much time is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vcops.domain.meetings import MeetingState
from vcops.domain.procedures import USUAL
from vcops.formats.dates import clock, clock_zone, long_day, span
from vcops.formats.numbers import number
from vcops.locale import _, language
from vcops.tui.chrome.header import whole_minute
from vcops.tui.plain import Cell
from vcops.tui.prepare.notices import notices
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.signs import held_up_words
from vcops.tui.prepare.walked import Walked
from vcops.tui.widgets.countdown import is_near, left_until
from vcops.tui.widgets.verdicts import ready_cell

__all__ = ["WalkHeading", "heading"]

_SEPARATOR = Cell("  ·  ", "dim")


class WalkHeading(Widget):
    """Drawn anew when the minute changes."""

    DEFAULT_CSS = "WalkHeading { height: 2; margin: 0 0 1 0; }"
    ALLOW_SELECT = False

    walked: reactive[Walked | None] = reactive(None)
    now: reactive[datetime | None] = reactive(None)
    executor = reactive("")

    def show(self, walked: Walked, now: datetime, executor: str) -> None:
        """Show this walk; `executor` where that is not who works here."""
        self.styles.height = 2 + min(self._most, len(notices(walked, now)))
        self.walked, self.now, self.executor = walked, whole_minute(now), executor

    def render(self) -> Content:
        """Draw both rows."""
        if self.walked is None or self.now is None:
            return Content("")
        return heading(self.walked, self.now, self.size.width, self.executor, self.size.height - 2)

    @property
    def _most(self) -> int:
        """Rows for what should be known of the walk: a low window needs the others for the steps."""
        return 5 if self.screen.has_class("-high") else 2


def heading(walked: Walked, now: datetime, width: int, executor: str = "", most: int = 2) -> Content:
    """Return the rows. Minutes are written out: an abbreviation could be read as days.

    Below them stands what should be known of the walk, the most pressing first and at most so many, and how much more
    there is.
    """
    paper = Paper(width)
    meeting, procedure = walked.meeting, walked.run.procedure
    title = meeting.title if meeting and procedure.id == USUAL else procedure.title.said(language())
    paper.ends([Cell(title, "strong")], _far(walked))
    pieces: list[Cell] = []
    for one in _facts(walked, now, executor):
        pieces += [_SEPARATOR, one] if pieces else [one]
    decided = _decided(walked)
    if decided is None:
        paper.line(*pieces)
    else:
        paper.ends(pieces, decided)
    known = notices(walked, now)
    for place, one in enumerate(known[:most], start=1):
        left = len(known) - place if place == most else 0
        paper.ends([one], Cell(_("and {count} more").format(count=left) if left else "", "dim"))
    return paper.content()


def _far(walked: Walked) -> Cell:
    """Return how far it is. What was answered and stands in the way is not done with, and is told beside it."""
    done, steps, held_up = walked.progress()
    said = _("{done} of {steps} before the decision") if walked.run.next_gate() else _("{done} of {steps} steps")
    far = said.format(done=number(done), steps=number(steps))
    if held_up:
        return Cell(f"{far}, {held_up_words(held_up)}", "warn")
    return Cell(far, "good" if done == steps else "strong")


def _facts(walked: Walked, now: datetime, executor: str) -> Iterator[Cell]:
    yield Cell(walked.room.name if walked.room else _("no room"), "")
    if executor:
        yield Cell(_("by {name}").format(name=executor), "")
    meeting = walked.meeting
    if meeting is None:
        yield Cell(_("without a meeting"), "dim")
        return
    if meeting.state is MeetingState.PLANNED and meeting.planned_start is not None:
        yield from _time_left(walked, meeting.planned_start, now)
    elif meeting.state is MeetingState.RUNNING and meeting.started_at is not None:
        yield Cell(_("running since {time}").format(time=clock_zone(meeting.started_at, walked.zone)), "accent")
    elif meeting.state is MeetingState.ENDED:
        yield Cell(_("the meeting is over"), "dim")
    elif meeting.state is MeetingState.CANCELLED:
        yield Cell(_("the meeting is cancelled"), "warn")


def _time_left(walked: Walked, start: datetime, now: datetime) -> Iterator[Cell]:
    left = left_until(start, now)
    if not is_near(start, now):
        day = _("{day}, {time}").format(day=long_day(start, walked.zone), time=clock_zone(start, walked.zone))
        yield Cell(day, "dim")
        return
    if left < timedelta(0):
        yield Cell(_("should have begun {time} ago").format(time=span(-left)), "bad")
        return
    yield Cell(_("{time} left").format(time=span(left)), "accent")
    gate = walked.run.next_gate()
    until = walked.due(gate) if gate else None
    if until is not None:
        late = until < now
        text = _("decision was due at {time}") if late else _("decision at {time}")
        yield Cell(text.format(time=clock(until, walked.zone)), "warn" if late else "")


def _decided(walked: Walked) -> Cell | None:
    decisions = [one for _phase, gate in walked.run.gates() if (one := walked.run.decision(gate.id))]
    return ready_cell(decisions[-1].ready) if decisions else None
