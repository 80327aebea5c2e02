"""Meetings out of a sheet and into one: all rows or none, and the same file twice stores nothing new."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.domain.exchange import ImportFault, ImportResult, NearName
from vcops.errors import InvalidInput, Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.domain.periods import Period
    from vcops.operations.import_rows import RowsRead
    from vcops.operations.meeting_forms import Draft
    from vcops.operations.workplace import Workplace

__all__ = ["ImportFaults", "export_meetings", "import_meetings"]

_ALIKE = 0.86
"""How like two names must be to be taken for one that was mistyped (difflib's ratio): one letter in a short name."""


class ImportFaults(InvalidInput):
    """The file has faults, so nothing of it was stored; `result` lists them all. The parameters are the first one's."""

    def __init__(self, result: ImportResult) -> None:
        first: ImportFault = result.faults[0]
        super().__init__(
            "import.faults",
            file=result.file,
            number=len(result.faults),
            line=first.line,
            column=first.heading,
            value=first.error.params.get("value"),
        )
        self.result = result


def import_meetings(
    workplace: Workplace, path: Path, *, names: Mapping[str, str] | None = None, dry_run: bool = False
) -> ImportResult:
    """Store the meetings of a CSV or spreadsheet file. `names` maps its headings to our columns.

    A dry run stores nothing and returns every fault. Otherwise raises ImportFaults where there is one, InvalidInput for
    a file that is no such table, StorageError.
    """
    from vcops.operations.import_rows import read_rows
    from vcops.operations.meeting_changes import context_of, store_drafts

    with workplace.store.reading() as connection:
        context = replace(context_of(connection, workplace.clock()), from_today=False)
        read = read_rows(path, names or {}, context)
        if read.faults or dry_run:
            result = _result(path, read, _news(connection, read), stored=0, dry_run=dry_run)
            if read.faults and not dry_run:
                raise ImportFaults(result)
            return result
    with workplace.store.writing(workplace.who) as change:
        news = _news(change.connection, read)  # asked again under the lock: another may have imported it meanwhile
        store_drafts(change, news.drafts, import_keys=news.keys, adding=("unit", "room"))
    return _result(path, read, news, stored=len(news.drafts), dry_run=False)


def export_meetings(workplace: Workplace, path: Path, period: Period | None = None) -> int:
    """Write the meetings of a period, or all, as CSV; return how many. Passcodes stay out. Raises StorageError."""
    from vcops.exchange import MEETING_HEADER, write_csv
    from vcops.operations.export_rows import sheet_rows

    rows = sheet_rows(workplace, period)
    write_csv(path, [MEETING_HEADER, *rows])
    return len(rows)


@dataclass(frozen=True, slots=True)
class _News:
    """What of a file is new to the database."""

    drafts: Sequence[Draft]
    keys: Sequence[str]
    units: tuple[str, ...]
    rooms: tuple[str, ...]
    near: tuple[NearName, ...]


def _news(connection: Connection, read: RowsRead) -> _News:
    from vcops.store import directory
    from vcops.store.sheets import known_ids, known_import_keys

    keys = known_import_keys(connection, read.keys)
    ids = known_ids(connection, [draft.values["id"] for draft in read.drafts if "id" in draft.values])
    new = [
        (draft, key)
        for draft, key in zip(read.drafts, read.keys, strict=True)
        if key not in keys and draft.values.get("id") not in ids
    ]
    known_units = [name for unit in directory.units(connection) for name in (unit.name, unit.code) if name]
    known_rooms = [room.name for room in directory.rooms(connection)]
    drafts = [draft for draft, _key in new]
    _refuse_lost(connection, drafts)
    _refuse_closed(connection, drafts)
    units, near_units = _new_names("unit", (draft.unit for draft in drafts), known_units)
    rooms, near_rooms = _new_names("room", (draft.room for draft in drafts), known_rooms)
    return _News(drafts, [key for _draft, key in new], units, rooms, near_units + near_rooms)


def _refuse_lost(connection: Connection, new: Sequence[Draft]) -> None:
    """Refuse an entry that counts with one that does not count itself: it would count nowhere. Raises InvalidInput."""
    from vcops.store.sheets import counting_ids

    named = {one.values["same_as"] for one in new if one.values.get("same_as")}
    lost = named - {
        one.values.get("id") for one in new if not (one.values.get("same_as") or one.values.get("cancelled_at"))
    }
    lost -= counting_ids(connection, sorted(lost))
    if lost:
        raise InvalidInput("meeting.same_unknown", column="same_as", value=min(lost))


def _refuse_closed(connection: Connection, new: Sequence[Draft]) -> None:
    """Refuse a new row of a closed month, in a dry run too. Raises Refused naming it."""
    from vcops.domain.periods import day_text
    from vcops.store.closing import closed_months

    closed = set(closed_months(connection))
    for one in new:
        day = one.values["local_day"]
        if day // 100 in closed:
            raise Refused("closing.closed_row", title=one.values["title"], day=day_text(day), month=day // 100)


def _new_names(
    column: str, names: Iterable[str | None], known: Sequence[str]
) -> tuple[tuple[str, ...], tuple[NearName, ...]]:
    """Return the names that will be added, and those among them that are very like another."""
    there = {name.lower(): name for name in known}
    new: list[str] = []
    near: list[NearName] = []
    for name in dict.fromkeys(name for name in names if name):
        if name.lower() in there:
            continue
        like = difflib.get_close_matches(name.lower(), there, n=1, cutoff=_ALIKE)
        near += [NearName(column, name, there[found]) for found in like]
        there[name.lower()] = name
        new.append(name)
    return tuple(new), tuple(near)


def _result(path: Path, read: RowsRead, news: _News, *, stored: int, dry_run: bool) -> ImportResult:
    return ImportResult(
        file=str(path),
        encoding=read.encoding,
        rows=read.rows,
        stored=stored,
        already_there=len(read.drafts) - len(news.drafts),
        repeats=read.repeats,
        new_units=news.units,
        new_rooms=news.rooms,
        near=news.near,
        unknown_columns=read.unknown_columns,
        faults=read.faults,
        dry_run=dry_run,
    )
