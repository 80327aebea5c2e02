"""Which rows a closed month holds, and what may follow its closing: the rules that both dialects' triggers are made of.

A row is locked because its month is closed, or because a closing holds a copy of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Table

from vcops.store import tables
from vcops.store.tables import table_of

__all__ = ["FOLLOWING", "PREFIX", "REFUSAL", "Lock", "differs", "locks"]

REFUSAL = "vcops: this belongs to a closed month"
"""What the database says; `troubles` makes a sentence of it."""
PREFIX = "vcops_lock_"
"""What the triggers' names begin with, and the functions' on PostgreSQL."""

FOLLOWING: dict[str, frozenset[str]] = {
    "meeting": frozenset({"evidence"}),
    "run": frozenset({"closed_at"}),
    "attempt": frozenset({"pictures"}),
    "closing": frozenset({"number", "signed_on", "signed_sha256", "signed_file"}),
}
"""By table, the columns that may follow the closing: evidence, the end of a walk whose close-down goes on, pictures
that are deleted when their days are over; of the closing itself the report's number and what is known of its signing.
"""


@dataclass(frozen=True, slots=True)
class Lock:
    """When a row of a table is locked: SQL over the alias `{row}`; `born` is the same for a row that is new.

    `unique` are the columns by whose values SQLite's REPLACE finds the row that it deletes.
    """

    table: Table
    held: str
    born: str | None = None
    unique: tuple[str, ...] = ("id",)

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    def old(self, row: str = "OLD") -> str:
        """Return whether a row that is there is locked."""
        return self.held.format(row=row)

    @property
    def new(self) -> str:
        """Whether a row that comes would be locked."""
        return (self.born or self.held).format(row="NEW")


def _of_month(month: str) -> str:
    return "EXISTS (SELECT 1 FROM closing AS c WHERE c.month = {month})".replace("{month}", month)


def _copied(entity: str) -> str:
    return _COPIED.replace("{entity}", entity)


_OF_MEETING = (
    "EXISTS (SELECT 1 FROM closing AS c JOIN meeting AS m ON c.month = m.local_day / 100 WHERE m.id = {row}.meeting_id)"
)
_COPIED = (
    "EXISTS (SELECT 1 FROM closing AS c JOIN closed_row AS k ON k.closing_id = c.id "
    "WHERE k.entity = '{entity}' AND k.row_id = {row}.id)"
)
_OF_CLOSING = "EXISTS (SELECT 1 FROM closing AS c WHERE c.id = {row}.closing_id)"
_NEVER, _ALWAYS = "1 = 0", "1 = 1"


def locks() -> Sequence[Lock]:
    """Return the locks, parents first.

    A walk goes on after its month is closed (minutes, feedback), so only what was copied of it is held. Closings and
    their copies are held as soon as they are there.
    """
    return (
        Lock(table_of(tables.Meeting), _of_month("{row}.local_day / 100"), unique=("id", "import_key")),
        Lock(table_of(tables.HeadCount), _OF_MEETING),
        Lock(table_of(tables.Incident), _OF_MEETING),
        Lock(table_of(tables.Run), _copied("run")),
        Lock(table_of(tables.Attempt), _copied("attempt")),
        Lock(table_of(tables.Decision), _copied("decision")),
        Lock(table_of(tables.Correction), _of_month("{row}.booked_day / 100"), unique=("id", "meeting_id")),
        Lock(table_of(tables.Closing), _ALWAYS, born=_NEVER, unique=("id", "month")),
        Lock(table_of(tables.ClosedRow), _ALWAYS, born=_OF_CLOSING, unique=()),
    )


def differs(table: Table, unlike: str) -> str:
    """Return whether a column that may not follow has changed. `unlike` is how a dialect says "is not the same"."""
    free = FOLLOWING.get(table.name, frozenset())
    names = [f'"{one.name}"' for one in table.columns if one.name not in free]
    return " OR ".join(f"OLD.{name} {unlike} NEW.{name}" for name in names)
