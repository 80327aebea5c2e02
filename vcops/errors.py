"""What can go wrong, as one tree. An error carries a code and parameters; `vcops.wording.errors` makes the sentence.

The class decides the exit status (shared contract of the command line); the code decides the words.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = ["Conflict", "InvalidInput", "Refused", "StorageError", "Unreachable", "VcopsError"]

Param = str | int | float | None


class VcopsError(Exception):
    """Base of every error that is meant to be read by a person.

    `code` is a dotted name such as `meeting.end_before_start`; `params` fill the sentence's placeholders.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, Param] = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


class Conflict(VcopsError):
    """The change could not happen because of what is already there; nothing was stored. Exit status 1."""

    exit_status = 1


class InvalidInput(VcopsError):
    """What was typed, or a file that was given, is wrong; nothing was stored. Exit status 2."""

    exit_status = 2


class Unreachable(VcopsError):
    """Something could not be measured or reached. Exit status 3."""

    exit_status = 3


class Refused(VcopsError):
    """A rule forbids it. Exit status 4."""

    exit_status = 4


class StorageError(VcopsError):
    """The database cannot be read or written: read-only, full, foreign, newer, unreachable. Exit status 5."""

    exit_status = 5
