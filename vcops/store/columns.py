"""Column types that mean the same on SQLite's STRICT tables and on PostgreSQL, and the ids."""

from __future__ import annotations

import os
import time
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from vcops.errors import StorageError
from vcops.store.moments import read_moment, write_moment

__all__ = ["Count", "Moment", "YesNo", "new_id", "read_moment", "write_moment"]

Count = BigInteger().with_variant(Integer, "sqlite")
"""Rupiah, people, days: 64 bits on both (int4 overflows on PostgreSQL)."""


class Moment(TypeDecorator[datetime]):
    """An aware UTC time, kept as ISO 8601 text: sqlite3 and people read it without help."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write UTC."""
        del dialect
        return None if value is None else write_moment(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Read UTC. Raises StorageError for what is no time: this program never wrote it."""
        del dialect
        try:
            return None if value is None else read_moment(value)
        except ValueError as error:
            raise StorageError("storage.altered_time", value=str(value)) from error


class YesNo(TypeDecorator[bool]):
    """A truth value as 0 or 1: STRICT tables know no BOOLEAN."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Write 0 or 1."""
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:
        """Read 0 or 1."""
        del dialect
        return None if value is None else bool(value)


def new_id() -> str:
    """Return a UUID version 7 (RFC 9562): ordered by time, so rows append to the index instead of scattering."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    digits = f"{(value & ~(0x3 << 62)) | (0x2 << 62):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
