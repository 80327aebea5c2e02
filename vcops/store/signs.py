"""How SQLite, PostgreSQL and the system spell their troubles, and which code each is."""

from __future__ import annotations

import errno

__all__ = ["CODES_BY_NUMBER", "code_for"]

_SIGNS = (
    ("database is locked", "storage.busy"),
    ("lock timeout", "storage.busy"),
    ("readonly", "storage.read_only"),
    ("read-only", "storage.read_only"),
    ("database or disk is full", "storage.full"),
    ("no space left", "storage.full"),
    ("disk quota", "storage.full"),
    ("not a database", "storage.foreign"),
    ("malformed", "storage.damaged"),
    ("unable to open database file", "storage.cannot_open"),
    ("password authentication failed", "storage.password"),
    ("disk i/o error", "storage.input_output"),
    ("could not translate host name", "storage.unreachable"),
    ("connection", "storage.unreachable"),
)
CODES_BY_NUMBER = {
    errno.ENOSPC: "storage.full",
    errno.EDQUOT: "storage.full",
    errno.EROFS: "storage.read_only",
    errno.EACCES: "storage.cannot_open",
    errno.EPERM: "storage.cannot_open",
    errno.EEXIST: "storage.cannot_open",
    errno.ENOTDIR: "storage.cannot_open",
    errno.EISDIR: "storage.cannot_open",
    errno.ENOENT: "storage.cannot_open",
    errno.ENAMETOOLONG: "storage.cannot_open",
    errno.ELOOP: "storage.cannot_open",
    errno.EIO: "storage.input_output",
}


def code_for(said: str) -> str:
    """Return the code for what a driver said; `storage.failed` where it is none of the known ones."""
    lowered = said.lower()
    return next((code for sign, code in _SIGNS if sign in lowered), "storage.failed")
