"""What a database driver says, as a StorageError with a code: locked, full, read-only, not a database, unreachable."""

from __future__ import annotations

import errno

from sqlalchemy.exc import IntegrityError

from vcops.errors import StorageError, VcopsError

__all__ = ["storage_error"]

_SIGNS = (
    ("database is locked", "storage.busy"),
    ("readonly", "storage.read_only"),
    ("read-only", "storage.read_only"),
    ("database or disk is full", "storage.full"),
    ("no space left", "storage.full"),
    ("disk quota", "storage.full"),
    ("not a database", "storage.foreign"),
    ("malformed", "storage.damaged"),
    ("unable to open database file", "storage.cannot_open"),
    ("password authentication failed", "storage.password"),
    ("connection", "storage.unreachable"),
    ("could not translate host name", "storage.unreachable"),
    ("disk i/o error", "storage.input_output"),
)
_NUMBERS = {
    errno.ENOSPC: "storage.full",
    errno.EROFS: "storage.read_only",
    errno.EACCES: "storage.cannot_open",
    errno.EPERM: "storage.cannot_open",
}


def storage_error(error: Exception, url: str) -> VcopsError:
    """Return the error to raise instead of the driver's."""
    if isinstance(error, OSError) and error.errno in _NUMBERS:
        return StorageError(_NUMBERS[error.errno], url=url)
    said = str(getattr(error, "orig", None) or error)
    if isinstance(error, IntegrityError):
        return StorageError("storage.inconsistent", url=url, said=said.splitlines()[0])
    lowered = said.lower()
    for sign, code in _SIGNS:
        if sign in lowered:
            return StorageError(code, url=url)
    return StorageError("storage.failed", url=url, said=(said.splitlines() or [type(error).__name__])[0])
