"""A closed month in the database: gathering its rows, keeping them, and comparing them with what is there now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select

from vcops.domain.closed_rows import Digest, changed_columns, content_of, read_content
from vcops.domain.closings import Answer, Closing
from vcops.domain.journal import Fault, Plain, personal_hash
from vcops.domain.meetings import day_number
from vcops.domain.periods import Period, as_date
from vcops.store import tables
from vcops.store.altered import read_value
from vcops.store.faults import Faults
from vcops.store.lock_rules import FOLLOWING
from vcops.store.moments import read_moment, write_moment
from vcops.store.tables import Row, table_of

__all__ = [
    "closed_months",
    "closing_of",
    "closings",
    "columns_kept",
    "compare_with_kept",
    "frozen_names",
    "frozen_tariffs",
    "gather",
    "hold_rows",
    "journalled_closings",
    "keep_rows",
    "names_of",
    "read_closing",
    "rests_on",
    "stored_closing",
    "unjournalled_months",
]  # fmt: skip

Value = TypeVar("Value")

_CLOSING = table_of(tables.Closing)
_KEPT = table_of(tables.ClosedRow)
_MEETING = table_of(tables.Meeting)
_CORRECTION = table_of(tables.Correction)


@dataclass(frozen=True, slots=True)
class _Part:
    """A table of which a month owns rows: how they are found, and whether rows may come after the closing."""

    model: type[Row]
    joined: str
    day: str = "m.local_day"
    grows: bool = False


_OF_MEETING = "JOIN meeting AS m ON m.id = t.meeting_id"
_OF_RUN = "JOIN run AS r ON r.id = t.run_id JOIN meeting AS m ON m.id = r.meeting_id"
_PARTS: dict[str, _Part] = {
    "meeting": _Part(tables.Meeting, "", "t.local_day"),
    "head_count": _Part(tables.HeadCount, _OF_MEETING),
    "incident": _Part(tables.Incident, _OF_MEETING),
    "run": _Part(tables.Run, _OF_MEETING, grows=True),
    "attempt": _Part(tables.Attempt, _OF_RUN, grows=True),
    "decision": _Part(tables.Decision, _OF_RUN, grows=True),
    "correction": _Part(tables.Correction, "", "t.booked_day"),
}
"""In the order in which the digest takes them."""
_OF_ALTERED_COPY = {
    "closed.field": "closed.copy_field",
    "closed.missing": "closed.copy_missing",
    "closed.added": "closed.copy_added",
}
"""What a difference from the closing's copies is where the copies were altered themselves."""


def columns_kept() -> dict[str, list[str]]:
    """Return, by table, the columns that a closing keeps: all but what may follow it, secrets, and the salt."""
    return {
        entity: [
            one.name
            for one in table_of(part.model).columns
            if one.name not in {"id", "salt", *part.model.secret, *FOLLOWING.get(entity, ())}
        ]
        for entity, part in _PARTS.items()
    }


def gather(connection: Connection, period: Period, entity: str, columns: Sequence[str]) -> list[tuple[str, str]]:
    """Return the rows of one table that belong to a month, by id: the id, and the content that a closing keeps."""
    part = _PARTS[entity]
    days = (period.first_day, period.last_day)
    return _contents(connection, part.model, columns, f"{part.joined} WHERE {part.day} BETWEEN ? AND ?", days)


