"""What the keys of Live do. Each stores its stamp first and asks for the words afterwards; escape loses only words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vcops.domain.meetings import Incident, MeetingState, Mode
from vcops.domain.overview import MeetingDetails
from vcops.errors import InvalidInput
from vcops.formats import clock, read_number
from vcops.locale import N_, _
from vcops.operations import meetings
from vcops.tui.commands import key_name
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.tui.live.words import people
from vcops.wording.terms import METHODS, count_method_name

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["count", "describe", "end", "incident", "move", "recover", "shift", "undo"]

Stored = Callable[[], None]
"""Called when the stamp is stored, before any words are asked for."""

UNDONE = {
    "start": N_("Undone: the start at {time}. The meeting is planned again."),
    "count": N_("Undone: the head count at {time}."),
    "incident": N_("Undone: the incident at {time}."),
    "recovered": N_("Undone: the recovery at {time}. The incident is open again."),
    "end": N_("Undone: the end at {time}. The meeting runs on."),
}


async def count(app: VcopsApp, held: MeetingDetails, at: datetime, stored: Stored) -> None:
    """Ask how many people there are at the moment of the key."""
    meeting = held.meeting
    at = _by_its_end(held, at)

    async def submit(texts: dict[str, str]) -> Any:
        return await app.in_store(
            meetings.count,
            meeting.id,
            online=_read_people(texts, "online"),
            in_room=_read_people(texts, "in_room"),
            method=texts["method"],
            at=at,
        )

    choices = tuple((one, count_method_name(one)) for one in METHODS)
    fields = [
        FieldSpec("online", _("Online")),
        FieldSpec("in_room", _("In the room")),
        # Not that of the count before: it would call a count by hand one of an export.
        FieldSpec("method", _("How it was counted"), "counted", choices),
    ]
    made = await app.ask(
        FormDialog(
            _("Head count at {time}").format(time=clock(at, meeting.zone)),
            fields,
            submit=submit,
            detail=meeting.title,
            first="in_room" if meeting.mode is Mode.ON_SITE else "online",
            # A hybrid meeting has two numbers; Enter leads to the second one.
            saving=("in_room",) if meeting.mode is Mode.HYBRID else ("online", "in_room"),
        )
    )
    if made is None:
        app.say(_("Nobody was counted; nothing was stored."))
        return
    app.say(_("Counted: {people} at {time}").format(people=people(made.total), time=clock(made.at, meeting.zone)))
    stored()


def _read_people(texts: dict[str, str], column: str) -> int | None:
    if not texts[column]:
        return None
    try:
        return read_number(texts[column])
    except ValueError as error:
        raise InvalidInput("form.number", column=column, value=texts[column]) from error


async def incident(app: VcopsApp, held: MeetingDetails, at: datetime, stored: Stored) -> None:
    """Stamp an incident, then ask what it is. One of a meeting that has ended is asked for with its times."""
    if held.meeting.state is MeetingState.ENDED:
        await _incident_afterwards(app, held, stored)
        return
    made = await app.in_store(meetings.incident, held.meeting.id, started_at=at)
    stored()
    title = _("Incident since {time}").format(time=clock(made.started_at, held.meeting.zone))
    await _ask_words(app, made, title, held.meeting.title, stored)


async def _incident_afterwards(app: VcopsApp, held: MeetingDetails, stored: Stored) -> None:
    meeting = held.meeting

    async def submit(texts: dict[str, str]) -> Any:
        return await app.in_store(meetings.incident, meeting.id, **texts)

    assert meeting.started_at is not None
    assert meeting.ended_at is not None
    first, last = clock(meeting.started_at, meeting.zone), clock(meeting.ended_at, meeting.zone)
    form = FormDialog(
        _("An incident of the meeting that has ended"),
        [
            FieldSpec("started_at", _("Start"), required=True, hint=_("{first} or later").format(first=first)),
            FieldSpec("recovered_at", _("Until"), required=True, hint=_("{last} or earlier").format(last=last)),
            *_words_of(),
        ],
        submit=submit,
        detail=f"{meeting.title}, {first} - {last}",
    )
    if await app.ask(form) is not None:
        stored()


async def recover(app: VcopsApp, held: MeetingDetails, at: datetime, stored: Stored) -> None:
    """Stop the stopwatch of the newest open incident, then ask what was done."""
    found = held.open_incident
    if found is None:
        return
    made = await app.in_store(meetings.recover, found.id, at=at)
    stored()
    title = _("Recovered at {time}").format(time=clock(made.recovered_at or at, held.meeting.zone))
    await _ask_words(app, made, title, held.meeting.title, stored, first="action" if made.text else "text")


async def describe(app: VcopsApp, held: MeetingDetails, at: datetime, stored: Stored) -> None:
    """Ask for the words of the last incident."""
    del at
    if held.incidents:
        last = held.incidents[-1]
        title = _("Incident since {time}").format(time=clock(last.started_at, held.meeting.zone))
        await _ask_words(app, last, title, held.meeting.title, stored)


async def _ask_words(  # noqa: PLR0913 - the parts of one question
    app: VcopsApp, made: Incident, title: str, detail: str, stored: Stored, first: str = "text"
) -> None:
    async def submit(texts: dict[str, str]) -> Any:
        return await app.in_store(meetings.describe_incident, made.id, text=texts["text"], action=texts["action"])

    fields = _words_of(made)
    form = FormDialog(title, fields, submit=submit, detail=detail, leave=_("later; the time is stored"), first=first)
    if await app.ask(form) is not None:
        stored()


def _words_of(made: Incident | None = None) -> list[FieldSpec]:
    text, action = (made.text, made.action) if made else ("", "")
    return [
        FieldSpec("text", _("What happens"), text, hint=_("e.g. no sound from the branch office")),
        FieldSpec("action", _("What was done"), action),
    ]


def _by_its_end(held: MeetingDetails, at: datetime) -> datetime:
    """Return the moment that a stamp of now is for: at the latest the meeting's end."""
    ended = held.meeting.ended_at
    return at if ended is None else min(at, ended)


