"""Asks which camera: one of this machine's by name, found while the dialog is open already, or an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import getters, on

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
        self._typed_before = ("", "")
        now = room.cameras if room else ()
        alone = camera_shown(now[0].source) if len(now) == 1 else "" if now else named
        fields = [FieldSpec("pick", _("Camera"), choices=((_TYPED, _("looking for cameras …")),))]
        if now:
            have = ", ".join(one.shown for one in now)
            choices = (("only", _("instead of {cameras}").format(cameras=have)), ("too", _("beside it")))
            fields.append(FieldSpec("also", _("In this room"), choices=choices))
        name = now[0].name if len(now) == 1 else ""
        fields += [
            FieldSpec("name", _("Name"), name, hint=_("e.g. Front, Speaker")),
            FieldSpec(field, _("Address"), alone, hint=_("0, /dev/video0, http://… or rtsp://…")),
        ]

        async def merged(texts: dict[str, str]) -> object:
            return await submit({field: cameras_text(cameras_after(texts, field, now, self._found))})

        super().__init__(_("Camera"), fields, submit=merged, detail=detail, save=_("save"), first=field)

    def on_mount(self) -> None:
        """Look for this machine's cameras; an address can be typed meanwhile."""
        self.run_worker(self._look(), exclusive=False)

    async def _look(self) -> None:
        try:
            self.show_found(await list_cameras())
        except VcopsError:  # an address can be typed all the same, and measuring tells what is wrong
            self.show_found(())

    def show_found(self, found: tuple[CameraFound, ...]) -> None:
        """Offer this machine's cameras by name: the one that is named now, the first where none is."""
        self._found, untouched = found, self.texts() == self._texts_before
        listed = [(one.source, one.name) for one in found]
        other = _("another: its address below") if listed else _("its address below")
        address = self._field(self._field_name).value
        named = next((one.source for one in found if stays(one, found) == address), _TYPED)
        first = listed[0][0] if listed and not address else named
        self.pick.offer([*listed, (_TYPED, other)], first)
        self._show_picked()
        if untouched:
            self._texts_before = self.texts()
        if first != _TYPED:
            self.pick.focus()

    def action_on_or_save(self) -> None:
        """Save from a camera that was chosen; an address is the last field and saves as ever."""
        if self.pick.value != _TYPED and self.focused in (self.pick, self._field("name")):
            self.action_save()
        else:
            super().action_on_or_save()

    @on(Choice.Changed)
    def _picked(self, event: Choice.Changed) -> None:
        if event.choice is self.pick:
            self._show_picked()

    def _show_picked(self) -> None:
        """Show by what a chosen camera is remembered, and its name; an address can be typed only for another."""
        address, name = self._field(self._field_name), self._field("name")
        picked = next((one for one in self._found if one.source == self.pick.value), None)
        if picked is None and address.disabled:
            address.value, name.value = self._typed_before
        elif picked is not None:
            if not address.disabled:
                self._typed_before = (address.value, name.value)
            address.value, name.value = stays(picked, self._found), picked.name
        address.disabled = picked is not None


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
    every = [*now, replace(new, name="") if new.name in {one.name for one in now} else new]
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
