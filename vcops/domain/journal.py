"""The journal's arithmetic: canonical JSON, the chain's hash, the salted hash of a personal field."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = [
    "GENESIS", "Chain", "Entry", "EntryCode", "Fault", "Head", "Plain", "Verification", "canonical", "differing",
    "digest_of", "entry_hash", "personal_hash", "read_entry_code",
]  # fmt: skip

Plain = str | int | float | bool | None
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
GENESIS = "0" * 64
"""What the first entry carries as the hash of the one before it."""
_OF_HASH = 16
"""Hexadecimal digits of an entry's hash that are printed: 64 bits."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: its number and hash. A printed head shows later that no tail was cut off."""

    seq: int = 0
    hash: str = GENESIS

    @property
    def code(self) -> str:
        """What is printed on a draft or a record, to be compared with the journal: number and first digits."""
        return f"{self.seq}-{self.hash[:_OF_HASH]}"


@dataclass(frozen=True, slots=True)
class EntryCode:
    """What such a print says: an entry's number and how its hash begins, in hexadecimal."""

    seq: int
    start: str

    def matches(self, head: Head) -> bool:
        """Whether an entry is the one that the paper was printed after."""
        return head.seq == self.seq and head.hash.startswith(self.start)


class Entry(NamedTuple):
    """One change. `before` holds the changed columns' old values, `after` the whole row; both canonical JSON.

    The fields are the journal's columns, and their order is the one in which they are hashed.
    """

    seq: int
    at: str
    actor: str
    action: str
    entity: str
    entity_id: str
    before: str | None
    after: str | None
    previous: str


def read_entry_code(text: str) -> EntryCode | None:
    """Read `Head.code` as people type it: with spaces, in capitals, with another hyphen; None for what is none."""
    plain = re.sub(r"[\u2010-\u2015]", "-", re.sub(r"\s", "", text)).lower()
    found = re.fullmatch(rf"([1-9][0-9]{{0,11}})-([0-9a-f]{{{_OF_HASH}}})", plain)
    return EntryCode(int(found[1]), found[2]) if found else None


def canonical(values: Mapping[str, Plain]) -> str:
    """Return JSON with one spelling only: sorted keys, no spaces, UTF-8 as it is."""
    return _CANONICAL.encode(values)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def entry_hash(entry: Entry) -> str:
    """Return the hash that the next entry will carry: of a JSON list, so that no field can flow into its neighbour."""
    return digest_of(_CANONICAL.encode(entry))


def personal_hash(salt: str, value: str) -> str:
    """Return what the journal keeps of a personal field: enough to see a change, nothing to read."""
    return "sha256:" + digest_of(salt + "\x00" + value) if value else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was changed behind the program's back: a code, and what `wording` needs to name it."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying found. `faults` is cut off at the first few hundred; `more` says how many were left out."""

    entries: int
    head: Head
    faults: tuple[Fault, ...]
    more: int = 0

    @property
    def intact(self) -> bool:
        """Whether nothing was changed behind the program's back."""
        return not self.faults


class Chain:
    """Follows the chain entry by entry, in the order of their numbers, and says what does not fit.

    After a fault it goes on from the entry as it is stored, so that one edit gives one fault, not a thousand.
    """

    def __init__(self) -> None:
        self.head = Head()
        self.count = 0

    def follow(self, entry: Entry, stored_hash: str) -> Fault | None:
        """Take the next entry with the hash that is stored beside it."""
        fault = self._judge(entry, stored_hash)
        self.head = Head(entry.seq, stored_hash)
        self.count += 1
        return fault

    def _judge(self, entry: Entry, stored_hash: str) -> Fault | None:
        expected = self.head.seq + 1
        if entry_hash(entry) != stored_hash:
            number = _own_number(entry, stored_hash)
            if number is not None:
                return Fault("journal.reordered", {"seq": entry.seq, "was": number})
            return Fault("journal.edited", _names(entry))
        if entry.seq != expected:
            return Fault("journal.missing", {"first": expected, "last": entry.seq - 1})
        if entry.previous != self.head.hash:
            return Fault("journal.broken", _names(entry))
        return None


_NEAR = 500
"""How far away the number that an entry had before it was moved is looked for."""


def _own_number(entry: Entry, stored_hash: str) -> int | None:
    """Return the number under which an entry's hash is right: it was moved, not edited."""
    for seq in range(max(1, entry.seq - _NEAR), entry.seq + _NEAR):
        if entry_hash(entry._replace(seq=seq)) == stored_hash:
            return seq
    return None


def _names(entry: Entry) -> dict[str, str | int]:
    return {"seq": entry.seq, "entity": entry.entity, "id": entry.entity_id}


def differing(said: Mapping[str, Plain], found: Mapping[str, Plain], defaults: Mapping[str, Plain]) -> list[str]:
    """Return the columns in which a row is not what its last entry says, in alphabetical order.

    A column that came with a later schema is not in an old entry: there the row must hold its default.
    """
    names = {*said, *found}
    return sorted(name for name in names if found.get(name) != (said[name] if name in said else defaults.get(name)))
