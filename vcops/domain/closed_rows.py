"""The arithmetic of a closing: rows as text with one spelling, the digest over them, and what has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vcops.domain.journal import Plain, canonical

__all__ = ["Digest", "changed_columns", "content_of", "read_content"]

_LIST = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, default=str)
"""`default`: a table that was made anew behind the program's back may hold bytes or decimals, and differs then."""
_FORMAT = 1
"""Raised where the serialisation changes: an older closing is then verified as it was written."""


class Digest:
    """SHA-256 over a closing: first what it rests on, then its rows, table by table, each table in the order of ids.

    A line is a table's name and a JSON list, which hold no line break: no row can flow into its neighbour.
    """

    def __init__(self, rests_on: Mapping[str, Plain]) -> None:
        self.rows = 0
        self._hash = hashlib.sha256(canonical({"format": _FORMAT, **rests_on}).encode())

    def add(self, entity: str, contents: Iterable[str]) -> None:
        """Take the rows of one table."""
        lines = [f"\n{entity}{content}" for content in contents]
        self.rows += len(lines)
        self._hash.update("".join(lines).encode())

    @property
    def text(self) -> str:
        """The digest, in 64 hexadecimal digits."""
        return self._hash.hexdigest()


def content_of(values: Sequence[Plain]) -> str:
    """Return a row, its id first, as text with one spelling only."""
    return _LIST.encode(values)


def read_content(text: str) -> list[Plain] | None:
    """Return the values that `content_of` wrote; None for what it never wrote."""
    try:
        values = json.loads(text)
    except ValueError:
        return None
    return values if isinstance(values, list) else None


def changed_columns(columns: Sequence[str], kept: str, found: str) -> Iterator[tuple[str, Plain, Plain]]:
    """Yield each column that differs between two contents: its name, what it was, what it is."""
    before, now = read_content(kept), read_content(found)
    if before is None or now is None or len(before) != len(columns) + 1:
        yield "*", None, None
        return
    for name, was, is_now in zip(("id", *columns), before, now, strict=True):
        if was != is_now:
            yield name, was, is_now
