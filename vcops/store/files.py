"""The SQLite file itself: where a URL points, who may write it, and whether it can be written at all."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from vcops.store.signs import code_for

__all__ = ["code_at", "forbidden", "full", "make_file", "readable_uri", "unwritable"]

_LOG_INDEX = 64 * 1024
"""Bytes: SQLite's `-shm` file takes 32 KiB, and the first page of the log comes on top."""
_MAY_BE_FULL = {"storage.input_output", "storage.read_only", "storage.cannot_open"}


def make_file(file: Path) -> None:
    """Make an empty database file that whoever may write in its folder may write too.

    On a machine-wide database several people work; SQLite gives its `-wal` and `-shm` files the database's own
    mode, so the mode is settled here, once, from the folder's. In a private folder it is 0600. Raises OSError.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            if sys.platform != "win32":
                os.fchmod(handle, 0o600 | _shared(stat.S_IMODE(file.parent.stat().st_mode)))
        finally:
            os.close(handle)


def _shared(folder_mode: int) -> int:
    """Return the bits of those who may make files in the folder: group, others."""
    group = 0o060 if folder_mode & stat.S_IWGRP else 0
    others = 0o006 if folder_mode & stat.S_IWOTH else 0
    return group | others


def readable_uri(file: Path) -> str:
    """Return the URI to read a file by: on a disk that cannot be written SQLite is told that nothing will change.

    Without it SQLite wants to make its `-shm` file, and a read-only disk could not even be looked at.
    """
    uri = f"file:{quote(file.absolute().as_posix())}?mode=ro"
    return uri + "&immutable=1" if unwritable(file) else uri


def unwritable(file: Path) -> bool:
    """Whether nothing can be written where the file lies, for want of permission or of room, and nobody has it open."""
    beside = file.with_name(file.name + "-wal")
    if not file.exists() or beside.exists():
        return False
    return full(file) or forbidden(file)


def forbidden(file: Path) -> bool:
    """Whether this account may not write a file that is there, or its folder, where SQLite keeps the log beside it."""
    return file.exists() and not (os.access(file.parent, os.W_OK) and os.access(file, os.W_OK))


def full(file: Path) -> bool:
    """Whether the disk has no room left for the index of SQLite's log, without which nothing can be written."""
    try:
        return shutil.disk_usage(file.parent).free < _LOG_INDEX
    except OSError:
        return False


def code_at(file: Path, said: str) -> str:
    """Return the code for what SQLite said of a file. On a full disk it complains of input and output, or of modes."""
    code = code_for(said)
    return "storage.full" if code in _MAY_BE_FULL and full(file) else code
