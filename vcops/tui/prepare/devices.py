"""Asks which microphone and which loudspeaker this machine is to use, out of those it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from vcops.locale import _
from vcops.operations.sound import SoundDevice, SoundDevices
from vcops.tui.dialogs.form import FieldSpec, FormDialog, Submit

__all__ = ["MICROPHONE", "SPEAKER", "devices_dialog"]

MICROPHONE, SPEAKER = "microphone", "speaker"


def devices_dialog(found: Sequence[SoundDevice], ours: SoundDevices, submit: Submit) -> FormDialog:
    """Return the form; its texts are names, empty for the system's default. `ours` are those in use now."""
    return FormDialog(
        _("Sound devices"),
        [
            FieldSpec(MICROPHONE, _("Microphone"), ours.microphone, _choices(found, "microphone", ours.microphone)),
            FieldSpec(SPEAKER, _("Loudspeaker"), ours.speaker, _choices(found, "speaker", ours.speaker)),
        ],
        submit=submit,
        detail=_("Left and right go through this machine's devices. The choice is remembered on this machine."),
        save=_("save"),
    )


def _choices(
    found: Sequence[SoundDevice], kind: Literal["microphone", "speaker"], ours: str
) -> tuple[tuple[str, str], ...]:
    """Return (name, label): the system's default, each device, and the one in use where it is not there now."""
    names = [one.name for one in found if one.kind == kind and not one.monitor]
    default = next((one.name for one in found if one.kind == kind and one.default and not one.monitor), "")
    usual = _("default: {name}").format(name=default) if default else _("the default")
    choices = [("", usual), *((name, name) for name in dict.fromkeys(names))]
    if ours and ours not in names:
        choices.append((ours, _("{name} (not connected)").format(name=ours)))
    return tuple(choices)
