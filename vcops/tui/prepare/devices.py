"""Asks which microphone and which loudspeaker this machine is to use, out of those it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from vcops.locale import N_, _
from vcops.operations.sound import SoundDevice, SoundDevices
from vcops.tui.dialogs.base import Dialog, head, hint
from vcops.tui.plain import Cell
from vcops.tui.widgets.table import Column, Line, Table

__all__ = ["DevicesDialog"]

Kind = Literal["microphone", "speaker"]
_GROUPS: tuple[tuple[Kind, str], ...] = (("microphone", N_("Microphone")), ("speaker", N_("Loudspeaker")))
_AROUND = 9
"""Rows of the dialog around the list."""


class DevicesDialog(Dialog[SoundDevices]):
    """Answers the two devices; None for escape. Enter takes a microphone and goes on, then a loudspeaker and ends."""

    DEFAULT_CSS = """
    DevicesDialog {
        Table { background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", show=False, priority=True)]

    def __init__(self, found: Sequence[SoundDevice], ours: SoundDevices) -> None:
        """`ours` are those in use now."""
        super().__init__()
        self._found, self._ours = found, ours

    def compose(self) -> ComposeResult:
        """Build the list, filled before it is mounted: one layout draws it all."""
        with Vertical(classes="panel"):
            yield head(_("Sound devices"), _("The choice is remembered on this machine."))
            table = Table([Column(width=1), Column()])
            table.show(self._lines())
            table.turn_to(_key("microphone", self._ours.microphone))
            yield table
            yield hint(("Enter", _("choose")), ("^s", _("save")), ("Esc", _("cancel")))

    def on_mount(self) -> None:
        """Begin at the microphone in use."""
        self.query_one(Table).focus()

    def on_resize(self) -> None:
        """Let the list scroll where there are more devices than rows."""
        table = self.query_one(Table)
        table.styles.height = max(3, min(len(table.lines), self.app.size.height - _AROUND))

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        kind, _colon, name = event.key.partition(":")
        table = self.query_one(Table)
        self._ours = replace(self._ours, **{kind: name})
        table.show(self._lines())
        if kind == "microphone":
            table.turn_to(_key("speaker", self._ours.speaker))
        else:
            self.action_save()

    def action_save(self) -> None:
        """Answer what is marked."""
        self.dismiss(self._ours)

    def _lines(self) -> list[Line]:
        lines: list[Line] = []
        for kind, title in _GROUPS:
            ours = self._ours.microphone if kind == "microphone" else self._ours.speaker
            lines += [Line("", ("",))] if lines else []
            lines.append(Line("", (Cell(_(title), "strong"),)))
            for name, label in _choices(self._found, kind, ours):
                sign = Cell("●", "accent") if name == ours else Cell("○", "dim")
                lines.append(Line(_key(kind, name), (sign, label)))
        return lines


def _key(kind: Kind, name: str) -> str:
    return f"{kind}:{name}"


def _choices(found: Sequence[SoundDevice], kind: Kind, ours: str) -> Iterator[tuple[str, str]]:
    """Yield name and label: the system's default, each device, and the one in use where it is not there now."""
    names = [one.name for one in found if one.kind == kind and not one.monitor]
    default = next((one.name for one in found if one.kind == kind and one.default and not one.monitor), "")
    yield "", _("the system's default ({name})").format(name=default) if default else _("the system's default")
    for name in dict.fromkeys(names):
        yield name, name
    if ours and ours not in names:
        yield ours, _("{name} (not connected)").format(name=ours)
