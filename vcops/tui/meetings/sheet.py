"""Everything known about one meeting, in groups of labels and values."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from vcops.domain.meetings import HeadCount, Incident, Meeting, MeetingState, chosen_count
from vcops.domain.overview import MeetingDetails
from vcops.domain.people import zone_short
from vcops.formats import clock, long_day, number, span
from vcops.locale import _, ngettext
from vcops.tui.plain import TONES, clean
from vcops.wording.closing import entry_words, late_words
from vcops.wording.terms import count_method_name, kind_name, mode_name, platform_name, service_name, state_name

__all__ = ["Group", "Sheet", "left_groups", "right_groups"]

MASK = "••••••"


class Group(NamedTuple):
    """A heading and its rows: label, value, tone. Rows without a value are left out."""

    heading: str
    rows: tuple[tuple[str, str, str], ...]


class Sheet(Widget):
    """Draws groups; a long value is wrapped beside its label, never cut."""

    DEFAULT_CSS = "Sheet { height: auto; width: 1fr; }"

    groups: reactive[tuple[Group, ...]] = reactive((), layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the wrapped values take."""
        del container, viewport
        return max(1, sum(1 for _row in self._rows(width)))

    def render(self) -> Content:
        """Draw the groups."""
        parts: list[tuple[str, str]] = []
        for row in self._rows(self.size.width):
            parts += [*row, ("\n", "")]
        return Content.assemble(*parts[:-1])

    def _rows(self, width: int) -> Iterator[tuple[tuple[str, str], ...]]:
        first = True
        for heading, rows in self.groups:
            told = [row for row in rows if row[1]]
            if not told:
                continue
            if not first:
                yield (("", ""),)
            first = False
            yield ((heading, "bold"),)
            label_width = max(len(label) for label, _value, _tone in told)
            for label, value, tone in told:
                for place, line in enumerate(_wrapped(value, width - label_width - 2)):
                    said = label if place == 0 else ""
                    yield ((f"{said:<{label_width}}  ", "$text-muted"), (line, TONES[tone]))


def _wrapped(value: str, width: int) -> Iterable[str]:
    width = max(8, width)
    for line in value.split("\n"):
        yield from textwrap.wrap(clean(line), width, break_on_hyphens=False) or [""]


def left_groups(held: MeetingDetails) -> tuple[Group, ...]:
    """Return when and where, and what kind."""
    meeting = held.meeting
    state_tone = {MeetingState.RUNNING: "accent", MeetingState.CANCELLED: "warn"}.get(meeting.state, "")
    return (
        Group(
            _("When and where"),
            (
                (_("State"), _state(held), state_tone),
                (_("Reason"), meeting.cancel_reason, ""),
                (_("Day"), long_day(meeting.start, meeting.zone) if meeting.start else "", ""),
                (_("Planned"), _times(meeting, planned=True), ""),
                (_("Held"), _times(meeting, planned=False), ""),
                (_("Unit"), held.unit.name if held.unit else "", ""),
                (_("Room"), held.room.name if held.room else "", ""),
                (_("Month"), _month(held), "dim"),
                (_("Correction"), held.reversed_why, "warn"),
            ),
        ),
        Group(
            _("What kind of meeting"),
            (
                (_("Mode"), mode_name(meeting.mode.value), ""),
                (_("Kind"), kind_name(meeting.kind.value), ""),
                (_("Service"), ", ".join(service_name(one) for one in meeting.service), ""),
                (_("Platform"), platform_name(meeting.platform), ""),
            ),
        ),
    )


def right_groups(held: MeetingDetails, *, show_passcode: bool) -> tuple[Group, ...]:
    """Return who came, what went wrong, how it is reached, who and why. The passcode is masked until asked for."""
    meeting = held.meeting
    passcode = meeting.passcode if show_passcode else MASK if meeting.passcode else ""
    return (
        Group(_("Head counts"), _counts(held.counts, meeting)),
        Group(_("Incidents"), tuple(_incident(one, meeting.zone) for one in held.incidents)),
        Group(
            _("How it is reached"),
            (
                (_("Contact"), meeting.contact_name, ""),
                (_("Telephone"), meeting.contact_phone, ""),
                (_("Meeting ID"), meeting.meeting_number, ""),
                (_("Passcode"), passcode, ""),
                (_("Link"), meeting.link, ""),
                (_("Spare link"), meeting.spare_link, ""),
            ),
        ),
        Group(
            _("Who and why"),
            (
                (_("Team"), meeting.team, ""),
                (_("Organiser"), meeting.organiser, ""),
                (_("Letter"), meeting.letter, ""),
                (_("Notes"), meeting.notes, ""),
                (_("Evidence"), meeting.evidence, ""),
                (_("Entered by"), meeting.created_by, "dim"),
            ),
        ),
    )


def _state(held: MeetingDetails) -> str:
    words = entry_words(None, corrected=bool(held.reversed_why))  # of which month a late entry is, is said below
    return ", ".join((state_name(held.meeting.state.value), *words))


def _month(held: MeetingDetails) -> str:
    """Return what a closed month means for the meeting; nothing while it is open."""
    words = [late_words(held.meeting), _("closed: only evidence may follow") if held.closed else ""]
    return "; ".join(one for one in words if one)


def _times(meeting: Meeting, *, planned: bool) -> str:
    start, end = (meeting.planned_start, meeting.planned_end) if planned else (meeting.started_at, meeting.ended_at)
    if start is None:
        return ""
    text = f"{clock(start, meeting.zone)}–{clock(end, meeting.zone)}" if end else clock(start, meeting.zone)
    text = f"{text} {zone_short(meeting.zone)}"
    return f"{text}, {span(end - start)}" if end and not planned else text


def _counts(counts: Sequence[HeadCount], meeting: Meeting) -> tuple[tuple[str, str, str], ...]:
    used = chosen_count(counts)
    rows = [(clock(one.at, meeting.zone), _count(one), "strong" if one is used else "") for one in counts]
    if meeting.expected is not None:
        rows.insert(0, (_("Expected"), _people(meeting.expected), ""))
    return tuple(rows)


def _people(count: int) -> str:
    return ngettext("{count} person", "{count} people", count).format(count=number(count))


def _count(count: HeadCount) -> str:
    parts = [_people(count.total)]
    if count.online is not None:
        parts.append(_("{count} online").format(count=number(count.online)))
    if count.in_room is not None:
        parts.append(_("{count} in room").format(count=number(count.in_room)))
    return f"{', '.join(parts)}; {count_method_name(count.method.value)}"


def _incident(incident: Incident, zone: str) -> tuple[str, str, str]:
    lasted = _("not over")
    if incident.recovered_at is not None:
        lasted = span(incident.recovered_at - incident.started_at)
    words = " → ".join(one for one in (incident.text, incident.action) if one)
    return (clock(incident.started_at, zone), f"{lasted}: {words}" if words else lasted, "")
