"""The first start: the office, its first room, who works, a tariff, a server, and where the data lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from vcops.domain.people import zone_name
from vcops.errors import Conflict, InvalidInput, StorageError
from vcops.locale import _
from vcops.operations.shared_data import make_shared
from vcops.operations.typed_tariff import read_amount
from vcops.operations.workplace import Workplace
from vcops.settings import machine_wide_data

__all__ = ["first_run", "may_move_data", "set_up"]

_BESIDE = ("", "-wal", "-shm")


def first_run(workplace: Workplace) -> bool:
    """Whether nothing was ever entered: no office's name, no room, no meeting. Raises StorageError."""
    from vcops.operations.today import overview

    seen = overview(workplace)
    return seen.empty and not seen.office_name


def may_move_data(workplace: Workplace) -> bool:
    """Whether the data folder is still to choose: the platform's own, nothing said otherwise."""
    options = workplace.options
    return not (options.home or options.database or workplace.settings.database or options.demo)


def set_up(workplace: Workplace, answers: Mapping[str, str]) -> None:
    """Store what was answered; an empty answer changes nothing.

    Keys: `office`, `zone` (WIB, WITA, WIT), `room`, `who`, `server`, `tariff` (`none`, `typed` or a tariff's id),
    `travel` and `catering` (rupiah a meeting, for `typed`), `data` (`own` or `machine`). All of it is read before
    any of it is stored. Raises InvalidInput naming the answer as `column`, Conflict, StorageError.
    """
    said = {key: value.strip() for key, value in answers.items() if value.strip()}
    _check(said)
    if said.get("data") == "machine":
        _share_data(workplace)
    if who := said.get("who"):
        workplace.work_as(who)
    _store_office(workplace, said)
    _store_tariff(workplace, said)


def _check(said: Mapping[str, str]) -> None:
    if zone_name(said.get("zone", "WIB")) is None:
        raise InvalidInput("setup.zone", column="zone", value=said["zone"])
    if server := said.get("server"):
        scheme, _mark, rest = server.partition("://")
        if scheme not in {"http", "https"} or not rest.strip("/"):
            raise InvalidInput("setup.server", column="server", value=server)
    typed = said.get("tariff") == "typed"
    amounts = {column: read_amount(column, said.get(column, "")) for column in ("travel", "catering")}
    if typed and not any(amounts.values()):
        raise InvalidInput("setup.no_amount", column="travel")
    if not typed and any(column in said for column in amounts):
        raise InvalidInput("setup.amount_unused", column="tariff")


def _store_office(workplace: Workplace, said: Mapping[str, str]) -> None:
    from vcops.operations import directory

    zone = said.get("zone", "WIB")
    texts = {"name": said.get("office", ""), "zone": zone, "measure_servers": said.get("server", "")}
    if any(said.get(key) for key in ("office", "server")) or zone != "WIB":
        directory.set_office(workplace, {key: value for key, value in texts.items() if value})
    if room := said.get("room"):
        directory.add_room(workplace, {"name": room, "zone": zone})
    if who := said.get("who"):
        directory.add_person(workplace, {"name": who})


def _store_tariff(workplace: Workplace, said: Mapping[str, str]) -> None:
    from vcops.operations import tariffs

    chosen = said.get("tariff", "none")
    if chosen == "typed":
        texts = {
            "title": _("Tariff of {office}").format(office=said.get("office") or _("our office")),
            "basis": _("the office's own assumption, typed at the first start"),
            "method": "flat",
        }
        tariffs.type_in(workplace, texts | {key: said[key] for key in ("travel", "catering") if key in said})
    elif chosen != "none":
        tariffs.adopt(workplace, chosen)


def _share_data(workplace: Workplace) -> None:
    """Move to the data folder that everyone on this machine uses. It is found again by its database file."""
    own, shared = workplace.places.database_file, machine_wide_data()
    if not may_move_data(workplace):
        raise Conflict("setup.data_chosen", folder=str(own.parent))
    if not first_run(workplace):
        raise Conflict("setup.data_in_use", folder=str(own.parent))
    try:
        make_shared(shared, own.name)
    except OSError as error:
        raise StorageError("setup.machine_wide", folder=str(shared), column="data") from error
    workplace.close()
    for ending in _BESIDE:  # an empty database of one's own would be found first
        Path(f"{own}{ending}").unlink(missing_ok=True)
    workplace.places = replace(workplace.places, data=shared)
