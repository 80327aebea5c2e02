"""The rows of words with keys: the question past the planned end, the open incident, the last stamp."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from vcops.domain.meetings import LastStamp
from vcops.domain.overview import MeetingDetails
from vcops.formats import clock, stopwatch
from vcops.locale import _
from vcops.tui.live.words import STAMPS

__all__ = ["Parts", "incident", "last_stamp", "question"]

Parts = tuple[tuple[str, str], ...]
"""Texts and their styles."""
Key = Callable[[str], tuple[str, str]]
"""A command's name -> its key as people write it, and its style."""


def question(held: MeetingDetails, key: Key) -> Parts:
    """Return what is asked half an hour past the planned end, and the keys that answer."""
    end = held.meeting.planned_end
    if end is None:
        return ()
    text = _("Does it still run? It was to end at {time}.").format(time=clock(end, held.meeting.zone))
    return (
        (text, "$text-warning"), ("   ", ""),
        key("still-running"), (" " + _("yes") + "   ", ""),
        key("end"), (" " + _("end it"), ""),
    )  # fmt: skip


def incident(held: MeetingDetails, now: datetime, key: Key) -> Parts:
    """Return the newest open incident with its stopwatch, which stops with the meeting."""
    found = held.open_incident
    if found is None:
        return ()
    lasted = max(timedelta(0), (held.meeting.ended_at or now) - found.started_at)
    since = _("incident since {time}").format(time=clock(found.started_at, held.meeting.zone))
    return (
        (f"! {stopwatch(lasted)}", "bold $text-error"), (f"  {since}   ", ""),
        key("recovered"), (" " + _("recovered") + "   ", ""),
        (found.text, "$text-muted"),
    )  # fmt: skip


def last_stamp(held: MeetingDetails, last: LastStamp | None, key: Key) -> Parts:
    """Return the last stamp and the keys that move it and take it back."""
    if last is None:
        return ()
    text = _("Last: {what} {time}").format(what=_(STAMPS[last.code]), time=clock(last.at, held.meeting.zone))
    return (
        (f"{text}   ", "$text-muted"),
        key("earlier"), (" ", ""), key("later"), (" " + _("a minute") + "   ", "$text-muted"),
        key("move"), (" " + _("minutes") + "   ", "$text-muted"),
        key("undo"), (" " + _("undo"), "$text-muted"),
    )  # fmt: skip
