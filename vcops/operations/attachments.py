"""Files and photographs attached to a step: where they lie, with the digest that shows whether they changed since.

The file itself stays where it is: an office has its own place for photographs, and a copy would be a second truth.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.domain.files import FileState
from vcops.domain.runs import Attachment, Run
from vcops.errors import InvalidInput
from vcops.operations.run_changes import TICK, loaded, next_moment
from vcops.operations.run_starting import begun
from vcops.operations.typed import clean_lines

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace
    from vcops.store.writing import Change

__all__ = ["Seen", "attach", "attach_to", "look_at", "state_of", "states_of"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it is now: `path` is absolute, `size` in bytes."""

    path: Path
    size: int
    sha256: str

    @property
    def named(self) -> str:
        """How a step that records a file has it: the name and the digest."""
        return f"{self.path.name} sha256:{self.sha256}"


def look_at(path: Path) -> Seen:
    """Read a file. Raises InvalidInput where it cannot be read."""
    whole = path.expanduser().absolute()
    try:
        stat = whole.stat()
        return Seen(whole, stat.st_size, _digest(str(whole), stat.st_size, stat.st_mtime_ns))
    except OSError as error:
        raise InvalidInput(
            "run.attachment_missing", column="file", file=str(path), said=error.strerror or str(error)
        ) from error


def attach(  # noqa: PLR0913 - who attached, and to what
    workplace: Workplace,
    run_id: str,
    step_id: str,
    paths: Iterable[Path],
    *,
    by: str = "",
    draft: Run | None = None,
) -> Run:
    """Attach files to a step, whether or not it is answered, also when the run is closed: evidence comes later.

    A file that is attached already, and is the same still, is not attached twice; a `draft` starts with the file.
    Raises InvalidInput, Conflict.
    """
    looked_at = [look_at(one) for one in paths]
    with workplace.store.writing(workplace.who) as change:
        run = begun(workplace, change, run_id, draft)
        if run.procedure.step(step_id) is None:
            raise InvalidInput("run.unknown_step", value=step_id, expected=", ".join(one.id for one in run.steps()))
        attach_to(change, run, step_id, looked_at, by=clean_lines(by) or change.actor)
        return loaded(change, run.id)


def attach_to(change: Change, run: Run, step_id: str, looked_at: Iterable[Seen], *, by: str) -> None:
    """Keep files with a step inside a transaction."""
    from vcops.store import tables

    known = {(one.path, one.sha256) for one in run.attached(step_id)}
    at = next_moment(run, change.now)
    for one in looked_at:
        if (str(one.path), one.sha256) in known:
            continue
        known.add((str(one.path), one.sha256))
        values = {"run_id": run.id, "step": step_id, "path": str(one.path), "size": one.size, "sha256": one.sha256}
        change.insert(tables.Attachment, values | {"by": by, "at": at})
        at += TICK


def state_of(one: Attachment) -> FileState:
    """Return whether a file is what it was when it was attached."""
    path = Path(one.path)
    try:
        stat = path.stat()
        if stat.st_size != one.size:
            return FileState.CHANGED
        same = _digest(one.path, stat.st_size, stat.st_mtime_ns) == one.sha256
    except OSError:
        return FileState.GONE
    return FileState.SAME if same else FileState.CHANGED


def states_of(run: Run) -> dict[str, FileState]:
    """Return the state of each attached file by the attachment's id."""
    return {one.id: state_of(one) for one in run.attachments}


@lru_cache(maxsize=256)
def _digest(path: str, size: int, changed_ns: int) -> str:  # noqa: ARG001 - they tell whether it must be read again
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
