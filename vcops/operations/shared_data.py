"""The data folder that several accounts of one machine share: who may write there, and no one else."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from vcops.settings import machine_wide_data

__all__ = ["GROUP", "make_folder", "make_shared", "open_to_all", "shared_by"]

GROUP = "vcops"
"""An administrator's group: where it exists and who works here is in it, nobody else comes in."""
_FOR_GROUP, _FOR_ALL = 0o2770, 0o1777
"""SQLite writes two files beside the database, so that whoever works there must write in the folder too. Setgid keeps
those in the group; the sticky bit keeps one account from deleting what another has made."""
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def make_shared(folder: Path, name: str) -> None:
    """Make the folder and an empty database in it, as narrowly as works. Raises OSError.

    A folder that is open already, to a group or to all, was made so by an administrator and stays as it is.
    """
    from vcops.store.files import make_file

    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform != "win32" and not folder.stat().st_mode & _OTHERS_WRITE:
        group = _own_group()
        with suppress(PermissionError):
            if group is not None:
                os.chown(folder, -1, group)
            folder.chmod(_FOR_ALL if group is None else _FOR_GROUP)
    make_file(folder / name)


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone; inside the shared data folder, for those who share it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    shared = machine_wide_data()
    if sys.platform == "win32" or not folder.is_relative_to(shared) or folder == shared:
        return
    mode = stat.S_IMODE(shared.stat().st_mode)
    for one in (folder, *folder.parents):
        if one == shared:
            break
        with suppress(PermissionError):  # another account has made it, and with this mode
            one.chmod(mode)


def shared_by(folder: Path) -> str:
    """Return which group may write in a folder by its mode; empty where that is everyone, or Windows."""
    if sys.platform == "win32" or open_to_all(folder):
        return ""
    import grp

    number = folder.stat().st_gid
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def open_to_all(folder: Path) -> bool:
    """Whether every account of the machine may write in a folder."""
    return sys.platform != "win32" and bool(folder.stat().st_mode & stat.S_IWOTH)


def _own_group() -> int | None:
    """Return the number of the administrator's group where we are in it."""
    if sys.platform == "win32":
        return None
    import grp

    try:
        number = grp.getgrnam(GROUP).gr_gid
    except KeyError:
        return None
    return number if number in {os.getegid(), *os.getgroups()} else None
