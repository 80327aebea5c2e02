"""The journal's arithmetic: canonical JSON, the chain's hash, the salted hash of a personal field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["GENESIS", "Entry", "Head", "canonical", "digest_of", "entry_hash", "personal_hash"]

Plain = str | int | float | bool | None
GENESIS = "0" * 64
"""What the first entry carries as the hash of the one before it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: its number and hash. A printed head shows later that no tail was cut off."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `before` holds the changed columns' old values, `after` the whole row; both canonical JSON."""

    seq: int
    at: str
    actor: str
    action: str
    entity: str
    entity_id: str
    before: str | None
    after: str | None
    previous: str


def canonical(values: Mapping[str, Plain]) -> str:
    """Return JSON with one spelling only: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def entry_hash(entry: Entry) -> str:
    """Return the hash that the next entry will carry. A list, so that no field can flow into its neighbour."""
    fields = [entry.seq, entry.at, entry.actor, entry.action, entry.entity, entry.entity_id, entry.before, entry.after,
              entry.previous]  # fmt: skip
    return digest_of(json.dumps(fields, separators=(",", ":"), ensure_ascii=False))


def personal_hash(salt: str, value: str) -> str:
    """Return what the journal keeps of a personal field: enough to see a change, nothing to read."""
    return "sha256:" + digest_of(salt + "\x00" + value) if value else ""