def hold_rows(connection: Connection) -> None:
    """Wait until nobody is changing a row that a closing keeps, and let nobody begin before it is there.

    Programs of this kind wait for each other anyway, and SQLite has one writer; on PostgreSQL another program's change
    that is not committed yet would be in neither the digest nor the lock.
    """
    if connection.dialect.name == "postgresql":
        names = ", ".join(table_of(part.model).name for part in _PARTS.values())
        connection.exec_driver_sql(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def keep_rows(connection: Connection, closing_id: str, entity: str, rows: Iterable[tuple[str, str]]) -> None:
    """Store copies of a table's rows. The closing itself comes after them: from then on no row can join them."""
    values = [(closing_id, entity, row_id, content) for row_id, content in rows]
    if values:
        insert = "INSERT INTO closed_row (closing_id, entity, row_id, content) VALUES (?, ?, ?, ?)"
        connection.exec_driver_sql(_marked(connection, insert), values)


def rests_on(row: Mapping[str, Any]) -> dict[str, Plain]:
    """Return what a closing's digest takes beside the rows: which month, by whom and when, and what is frozen."""
    names = ("month", "columns", "tariffs", "names", "answers", "closed_by")
    return {name: row[name] for name in names} | {"closed_at": write_moment(row["closed_at"])}


def names_of(connection: Connection, period: Period) -> dict[str, dict[str, str]]:
    """Return, by table, the names of the units and rooms that a month's meetings speak of, by id."""
    found: dict[str, dict[str, str]] = {}
    for model, link in ((tables.Unit, _MEETING.c.unit_id), (tables.Room, _MEETING.c.room_id)):
        table = table_of(model)
        spoken_of = select(link).where(_MEETING.c.local_day.between(period.first_day, period.last_day))
        rows = connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(spoken_of)))
        found[table.name] = {row.id: row.name for row in rows}
    return found


def frozen_names(connection: Connection, period: Period) -> dict[str, dict[str, str]]:
    """Return the names that a closed month's meetings speak of, as they were then; nothing for any other period."""
    if len(period.months) > 1:
        return {}
    query = select(_CLOSING.c.id, _CLOSING.c.names).where(_CLOSING.c.month == period.first_month)
    row = connection.execute(query).mappings().one_or_none()
    return {} if row is None else read_value(_names, row, "names", "closing")


def closed_months(connection: Connection) -> list[int]:
    """Return the months that are closed, YYYYMM, in order."""
    return list(connection.execute(select(_CLOSING.c.month).order_by(_CLOSING.c.month)).scalars())


def frozen_tariffs(connection: Connection, reader: Callable[[Any], Value]) -> dict[int, Value]:
    """Return, by closed month (YYYYMM), the tariffs that were in force when it was closed, as `reader` makes them.

    Raises StorageError where they were altered.
    """
    query = select(_CLOSING.c.id, _CLOSING.c.month, _CLOSING.c.tariffs).order_by(_CLOSING.c.month)
    return {
        read_value(_month, row, "month", "closing"): read_value(reader, row, "tariffs", "closing")
        for row in connection.execute(query).mappings()
    }


def closings(connection: Connection, period: Period | None = None) -> list[Closing]:
    """Return the closings of a period's months, of all without one, in the order of the months."""
    query = _with_corrections().order_by(_CLOSING.c.month)
    if period is not None:
        query = query.where(_CLOSING.c.month.between(period.first_month, period.last_month))
    return [_closing(row) for row in connection.execute(query).mappings()]


def closing_of(connection: Connection, month: int) -> Closing | None:
    """Return a month's closing (YYYYMM); None while it is open."""
    row = connection.execute(_with_corrections().where(_CLOSING.c.month == month)).mappings().one_or_none()
    return _closing(row) if row else None


def journalled_closings(connection: Connection) -> dict[int, Mapping[str, Any]]:
    """Return, by month (YYYYMM), each closing's row as the journal has it, be the row itself there or not.

    A month's first closing is the one that counts; an entry that was edited into something else is left out.
    """
    journal = table_of(tables.Journal)
    query = select(journal.c.after).where(journal.c.entity == _CLOSING.name).order_by(journal.c.seq)
    found: dict[int, Mapping[str, Any]] = {}
    for after in connection.execute(query).scalars():
        try:
            row = json.loads(after)
            if found.get(row["month"], row)["id"] == row["id"]:
                found[row["month"]] = {**row, "closed_at": read_moment(row["closed_at"])}
        except (ValueError, TypeError, LookupError):
            continue
    return found


def unjournalled_months(connection: Connection, ids: Iterable[str]) -> list[int]:
    """Return the months (YYYYMM) of the closings whose id is none of these, in order."""
    query = select(_CLOSING.c.month).where(_CLOSING.c.id.not_in(list(ids))).order_by(_CLOSING.c.month)
    return list(connection.execute(query).scalars())


