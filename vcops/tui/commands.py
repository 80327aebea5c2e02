"""One record a command: its key, its words and its help. Bindings, footer, palette, help and `vcops keys` read it.

Imports no Textual, so that the command line can print the keys.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from vcops.locale import N_, _

__all__ = [
    "LISTS",
    "SHELL",
    "Command",
    "Groups",
    "all_commands",
    "command",
    "commands_of",
    "groups_of",
    "key_name",
    "key_names",
]


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does. The texts are English, marked with `N_`, translated where they are drawn."""

    id: str
    """`place.name`; what `[keys]` of config.toml remaps, and what runs: `action_name` of the place."""
    key: str
    """Textual's name of the key, several separated by commas; empty: only in the palette."""
    footer: str = ""
    """One or two words for the footer; empty: not there."""
    palette: str = ""
    """A verb and its object for the palette; empty: not there."""
    help: str = ""
    """A sentence for the help: what happens, and what can be undone."""
    action: str = ""
    """Textual action, where it is not the id's last part."""
    first: bool = False
    """Whether the key works even while a text is typed (control keys only)."""

    @property
    def does(self) -> str:
        """The action that runs, in Textual's words."""
        return self.action or self.id.rpartition(".")[2].replace("-", "_")


Groups = tuple[tuple[str, tuple[Command, ...]], ...]
"""Commands under headings; the headings are English, marked with `N_`."""

SHELL = (
    Command("go.today", "1", "", N_("Go to Today"), N_("What is on now and what comes next."), "go('today')"),
    Command(
        "go.prepare", "2", "", N_("Go to Prepare"), N_("Walk the procedure before a meeting."), "go('prepare')"
    ),
    Command("go.live", "3", "", N_("Go to Live"), N_("Count, note incidents and end a running meeting."), "go('live')"),
    Command("go.meetings", "4", "", N_("Go to Meetings"), N_("Every meeting, planned and held."), "go('meetings')"),
    Command("go.tally", "5", "", N_("Go to Tally"), N_("Meetings, people and avoided cost."), "go('tally')"),
    Command("go.rooms", "6", "", N_("Go to Rooms"), N_("Rooms, units and staff."), "go('rooms')"),
    Command("go.settings", "7", "", N_("Go to Settings"), N_("Office, language, colours, data."), "go('settings')"),
    Command("shell.back", "escape", "", "", N_("Back: closes, clears, then the place before. Never quits."), "back"),
    Command(
        "shell.help", "question_mark,f1", N_("Help"), N_("Explain this screen"),
        N_("Explains the screen one is on."), "explain",
    ),
    Command("shell.palette", "ctrl+p", N_("Commands"), "", N_("Finds a command by its words."), "palette", first=True),
    Command(
        "shell.language", "ctrl+l", "", N_("Switch the language: Indonesia / English"),
        N_("Switches the language at once."), "switch_language",
    ),
    Command("shell.theme", "", "", N_("Next colours: dark, light, the terminal's own"), "", "next_theme"),
    Command("shell.reload", "f5,ctrl+r", "", N_("Read this screen anew"), N_("Reads the database again."), "reload"),
    Command(
        "shell.quit", "ctrl+q", N_("Quit"), N_("Quit"), N_("Leaves the program; everything is already stored."), "quit",
        first=True,
    ),
)  # fmt: skip
"""The commands that work in every place. They run on the app."""

LISTS = (
    Command("list.down", "j,down", help=N_("Next line.")),
    Command("list.up", "k,up", help=N_("Line before.")),
    Command("list.top", "g,home", help=N_("First line.")),
    Command("list.bottom", "G,end", help=N_("Last line.")),
    Command("list.page-down", "pagedown,ctrl+f", help=N_("A page on.")),
    Command("list.page-up", "pageup,ctrl+b", help=N_("A page back.")),
    Command("list.choose", "enter", help=N_("Opens the line.")),
)
"""The commands of every list."""

_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "enter": "Enter",
    "escape": "Esc",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def key_name(key: str) -> str:
    """Return the first of a command's keys as people write it: `ctrl+p` is `^p`, `question_mark` is `?`."""
    first = key.partition(",")[0].strip()
    control, plus, letter = first.partition("+")
    if plus and control == "ctrl":
        return f"^{_NAMES.get(letter, letter)}"
    if first == "space":
        return _("Space")
    if first in _NAMES:
        return _NAMES[first]
    return first if len(first) == 1 else first.capitalize()


def key_names(keys: str) -> str:
    """Return all of a command's keys as people write them."""
    return " ".join(key_name(one) for one in keys.split(",") if one)


def commands_of(place: str) -> tuple[Command, ...]:
    """Return the commands of a place, in the order of its footer."""
    from importlib import import_module

    commands: tuple[Command, ...] = import_module(f"vcops.tui.{place}.commands").COMMANDS
    return commands


def groups_of(place: str, working: Collection[str | None] = ()) -> Groups:
    """Return a place's commands under their headings: most places have one list of keys.

    A group of which a command is `working` comes before one of which none is: in a walk not first the list's keys.
    """
    from importlib import import_module

    module = import_module(f"vcops.tui.{place}.commands")
    groups: Groups = getattr(module, "GROUPS", ((N_("On this screen"), module.COMMANDS),))
    return tuple(sorted(groups, key=lambda group: not any(one.id in working for one in group[1])))


def all_commands() -> list[Command]:
    """Return every command: the shell's, the lists', then each place's."""
    from vcops.tui.places import PLACES

    return [*SHELL, *LISTS, *(one for place in PLACES for one in commands_of(place.id))]


def command(commands: Iterable[Command], name: str) -> Command | None:
    """Return the command of that id."""
    return next((one for one in commands if one.id == name), None)
