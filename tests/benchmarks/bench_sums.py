"""Sums over 1,000,000 random meetings against an oracle that adds them up one by one, on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks.table import Row
from tests.lab.postgres import fresh_database, running_server
from tests.lab.tariffs import TARIFFS, offer, oracle
from vcops.domain.periods import Period
from vcops.operations.tallies import tally
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options

MEETINGS = 1_000_000
UNITS = [f"018f0000-0000-7000-8000-{number:012}" for number in range(40)]
PERIOD = Period.between("2026-10", "2026-11")


def rows() -> Iterator[Row]:
    """Yield by how many rupiah a component is off, at the most; each target is nought."""
    chance = random.Random(395)
    drawn = [_meeting(chance) for _number in range(MEETINGS)]
    wanted = {tariff.id: oracle(tariff, drawn) for tariff in TARIFFS}
    people = sum(one["participants"] or 0 for one in drawn)
    with (
        tempfile.TemporaryDirectory(prefix="vcops-sums-") as folder,
        running_server() as server,
        fresh_database(server) as url,
    ):
        for name, database in (("SQLite", None), ("PostgreSQL", url)):
            place = open_workplace(Options(home=Path(folder, name), database=database, who="bench"))
            _store(place, drawn)
            offer(place, *TARIFFS)
            for tariff in TARIFFS:
                (found,) = tally(place, PERIOD, by="unit", tariff_id=tariff.id).totals
                amounts = {line.component: line.amount or 0 for line in found.lines if line.per}
                off = max(abs(amounts[key] - amount) for key, amount in wanted[tariff.id].items())
                yield Row(f"{name}, {tariff.id}: gross Rp{found.gross:,}, off by", off, "rupiah", 0)
            told = tally(place, PERIOD)
            yield Row(f"{name}: {told.meetings:,} meetings, off by", told.meetings - len(drawn), "", 0)
            yield Row(f"{name}: {told.participants:,} people, off by", told.participants - people, "", 0)
            place.close()


def _meeting(chance: random.Random) -> dict[str, Any]:
    """Return one ended meeting, whatever of it was answered."""
    total = chance.choice([None, chance.randrange(400), chance.randrange(100_000)])
    in_room = None if total is None else chance.choice([None, chance.randrange(total + 1)])
    return {
        "local_day": chance.choice([20261000, 20261100]) + chance.randrange(1, 31),
        "unit_id": chance.choice(UNITS),
        "kind": chance.choice(["hosted", "attended", ""]),
        "mode": chance.choice(["online", "hybrid", "on-site"]),
        "would_be_face_to_face": chance.choice([None, False, True, True]),
        "participants": total,
        "in_room": in_room,
        "count_method": None if total is None else chance.choice(["claimed", "counted", "unique", "peak"]),
        "travellers": chance.choice([None, chance.randrange(500)]),
        "outside_agencies": chance.choice([None, False, True]),
        "other_units": chance.choice([None, False, True]),
        "minutes": chance.choice([None, 0, *range(100, 140)]),
        "destination": chance.choice(["", "JAKARTA", "kota bandung ", "Singkawang", "Sambas"]),
    }


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _store(place: Workplace, drawn: Iterable[dict[str, Any]]) -> None:
    """Insert them behind the journal's back: only adding up is held against the oracle."""
    from vcops.store.tables import Meeting
    from vcops.store.writing import default_row

    rest = default_row(Meeting) | {"state": "ended", "title": "Rapat"}
    names = list(rest)
    values = (
        tuple(_plain((rest | one | {"id": f"018f{number:032x}"})[name]) for name in names)
        for number, one in enumerate(drawn)
    )
    columns, units = ", ".join(names), [(one, one[-4:]) for one in UNITS]
    url = place.store.engine.url
    place.store.close()
    if place.database_file is not None:
        connection = sqlite3.connect(place.database_file)
        connection.executemany("INSERT INTO unit (id, name, code) VALUES (?, ?, '')", units)
        marks = ", ".join("?" * len(names))
        while part := list(islice(values, 50_000)):
            connection.executemany(f"INSERT INTO meeting ({columns}) VALUES ({marks})", part)
        connection.commit()
        connection.close()
    else:
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain) as connection, connection.cursor() as cursor:
            cursor.executemany("INSERT INTO unit (id, name, code) VALUES (%s, %s, '')", units)
            with cursor.copy(f"COPY meeting ({columns}) FROM STDIN") as copy:
                for one in values:
                    copy.write_row(one)
    place.__dict__.pop("store", None)
