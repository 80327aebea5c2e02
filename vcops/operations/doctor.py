"""What works on this machine and what does not. Looks, changes nothing, and reaches for no network."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vcops import locale
from vcops.domain.addresses import redacted
from vcops.domain.measure_servers import server_shown
from vcops.errors import Param, StorageError, VcopsError
from vcops.operations.shared_data import GROUP, open_to_all, shared_by
from vcops.operations.workplace import Workplace
from vcops.settings import machine_wide_data

__all__ = ["Finding", "examine"]

_ROOM_TO_WORK = 50 * 1024 * 1024
"""Bytes: below this a year of meetings and a backup no longer fit."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `doctor.*` says what, `state` how it is; a fault carries its error's own code."""

    subject: str
    state: Literal["ok", "warn", "fail"]
    params: dict[str, Param] = field(default_factory=dict)
    error: VcopsError | None = None


def examine(workplace: Workplace) -> list[Finding]:
    """Look at everything a newcomer may stumble over, in the order in which it matters."""
    looks: tuple[Callable[[Workplace], Finding | None], ...] = (
        _python, _config, _database, _shared, _journal_head, _disk, _handbook, _catalog, _zones, _camera, _speedtest,
        _iperf3, _servers, _stun, _postgres, _terminal,
    )  # fmt: skip
    found = [_safely(look, workplace) for look in looks]
    at = looks.index(_handbook) + 1
    return [one for one in [*found[:at], *_other_broken_files(workplace), *found[at:]] if one is not None]


def _safely(look: Callable[[Workplace], Finding | None], workplace: Workplace) -> Finding | None:
    try:
        return look(workplace)
    except VcopsError as error:
        return Finding(f"doctor.{look.__name__.strip('_')}", "fail", error=error)


def _python(_workplace: Workplace) -> Finding:
    return Finding("doctor.python", "ok", {"value": sys.version.split()[0]})


def _config(workplace: Workplace) -> Finding:
    return Finding("doctor.config", "ok", {"value": str(workplace.places.config_file)})


def _database(workplace: Workplace) -> Finding:
    from vcops.operations import databases

    file = workplace.database_file
    if file is not None and not file.exists():
        if not os.access(_existing(file.parent), os.W_OK):
            raise StorageError("storage.cannot_open", url=str(file))
        return Finding("doctor.database_new", "ok", {"value": str(file)})
    found = databases.check(workplace)
    if workplace.database_file is not None and not os.access(workplace.database_file, os.W_OK):
        return Finding("doctor.database_read_only", "warn", {"value": found.place})
    return Finding("doctor.database", "ok", {"value": found.place})


def _shared(workplace: Workplace) -> Finding | None:
    """Say who may write in the folder that this machine's accounts share; nothing where it is one's own."""
    folder = workplace.places.data
    if folder != machine_wide_data() or not folder.is_dir():
        return None
    if open_to_all(folder):
        return Finding("doctor.shared_by_all", "ok", {"value": str(folder), "group": GROUP})
    return Finding("doctor.shared_by_group", "ok", {"value": str(folder), "group": shared_by(folder)})


def _journal_head(workplace: Workplace) -> Finding:
    """Compare the head that this machine has seen with the chain's, without walking the chain."""
    from vcops.store.writing import newest_head

    if workplace.database_file is not None and not workplace.database_file.exists():
        return Finding("doctor.journal_head", "ok", {"value": 0})
    store = workplace.store
    kept = store.head_file.read()
    with store.reading() as connection:
        head = newest_head(connection)
    behind = kept is not None and (head.seq < kept.seq or (head.seq == kept.seq and head.hash != kept.hash))
    return Finding("doctor.journal_cut" if behind else "doctor.journal_head", "fail" if behind else "ok",
                   {"value": head.seq})  # fmt: skip


def _disk(workplace: Workplace) -> Finding:
    folder = workplace.database_file.parent if workplace.database_file else workplace.places.data
    free = shutil.disk_usage(_existing(folder)).free
    return Finding("doctor.disk", "ok" if free > _ROOM_TO_WORK else "warn", {"value": free // 2**20})


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())


def _handbook(workplace: Workplace) -> Finding:
    book = workplace.handbook
    if book.faults:  # what ships stays in force instead; a file's first is enough to send someone to `sop validate`
        return Finding("doctor.handbook", "warn", error=book.faults[0])
    return Finding("doctor.handbook", "ok", {"value": len(book.procedures), "folder": str(workplace.handbook_folder)})


def _other_broken_files(workplace: Workplace) -> list[Finding]:
    """Return one finding for each broken file of the handbook after the first, with the first fault of it."""
    faults = workplace.handbook.faults
    by_file = {str(one.params.get("file")): one for one in reversed(faults)}
    first = str(faults[0].params.get("file")) if faults else ""
    return [Finding("doctor.handbook", "warn", error=one) for file, one in reversed(by_file.items()) if file != first]


def _catalog(_workplace: Workplace) -> Finding:
    there = (Path(locale.__file__).parent / "id" / "LC_MESSAGES" / "vcops.mo").exists()
    return Finding("doctor.catalog", "ok" if there else "warn", {"value": locale.language()})


def _zones(_workplace: Workplace) -> Finding:
    try:
        ZoneInfo("Asia/Jayapura")
    except ZoneInfoNotFoundError:
        return Finding("doctor.zones", "fail")
    return Finding("doctor.zones", "ok")


def _camera(_workplace: Workplace) -> Finding:
    return Finding("doctor.camera", "ok" if find_spec("cv2") else "warn")


def _speedtest(_workplace: Workplace) -> Finding:
    return Finding("doctor.speedtest", "ok" if find_spec("speedtest") else "warn")


def _iperf3(_workplace: Workplace) -> Finding:
    # One instrument of three: its absence is not a fault.
    return Finding("doctor.iperf3" if shutil.which("iperf3") else "doctor.no_iperf3", "ok")


def _servers(workplace: Workplace) -> Finding:
    """Name what a connection is measured against where nobody says otherwise; rooms may have their own."""
    from vcops.operations import directory

    named = list(workplace.settings.servers)
    if workplace.database_file is None or workplace.database_file.exists():
        named += directory.office(workplace).measure_servers
    if not named:
        return Finding("doctor.no_servers", "warn")
    return Finding("doctor.servers", "ok", {"value": ", ".join(server_shown(one) for one in dict.fromkeys(named))})


def _stun(workplace: Workplace) -> Finding:
    settings = workplace.settings
    named = [*settings.stun, *filter(None, [settings.reflector])]
    return Finding("doctor.stun" if named else "doctor.no_stun", "ok", {"value": ", ".join(map(redacted, named))})


def _postgres(_workplace: Workplace) -> Finding:
    # Only an office that shares a server needs the driver: its absence is not a fault.
    return Finding("doctor.postgres" if find_spec("psycopg") else "doctor.no_postgres", "ok")


def _terminal(_workplace: Workplace) -> Finding:
    if not sys.stdout.isatty():
        return Finding("doctor.no_terminal", "ok")
    size = shutil.get_terminal_size()
    good = size.columns >= 80 and size.lines >= 24
    return Finding("doctor.terminal", "ok" if good else "warn", {"value": f"{size.columns}x{size.lines}"})
