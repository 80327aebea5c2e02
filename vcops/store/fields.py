"""What the tables are made of: their kinds of columns, and the base of every journalled one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from sqlalchemy import Column, ForeignKey, Text
from sqlmodel import Field, SQLModel
from sqlmodel._compat import SQLModelConfig

from vcops.store.columns import Count, Moment, YesNo, new_id

__all__ = ["STRICT", "Row", "Unvalidated", "count_field", "link_field", "moment_field", "text_field", "yes_no_field"]

STRICT = {"sqlite_strict": True}


def text_field(default: str | None = "", **keywords: Any) -> Any:
    """Return a text; with None as its default it may be missing."""
    return Field(default=default, sa_column_kwargs=keywords or {}, sa_type=Text, nullable=default is None)


def count_field() -> Any:
    """Return a whole number that may be missing."""
    return Field(default=None, sa_type=Count, nullable=True)


def moment_field(*, needed: bool = False) -> Any:
    """Return a moment in time, stored in UTC."""
    return Field(default=None, sa_type=Moment, nullable=not needed)


def yes_no_field(default: bool | None = None) -> Any:
    """Return a yes or no; with None as its default a question that may be open."""
    return Field(default=default, sa_type=YesNo, nullable=default is None)


def link_field(target: str, *, needed: bool = False, index: bool = False) -> Any:
    """Return the id of another table's row: `target` is `table.id`."""
    return Field(default=None, sa_column=Column(Text, ForeignKey(target), nullable=not needed, index=index))


class Unvalidated(SQLModel):
    """Base of every table: rows are not validated here, so that pydantic need not build what would do it."""

    model_config = SQLModelConfig(defer_build=True)


class Row(Unvalidated):
    """Base of every journalled table: a UUIDv7 key, and which of its columns the journal does not keep as they are."""

    personal: ClassVar[frozenset[str]] = frozenset()
    secret: ClassVar[frozenset[str]] = frozenset()
    addresses: ClassVar[Mapping[str, Callable[[str], str]]] = {}

    id: str = Field(default_factory=new_id, primary_key=True, sa_type=Text)
