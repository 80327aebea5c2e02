"""Every change that was made, and whether one was made behind the program's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcops.domain.journal import Fault, Verification
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.store.history import Listed

__all__ = ["Fault", "Verification", "entries", "verify"]


def verify(workplace: Workplace) -> Verification:
    """Check the chain from its first entry, and each row against its last. Raises StorageError.

    The newest hash is also kept outside the database; where it is, a tail that was cut off shows too.
    """
    from vcops.store.verifying import verify as verify_rows

    store = workplace.store
    kept = store.head_file.read()  # before the entries: the file may lag behind them, and never run ahead
    with store.reading() as connection:
        return verify_rows(connection, kept)


def entries(workplace: Workplace, *, limit: int | None = 100, entity_id: str | None = None) -> list[Listed]:
    """Return the newest entries; those of one row where its id is given. Raises StorageError."""
    from vcops.store import history

    with workplace.store.reading() as connection:
        return history.entries(connection, limit=limit, entity_id=entity_id)
