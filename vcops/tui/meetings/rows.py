"""The lines of Meetings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcops.domain.meetings import MeetingState
from vcops.domain.overview import MeetingLine
from vcops.formats import clock, number, short_day
from vcops.locale import N_, _
from vcops.tui.plain import Cell
from vcops.tui.widgets.table import Column, Line
from vcops.wording.closing import month_said
from vcops.wording.terms import mode_name

__all__ = ["columns", "lines_of"]

_TONES = {
    MeetingState.PLANNED: "",
    MeetingState.RUNNING: "accent",
    MeetingState.ENDED: "dim",
    MeetingState.CANCELLED: "dim",
}
_STATES = {
    MeetingState.PLANNED: ("○", N_("to come")),
    MeetingState.RUNNING: ("●", N_("on now")),
    MeetingState.ENDED: ("✓", N_("over")),
    MeetingState.CANCELLED: ("×", N_("called off")),
}
"""Sign and word: shorter ones than elsewhere, because the titles need the room."""
_LATE, _CORRECTED = N_("late entry"), N_("corrected")


def columns(*, all_months: bool) -> list[Column]:
    """Return the columns: a search tells the year too."""
    return [
        Column(_("Day"), 10 if all_months else 6),
        Column(_("Time"), 5, below=96),
        Column(_("Time"), 11, from_width=96),
        Column(_("Title"), share=5, least=16),
        Column(_("Unit"), share=3),
        Column(_("Room"), share=2, from_width=110),
        Column(_("Mode"), 7, from_width=96),
        Column(_("People"), 7, right=True),
        Column(_("State"), 12),
    ]


def lines_of(meetings: Iterable[MeetingLine], *, all_months: bool) -> Iterator[Line]:
    """Return one line a meeting. Keys are ids. A day is written out on its first line and fainter on the next ones."""
    before = ""
    for one in meetings:
        sign, word, tone = _state(one)
        day = _day(one, all_months=all_months)
        yield Line(
            one.id,
            (
                Cell(day, "dim" if day == before else ""),
                clock(one.start, one.zone) if one.start else "",
                _times(one),
                Cell(one.title, "dim" if one.corrected or one.state is MeetingState.CANCELLED else ""),
                Cell(one.unit, "dim"),
                Cell(one.room, "dim"),
                Cell(mode_name(one.mode.value), "dim"),
                "" if one.participants is None else number(one.participants),
                Cell(" ".join((sign, _(word))), tone),
            ),
        )
        before = day


def _state(one: MeetingLine) -> tuple[str, str, str]:
    """Return sign, word and tone; of what changed a closed month's figures, that it did so."""
    if one.corrected:
        return "×", _CORRECTED, "warn"
    if one.belongs_to is not None:
        return "+", _LATE, "warn"
    return *_STATES[one.state], _TONES[one.state]


def _day(one: MeetingLine, *, all_months: bool) -> str:
    if one.start is None:
        return ""
    if all_months:
        return short_day(one.start, one.zone)
    from zoneinfo import ZoneInfo

    here = one.start.astimezone(ZoneInfo(one.zone))
    if one.belongs_to is not None:  # held in another month than the one that is shown
        return f"{here.day} {month_said(one.belongs_to)[:3]}"
    return f"{_weekday(here.weekday())} {here.day:2}"


def _weekday(day: int) -> str:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day]


def _times(one: MeetingLine) -> str:
    if one.start is None:
        return ""
    start = clock(one.start, one.zone)
    return f"{start}–{clock(one.end, one.zone)}" if one.end else start
