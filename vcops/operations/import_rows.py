"""Rows of a sheet read into meeting drafts, with every fault, and the key that recognises a row later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcops.domain.exchange import ImportFault
from vcops.domain.journal import canonical, digest_of
from vcops.domain.meetings import day_number
from vcops.errors import InvalidInput
from vcops.formats import read_day
from vcops.operations import typed
from vcops.operations.meeting_forms import Context, Draft, When, check_meeting, plan_fault

if TYPE_CHECKING:
    from vcops.exchange import Table

__all__ = ["RowsRead", "read_rows"]

_STATES = {
    "": "", "ended": "", "selesai": "", "running": "", "berlangsung": "",
    "planned": "planned", "direncanakan": "planned",
    "cancelled": "cancelled", "canceled": "cancelled", "dibatalkan": "cancelled", "batal": "cancelled",
}  # fmt: skip
"""What a row's state asks for; whether a held meeting has ended is told by its end, not by this."""
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNSAID = (None, "", (), "online")
"""Values that a row may leave out; the key is the same whether it does or not."""


@dataclass(frozen=True, slots=True)
class RowsRead:
    """What a file holds. `drafts` and `keys` go together; they are incomplete where there are faults."""

    encoding: str
    rows: int
    unknown_columns: tuple[str, ...]
    drafts: tuple[Draft, ...]
    keys: tuple[str, ...]
    repeats: int
    faults: tuple[ImportFault, ...]


def read_rows(path: Path, names: Mapping[str, str], context: Context) -> RowsRead:
    """Read a file's rows. Raises InvalidInput where it is no table of meetings."""
    from vcops.exchange import columns_of_header, read_table

    table = read_table(path)
    columns = columns_of_header(table.header, names)
    drafts: list[Draft] = []
    faults: list[ImportFault] = []
    ids: set[str | None] = set()
    for line in table.lines:
        draft, found = _read_row(_texts(columns.places, line.cells), context)
        if draft is not None:
            drafts.append(draft)
            own = draft.values.get("id")
            if own is not None and own in ids:
                found = [InvalidInput("import.id_twice", column="id", value=own)]
            ids.add(own)
        faults += [_placed(table, columns.places, line.number, error) for error in found]
    keys = _keys(drafts)
    repeats = len(keys) - len({key for key, _number in keys})
    digests = tuple(key if number == 1 else digest_of(f"{key} {number}") for key, number in keys)
    return RowsRead(table.encoding, len(table.lines), columns.unknown, tuple(drafts), digests, repeats, tuple(faults))


def _texts(places: Mapping[str, int], cells: Sequence[Any]) -> dict[str, str]:
    """Return the filled cells of a row, by column."""
    from vcops.exchange.cells import cell_text

    found = {}
    for column, place in places.items():
        text = cell_text(column, cells[place]) if place < len(cells) else ""
        if text and not text.isspace():
            found[column] = text
    return found


def _placed(table: Table, places: Mapping[str, int], line: int, error: InvalidInput) -> ImportFault:
    column = str(error.params.get("column", ""))
    return ImportFault(line, table.header[places[column]] if column in places else column, error)


def _read_row(texts: dict[str, str], context: Context) -> tuple[Draft | None, list[InvalidInput]]:
    planned_end = texts.get("planned_end", "")
    more, faults, when = _read_extra(texts, context)
    draft, found = check_meeting(texts, context, when=when)
    faults += found
    if draft is not None and (fault := plan_fault(*_plan(draft, more))):
        faults.append(InvalidInput(fault.code, **fault.params, column="planned_end", value=planned_end))
    if draft is not None and "booked_on" in more:
        more |= _late(draft.values["local_day"], more.pop("booked_on"), faults)
    if draft is None or faults:
        return None, faults
    return (replace(draft, values={**draft.values, **more}) if more else draft), []


def _late(held: int, booked: date, faults: list[InvalidInput]) -> dict[str, int]:
    """Return what makes a late entry of a meeting: it lies on the day it was booked, and belongs to its own month."""
    if day_number(booked) // 100 <= held // 100:
        faults.append(InvalidInput("import.booked", column="booked_on", value=booked.isoformat()))
    return {"local_day": day_number(booked), "belongs_to": held // 100}


def _plan(draft: Draft, more: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    values = {**draft.values, **more}
    return values.get("planned_start"), values.get("planned_end")


def _read_extra(texts: dict[str, str], context: Context) -> tuple[dict[str, Any], list[InvalidInput], When]:
    """Take out of `texts` what only an export has; return its values, its faults, and how to read the rest."""
    more: dict[str, Any] = {}
    faults: list[InvalidInput] = []
    state = _STATES.get(typed.clean(texts.get("state", "")).lower(), "?")
    if state == "?":
        faults.append(InvalidInput("import.state", column="state", value=texts["state"]))
    for column in [column for column in _EXTRA_READERS if column in texts]:
        text = texts.pop(column)
        reader, code = _EXTRA_READERS[column]
        if column != "state":
            try:
                more[column] = reader(text)
            except ValueError:
                faults.append(InvalidInput(code, column=column, value=text))
    if state == "cancelled":
        more.setdefault("cancelled_at", context.now)
    else:
        more.pop("cancelled_at", None)
    return more, faults, "planned" if state in {"planned", "cancelled"} else "held"


def _read_id(text: str) -> str:
    cleaned = text.strip().lower()
    if not _ID.fullmatch(cleaned):
        raise ValueError(f"not an id: {text!r}")
    return cleaned


_EXTRA_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "id": (_read_id, "import.id"),
    "state": (typed.clean, "import.state"),
    "planned_start": (typed.read_moment, "import.moment"),
    "planned_end": (typed.read_moment, "import.moment"),
    "cancelled_at": (typed.read_moment, "import.moment"),
    "cancel_reason": (typed.clean_lines, "form.text"),
    "created_by": (typed.clean, "form.text"),
    "same_as": (_read_id, "import.id"),
    "booked_on": (read_day, "form.date"),
}


def _keys(drafts: Sequence[Draft]) -> list[tuple[str, int]]:
    """Return each row's digest and which one of its kind it is: two equal rows are two meetings, so both are kept."""
    seen: Counter[str] = Counter()
    keys = []
    for draft in drafts:
        key = digest_of(canonical(_plain(draft)))
        seen[key] += 1
        keys.append((key, seen[key]))
    return keys


def _plain(draft: Draft) -> dict[str, str]:
    """Return a row with one spelling: `9`, `09.00` and `09:00` are the same row."""
    values: dict[str, Any] = {**draft.values, "unit": draft.unit, "room": draft.room}
    if draft.count:
        counted = draft.count
        values["count"] = f"{counted.total} {counted.online} {counted.in_room} {counted.method.value}"
    values.pop("id", None)
    return {name: str(value) for name, value in values.items() if value not in _UNSAID}
