"""Stored values that this program never wrote: an error that names the row, instead of whatever Python says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from vcops.errors import StorageError

__all__ = ["read_value", "read_zone", "refuse_unknown"]

Value = TypeVar("Value")


def read_value(reader: Callable[[Any], Value], row: Mapping[Any, Any], column: str, entity: str) -> Value:
    """Return a column's value as `reader` makes it. Raises StorageError where the reader cannot."""
    try:
        return reader(row[column])
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise StorageError(
            "storage.altered", entity=entity, id=str(row["id"]), column=column, value=str(row[column])
        ) from error


def read_zone(name: str) -> str:
    """Return an IANA zone's name. Raises LookupError or ValueError where it is none."""
    ZoneInfo(name)
    return name


def refuse_unknown(words: type[StrEnum], value: str, entity: str, column: str) -> None:
    """Refuse a word that is none of these, in an answer that no single row gave. Raises StorageError."""
    try:
        words(value)
    except ValueError as error:
        raise StorageError("storage.altered_some", entity=entity, column=column, value=value) from error
