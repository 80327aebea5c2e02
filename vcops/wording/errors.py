"""Every error's sentence and remedy, by code. A test holds this table against the codes the program raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vcops.errors import Param
from vcops.locale import N_, _

__all__ = ["SENTENCES", "Explanation", "explain"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened and what was kept; then what to do."""

    message: str
    remedy: str


_NOTHING = N_("Nothing was stored; correct it and try again.")

SENTENCES: dict[str, tuple[str, str]] = {
    "storage.busy": (
        N_("The database {url} is held by another program for too long; nothing was stored."),
        N_("Try again in a moment; close other programs that have the file open."),
    ),
    "storage.read_only": (
        N_("The database {url} cannot be written; what was there is untouched."),
        N_("Ask for write permission on its folder, or choose another with --database."),
    ),
    "storage.full": (
        N_("The disk that holds {url} is full; the last change was not stored, everything before it was."),
        N_("Free some space and repeat the last step."),
    ),
    "storage.foreign": (
        N_("{url} is not a vcops database; it was not touched."),
        N_("Choose another file with --database."),
    ),
    "storage.damaged": (
        N_("The database {url} is damaged; it was not touched."),
        N_("Restore the last backup with: vcops db restore FILE."),
    ),
    "storage.cannot_open": (
        N_("The database {url} cannot be opened."),
        N_("Check that its folder exists and that you may write there, or choose another with --database."),
    ),
    "storage.password": (
        N_("The server of {url} refused the name or the password."),
        N_("Correct the database URL in config.toml or VCOPS_DATABASE."),
    ),
    "storage.unreachable": (
        N_("The database server of {url} does not answer; nothing was stored."),
        N_("Check the network, or work on the embedded database with --home."),
    ),
    "storage.input_output": (
        N_("The disk that holds {url} reports an error; the last change was not stored."),
        N_("Copy the database to another disk before you go on."),
    ),
    "storage.inconsistent": (N_("The database refused the change: {said}; nothing was stored."), ""),
    "storage.failed": (N_("The database {url} failed: {said}; the last change was not stored."), N_("Run: vcops doctor.")),
    "storage.newer": (
        N_("This database was written by a newer vcops (schema {found}, this program knows {ours}); it was not touched."),
        N_("Install the newer vcops on this machine too."),
    ),
    "storage.older": (
        N_("This database is of an older vcops (schema {found}, this program needs {ours}); it was not touched."),
        N_("Run: vcops db migrate. It keeps a backup beside it."),
    ),
    "storage.unknown_kind": (
        N_("{url} is not a kind of database that vcops knows."),
        N_("Use sqlite:///FILE or postgresql://NAME@SERVER/DATABASE."),
    ),
    "store.gone": (N_("That entry was removed meanwhile by someone else; nothing was stored."), N_("Look at the list again.")),
    "config.unreadable": (N_("The configuration {file} cannot be read: {said}."), N_("Check its permissions.")),
    "config.not_toml": (N_("The configuration {file} is not valid TOML: {said}."), N_("Correct that line, or rename the file to start without it.")),
    "config.unknown_key": (N_("The configuration {file} has an unknown key: {key}."), N_("Did you mean: {nearest}?")),
    "config.wrong_type": (N_("In the configuration {file}, {key} has the wrong form."), N_("Write it like this: {key} = {expected}")),
    "count.empty": (N_("The head count is empty."), N_("Give the number online, in the room, or both.")),
    "count.negative": (N_("A head count cannot be {value}; nothing was stored."), N_("Type a number from 0.")),
    "count.absurd": (N_("{value} people are more than any meeting holds ({most}); nothing was stored."), N_("Check the number.")),
    "count.sum": (
        N_("{online} online and {in_room} in the room do not make {total}; nothing was stored."), N_("Correct one of the three."),
    ),
    "count.part_over_total": (N_("{part} people in one part are more than the total of {total}; nothing was stored."), N_("Correct one of them.")),
    "meeting.end_before_start": (
        N_("The end is before the start; nothing was stored."), N_("If it ended the next day, say so with the end date."),
    ),
    "meeting.too_long": (N_("A meeting of {hours} hours is longer than a day; nothing was stored."), N_("Check the dates.")),
}  # fmt: skip


def explain(code: str, params: Mapping[str, Param]) -> Explanation:
    """Return the sentences for a code in the language in use; the code itself where none was written."""
    message, remedy = SENTENCES.get(code, (code, ""))
    shown = {name: "" if value is None else value for name, value in params.items()}
    return Explanation(_(message).format_map(_Lenient(shown)), _(remedy).format_map(_Lenient(shown)) if remedy else "")


class _Lenient(dict[str, Param]):
    """A missing parameter shows as its name instead of ending the program."""

    def __missing__(self, key: str) -> str:
        return key
