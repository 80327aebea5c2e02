"""The fields of the meeting form: which, in which order, and what stands in them at first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from vcops.domain.meetings import SERVICES, Meeting, MeetingState
from vcops.domain.overview import MeetingDetails
from vcops.domain.platforms import PLATFORMS
from vcops.formats import clock, short_day
from vcops.locale import _
from vcops.tui.dialogs.form import FieldSpec
from vcops.wording.terms import METHODS, count_method_name, kind_name, mode_name, service_name

__all__ = ["PLANNED_LENGTH", "Purpose", "fields_for"]

Purpose = Literal["plan", "add", "start", "edit"]

PLANNED_LENGTH = timedelta(hours=2)
"""What a meeting is planned to last until another end is typed."""
LAST_HOUR = 21
"""The last full hour of today for which a new meeting is planned; later on it is for the next working day.

Offices also meet in the evening and on a Saturday: who plans a meeting there at such a time most likely means today.
"""
OFFICE_OPENS = 9


def fields_for(purpose: Purpose, held: MeetingDetails | None, now: datetime, zone: str) -> list[FieldSpec]:
    """Return the fields of a form. The labels are in the language in use."""
    values = _values_of(held) if held else _first_values(purpose, now, zone)
    if held and purpose == "plan":  # another one like it: on a day to come, reached in its own way
        values |= {"date": _first_values(purpose, now, zone)["date"], "end_date": "", **dict.fromkeys(_OWN, "")}
    if purpose == "start":
        names: Iterable[str] = ("title", "unit", "room", "end", "mode", "kind", "service", "platform", "expected")
    elif purpose == "plan" or (held is not None and held.meeting.state is MeetingState.PLANNED):
        names = (*_WHEN, *_WHAT, "expected", *_REACH, "team", "letter", "notes")
    elif held is not None and held.meeting.state is MeetingState.RUNNING:
        names = (*_WHEN, *_WHAT, *_REACH, "team", "letter", "notes")
    else:
        names = (*_WHEN, *_WHAT, *_COUNTED, *_SAVED, "organiser", "letter", "evidence", "notes")
    return [_field(name, values.get(name, ""), purpose) for name in names]


_WHEN = ("title", "unit", "room", "date", "start", "end", "end_date")
_WHAT = ("mode", "kind", "service", "platform")
_REACH = ("contact_name", "contact_phone", "meeting_number", "passcode", "link", "spare_link")
_OWN = ("meeting_number", "passcode", "link", "spare_link", "letter", "notes")
_COUNTED = ("participants", "online", "in_room", "count_method")
_ANSWERED = ("would_be_face_to_face", "outside_agencies", "other_units")
_SAVED = (*_ANSWERED, "travellers", "destination")
"""What an itemised tariff asks: who is entitled to what, and how far they would have gone."""


def _field(name: str, value: str, purpose: Purpose) -> FieldSpec:
    label, hint = _words()[name]
    return FieldSpec(
        name,
        label,
        value,
        choices=_choices().get(name, ()),
        several=name == "service",
        suggestions=tuple(PLATFORMS) if name == "platform" else (),
        required=name in {"title", "date", "start"} and purpose != "start",
        secret=name == "passcode",
        hint=hint,
        heading=_headings().get(name, ""),
    )


def _words() -> dict[str, tuple[str, str]]:
    """Return label and hint by field."""
    return {
        "title": (_("Title"), ""),
        "unit": (_("Unit"), _("who asks for the meeting")),
        "room": (_("Room"), ""),
        "date": (_("Day"), _("21/11/2026, 21/11, today, tomorrow")),
        "start": (_("Start"), "09.00"),
        "end": (_("Until"), _("11.00; empty: open")),
        "end_date": (_("Day of the end"), _("only where it is another day")),
        "mode": (_("Mode"), ""),
        "kind": (_("Kind"), ""),
        "service": (_("Service"), ""),
        "platform": (_("Platform"), "zoom, teams, meet"),
        "expected": (_("Expected people"), ""),
        "participants": (_("People"), _("all together")),
        "online": (_("Online"), ""),
        "in_room": (_("In the room"), ""),
        "count_method": (_("How it was counted"), ""),
        "contact_name": (_("Contact"), ""),
        "contact_phone": (_("Telephone"), ""),
        "meeting_number": (_("Meeting ID"), ""),
        "passcode": (_("Passcode"), _("F2 shows it")),
        "link": (_("Link"), "https://"),
        "spare_link": (_("Spare link"), _("where the first one fails")),
        "team": (_("Team"), _("who is on duty")),
        "would_be_face_to_face": (_("Otherwise in person"), ""),
        "outside_agencies": (_("Outsiders took part"), ""),
        "other_units": (_("Other units joined"), ""),
        "travellers": (_("Would travel"), _("how many people")),
        "destination": (_("Destination"), _("where they would have gone")),
        "organiser": (_("Organiser"), ""),
        "letter": (_("Letter"), _("number of the request")),
        "evidence": (_("Evidence"), _("where minutes and photos are")),
        "notes": (_("Notes"), ""),
    }


def _headings() -> dict[str, str]:
    return {
        "mode": _("What kind of meeting"),
        "contact_name": _("How it is reached"),
        "participants": _("How many took part"),
        "would_be_face_to_face": _("What was avoided"),
        "team": _("Who and why"),
        "organiser": _("Who and why"),
    }


def _choices() -> dict[str, tuple[tuple[str, str], ...]]:
    return {
        "mode": tuple((one, mode_name(one)) for one in ("online", "hybrid", "on-site")),
        "kind": tuple((one, kind_name(one)) for one in ("hosted", "attended", "")),
        "service": tuple((one, service_name(one)) for one in SERVICES),
        "count_method": tuple((one, count_method_name(one)) for one in METHODS),
        **dict.fromkeys(_ANSWERED, (("", _("not answered")), ("yes", _("yes")), ("no", _("no")))),
    }


def _first_values(purpose: Purpose, now: datetime, zone: str) -> dict[str, str]:
    """Return what a new meeting most likely is; everything can be typed over."""
    values = {"mode": "online", "kind": "hosted", "count_method": "claimed"}
    here = now.astimezone(ZoneInfo(zone))
    if purpose == "start":
        return values
    if purpose == "add":
        return values | {"date": short_day(here)}
    start = here.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if start.hour > LAST_HOUR or start.date() != here.date():
        start = datetime.combine(_working_day_after(here.date()), start.time(), start.tzinfo).replace(hour=OFFICE_OPENS)
    return values | {
        "date": short_day(start),
        "start": clock(start, zone),
        "end": clock(start + PLANNED_LENGTH, zone),
    }


def _working_day_after(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def _values_of(held: MeetingDetails) -> dict[str, str]:
    """Return a stored meeting as it would be typed."""
    meeting = held.meeting
    return {
        **_times_of(meeting),
        **{name: getattr(meeting, name) for name in _TEXTS},
        **{
            name: _number(getattr(meeting, name))
            for name in ("expected", "participants", "online", "in_room", "travellers")
        },
        **{name: {True: "yes", False: "no", None: ""}[getattr(meeting, name)] for name in _ANSWERED},
        "unit": held.unit.name if held.unit else "",
        "room": held.room.name if held.room else "",
        "mode": meeting.mode.value,
        "kind": meeting.kind.value,
        "service": " ".join(meeting.service),
        "count_method": meeting.count_method.value if meeting.count_method else "claimed",
    }


_TEXTS = (
    "title", "platform", "contact_name", "contact_phone", "meeting_number", "passcode", "link", "spare_link", "team",
    "organiser", "letter", "evidence", "notes", "destination",
)  # fmt: skip


def _times_of(meeting: Meeting) -> dict[str, str]:
    start, end = meeting.start, meeting.ended_at or meeting.planned_end
    values = {}
    if start is not None:
        values = {"date": short_day(start, meeting.zone), "start": clock(start, meeting.zone)}
    if end is not None:
        values["end"] = clock(end, meeting.zone)
        if start is not None and short_day(end, meeting.zone) != values["date"]:
            values["end_date"] = short_day(end, meeting.zone)
    return values


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
