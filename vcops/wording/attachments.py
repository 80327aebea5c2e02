"""An attached file in words: its name, its size, and what became of it."""

from __future__ import annotations

from pathlib import PurePath

from vcops.domain.files import FileState
from vcops.domain.runs import Attachment
from vcops.formats.numbers import number
from vcops.locale import N_, _

__all__ = ["attachment_words", "size_words", "state_words"]

_STATES = {FileState.CHANGED: N_("changed since"), FileState.GONE: N_("not there any more")}
_UNITS = ("kB", "MB", "GB", "TB")


def attachment_words(one: Attachment, state: FileState) -> str:
    """Return `+ photo.jpg, 1.2 MB`; with `!` in front, and what happened, where it is not what it was."""
    text = f"{PurePath(one.path).name}, {size_words(one.size)}"
    return f"+ {text}" if state is FileState.SAME else f"! {text}: {state_words(state)}"


def state_words(state: FileState) -> str:
    """Return what became of a file: `changed since`; empty where it is what it was."""
    return _(_STATES[state]) if state in _STATES else ""


def size_words(size: int) -> str:
    """Return a size as people say it, by thousands: `812 byte`, `1,2 MB`."""
    if size < 1000:
        return _("{size} bytes").format(size=size)
    value, place = size / 1000, 0
    while value >= 999.5 and place < len(_UNITS) - 1:
        value, place = value / 1000, place + 1
    return f"{number(value, 1 if value < 9.95 else 0)} {_UNITS[place]}"
