"""The journal's newest hash, kept outside the database: a cut tail leaves a valid chain, and only this shows it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from vcops.domain.journal import Head

__all__ = ["HeadFile"]


class HeadFile:
    """A one-line file a database: `SEQ HASH`. It may lag behind the chain, and never run ahead of it."""

    def __init__(self, folder: Path, installation: str) -> None:
        self.path = folder / f"{installation}.head"

    def keep(self, head: Head) -> None:
        """Remember the head. A disk that refuses costs the evidence, not the change that was stored."""
        beside = self.path.with_suffix(f".{os.getpid()}")  # two processes may keep their heads at once
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside.write_text(f"{head.seq} {head.hash}\n", encoding="ascii")
            beside.replace(self.path)

    def read(self) -> Head | None:
        """Return the head that was kept, if any."""
        try:
            seq, digest = self.path.read_text(encoding="ascii").split()
            return Head(int(seq), digest)
        except (OSError, ValueError):
            return None