async def end(app: VcopsApp, held: MeetingDetails, at: datetime, stored: Stored) -> None:
    """Stamp the end."""
    made = await app.in_store(meetings.end, held.meeting.id, at=at)
    text = _("Ended at {time}.").format(time=clock(at, made.zone))
    if not held.counts:
        text += " " + _("Nobody has been counted yet; it can still be done here.")
    if held.open_incident is not None:
        text += " " + _("An incident is still open.")
    app.say(text)
    stored()


async def undo(app: VcopsApp, held: MeetingDetails, at: datetime, stored: Stored) -> None:
    """Take the last stamp back and say which it was. A meeting nobody planned is cancelled with its start."""
    del at
    last = await app.in_store(meetings.undo, held.meeting.id)
    if last.code == "start" and held.meeting.planned_start is None:
        await app.in_store(meetings.cancel, held.meeting.id, _("started by mistake"))
        said = _("Undone: the start. Nobody had planned this meeting, so it is cancelled.")
    else:
        said = _(UNDONE[last.code]).format(time=clock(last.at, held.meeting.zone))
    if last.corrected:
        key = key_name(app.workplace.settings.keys.get("live.edit", "t"))
        said += " " + _("The times that were corrected since then stay; {key} changes them.").format(key=key)
    app.say(f"{held.meeting.title}: {said}")
    stored()


async def shift(app: VcopsApp, held: MeetingDetails, minutes: int, stored: Stored) -> None:
    """Move the last stamp by minutes."""
    await app.in_store(meetings.shift, held.meeting.id, minutes)
    stored()


async def move(app: VcopsApp, held: MeetingDetails, at: datetime, stored: Stored) -> None:
    """Ask by how many minutes the last stamp is moved."""
    del at

    async def submit(texts: dict[str, str]) -> Any:
        return await app.in_store(meetings.shift, held.meeting.id, _read_minutes(texts["minutes"]))

    form = FormDialog(
        _("Move the last stamp"),
        [FieldSpec("minutes", _("Minutes"), "-5", required=True)],
        submit=submit,
        detail=_("-5 makes it five minutes earlier, 5 five minutes later."),
    )
    if await app.ask(form) is not None:
        stored()


def _read_minutes(text: str) -> int:
    try:
        return int(text.replace("−", "-"))
    except ValueError as error:
        raise InvalidInput("form.minutes", column="minutes", value=text) from error
