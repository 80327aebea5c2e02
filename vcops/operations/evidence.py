"""Pictures kept as evidence: off unless the office switched them on, and deleted after the days it set."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from uuid import uuid4

from vcops.domain.evidence import Picture
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.store.runs import Pictured

__all__ = ["discard", "expire", "picture_file", "picture_of"]

_OURS = re.compile(r"[0-9a-f]{32}(-\d+)?\.jpg")
"""The files that `picture_file` names, those of a room's further cameras too. Nothing else is ever deleted."""


def picture_file(workplace: Workplace) -> Path:
    """Return where the next picture goes; the folder is made for its owner alone. Raises OSError."""
    folder = workplace.places.data / _folder(workplace)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{uuid4().hex}.jpg"


def _folder(workplace: Workplace) -> PurePosixPath:
    """Return the folder inside the data folder: each database has its own, and knows of no other's pictures."""
    return PurePosixPath("snapshots", workplace.store.meta.get("installation", "")[-8:])


def picture_of(workplace: Workplace, file: Path, camera: str = "") -> Picture | None:
    """Return what the record says of a picture that a check has written; None where it wrote none there."""
    try:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return Picture(file.relative_to(workplace.places.data).as_posix(), digest, camera)
    except (OSError, ValueError):  # it was not written, or not for the record: `--snapshot FILE`
        return None


def discard(workplace: Workplace, pictures: Iterable[Picture]) -> None:
    """Delete the pictures of a check that is not kept."""
    for one in pictures:
        _deleted(workplace.places.data / one.file)


def expire(workplace: Workplace) -> int:
    """Delete the pictures that are older than the office keeps them; return how many. Raises StorageError.

    What the records say of them stays, with the day of their end. A file that no record holds any longer goes as well:
    its check was never kept, or another machine on the same database has noted its end.
    """
    from vcops.operations import directory
    from vcops.store import runs

    folder = _folder(workplace)
    try:
        there = list((workplace.places.data / folder).iterdir())
    except OSError:  # none were kept here, or by another account of this machine, for itself alone
        return 0
    kept = timedelta(days=directory.office(workplace).snapshot_days)
    with workplace.store.reading() as connection:
        recorded = runs.pictured(connection)
    last = workplace.clock() - kept
    held = {one.file: at for at, one in _each(recorded) if not one.deleted_at}
    over = [file for file, at in held.items() if at < last and _is_ours(file, folder)]
    gone = {file for file in over if _deleted(workplace.places.data / file)}
    if gone:
        _note(workplace, gone)
    strays = [one for one in there if _OURS.fullmatch(one.name) and str(folder / one.name) not in held]
    return len(gone) + sum(_deleted(one) for one in strays if _age(one) > kept.total_seconds())


def _is_ours(file: str, folder: PurePosixPath) -> bool:
    """Whether what a record names is a picture in the folder: the database may be shared, or altered by hand."""
    path = PurePosixPath(file)
    return path.parent == folder and _OURS.fullmatch(path.name) is not None


def _age(file: Path) -> float:
    """Return for how many seconds a file has been there; 0 where it has just gone."""
    with suppress(OSError):
        return time.time() - file.stat().st_mtime
    return 0.0


def _each(recorded: Iterable[Pictured]) -> Iterator[tuple[datetime, Picture]]:
    return ((one.at, picture) for one in recorded for picture in one.pictures)


def _deleted(file: Path) -> bool:
    """Delete a file; return whether it is gone, by this or by somebody else."""
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _note(workplace: Workplace, gone: set[str]) -> None:
    """Write into the records that these files are no more."""
    from vcops.store import runs, tables

    with workplace.store.writing(workplace.who) as change:
        for found in runs.pictured(change.connection):
            if gone.isdisjoint(one.file for one in found.pictures):
                continue
            after = [replace(one, deleted_at=change.now) if one.file in gone else one for one in found.pictures]
            change.update(tables.Attempt, found.attempt_id, {"pictures": runs.write_pictures(after)})
