"""What a database driver says, as a StorageError with a code: locked, full, read-only, not a database, unreachable."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import IntegrityError

from vcops.errors import Refused, StorageError, VcopsError
from vcops.store.files import code_at
from vcops.store.lock_rules import REFUSAL
from vcops.store.signs import CODES_BY_NUMBER, code_for

__all__ = ["storage_error"]


def storage_error(error: Exception, url: str, file: Path | None = None) -> VcopsError:
    """Return the error to raise instead of the driver's. `url` is shown, so it must hold no password.

    With the SQLite file, a full disk is told from a broken or a read-only one.
    """
    if isinstance(error, OSError) and error.errno in CODES_BY_NUMBER:
        return StorageError(CODES_BY_NUMBER[error.errno], url=url)
    said = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
    if REFUSAL in said:
        return Refused("closing.closed_here")
    first_line = (said.splitlines() or [type(error).__name__])[0]
    if isinstance(error, IntegrityError):
        return StorageError("storage.inconsistent", url=url, said=first_line)
    return StorageError(code_at(file, said) if file else code_for(said), url=url, said=first_line)
