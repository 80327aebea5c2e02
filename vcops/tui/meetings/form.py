"""The form that plans a meeting, adds one afterwards, starts one at once, or edits one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from vcops.domain.meetings import Meeting
from vcops.domain.overview import MeetingDetails
from vcops.errors import InvalidInput, Refused, VcopsError
from vcops.formats import clock, read_time, short_day
from vcops.locale import N_, _, language
from vcops.operations import corrections, directory, meetings
from vcops.operations.clashes import clashes
from vcops.operations.typed import read_typed_day
from vcops.tui.dialogs.confirm import ConfirmDialog
from vcops.tui.dialogs.form import FormDialog
from vcops.tui.meetings.fields import PLANNED_LENGTH, Purpose, fields_for
from vcops.tui.sentences import explain
from vcops.tui.widgets.completed import Known
from vcops.wording.closing import month_said
from vcops.wording.meetings import clash_words

__all__ = ["MeetingForm", "meeting_form"]

TITLES = {
    "plan": N_("Plan a meeting"),
    "add": N_("Add a meeting afterwards"),
    "start": N_("The meeting has started"),
    "edit": N_("Edit the meeting"),
}
_NO_SUCH_NAME = {"unit.unknown", "unit.none_such", "room.unknown", "room.none_such"}
_COUNTED = ("participants", "online", "in_room", "count_method")


def meeting_form(
    *,
    purpose: Purpose = "plan",
    details: MeetingDetails | None = None,
    at: datetime | None = None,
    stored: Callable[[str], None] | None = None,
    reason: str = "",
) -> MeetingForm:
    """Return the form; it answers the Meeting, or None where nothing was stored.

    With a `reason`, an edit is a correction: the meeting is reversed, and what is typed is its late entry.

    `edit` needs `details`. `start` stores the start as soon as the form opens, at the moment `at` (now where it is
    None), and calls `stored` with the id; leaving the form then keeps the meeting and loses only the words.
    """
    return MeetingForm(purpose, details, at, stored, reason)


class MeetingForm(FormDialog):
    """A `FormDialog` over the columns that `operations.meetings` reads."""

    DEFAULT_CSS = """
    MeetingForm > .panel { width: 80; }
    MeetingForm .fields { padding: 0 1 0 0; }
    MeetingForm .label { width: 20; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "show_secret", show=False)]

    def __init__(
        self,
        purpose: Purpose,
        details: MeetingDetails | None,
        at: datetime | None,
        stored: Callable[[str], None] | None,
        reason: str = "",
    ) -> None:
        leave = _("later; the start is stored") if purpose == "start" else ""
        title = N_("The meeting as it should have been") if reason else TITLES[purpose]
        closed = details is not None and details.closed and purpose == "edit" and not reason
        super().__init__(_(title), [], submit=self._store, leave=leave, detail=_closed_words() if closed else "")
        self._reason = reason
        self._purpose, self._held, self._at, self._told = purpose, details, at, stored
        self._made: Meeting | None = None
        self._end_follows = purpose == "plan" and details is None
        self._began: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Choose the fields, which takes the clock, and build them."""
        self._fields = fields_for(self._purpose, self._held, self.app.now(), self.app.zone)
        self._began = {one.key: one.value for one in self._fields}
        yield from super().compose()

    def on_mount(self) -> None:
        """Stamp the start where that is what the form is for; fetch the names that complete what is typed."""
        self.run_worker(self._begin())

    async def _begin(self) -> None:
        if self._purpose == "start":
            try:
                await self._stamp_start()
            except VcopsError as error:
                self.app.report(error)
                self.dismiss(None)
                return
        with self.app.reporting():
            units = [one.name for one in await self.app.in_store(directory.units)]
            rooms = [one.name for one in await self.app.in_store(directory.rooms)]
            for key, names in (("unit", units), ("room", rooms)):
                self.query_one(f"#field-{key}", Input).suggester = Known(names, self._began[key])
            room = self.query_one("#field-room", Input)
            if len(rooms) == 1 and self._held is None and not room.value:
                self.fill_in("room", rooms[0])

    async def _stamp_start(self) -> None:
        at = self._at or self.app.now()
        title = _("Meeting at {time}").format(time=clock(at, self.app.zone))
        self._made = await self.app.in_store(meetings.start, None, {"title": title, "kind": "hosted"}, at)
        self.query_one("#field-title", Input).placeholder = title
        if self._told is not None:
            self._told(self._made.id)

    def action_leave(self) -> None:
        """Close; a start that is not stored yet is waited for."""
        if self._purpose != "start" or self._made is not None:
            super().action_leave()

    def answer_when_left(self) -> Meeting | None:
        """Return the meeting: a start that is stored stays."""
        return self._made

    def action_show_secret(self) -> None:
        """Show the passcode, or hide it again."""
        for one in self.query("#field-passcode").results(Input):
            one.password = not one.password

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Say a day back as it was understood: `besok`, `28/11`."""
        if isinstance(event.widget, Input) and event.widget.id in {"field-date", "field-end_date"}:
            today = self.app.now().astimezone(ZoneInfo(self.app.zone)).date()
            with suppress(ValueError):  # what is no day is told when the form is saved
                event.widget.value = short_day(read_typed_day(event.widget.value, today))

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        """Move the end with the start until an end is typed."""
        if not self._end_follows or event.input.id not in {"field-start", "field-end"}:
            return
        end = self.query_one("#field-end", Input)
        if event.input is end:
            self._end_follows = not end.has_focus
            return
        try:
            start = read_time(event.value)
        except ValueError:
            return
        after = datetime.combine(datetime(2026, 1, 1).date(), start) + PLANNED_LENGTH  # noqa: DTZ001 - only its time
        if after.day == 1:
            end.value = f"{after:%H:%M}" if language() == "en" else f"{after:%H.%M}"

    # -- storing ----------------------------------------------------------------------------------------------

    async def _store(self, texts: dict[str, str]) -> Meeting:
        adding: set[str] = set()
        while (made := await self._stored_or_asked(texts, adding)) is None:
            pass
        if said := clash_words(await self.app.in_store(clashes, made)):
            self.app.say(said)
        return made

    async def _stored_or_asked(self, texts: dict[str, str], adding: set[str]) -> Meeting | None:
        """Store everything, what `adding` names with it; or ask whether an unknown name is added too: answer None.

        All else has been read by then, and nothing is stored before the answer. Raises VcopsError.
        """
        try:
            return await self._stored(texts, adding)
        except InvalidInput as error:
            if error.code not in _NO_SUCH_NAME:
                raise
            column = str(error.params["column"])
            await self._agree_to_add(column, texts[column])
            adding.add(column)
            return None

    async def _stored(self, texts: dict[str, str], adding: set[str]) -> Meeting:
        if self._purpose == "plan":
            return await self.app.in_store(meetings.plan, texts, adding=adding)
        if self._purpose == "add":
            if not any(texts[name] for name in _COUNTED[:3]):
                texts = texts | {"count_method": ""}
            return await self._added(texts, adding)
        held = self._held.meeting if self._held else self._made
        assert held is not None
        if self._reason:
            changed = self._changed(texts) or texts
            done = await self.app.in_store(corrections.correct, held.id, self._reason, changed, adding=adding)
            assert done.replaced_by is not None  # a form always has texts
            return done.replaced_by
        return await self.app.in_store(meetings.edit, held.id, self._changed(texts), adding=adding)

    async def _added(self, texts: dict[str, str], adding: set[str]) -> Meeting:
        """Store a meeting; where its month is closed, as a late entry if that is wanted. Raises Refused where not."""
        try:
            return await self.app.in_store(meetings.add, texts, adding=adding)
        except Refused as error:
            month = error.params.get("month")
            if error.code != "closing.closed" or not isinstance(month, int):
                raise
            question = _("{month} is closed. Enter the meeting late (susulan)?").format(month=month_said(month))
            detail = _("It is booked today and told on both months' reports, under its own month's tariff and year.")
            if not await self.app.ask(ConfirmDialog(question, detail=detail, yes=_("enter it late"))):
                raise
            return await self.app.in_store(corrections.add_late, texts, adding=adding)

    def _changed(self, texts: dict[str, str]) -> dict[str, str]:
        """Return what is typed otherwise than it stood: an edit changes nothing else."""
        changed = {name: text for name, text in texts.items() if text != self._began[name]}
        if changed.keys() & set(_COUNTED):
            changed |= {name: texts[name] for name in _COUNTED}
        if "end" in changed and texts.get("end_date"):
            changed["end_date"] = texts["end_date"]  # the day on which that hour is, as it stands beside it
        return changed

    async def _agree_to_add(self, column: str, name: str) -> None:
        """Ask before a unit or a room is added: it may be a typing error. Raises InvalidInput where it is one."""
        question = (
            _("There is no unit of this name yet. Add it?")
            if column == "unit"
            else _("There is no room of this name yet. Add it?")
        )
        if not await self.app.ask(ConfirmDialog(question, detail=name, yes=_("add it"), no=_("correct the name"))):
            raise InvalidInput("form.name_not_added", column=column, value=name)


def _closed_words() -> str:
    """Return why only one field of the form is of any use."""
    said = explain("closing.closed_here", {})
    return " ".join((_("The month is closed: only evidence may follow."), said.remedy))