def read_closing(connection: Connection, row: Mapping[str, Any]) -> Closing:
    """Return the closing that a row says, be it the journal's. Raises StorageError where the row was altered."""
    corrected = connection.execute(select(_corrected(row["month"]))).scalar()
    return _closing({**row, "corrected": corrected})


def stored_closing(connection: Connection, month: int) -> Mapping[str, Any] | None:
    """Return the closing's row with all that is frozen in it."""
    row = connection.execute(select(_CLOSING).where(_CLOSING.c.month == month)).mappings().one_or_none()
    return None if row is None else {str(name): value for name, value in row.items()}


def compare_with_kept(connection: Connection, row: Mapping[str, Any], faults: Faults) -> int:
    """Tell what differs between the month's rows and the closing's copies of them; return how many copies there are.

    Also, and first, whether the copies themselves are those that the digest was made of: else what they say of then is
    not to be believed, and is told as what the copies say. Where all of them are gone, or the digest is that of the
    rows as they are now, there is nothing to compare.
    """
    period = read_closing(connection, row).period
    columns = read_value(_columns, row, "columns", "closing")
    all_kept = {entity: _kept(connection, row["id"], entity) for entity in _PARTS}
    found = {entity: gather(connection, period, entity, columns.get(entity, [])) for entity in _PARTS}
    digest = _digest_over(row, all_kept)
    believed = (digest.text, digest.rows) == (row["digest"], row["rows"])
    if not believed:
        there = _digest_over(row, found)
        alone = (there.text, there.rows) == (row["digest"], row["rows"])
        faults.add(Fault("closed.copy_alone" if alone else "closed.copy", {"digest": digest.text}))
        if alone or not digest.rows:
            return digest.rows
    for entity, kept in all_kept.items():
        for fault in _compare(connection, row["id"], entity, columns.get(entity, []), kept, found[entity]):
            faults.add(fault if believed else Fault(_OF_ALTERED_COPY[fault.code], fault.params))
    return digest.rows


def _digest_over(row: Mapping[str, Any], rows: Mapping[str, Iterable[tuple[str, str]]]) -> Digest:
    """Return the digest of a closing as it would be over these rows."""
    digest = Digest(rests_on(row))
    for entity, mine in rows.items():
        digest.add(entity, (content for _id, content in mine))
    return digest


def _compare(  # noqa: PLR0913 - two lists of rows and what they are of
    connection: Connection,
    closing_id: str,
    entity: str,
    columns: Sequence[str],
    kept: Sequence[tuple[str, str]],
    found: Iterable[tuple[str, str]],
) -> Iterator[Fault]:
    before, now = dict(kept), dict(found)
    if before == now:
        return
    for row_id, content in before.items():
        there = now.get(row_id)
        if there is None:  # gone, or moved to where the month does not find it
            moved = _contents(connection, _PARTS[entity].model, columns, "WHERE t.id = ?", (row_id,))
            there = next((one for _id, one in moved), None)
        if there == content:
            continue
        about = {"entity": entity, "id": row_id, "title": _title(connection, closing_id, entity, columns, content)}
        if there is None:
            yield Fault("closed.missing", about)
            continue
        for name, was, is_now in changed_columns(columns, content, there):
            yield Fault("closed.field", {**about, "column": name, "was": _said(was), "now": _said(is_now)})
    if not _PARTS[entity].grows:
        for row_id, content in now.items():
            if row_id not in before:
                title = _title(connection, closing_id, entity, columns, content)
                yield Fault("closed.added", {"entity": entity, "id": row_id, "title": title})


def _kept(connection: Connection, closing_id: str, entity: str) -> list[tuple[str, str]]:
    query = "SELECT row_id, content FROM closed_row WHERE closing_id = ? AND entity = ?"
    return sorted(_raw(connection, query, (closing_id, entity)))


