"""Asks which camera: one of this machine's by name, found while the dialog is open already, or an address."""

from __future__ import annotations

from collections.abc import Sequence

from textual import getters, on
from textual.widgets import Input

from vcops.domain.people import Room
from vcops.domain.room_cameras import RoomCamera, camera_shown, cameras_text
from vcops.errors import InvalidInput, VcopsError
from vcops.locale import _
from vcops.operations.checks import CameraFound, list_cameras
from vcops.tui.dialogs.form import FieldSpec, FormDialog, Submit
from vcops.tui.widgets.choice import Choice

__all__ = ["CameraDialog", "cameras_after", "stays"]

_TYPED = "typed"
_MASK = "***"
"""What stands for a secret of an address; left in it, the address cannot be used."""


class CameraDialog(FormDialog):
    """Hands over the cameras as they are typed: what was chosen, alone or beside those the room has."""

    pick = getters.query_one("#field-pick", Choice)

    def __init__(self, room: Room | None, named: str, submit: Submit, *, field: str, detail: str) -> None:
        """`field` names the text that is handed to `submit`; `named` is what is named now, fit to be shown."""
        self._room, self._field_name = room, field
        self._found: tuple[CameraFound, ...] = ()
        now = room.cameras if room else ()
        alone = camera_shown(now[0].source) if len(now) == 1 else "" if now else named
        fields = [
            FieldSpec("pick", _("Camera"), choices=((_TYPED, _("looking for cameras …")),)),
            FieldSpec(field, _("Address"), alone, hint=_("0, /dev/video0, http://… or rtsp://…")),
            FieldSpec("name", _("Name"), now[0].name if len(now) == 1 else "", hint=_("e.g. Front, Speaker")),
        ]
        if now:
            have = ", ".join(one.shown for one in now)
            choices = (("only", _("instead of {cameras}").format(cameras=have)), ("too", _("beside it")))
            fields.append(FieldSpec("also", _("In this room"), choices=choices))

        async def merged(texts: dict[str, str]) -> object:
            return await submit({field: cameras_text(cameras_after(texts, field, now, self._found))})

        super().__init__(_("Camera"), fields, submit=merged, detail=detail, save=_("save"))

    def on_mount(self) -> None:
        """Look for this machine's cameras while the form is filled in."""
        self.run_worker(self._look(), exclusive=False)

    async def _look(self) -> None:
        try:
            self._found = await list_cameras()
        except VcopsError:  # an address can be typed all the same, and measuring tells what is wrong
            self._found = ()
        listed = [(one.source, one.name) for one in self._found]
        other = _("another: its address below") if listed else _("none on this machine: an address below")
        address = self._field(self._field_name).value
        first = listed[0][0] if listed and not address else _TYPED
        self.pick.offer([*listed, (_TYPED, other)], first)
        self._texts_before["pick"] = first
        if not listed and self.focused is self.pick:
            self._field(self._field_name).focus()

    @on(Input.Changed)
    def _address_changed(self, event: Input.Changed) -> None:
        """Whoever types an address means it."""
        if event.input.id == f"field-{self._field_name}" and event.value and event.input.has_focus:
            self.pick.value = _TYPED


def cameras_after(
    texts: dict[str, str], field: str, now: Sequence[RoomCamera], found: Sequence[CameraFound]
) -> tuple[RoomCamera, ...]:
    """Return the room's cameras as they are after the form. Raises InvalidInput."""
    picked = next((one for one in found if one.source == texts["pick"]), None)
    source = stays(picked, found) if picked else texts[field]
    if not source:
        raise InvalidInput("form.needed", column=field, value="")
    unchanged = next((one for one in now if camera_shown(one.source) == source), None)
    if unchanged is None and _MASK in source:
        raise InvalidInput("room.masked_address", column=field)
    new = RoomCamera(unchanged.source if unchanged else source, texts["name"] or (picked.name if picked else ""))
    if texts.get("also") != "too":
        return (new,)
    every = [*now, new]
    return tuple(
        RoomCamera(one.source, one.name or _("Camera {number}").format(number=place))
        for place, one in enumerate(every, 1)
    )


def stays(camera: CameraFound, found: Sequence[CameraFound]) -> str:
    """Return how a camera is found again when indices move: its identity or name, where no other has it."""
    for mark in ("identity", "name"):
        said = getattr(camera, mark)
        if said and sum(getattr(one, mark) == said for one in found) == 1:
            return str(said)
    return camera.source
