"""The two rows above a walk: what it is for, how far it is, how much time is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vcops.domain.meetings import MeetingState
from vcops.formats.dates import clock, clock_zone, long_day, span
from vcops.formats.numbers import number
from vcops.locale import _, language
from vcops.tui.chrome.header import whole_minute
from vcops.tui.plain import Cell
from vcops.tui.prepare.notices import notices
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.walked import Walked
from vcops.tui.widgets.verdicts import ready_cell

__all__ = ["WalkHeading", "heading"]

_COUNTED_DOWN = timedelta(hours=12)
"""Further off the day says more than a countdown."""
_SEPARATOR = Cell("  ·  ", "dim")


class WalkHeading(Widget):
    """Drawn anew when the minute changes."""

    DEFAULT_CSS = "WalkHeading { height: 2; margin: 0 0 1 0; &.-noticed { height: 3; } }"
    ALLOW_SELECT = False

    walked: reactive[Walked | None] = reactive(None)
    now: reactive[datetime | None] = reactive(None)
    executor = reactive("")

    def show(self, walked: Walked, now: datetime, executor: str) -> None:
        """Show this walk; `executor` where that is not who works here."""
        self.set_class(bool(notices(walked, now)), "-noticed")
        self.walked, self.now, self.executor = walked, whole_minute(now), executor

    def render(self) -> Content:
        """Draw both rows."""
        if self.walked is None or self.now is None:
            return Content("")
        return heading(self.walked, self.now, self.size.width, self.executor)


def heading(walked: Walked, now: datetime, width: int, executor: str = "") -> Content:
    """Return the rows. Minutes are written out: an abbreviation could be read as days.

    A third row tells the most pressing of what should be known of the walk, and how much more there is.
    """
    paper = Paper(width)
    meeting = walked.meeting
    title = meeting.title if meeting else walked.run.procedure.title.said(language())
    done, steps = walked.progress()
    said = _("{done} of {steps} before the decision") if walked.run.next_gate() else _("{done} of {steps} steps")
    far = said.format(done=number(done), steps=number(steps))
    paper.ends([Cell(title, "strong")], Cell(far, "good" if done == steps else "strong"))
    pieces: list[Cell] = []
    for one in _facts(walked, now, executor):
        pieces += [_SEPARATOR, one] if pieces else [one]
    decided = _decided(walked)
    if decided is None:
        paper.line(*pieces)
    else:
        paper.ends(pieces, decided)
    if known := notices(walked, now):
        more = _("and {count} more").format(count=len(known) - 1) if len(known) > 1 else ""
        paper.ends(known[:1], Cell(more, "dim"))
    return paper.content()


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
    left = start - now
    if left > _COUNTED_DOWN:
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