def _contents(
    connection: Connection, model: type[Row], columns: Sequence[str], rest: str, params: tuple[Any, ...]
) -> list[tuple[str, str]]:
    """Return rows by id, with their content: what is stored, whoever wrote it."""
    table = table_of(model)
    names = ["id", *columns]
    told = ", ".join(f"t.{one}" if one in table.columns else "NULL" for one in names)  # a later schema may lack one
    hashed = [place for place, one in enumerate(names) if one in model.personal]
    salt = ", t.salt" if hashed else ""
    rows = _raw(connection, f"SELECT {told}{salt} FROM {table.name} AS t {rest}", params)  # noqa: S608 - our names
    return sorted((row[0], content_of(_hashed(row, hashed) if hashed else row)) for row in rows)


def _hashed(row: tuple[Any, ...], places: Sequence[int]) -> list[Any]:
    """Return a row's values, the personal ones as the journal keeps them; the salt comes last and is left out."""
    *values, salt = row
    for place in places:
        values[place] = personal_hash(salt, values[place] or "")
    return values


def _raw(connection: Connection, query: str, params: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Return all rows just as the driver gives them: ten thousand in a third of the time of SQLAlchemy's own rows."""
    driver: Any = connection.connection.driver_connection
    try:
        rows: list[tuple[Any, ...]] = driver.execute(_marked(connection, query), params).fetchall()
    except sqlite3.OperationalError as error:
        if "UTF-8" not in str(error):
            raise
        driver.text_factory = lambda raw: raw.decode(errors="backslashreplace")
        try:
            rows = driver.execute(query, params).fetchall()
        finally:
            driver.text_factory = str
    return rows


def _marked(connection: Connection, query: str) -> str:
    """Write the places of values as the driver wants them. No query here has another question mark."""
    return query if connection.dialect.name == "sqlite" else query.replace("?", "%s")


def _title(connection: Connection, closing_id: str, entity: str, columns: Sequence[str], content: str) -> str:
    """Return the title of the meeting that a row is of, as it was when the month was closed."""
    values = dict(zip(("id", *columns), read_content(content) or (), strict=False))
    if entity == "meeting":
        return str(values.get("title", ""))
    parent = ("run", values.get("run_id")) if "run_id" in values else ("meeting", values.get("meeting_id"))
    query = select(_KEPT.c.content, _CLOSING.c.columns).join(_CLOSING, _CLOSING.c.id == _KEPT.c.closing_id)
    query = query.where(_KEPT.c.closing_id == closing_id, _KEPT.c.entity == parent[0], _KEPT.c.row_id == str(parent[1]))
    found = connection.execute(query).one_or_none()
    if found is None:
        return ""
    return _title(connection, closing_id, parent[0], json.loads(found.columns)[parent[0]], found.content)


def _said(value: Plain) -> str:
    return "" if value is None else str(value)


def _with_corrections() -> Select[Any]:
    return select(_CLOSING, _corrected(_CLOSING.c.month).label("corrected"))


def _corrected(month: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Return whether an entry of a later month belongs to a month."""
    return or_(exists().where(_CORRECTION.c.belongs_to == month), exists().where(_MEETING.c.belongs_to == month))


def _closing(row: Mapping[Any, Any]) -> Closing:
    def read(column: str, reader: Callable[[Any], Value]) -> Value:
        return read_value(reader, row, column, "closing")

    return Closing(
        id=row["id"],
        month=read("month", _month),
        digest=read("digest", _digest),
        closed_at=row["closed_at"],
        closed_by=row["closed_by"],
        answers=read("answers", _answers),
        number=row["number"],
        signed_on=read("signed_on", _day),
        signed_sha256=row["signed_sha256"],
        corrected=bool(row["corrected"]),
    )


def _month(number: int) -> int:
    as_date(number * 100 + 1)
    return number


def _day(number: int | None) -> int | None:
    return None if number is None else day_number(as_date(number))


def _digest(text: str) -> str:
    if len(text) != 64:
        raise ValueError(text)
    int(text, 16)
    return text


def _answers(text: str) -> tuple[Answer, ...]:
    return tuple(Answer(what, said) for what, said in json.loads(text))


def _names(text: str) -> dict[str, dict[str, str]]:
    return {entity: dict(names) for entity, names in json.loads(text).items()}


def _columns(text: str) -> dict[str, list[str]]:
    return {entity: [str(name) for name in names] for entity, names in json.loads(text).items()}
