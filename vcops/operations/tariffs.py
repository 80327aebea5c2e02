"""Tariffs: what the handbook offers, what the office has adopted, and typing one in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from vcops.domain.adoptions import Adoption, day_before, default_start, ending, on_day
from vcops.domain.meetings import day_number
from vcops.domain.tariffs import Tariff
from vcops.errors import InvalidInput

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.operations.workplace import Workplace
    from vcops.store.writing import Change

__all__ = [
    "TariffLine",
    "adopt",
    "adopted_already",
    "adoptions",
    "in_force",
    "known",
    "listing",
    "stored_adoptions",
    "type_in",
]


@dataclass(frozen=True, slots=True)
class TariffLine:
    """One tariff of the handbook, and the days on which the office's adoption of it holds."""

    tariff: Tariff
    adopted: tuple[Adoption, ...]
    in_force: bool


def listing(workplace: Workplace) -> list[TariffLine]:
    """Return the handbook's tariffs by id, and what was adopted and is no longer in the handbook."""
    from vcops.operations.tallies import today

    day = day_number(today(workplace))
    found = adoptions(workplace)
    offered = dict(workplace.handbook.tariffs)
    every = {one.tariff.id: one.tariff for one in found} | offered
    return [
        TariffLine(tariff, mine, any(one.holds_on(day) for one in mine))
        for name, tariff in sorted(every.items())
        for mine in [tuple(one for one in found if one.tariff.id == name)]
    ]


def known(workplace: Workplace, tariff_id: str) -> Tariff:
    """Return a tariff of the handbook, else one that was adopted. Raises InvalidInput naming those there are."""
    offered = workplace.handbook.tariffs
    if tariff_id in offered:
        return offered[tariff_id]
    found = next((one.tariff for one in adoptions(workplace) if one.tariff.id == tariff_id), None)
    if found is None:
        raise InvalidInput("tariff.unknown", id=tariff_id, known=", ".join(sorted(offered)) or "-")
    return found


def adoptions(workplace: Workplace) -> list[Adoption]:
    """Return what the office has adopted, in the order of time."""
    with workplace.store.reading() as connection:
        return stored_adoptions(connection)


def in_force(workplace: Workplace, day: date | None = None) -> Adoption | None:
    """Return the adoption in force on a day, today where none is given; None: no tariff yet."""
    from vcops.operations.tallies import today

    number = day_number(day or today(workplace))
    return on_day(adoptions(workplace), number)


def adopt(workplace: Workplace, tariff_id: str, valid_from: date | None = None) -> Adoption:
    """Make a handbook tariff the office's own from a day on, and end the one before it the day before.

    It is stored as it stands today. Where no day is given it holds from 1 January, or from today where this year has
    one already. One that is in force just as the handbook has it stays as it is where no other day is asked for.
    Raises InvalidInput for an unknown tariff, Conflict where a later or equal start is already stored.
    """
    if tariff_id not in workplace.handbook.tariffs:
        raise InvalidInput("tariff.unknown", id=tariff_id, known=", ".join(sorted(workplace.handbook.tariffs)) or "-")
    standing = adopted_already(workplace, tariff_id, valid_from)
    return standing or _adopt(workplace, workplace.handbook.tariffs[tariff_id], valid_from)


def adopted_already(workplace: Workplace, tariff_id: str, valid_from: date | None = None) -> Adoption | None:
    """Return the adoption that `adopt` would only repeat: in force, of the same text, from that day if one is given."""
    held = in_force(workplace)
    if held is None or held.tariff != workplace.handbook.tariffs.get(tariff_id):
        return None
    return held if valid_from is None or held.valid_from == day_number(valid_from) else None


def type_in(workplace: Workplace, texts: Mapping[str, str], valid_from: date | None = None) -> Adoption:
    """Write the office's own tariff into its handbook folder and adopt it.

    `texts`: `title`, `basis`, `travel`, `catering` (rupiah as typed), `own_cost` (rupiah a month), `method` (flat or
    per_head). Raises InvalidInput naming the field, Conflict as `adopt` does; then nothing is left behind.
    """
    from vcops.operations.typed_tariff import read_typed_tariff, write_office_tariff

    taken = {*workplace.handbook.tariffs, *(one.tariff.id for one in adoptions(workplace))}
    tariff = read_typed_tariff(texts, _today(workplace), taken)
    file = write_office_tariff(tariff, workplace.handbook_folder)
    try:
        adoption = _adopt(workplace, tariff, valid_from)
    except BaseException:
        file.unlink()
        raise
    workplace.__dict__.pop("handbook", None)  # read again with the new file in it
    return adoption


def _adopt(workplace: Workplace, tariff: Tariff, valid_from: date | None) -> Adoption:
    if valid_from is not None and not 1945 <= valid_from.year <= 2200:
        raise InvalidInput("tariff.bad_day", column="valid_from", value=valid_from.isoformat())
    today = _today(workplace)
    with workplace.store.writing(workplace.who) as change:
        found = stored_adoptions(change.connection)
        start = day_number(valid_from or default_start(found, today))
        _end_before(change, ending(found, start), start)
        return _store(change, tariff, start)


def _end_before(change: Change, former: Adoption | None, start: int) -> None:
    from vcops.store.tables import Adoption as Table

    if former is not None:
        change.update(Table, former.id, {"valid_to": day_before(start)})


def _store(change: Change, tariff: Tariff, start: int) -> Adoption:
    from vcops.store.tables import Adoption as Table

    # The tariff's own last day ends the adoption too, unless it lies before it: adopting it then is deliberate.
    own_end = None if tariff.valid_to is None else day_number(tariff.valid_to)
    end = own_end if own_end is not None and own_end >= start else None
    values: dict[str, Any] = {
        "tariff_id": tariff.id,
        "frozen": tariff.model_dump_json(exclude_defaults=True),
        "valid_from": start,
        "valid_to": end,
        "adopted_at": change.now,
        "by": change.actor,
    }
    return Adoption(change.insert(Table, values), tariff, start, end)


def stored_adoptions(connection: Connection) -> list[Adoption]:
    """Return what the office has adopted, in the order of time, as one moment of the database has it."""
    from sqlalchemy import select

    from vcops.operations.closed_tariffs import read_tariff
    from vcops.store.tables import Adoption as Table
    from vcops.store.tables import table_of

    table = table_of(Table)
    rows: Sequence[Any] = connection.execute(select(table).order_by(table.c.valid_from)).all()
    return [Adoption(row.id, read_tariff(row.frozen), row.valid_from, row.valid_to) for row in rows]


def _today(workplace: Workplace) -> date:
    from vcops.operations.tallies import today

    return today(workplace)
