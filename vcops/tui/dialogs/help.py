"""What the place is for, and every key that works there."""

from __future__ import annotations

from textwrap import wrap

from textual.app import ComposeResult
from textual.containers import Vertical

from vcops.locale import N_, _
from vcops.tui.commands import LISTS, SHELL, Groups, command, key_name, key_names
from vcops.tui.dialogs.base import Dialog, head, hint
from vcops.tui.plain import Cell
from vcops.tui.widgets.table import Column, Line, Table

__all__ = ["HelpDialog"]

WIDTH = 92
"""As wide as the panel is in its style."""


class HelpDialog(Dialog[None]):
    """Read out of the commands' records."""

    DEFAULT_CSS = """
    HelpDialog {
        & > .panel { width: 92; height: 90%; }
        Table { background: $panel; }
    }
    """

    def __init__(self, title: str, explanation: str, groups: Groups, keys: dict[str, str]) -> None:
        """`explanation` and the groups' headings are marked with `N_`; `keys` are the remapped ones by command id."""
        super().__init__()
        self._title, self._explanation, self._groups, self._keys = title, explanation, groups, keys

    def compose(self) -> ComposeResult:
        """Build the list."""
        with Vertical(classes="panel"):
            yield head(self._title, _(self._explanation))
            yield Table([Column(width=12), Column()])
            quits = command(SHELL, "shell.quit")
            leave = [(key_name(self._keys.get(quits.id, quits.key)), _("quit the program"))] if quits else []
            yield hint(("j k", _("scroll")), ("Esc", _("close")), *leave)

    def on_mount(self) -> None:
        """Fill it: the place's own keys, the lists', those that work everywhere."""
        lines: list[Line] = []
        for heading, commands in (*self._groups, (N_("In lists"), LISTS), (N_("Everywhere"), SHELL)):
            told = [one for one in commands if one.help and (one.key or one.palette)]
            if not told:
                continue
            if lines:
                lines.append(Line("", ("",)))
            lines.append(Line("", (Cell(_(heading), "strong"),)))
            for one in told:
                keys = Cell(key_names(self._keys.get(one.id, one.key)) or "^p", "accent")
                first, *rest = wrap(_(one.help), min(WIDTH, self.app.size.width) - 22)
                lines.append(Line(one.id, (keys, first)))
                lines += [Line("", ("", more)) for more in rest]
        table = self.query_one(Table)
        table.show(lines)
        table.focus()

    def on_table_chosen(self) -> None:
        """Enter closes it too."""
        self.dismiss(None)
