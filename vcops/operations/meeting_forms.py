"""A meeting as it is typed, on the command line, in a form or in a sheet, read into a checked draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from vcops.domain.meetings import CountMethod, Meeting, MeetingState, check_times, day_number, total_of
from vcops.errors import InvalidInput
from vcops.operations import typed

__all__ = [
    "COLUMNS",
    "PLANNED_COLUMNS",
    "Context",
    "CountTyped",
    "Draft",
    "When",
    "check_meeting",
    "plan_fault",
    "read_meeting",
]

COLUMNS = (
    "date", "start", "end", "end_date", "title", "unit", "room", "kind", "mode", "participants", "count_method",
    "platform", "notes", "zone", "service", "organiser", "letter", "in_room", "online", "travellers", "origin",
    "destination", "outside_agencies", "other_units", "would_be_face_to_face", "evidence",
)  # fmt: skip
"""The columns of a sheet; the options of `meeting add` have the same names."""
PLANNED_COLUMNS = (
    "expected", "contact_name", "contact_phone", "meeting_number", "passcode", "link", "spare_link", "team",
)  # fmt: skip
"""What only a meeting planned here has. Never in a sheet."""
_ALL_COLUMNS = frozenset(COLUMNS + PLANNED_COLUMNS)

When = Literal["held", "planned", "started", "either"]
"""held: it was already held; planned: it is to come; started: it starts now; either: the start tells."""

_LINE = ("title", "platform", "organiser", "letter", "origin", "destination", "contact_name", "contact_phone",
         "meeting_number", "passcode", "link", "spare_link", "team")  # fmt: skip
_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    **dict.fromkeys(_LINE, (typed.clean, "form.text")),
    "notes": (typed.clean_lines, "form.text"),
    "evidence": (typed.clean_lines, "form.text"),
    "kind": (typed.read_kind, "form.kind"),
    "mode": (typed.read_mode, "form.mode"),
    "service": (typed.read_services, "form.service"),
    "expected": (typed.read_people, "form.number"),
    "travellers": (typed.read_people, "form.number"),
    "outside_agencies": (typed.read_yes_no, "form.yes_no"),
    "other_units": (typed.read_yes_no, "form.yes_no"),
    "would_be_face_to_face": (typed.read_yes_no, "form.yes_no"),
}


@dataclass(frozen=True, slots=True)
class CountTyped:
    """A head count that came with the form."""

    total: int
    online: int | None
    in_room: int | None
    method: CountMethod


@dataclass(frozen=True, slots=True)
class Draft:
    """A checked meeting, not stored yet. `values` are the dataclass's own; unit and room are names, None: not said."""

    values: Mapping[str, Any]
    unit: str | None = None
    room: str | None = None
    count: CountTyped | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What reading needs to know: the time, the office's zone, and the rooms' zones by lower-case name.

    `from_today`: days may be said as `besok` or `28/11`. In a sheet they may not: it is read on some other day.
    """

    now: datetime
    zone: str = "Asia/Jakarta"
    room_zones: Mapping[str, str] = field(default_factory=dict)
    from_today: bool = True


def read_meeting(
    texts: Mapping[str, str], context: Context, *, when: When = "held", base: Meeting | None = None
) -> Draft:
    """Return the draft. With `base`, an edit: only what is in `texts` changes. Raises InvalidInput: the first fault."""
    draft, faults = check_meeting(texts, context, when=when, base=base)
    if draft is None:
        raise faults[0]
    return draft


def check_meeting(
    texts: Mapping[str, str], context: Context, *, when: When = "held", base: Meeting | None = None
) -> tuple[Draft | None, list[InvalidInput]]:
    """Return the draft, or None and every fault; each names its `column` and the `value` as it was typed."""
    form = _Form(texts, context, when, base)
    draft = form.read()
    return (None if form.faults else draft), form.faults


def plan_fault(start: datetime | None, end: datetime | None) -> InvalidInput | None:
    """Return what is wrong with a planned start and end, which a meeting keeps beside when it was held."""
    try:
        check_times(start, end)
    except InvalidInput as error:
        code = "meeting.planned_end_before_start" if error.code == "meeting.end_before_start" else error.code
        return InvalidInput(code, **error.params)
    return None


class _Form:
    """One reading of one form; collects the faults."""

    def __init__(self, texts: Mapping[str, str], context: Context, when: When, base: Meeting | None) -> None:
        self.texts = {name: text for name, text in texts.items() if text is not None}
        self.context = context
        self.when = when
        self.base = base
        self.faults: list[InvalidInput] = []

    def read(self) -> Draft:
        for name in self.texts.keys() - _ALL_COLUMNS:
            self.faults.append(InvalidInput("form.unknown_column", column=name, value=self.texts[name]))
        if self.when == "planned" and "expected" not in self.texts and self.base is None:
            self.texts["expected"] = self.texts.pop("participants", "")
        values = {name: self.take(name, *reader) for name, reader in _READERS.items() if name in self.texts}
        if not values.get("title", self.base and self.base.title):
            self.fault("form.needed", "title")
        values |= self.times()
        return Draft(values, self.name("unit"), self.name("room"), self.count())

    def fault(self, code: str, column: str, **params: str | int | float | None) -> None:
        self.faults.append(InvalidInput(code, **{**params, "column": column, "value": self.texts.get(column, "")}))

    def take(self, name: str, reader: Callable[[str], Any], code: str) -> Any:
        """Read one field; a fault is noted and None returned."""
        text = self.texts.get(name)
        if text is None:
            return None
        try:
            return reader(text)
        except ValueError:
            self.fault(code, name)
        except InvalidInput as error:
            self.fault(error.code, name, **error.params)
        return None

    def name(self, column: str) -> str | None:
        return typed.clean(self.texts[column]) if column in self.texts else None

    # Times ------------------------------------------------------------------------------------------------------

    def zone(self) -> str:
        """Return the zone typed, also after a time (`09.00 WITA`), else the room's, the meeting's or the office's."""
        if self.given("zone"):
            return self.take("zone", typed.read_zone, "form.zone") or self.context.zone
        if said := typed.zone_after(self.texts.get("start", "")) or typed.zone_after(self.texts.get("end", "")):
            return said
        room = (self.name("room") or "").lower()
        known = self.context.room_zones.get(room) if room else None
        return known or (self.base.zone if self.base else self.context.zone)

    def times(self) -> dict[str, Any]:
        """Return zone, day and stamps. An edit that names none of them changes none."""
        zone = self.zone()
        moved = zone != self.base.zone if self.base else True
        if not moved and not self.texts.keys() & {"date", "start", "end", "end_date"}:
            return {}
        old_start, old_end = self.old(self.base.zone) if self.base else (None, None)
        day = self.day("date", zone) if self.given("date") else None
        day = day or (old_start.date() if old_start else self.default_day(zone))
        first, last, said_end = self.clocks(zone, old_start, old_end)
        if day is None or first is None:
            self.missing(day, first)
            return {}
        end_day = self.end_day(day, zone, old_start, old_end)
        start = datetime.combine(day, first, ZoneInfo(zone)).astimezone(UTC)
        end = datetime.combine(end_day, last, ZoneInfo(zone)).astimezone(UTC) if last else None
        try:
            check_times(start, end)
        except InvalidInput as error:
            self.fault(error.code, "end", **error.params)
        return {"zone": zone, "local_day": day_number(day), **self.stamps(start, end, said_end=said_end)}

    def given(self, column: str) -> bool:
        return bool(self.texts.get(column, "").strip())

    def old(self, zone: str) -> tuple[datetime | None, datetime | None]:
        """Return the edited meeting's own start and end on its wall clock."""
        base = self.base
        if base is None:
            return None, None
        start, end = (base.started_at or base.planned_start), (base.ended_at or base.planned_end)
        here = ZoneInfo(zone)
        return start and start.astimezone(here), end and end.astimezone(here)

    def default_day(self, zone: str) -> date | None:
        return self.context.now.astimezone(ZoneInfo(zone)).date() if self.when == "started" else None

    def clocks(
        self, zone: str, old_start: datetime | None, old_end: datetime | None
    ) -> tuple[time | None, time | None, bool]:
        """Return start and end on the wall clock, and whether the end was typed (`selesai` empties it)."""
        first = last = None
        if self.given("start"):
            first, last = self.take("start", typed.read_span, "form.time") or (None, None)
        elif old_start:
            first = old_start.time()
        elif self.when == "started":
            first = self.context.now.astimezone(ZoneInfo(zone)).time()
        if "end" in self.texts and (self.given("end") or last is None):
            return first, self.take("end", typed.read_clock, "form.time"), True
        if last is None and old_end:
            return first, old_end.time(), False
        return first, last, last is not None

    def missing(self, day: date | None, first: time | None) -> None:
        """Say which of day and time is not there, unless it is already said that it is wrong."""
        wrong = {fault.params["column"] for fault in self.faults}
        for column, value in (("date", day), ("start", first)):
            if value is None and column not in wrong:
                self.fault("form.needed", column)

    def day(self, column: str, zone: str) -> date | None:
        if not self.context.from_today:
            return cast("date | None", self.take(column, typed.read_typed_day, "form.date"))
        today = self.context.now.astimezone(ZoneInfo(zone)).date()
        return cast("date | None", self.take(column, lambda text: typed.read_typed_day(text, today), "form.date"))

    def end_day(self, day: date, zone: str, old_start: datetime | None, old_end: datetime | None) -> date:
        if self.given("end_date"):
            return self.day("end_date", zone) or day
        if old_start and old_end and "end" not in self.texts:
            return day + (old_end.date() - old_start.date())
        return day

    def stamps(self, start: datetime, end: datetime | None, *, said_end: bool) -> dict[str, datetime | None]:
        """Return which columns the times are for: planned, or stamped because it was held."""
        now = self.context.now
        state = self.base.state if self.base else None
        if state is MeetingState.RUNNING or self.when == "started":
            self.refuse_to_come(start=start)
            # While it runs, a typed end to come is the planned one; one that lies behind is when it ended.
            if end is not None and end <= now and said_end and self.when != "started":
                return {"started_at": start, "ended_at": end}
            if said_end:
                self.check_plan(self.base.planned_start if self.base else None, end)
            return {"started_at": start, **({"planned_end": end} if said_end else {})}
        held = state is MeetingState.ENDED or (state is None and self.when == "held")
        if state is None and self.when == "either":
            held = start <= now
        if not held:
            return {"planned_start": start, "planned_end": end}
        self.refuse_to_come(start=start, end=end)
        return {"started_at": start, "ended_at": end}

    def check_plan(self, start: datetime | None, end: datetime | None) -> None:
        if fault := plan_fault(start, end):
            self.fault(fault.code, "end", **fault.params)

    def refuse_to_come(self, **stamps: datetime | None) -> None:
        for column, moment in stamps.items():
            if moment is not None and moment > self.context.now + typed.CLOCKS_DIFFER:
                self.fault("meeting.not_held_yet", column)
                return

    def emptied(self) -> bool:
        """Whether a head count was typed as nothing at all."""
        return any(name in self.texts and not self.given(name) for name in ("participants", "online", "in_room"))

    # Head count -------------------------------------------------------------------------------------------------

    def count(self) -> CountTyped | None:
        """Return the head count, if one was typed; without a method it is a claimed one.

        A method alone says how the edited meeting's own people were counted.
        """
        total = self.take("participants", typed.read_people, "form.number")
        online = self.take("online", typed.read_people, "form.number")
        in_room = self.take("in_room", typed.read_people, "form.number")
        method = None
        if self.given("count_method"):
            method = self.take("count_method", typed.read_count_method, "form.count_method")
        if total is None and online is None and in_room is None:
            if self.base is not None and self.base.participants is not None and self.emptied():
                self.fault("count.emptied", "participants")
                return None
            if method is None or self.base is None or self.base.participants is None:
                return None
            total, online, in_room = self.base.participants, self.base.online, self.base.in_room
        if self.when == "planned" and self.base is None:
            self.fault("count.planned", "online" if online is not None else "in_room")
            return None
        try:
            total = total_of(online, in_room, total)
        except InvalidInput as error:
            self.fault(error.code, "participants", **error.params)
            return None
        return CountTyped(total, online, in_room, method or CountMethod.CLAIMED)
