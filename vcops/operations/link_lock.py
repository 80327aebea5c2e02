"""The link of this machine is one: whoever fills it keeps every other program waiting, and says who they are."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import sys
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from vcops.domain.checks import CheckEvent, CheckProgress, CheckRemark
from vcops.errors import Param
from vcops.settings import machine_wide_temporary

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["TAKEN", "Holder", "LinkLock", "is_free_now", "link_lock", "taken_when_free"]

TAKEN, FREE = "check.link_taken", "check.link_free"
"""Told while another program measures the link, and once when it is ours after that."""
_NAME = "vcops-link.lock"
_EVERYBODY = 0o666
"""Accounts that share the machine share its link."""
_BETWEEN_TRIES_S = 0.25
_LONGEST_NOTE = 500
_LONGEST_NAME = 40
_LOCKED_BYTE = 1 << 30
"""Windows lets nobody read a byte that is locked: this one lies far behind the note."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who measures the link, and for how many seconds by now; empty and None where it cannot be told."""

    by: str = ""
    seconds: int | None = None


@dataclass(slots=True)
class LinkLock:
    """A lock on a file in each of `folders`: the machine's own, and the data folder that accounts or machines share.

    The system lets go of it when the process dies, however it dies. A folder in which no file can be made or opened
    keeps nobody from measuring.
    """

    folders: Sequence[Path]
    who: str
    _held: list[int] = field(default_factory=list)

    def take(self) -> Holder | None:
        """Take the lock. Returns None where it is ours now, else who has it."""
        for folder in self.folders:
            with suppress(OSError):
                file = _opened(folder / _NAME)
                self._held.append(file)
                if not _locked(file):
                    holder = _read(file)
                    os.close(self._held.pop())
                    self.release()
                    return holder
                _note(file, {"by": self.who, "since": time.time()})
        return None

    def release(self) -> None:
        """Let go of it."""
        while self._held:
            file = self._held.pop()
            _note(file, {})
            os.close(file)


@contextmanager
def link_lock(data: Path, who: str) -> Iterator[LinkLock]:
    """Yield the lock of this machine's link and of the data folder, not taken yet; it is let go of at the end."""
    lock = LinkLock([machine_wide_temporary(), *([data] if data.is_dir() else [])], who)
    try:
        yield lock
    finally:
        lock.release()


async def taken_when_free(lock: LinkLock, stop: asyncio.Event | None) -> AsyncGenerator[CheckEvent, None]:
    """Take the lock, telling who has it while one waits: once as a remark, then each second how long by now.

    The last event after a wait is a progress `FREE`; there is none where `stop` was set first.
    """
    waited = -1
    while (holder := lock.take()) is not None:
        params: dict[str, Param] = {"by": holder.by or "?", "seconds": holder.seconds or 0}
        if waited < 0:
            yield CheckRemark(TAKEN, params)
        if waited != (holder.seconds or 0):
            waited = holder.seconds or 0
            yield CheckProgress(None, TAKEN, params)
        if stop is None:
            await asyncio.sleep(_BETWEEN_TRIES_S)
            continue
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _BETWEEN_TRIES_S)
            return
    if waited >= 0:
        yield CheckProgress(None, FREE)


def is_free_now(event: CheckEvent) -> bool:
    """Whether a check tells that it has waited for the link: much may have changed, and closing it is still free."""
    return isinstance(event, CheckProgress) and event.code == FREE


def _opened(path: Path) -> int:
    """Open a lock file, another account's too. Raises OSError; a link that leads elsewhere is not followed."""
    safe = 0
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_NOINHERIT", "O_NONBLOCK"):  # a pipe of that name keeps nobody waiting
        safe |= getattr(os, name, 0)
    for flags in (os.O_RDWR, os.O_RDWR | os.O_CREAT | os.O_EXCL, os.O_RDONLY):
        with suppress(FileNotFoundError, FileExistsError, PermissionError):
            file = os.open(path, flags | safe, _EVERYBODY)
            if flags & os.O_CREAT and sys.platform != "win32":
                os.fchmod(file, _EVERYBODY)
            return file
    raise FileNotFoundError(path)


def _locked(file: int) -> bool:
    """Lock an open file; whether that was possible. Raises OSError where its folder knows no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):  # somebody else has it
            return False
        raise
    return True


def _note(file: int, said: dict[str, str | float]) -> None:
    """Write who has the lock; who may only read another account's file stays unnamed."""
    with suppress(OSError):
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, json.dumps(said).encode()[:_LONGEST_NOTE])


def _read(file: int) -> Holder:
    """Return who has the lock by its note, which anybody may have written."""
    try:
        os.lseek(file, 0, os.SEEK_SET)
        said = json.loads(os.read(file, _LONGEST_NOTE))
        by = "".join(letter for letter in str(said["by"]) if letter.isprintable())[:_LONGEST_NAME]
        return Holder(by, max(0, round(time.time() - float(said["since"]))))
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return Holder()
