"""The tables of what is closed: months, their rows as they were, and what takes a meeting out of one afterwards."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Column, ForeignKey, Index, Text
from sqlmodel import Field

from vcops.store.columns import Count
from vcops.store.fields import STRICT, Row, Unvalidated, count_field, moment_field, text_field

__all__ = ["ClosedRow", "Closing", "Correction"]


class Correction(Row, table=True):
    """A reversing entry: takes a meeting of a closed month out of that month's figures, booked on a later day.

    `belongs_to` is the month (YYYYMM) whose figures change. `replaced_by` is no foreign key, as `Meeting.same_as`.
    """

    __tablename__ = "correction"
    __table_args__: ClassVar[Any] = (Index("correction_belongs_to", "belongs_to"), STRICT)

    meeting_id: str = Field(default=None, sa_column=Column(Text, ForeignKey("meeting.id"), nullable=False, unique=True))
    belongs_to: int = Field(sa_type=Count, nullable=False)
    booked_day: int = Field(sa_type=Count, nullable=False, index=True)
    reason: str = text_field()
    replaced_by: str | None = text_field(None)
    at: datetime = moment_field(needed=True)
    by: str = text_field()


class Closing(Row, table=True):
    """A month that was closed, and what its figures rest on: the tariffs in force, names, answers, all as they were.

    `columns` names, by table, the columns that `ClosedRow.content` holds in that order.
    """

    __tablename__ = "closing"
    __table_args__ = STRICT

    month: int = Field(sa_type=Count, nullable=False, unique=True)
    digest: str = text_field()
    columns: str = text_field("{}")
    tariffs: str = text_field("[]")
    names: str = text_field("{}")
    answers: str = text_field("[]")
    rows: int = Field(sa_type=Count, nullable=False)
    closed_at: datetime = moment_field(needed=True)
    closed_by: str = text_field()
    number: str = text_field()
    signed_on: int | None = count_field()
    signed_sha256: str = text_field()
    signed_file: str = text_field()


class ClosedRow(Unvalidated, table=True):
    """One row as it was when its month was closed: a JSON list of its id and of the columns that the closing names.

    Not journalled: the closing's digest, which is, covers every one of them.
    """

    __tablename__ = "closed_row"
    # Without SQLite's hidden row number, by which a row could be replaced past its key.
    __table_args__: ClassVar[Any] = ({"sqlite_strict": True, "sqlite_with_rowid": False},)

    closing_id: str = Field(primary_key=True, sa_type=Text)
    entity: str = Field(primary_key=True, sa_type=Text)
    row_id: str = Field(primary_key=True, sa_type=Text)
    content: str = text_field()
