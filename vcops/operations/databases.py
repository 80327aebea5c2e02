"""The database itself: where it lies, whether it is sound, backup, restore, migration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.operations import evidence
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.store.migrating import Migrated

__all__ = ["Health", "back_up", "check", "migrate", "place", "restore", "tidy"]


@dataclass(frozen=True, slots=True)
class Health:
    """What a check of the database found. Raised errors say what is wrong; this is what a sound one looks like.

    `pictures_deleted`: kept as evidence, and older than the office keeps them.
    """

    place: str
    schema: str
    bytes: int | None
    meetings: int
    entries: int
    pictures_deleted: int = 0


def place(workplace: Workplace) -> str:
    """Return where the database lies: the file's path, or the URL without its password. Opens nothing."""
    if workplace.database_file is not None:
        return str(workplace.database_file)
    from vcops.store.database import make_engine, shown

    return shown(make_engine(workplace.database_url))


def check(workplace: Workplace) -> Health:
    """Read the whole file and look whether it is sound. Raises StorageError."""
    from vcops.store import health

    return Health(place(workplace), *health.examine(workplace.store))


def tidy(workplace: Workplace) -> Health:
    """Check the database, then delete the pictures whose days are over. Raises StorageError."""
    found = check(workplace)
    return replace(found, pictures_deleted=evidence.expire(workplace))


def back_up(workplace: Workplace, target: Path) -> Path:
    """Write the database into one new file. Raises Conflict where it is there already, StorageError."""
    from vcops.store import copying
    from vcops.store.database import translated

    target = target.expanduser().absolute()
    engine = workplace.store.engine
    with translated(engine):
        copying.back_up(engine, target)
    return target


def restore(workplace: Workplace, backup: Path) -> Path | None:
    """Put a backup in the place of the database; return where what was there is kept. Raises StorageError."""
    from vcops.store import copying
    from vcops.store.database import make_engine, translated

    workplace.close()
    engine = make_engine(workplace.database_url)
    if workplace.database_file is None:
        workplace.store  # noqa: B018 - a server's empty database gets its tables first
    try:
        with translated(engine):
            aside = copying.restore(backup.expanduser().absolute(), engine, workplace.clock())
    finally:
        engine.dispose()
    _take_over_head(workplace)
    return aside


def migrate(workplace: Workplace) -> Migrated:
    """Bring an older database to this program's schema; a backup is kept. Raises StorageError."""
    from vcops.store import migrating

    workplace.close()
    return migrating.migrate(workplace.database_url, workplace.clock(), folder=workplace.places.data)


def _take_over_head(workplace: Workplace) -> None:
    """A restore goes back on purpose: the head outside the database follows it, or verifying would cry wolf."""
    from vcops.errors import StorageError
    from vcops.store.writing import newest_head

    workplace.close()
    try:
        store = workplace.store
    except StorageError as error:
        if error.code == "storage.older":
            return
        raise
    with store.reading() as connection:
        head = newest_head(connection)
    store.head_file.keep(head)
